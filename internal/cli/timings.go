package cli

import (
	"time"

	"readout/internal/cputime"
)

// A stopwatch tells where the time of a build goes. A nil one does not look.
type stopwatch struct {
	wall   time.Time
	cpu    time.Duration
	stages []stage
}

// A stage is a part of a build and the time it took.
type stage struct {
	what      string
	wall, cpu time.Duration
}

func newStopwatch() *stopwatch { return &stopwatch{wall: time.Now(), cpu: cputime.Used()} }

// done says that a stage has ended, and the next begins.
func (w *stopwatch) done(what string) {
	if w == nil {
		return
	}
	wall, cpu := time.Now(), cputime.Used()
	w.stages = append(w.stages, stage{what, wall.Sub(w.wall), cpu - w.cpu})
	w.wall, w.cpu = wall, cpu
}

// sayTimings prints what the stopwatch has.
func (a *app) sayTimings() {
	if a.watch == nil {
		return
	}
	all := stage{what: "all"}
	for _, s := range a.watch.stages {
		all.wall, all.cpu = all.wall+s.wall, all.cpu+s.cpu
	}
	for _, s := range append(a.watch.stages, all) {
		a.report.say("%-28s %8.3f s, %8.3f s of processor time", s.what, s.wall.Seconds(), s.cpu.Seconds())
	}
}
