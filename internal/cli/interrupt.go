package cli

import (
	"os"
	"os/signal"
)

// exitInterrupted is the status of a run that was interrupted: 128 and the
// number of the signal, as shells have it.
const exitInterrupted = 130

// interruptible lets an interrupt end the run with a word. It may do so at any
// instant: each file is replaced in one step, and what was not done the next run
// does. The caller calls the function returned when an interrupt ends the run by
// other means.
func (a *app) interruptible() (done func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	ended := make(chan struct{})
	go func() {
		select {
		case <-c:
			a.report.say("interrupted; the files are whole, and the next run does the rest")
			os.Exit(exitInterrupted)
		case <-ended:
		}
	}()
	return func() {
		signal.Stop(c)
		close(ended)
	}
}
