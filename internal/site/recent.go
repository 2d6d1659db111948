package site

import (
	"sync"

	"readout/internal/content"
)

// recent keeps what was last read of content files: a report is shown on its own
// page, and compared with others in each of its stories soon after. It serves
// several goroutines at once; its zero value is ready to use.
type recent struct {
	mu   sync.Mutex
	of   map[*content.File]*reading
	last [mostRecent]*content.File // a ring
	next int
}

// mostRecent is how many readings are kept: of reports some days around those at
// hand.
const mostRecent = 48

// read is the function read for a file that may have been read of late.
func (c *recent) read(f *content.File) *reading {
	c.mu.Lock()
	r := c.of[f]
	c.mu.Unlock()
	if r != nil {
		return r
	}
	r = read(f)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of[f] == nil {
		if c.of == nil {
			c.of = map[*content.File]*reading{}
		}
		delete(c.of, c.last[c.next])
		c.last[c.next], c.of[f] = f, r
		c.next = (c.next + 1) % mostRecent
	}
	return r
}

// ForgetTexts lets go of what was last read of texts, when the pages that compare
// them are made. It may be asked for again all the same.
func (s *Site) ForgetTexts() {
	c := &s.recent
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of, c.last = nil, [mostRecent]*content.File{}
}
