package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	quietFor  = time.Second      // work shorter than this shows nothing
	lineEvery = 10 * time.Second // between two lines where there is no terminal
)

// A progress tells a person how far long work is: as a bar on a terminal, as a
// line now and then elsewhere. Its methods may be called concurrently.
type progress struct {
	w     io.Writer
	what  string // "reading seeds"
	total int    // -1 where it is not known beforehand

	mu    sync.Mutex
	done  int
	next  time.Time // when to show something
	bar   *progressbar.ProgressBar
	plain bool
}

// track begins work of total steps. The caller calls finish at its end.
func (a *app) track(what string, total int) *progress {
	p := &progress{w: a.report.w, what: what, total: total, next: time.Now().Add(quietFor), plain: !isTerminal(a.report.w)}
	if a.quiet {
		p.w = io.Discard
	}
	a.report.mu.Lock()
	a.report.progress = p
	a.report.mu.Unlock()
	return p
}

func (a *app) finish(p *progress) {
	a.report.mu.Lock()
	a.report.progress = nil
	a.report.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Finish()
	}
}

// step says that one more step is done.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	switch {
	case p.bar != nil:
		p.bar.Set(p.done)
	case time.Now().Before(p.next):
	case p.plain:
		of := ""
		if p.total >= 0 {
			of = fmt.Sprintf(" of %d", p.total)
		}
		fmt.Fprintf(p.w, "readout: %s: %d%s\n", p.what, p.done, of)
		p.next = time.Now().Add(lineEvery)
	default:
		p.bar = progressbar.NewOptions(p.total,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.what),
			progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
		p.bar.Set(p.done)
	}
}

// clear takes the bar off the line, so that a message can stand there.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Clear()
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}
