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
	quietFor  = time.Second            // work shorter than this shows nothing
	lineEvery = 10 * time.Second       // between two lines where there is no terminal
	drawEvery = 100 * time.Millisecond // between two states of a bar
)

// A progress tells a person how far long work is: as a bar on a terminal, as a
// line now and then elsewhere. Its methods may be called concurrently.
type progress struct {
	r     *reporter
	what  string // "reading seeds"
	total int    // -1 where it is not known beforehand
	plain bool   // no terminal
	now   func() time.Time

	mu   sync.Mutex
	done int
	next time.Time // when to show something

	// Guarded by r.mu, as all that is printed.
	bar *progressbar.ProgressBar
}

// track begins work of total steps. The caller calls finish at its end.
func (a *app) track(what string, total int) *progress {
	p := newProgress(a.report, what, total, !isTerminal(a.report.w), time.Now)
	if !p.plain {
		// Where no step is done for long it shows as well that work is going on.
		time.AfterFunc(quietFor, p.tick)
	}
	return p
}

// tick draws every second until the work ends.
func (p *progress) tick() {
	if p.draw() {
		time.AfterFunc(quietFor, p.tick)
	}
}

func newProgress(r *reporter, what string, total int, plain bool, now func() time.Time) *progress {
	p := &progress{r: r, what: what, total: total, plain: plain, now: now, next: now().Add(quietFor)}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress = p
	return p
}

func (a *app) finish(p *progress) { p.finish() }

// finish ends the work: its bar goes, and it shows nothing any more.
func (p *progress) finish() {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	p.clear()
	if p.r.progress == p {
		p.r.progress = nil
	}
}

// step says that one more step is done.
func (p *progress) step() {
	p.mu.Lock()
	p.done++
	due := !p.now().Before(p.next)
	if due {
		p.next = p.now().Add(lineEvery)
		if !p.plain {
			p.next = p.now().Add(drawEvery)
		}
	}
	p.mu.Unlock()
	if due {
		p.draw()
	}
}

// draw shows how far the work is. It reports whether the work goes on.
func (p *progress) draw() bool {
	p.mu.Lock()
	done := p.done
	p.mu.Unlock()
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	switch {
	case p.r.progress != p:
		return false
	case p.r.quiet:
	case p.plain:
		of := ""
		if p.total >= 0 {
			of = fmt.Sprintf(" of %d", p.total)
		}
		fmt.Fprintf(p.r.w, "readout: %s: %d%s\n", p.what, done, of)
	default:
		if p.bar == nil {
			p.bar = progressbar.NewOptions(p.total,
				progressbar.OptionSetWriter(p.r.w), progressbar.OptionSetDescription(p.what),
				progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true))
		}
		p.bar.Set(done)
	}
	return true
}

// clear takes the bar off the line, so that a message can stand there. The
// caller holds r.mu.
func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Clear()
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}
