package page

import (
	"math/bits"
	"strings"

	"readout/internal/article/boilerplate"
)

// A chooser decides which chunks of a page are the article.
type chooser struct {
	chunks []chunk
	meta   *Meta
	t, r   []float64 // what share of each chunk the extractors took
	mask   flag      // flags that most of the article has, which tell nothing
	keep   []bool
	first  int // the first and last chunk of the core
	last   int
}

// enough is the share of a chunk's word sequences from which an extractor is
// held to have taken it.
const enough = 0.6

// suspect are the places where no article stands.
const suspect = inNav | inFooter | inAside | inFigure | inHidden | inChrome | inForm | inComments

func (c *chooser) run() {
	c.keep = make([]bool, len(c.chunks))
	votes := c.t
	if c.weight(c.t) == 0 {
		votes = c.r
	}
	c.findMask(votes)
	for i := range c.chunks {
		c.keep[i] = votes[i] > enough && !c.dropped(i)
	}
	c.findCore()
	c.trim()
	c.rescue()
	c.titles()
	c.furniture()
	c.repeats()
}

// weight returns how many words an extractor took.
func (c *chooser) weight(v []float64) int {
	n := 0
	for i := range c.chunks {
		if v[i] > enough {
			n += c.chunks[i].words
		}
	}
	return n
}

// findMask finds the flags that most of the words taken have: a wrapper around
// the whole page may be named like a part of it.
func (c *chooser) findMask(v []float64) {
	var n [16]int
	all := 0
	for i := range c.chunks {
		if v[i] <= enough {
			continue
		}
		all += c.chunks[i].words
		for f := c.chunks[i].flags; f != 0; f &= f - 1 {
			n[bits.TrailingZeros16(uint16(f))] += c.chunks[i].words
		}
	}
	for k, words := range n {
		if words*5 > all*2 {
			c.mask |= 1 << k
		}
	}
}

func (c *chooser) flags(i int) flag { return c.chunks[i].flags &^ c.mask }

// dropped reports whether a chunk is no part of an article, whatever the
// extractors say.
func (c *chooser) dropped(i int) bool {
	k := &c.chunks[i]
	if c.flags(i)&suspect != 0 {
		return true
	}
	// A line that is nothing but a link leads elsewhere.
	return k.words >= 3 && k.linked == k.words && k.words <= 30 && k.Kind != Row
}

// isCore reports whether a chunk is prose beyond doubt.
func (c *chooser) isCore(i int) bool {
	k := &c.chunks[i]
	return c.keep[i] && k.words >= 12 && k.linked*3 <= k.words && k.Kind != Heading && k.Kind != Caption
}

// findCore finds the first and the last chunk of prose.
func (c *chooser) findCore() {
	c.first, c.last = -1, -1
	for i := range c.chunks {
		if c.isCore(i) {
			if c.first < 0 {
				c.first = i
			}
			c.last = i
		}
	}
	if c.first < 0 { // an article of short lines
		for i := range c.chunks {
			if c.keep[i] {
				if c.first < 0 {
					c.first = i
				}
				c.last = i
			}
		}
	}
}

// trim drops what stands outside the core and is not joined to it.
func (c *chooser) trim() {
	for i := range c.chunks {
		if !c.keep[i] || i >= c.first && i <= c.last {
			continue
		}
		near := i < c.first && c.first-i <= 3 || i > c.last && i-c.last <= 3
		same := c.first >= 0 && (c.chunks[i].node.Parent == c.chunks[c.first].node.Parent || c.chunks[i].node.Parent == c.chunks[c.last].node.Parent)
		if !near && !same {
			c.keep[i] = false
		}
	}
}

// rescue takes in what stands within the core and was missed.
func (c *chooser) rescue() {
	for i := range c.chunks {
		if c.keep[i] || i < c.first || i > c.last || c.dropped(i) {
			continue
		}
		if c.r[i] > enough && c.chunks[i].linked*2 <= c.chunks[i].words {
			c.keep[i] = true
		}
	}
}

// titles drops the headline, which the page states as such.
func (c *chooser) titles() {
	title := letters(c.meta.Title)
	for i := range c.chunks {
		if !c.keep[i] || i > c.first+1 {
			continue
		}
		k := &c.chunks[i]
		if k.Kind == Heading && k.Level == 1 && i <= c.first {
			c.keep[i] = false
			continue
		}
		t := letters(k.Text)
		if title != "" && t != "" && (t == title || len(t) > 20 && strings.HasPrefix(title, t)) {
			c.keep[i] = false
		}
	}
}

// furniture drops what the words tell to be no part of the article.
func (c *chooser) furniture() {
	tail := true
	for i := len(c.chunks) - 1; i >= 0; i-- {
		if !c.keep[i] {
			continue
		}
		k := &c.chunks[i]
		f, found := boilerplate.Find(k.Text, k.words, boilerplate.Zone{Tail: tail, Head: i < c.first}, nil)
		if found {
			switch f.Class {
			case "advertisement", "share", "more", "subscribe", "support", "follow", "cookies", "script", "tags":
				c.keep[i] = false
				continue
			}
		}
		if k.words >= 8 && !found && k.Kind != Heading {
			tail = false
		}
	}
}

// repeats drops what stands on the page a second time.
func (c *chooser) repeats() {
	seen := make(map[string]bool)
	for i := range c.chunks {
		if !c.keep[i] || c.chunks[i].words < 5 {
			continue
		}
		t := letters(c.chunks[i].Text)
		if seen[t] {
			c.keep[i] = false
		}
		seen[t] = true
	}
}
