package tagger

import "slices"

// A ballot counts the labels a first pass gave to one word in the article.
type ballot struct {
	hash   uint64
	counts [5]uint16 // by Type
}

// vote notes for each capitalised token how the first pass labelled it, and how
// it labelled the same word elsewhere in the article.
func (t *Text) vote(ls []Label) {
	n := 64
	for n < 2*len(t.runs) {
		n *= 2
	}
	for {
		if t.count(ls, n) {
			return
		}
		n *= 2
	}
}

// count fills the votes by a table of n slots; it fails when they are too few.
func (t *Text) count(ls []Label, n int) bool {
	t.ballots = slices.Grow(t.ballots[:0], n)[:n]
	slots := t.ballots
	clear(slots)
	used := 0
	find := func(h uint64) *ballot {
		for i := h & uint64(n-1); ; i = (i + 1) & uint64(n-1) {
			if slots[i].hash == h {
				return &slots[i]
			}
			if slots[i].hash == 0 {
				used++
				slots[i].hash = h
				return &slots[i]
			}
		}
	}
	t.votes = slices.Grow(t.votes[:0], len(t.Words))[:len(t.Words)]
	clear(t.votes)
	for _, r := range t.runs {
		for i := r.start; i < r.end; i++ {
			t.votes[i].own = ls[i]
			if t.Words[i].Initial() {
				b := find(t.Words[i].Hash)
				if c := &b.counts[ls[i].Type()]; *c < 1000 {
					*c++
				}
				if 4*used > 3*n {
					return false
				}
			}
		}
	}
	for _, r := range t.runs {
		for i := r.start; i < r.end; i++ {
			if !t.Words[i].Initial() {
				continue
			}
			b := *find(t.Words[i].Hash)
			if c := &b.counts[ls[i].Type()]; *c > 0 {
				*c--
			}
			best := 0
			total := 0
			for k, c := range b.counts {
				total += int(c)
				if c > b.counts[best] {
					best = k
				}
			}
			if total == 0 {
				continue
			}
			v := &t.votes[i]
			v.others = uint8(best + 1)
			v.share = 1
			switch c := int(b.counts[best]); {
			case c == total && c > 2:
				v.share = 3
			case c*4 >= total*3:
				v.share = 2
			}
		}
	}
	return true
}

// A vote is what the first pass tells of one token.
type vote struct {
	own    Label
	others uint8 // the type most other mentions of the word have, plus one; 0 for none
	share  uint8 // 1 to 3, how sure that is
}

// extractVotes adds to fs the features of token i that only the second pass has.
func (t *Text) extractVotes(fs *features, s [2]int, i int) {
	at := func(k int) vote {
		if k < s[0] || k >= s[1] {
			return vote{}
		}
		return t.votes[k]
	}
	v, p, n := at(i), at(i-1), at(i+1)
	w := &t.Words[i]
	others := uint64(v.others)*4 + uint64(v.share)
	fs.add(tVoteOwn, uint64(v.own))
	fs.add(tVoteOthers, others)
	fs.add(tVoteBoth, others*16+uint64(v.own))
	fs.add(tVoteOthersShape, others*16+uint64(w.shape))
	fs.add(tVoteNeighbours, uint64(p.own)*256+uint64(v.own)*16+uint64(n.own))
	fs.add(tVotePrev, (uint64(p.others)*4+uint64(p.share))*64+others)
	fs.add(tVoteNext, (uint64(n.others)*4+uint64(n.share))*64+others)
	if w.run >= 0 {
		// The last word of the run, which heads it.
		l := t.votes[t.runs[w.run].end-1]
		fs.add(tVoteHead, (uint64(l.others)*4+uint64(l.share))*64+others)
	}
}
