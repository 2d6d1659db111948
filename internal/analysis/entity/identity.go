package entity

import (
	"strconv"
	"strings"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/slug"
)

// A cluster is a group of mentions of one entity.
type cluster struct {
	typ      annotation.EntityType
	words    []string // of the fullest name, folded
	best     int      // mention that has the fullest name
	mentions []int
	key      string
}

// identify groups the mentions, gives each its key, and returns the entities.
func (f *finder) identify() []annotation.Entity {
	var cs []*cluster
	byName := map[string]*cluster{}
	// Full names first: what is said in full stands for itself.
	words := make([][]string, len(f.mentions))
	of := make([]*cluster, len(f.mentions))
	for i := range f.mentions {
		m := &f.mentions[i]
		words[i] = f.nameWords(m)
	}
	add := func(i int) *cluster {
		id := string(f.mentions[i].typ) + "\x00" + strings.Join(words[i], " ")
		c := byName[id]
		if c == nil {
			c = &cluster{typ: f.mentions[i].typ, words: words[i], best: i}
			byName[id] = c
			cs = append(cs, c)
		}
		c.mentions = append(c.mentions, i)
		of[i] = c
		return c
	}
	for i := range f.mentions {
		if f.mentions[i].typ != annotation.Person || len(words[i]) > 1 {
			add(i)
		}
	}
	// A single name of a person goes to the one full name that has it.
	for i := range f.mentions {
		if of[i] != nil {
			continue
		}
		var found *cluster
		ambiguous := false
		for _, c := range cs {
			if c.typ != annotation.Person || len(c.words) < 2 {
				continue
			}
			for k, w := range c.words {
				if w == words[i][0] && (k == len(c.words)-1 || k == 0 || len(c.words) > 2) {
					if found != nil && found != c {
						ambiguous = true
					}
					found = c
				}
			}
		}
		if found != nil && !ambiguous {
			found.mentions = append(found.mentions, i)
			of[i] = found
			continue
		}
		add(i)
	}
	used := map[string]bool{}
	var entities []annotation.Entity
	for i := range f.mentions {
		c := of[i]
		m := &f.mentions[i]
		if c.key == "" {
			best := &f.mentions[c.best]
			s := f.span(best.start, best.end)
			base := slug.Make(s.In(f.Source))
			if base == "" {
				base = string(c.typ)
			}
			c.key = base
			for n := 2; used[c.key]; n++ {
				c.key = base + "-" + strconv.Itoa(n)
			}
			used[c.key] = true
			entities = append(entities, annotation.Entity{Key: c.key, Name: s.In(f.Source), Type: c.typ, First: s})
		}
		m.key = c.key
	}
	return entities
}

// nameWords returns the words of a name for comparison.
func (f *finder) nameWords(m *mention) []string {
	var ws []string
	for i := m.start; i < m.end; i++ {
		n := lexicon.Fold(f.Tokens[i].Norm)
		if n == "." || n == "the" {
			continue
		}
		ws = append(ws, strings.ReplaceAll(n, ".", ""))
	}
	if len(ws) == 0 {
		ws = []string{f.Tokens[m.start].Norm}
	}
	return ws
}
