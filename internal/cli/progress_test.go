package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// clockwork is a clock that a test sets.
type clockwork struct{ at time.Time }

func (c *clockwork) now() time.Time { return c.at }

func TestProgressInLog(t *testing.T) {
	var out bytes.Buffer
	c := &clockwork{at: time.Unix(0, 0)}
	r := newReporter(&out)
	p := newProgress(r, "reading seeds", 100, true, c.now)
	p.step()
	c.at = c.at.Add(quietFor / 2)
	p.step()
	if out.Len() > 0 {
		t.Errorf("work of half a second shows %q", out.String())
	}
	c.at = c.at.Add(quietFor)
	p.step()
	p.step()
	c.at = c.at.Add(lineEvery)
	p.step()
	p.finish()
	p.draw()
	if want := "readout: reading seeds: 3 of 100\nreadout: reading seeds: 5 of 100\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestProgressOnTerminal(t *testing.T) {
	var out bytes.Buffer
	c := &clockwork{at: time.Unix(0, 0)}
	r := newReporter(&out)
	p := newProgress(r, "making pages", 4, false, c.now)
	p.step()
	if out.Len() > 0 {
		t.Errorf("work of no time shows %q", out.String())
	}
	c.at = c.at.Add(2 * quietFor)
	p.step()
	if got := out.String(); !strings.Contains(got, "making pages") || !strings.Contains(got, "2/4") || strings.Contains(got, "\n") {
		t.Errorf("the bar is %q", got)
	}
	// A message stands on a line of its own, without rests of the bar.
	out.Reset()
	r.say("a message")
	if lines := strings.Split(out.String(), "\r"); lines[len(lines)-1] != "readout: a message\n" {
		t.Errorf("the message is %q", out.String())
	}
	out.Reset()
	p.finish()
	if got := strings.Trim(out.String(), "\r \x1b[K2"); got != "" {
		t.Errorf("after the end stands %q", got)
	}
}

func TestProgressQuiet(t *testing.T) {
	var out bytes.Buffer
	c := &clockwork{at: time.Unix(0, 0)}
	r := newReporter(&out)
	r.quiet = true
	p := newProgress(r, "reading seeds", 1, true, c.now)
	c.at = c.at.Add(time.Hour)
	p.step()
	p.finish()
	if out.Len() > 0 {
		t.Errorf("%q", out.String())
	}
}
