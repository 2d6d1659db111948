package tagger

import (
	"slices"

	"readout/internal/lexicon"
)

// Bits of Word.doc: what the rest of the article tells of a word.
const (
	docLower      uint16 = 1 << iota // it also stands in lower case
	docMid                           // it is capitalised inside a sentence
	docOften                         // it is capitalised three times and more
	docTitled                        // a title or rank precedes it somewhere
	docSays                          // a verb of saying stands beside it somewhere
	docAfterGiven                    // a given name precedes it somewhere
	docLocative                      // "in", "at", "near" precede it somewhere
	docThe                           // "the" precedes it somewhere
	docPlaced                        // the head of a place or ", Country" follows somewhere
	docOrgRun                        // it stands in a run that has the head of an organization
	docPossessive                    // "'s" follows it somewhere
	docParen                         // it stands alone in parentheses somewhere
	docListed                        // it is part of a listed name somewhere

	docs = int(docListed) << 1 // how many sets of them there are
)

// A told is what the article tells of a word.
type told struct {
	hash uint64 // of the word, 0 where the slot is empty
	bits uint16
	caps uint16 // how often it is capitalised
}

// survey gathers, for each capitalised word, what the whole article tells of it.
func (t *Text) survey() {
	// Only words that stand somewhere not in lower case are kept.
	n, kept := 64, 0
	for i := range t.Words {
		switch t.Words[i].shape {
		case sign, digits, lower:
		default:
			kept++
		}
	}
	for n < 2*kept {
		n *= 2
	}
	t.told = slices.Grow(t.told[:0], n)[:n]
	slots := t.told
	clear(slots)
	// marked has a bit for each of the words, by other bits of their hash, and a few
	// more: most words in lower case are told by it to be none of them.
	var marked [64]uint64
	find := func(h uint64) *told {
		marked[h>>32%64] |= 1 << (h >> 40 % 64)
		for i := h & uint64(n-1); ; i = (i + 1) & uint64(n-1) {
			if slots[i].hash == h {
				return &slots[i]
			}
			if slots[i].hash == 0 {
				slots[i].hash = h
				return &slots[i]
			}
		}
	}
	const title = lexicon.Honorific | lexicon.Rank | lexicon.Role
	for si, s := range t.Sentences {
		for i := s[0]; i < s[1]; i++ {
			w := &t.Words[i]
			if w.shape == sign || w.shape == digits || w.shape == lower {
				continue
			}
			sl := find(w.Hash)
			if t.heads[si] != plain {
				continue // capitals tell nothing here
			}
			sl.caps++
			first := i == s[0]
			if !first && t.Words[i-1].shape != sign {
				sl.bits |= docMid
			}
			if !first {
				p := &t.Words[i-1]
				if p.Hash == hashStop && i-2 >= s[0] {
					p = &t.Words[i-2]
				}
				if p.Class&title != 0 && p.Class&(lexicon.Given|lexicon.Surname) == 0 {
					sl.bits |= docTitled
				}
				if p.Initial() && p.Class&lexicon.Given != 0 && p.Class&lexicon.Place == 0 {
					sl.bits |= docAfterGiven
				}
				switch p.Hash {
				case hashIn, hashAt, hashNear, hashFrom, hashAcross:
					sl.bits |= docLocative
				case hashThe:
					sl.bits |= docThe
				}
				if p.Class&lexicon.Say != 0 && p.shape == lower {
					sl.bits |= docSays
				}
			}
			if i+1 < s[1] {
				q := &t.Words[i+1]
				if q.Class&lexicon.Say != 0 && q.shape == lower {
					sl.bits |= docSays
				}
				if q.Class&(lexicon.PlaceHead|lexicon.Facility) != 0 {
					sl.bits |= docPlaced
				}
				switch q.Hash {
				case hashPoss, hashPossCurly:
					sl.bits |= docPossessive
				case hashComma:
					if i+2 < s[1] && t.Words[i+2].Phrase&(lexicon.Country|lexicon.Admin) != 0 {
						sl.bits |= docPlaced
					}
				case hashClose:
					if i > s[0] && t.Words[i-1].Hash == hashOpen {
						sl.bits |= docParen
					}
				}
			}
			if w.Phrase != 0 && w.Edge != 4 {
				sl.bits |= docListed
			}
			if r := w.run; r >= 0 {
				rn := t.runs[r]
				if rn.end-rn.start > 1 && t.Words[rn.end-1].Class&(lexicon.OrgHead|lexicon.OrgSuffix) != 0 {
					sl.bits |= docOrgRun
				}
			}
		}
	}
	for _, s := range t.Sentences {
		for i := s[0]; i < s[1]; i++ {
			w := &t.Words[i]
			if w.shape != lower || marked[w.Hash>>32%64]>>(w.Hash>>40%64)&1 == 0 {
				continue
			}
			for k := w.Hash & uint64(n-1); slots[k].hash != 0; k = (k + 1) & uint64(n-1) {
				if slots[k].hash == w.Hash {
					slots[k].bits |= docLower
					break
				}
			}
		}
	}
	for i := range t.Words {
		w := &t.Words[i]
		if w.shape == sign || w.shape == digits || w.shape == lower {
			continue
		}
		sl := find(w.Hash)
		w.doc = sl.bits
		if sl.caps >= 3 {
			w.doc |= docOften
		}
	}
}

var (
	hashStop      = lexicon.Hash(".")
	hashIn        = lexicon.Hash("in")
	hashAt        = lexicon.Hash("at")
	hashNear      = lexicon.Hash("near")
	hashFrom      = lexicon.Hash("from")
	hashAcross    = lexicon.Hash("across")
	hashThe       = lexicon.Hash("the")
	hashPoss      = lexicon.Hash("'s")
	hashPossCurly = lexicon.Hash("'s")
	hashComma     = lexicon.Hash(",")
	hashOpen      = lexicon.Hash("(")
	hashClose     = lexicon.Hash(")")
	hashOf        = lexicon.Hash("of")
	hashFor       = lexicon.Hash("for")
)
