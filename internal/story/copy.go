package story

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"readout/internal/token"
)

// A copy repeats another article: as it is, shortened, wrapped in a disclaimer,
// with a few words changed. Candidates are found by a sample of the runs of
// words that two articles share, and verified on all of them.
const (
	runLength  = 6    // words of a run
	sampleRate = 8    // one run in so many is kept for the search
	sampleMin  = 12   // runs kept of a short article
	boilerplat = 40   // a run in more articles than this is no evidence
	copyShare  = 0.45 // of the shorter article's runs that stand in the other
	minRuns    = 20   // an article of fewer runs is no copy of anything
)

// runs returns the hashes of the runs of words of a text, sorted, each once.
func runs(text string) []uint32 { return scanRuns(token.Scan(text)) }

func scanRuns(tokens []token.Token) []uint32 {
	hs := make([]uint32, 0, len(tokens))
	var window [runLength]uint64
	n := 0
	for _, t := range tokens {
		if t.Kind != token.Word && t.Kind != token.Number {
			continue
		}
		window[n%runLength] = hash(t.Norm)
		n++
		if n < runLength {
			continue
		}
		h := uint64(0xcbf29ce484222325)
		for k := range runLength {
			h = mix(h ^ window[(n+k)%runLength])
		}
		hs = append(hs, uint32(h>>32))
	}
	slices.Sort(hs)
	return slices.Compact(hs)
}

func hash(s string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// sampled is how many of so many runs are the sample of an article: the first, which
// depends on the runs alone, as these are in order. The same run is kept in every
// article, as far as its length allows.
func sampled(runs int) int { return min(max(sampleMin, runs/sampleRate), runs) }

// shared counts what two sorted lists have in common.
func shared(a, b []uint32) int { return sharedFrom(a, b, 0) }

// sharedFrom is shared where that is at least so many, else 0.
func sharedFrom(a, b []uint32, least int) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
			continue
		}
		if n+min(len(a)-i, len(b)-j) < least {
			return 0
		}
	}
	if n < least {
		return 0
	}
	return n
}

// A keptRun is the hash of a run of words of a sample, and in its lower half the number
// of its document.
type keptRun uint64

func (r keptRun) hash() uint32 { return uint32(r >> 32) }
func (r keptRun) doc() int     { return int(uint32(r)) }

// samples are the runs of the samples of all documents.
type samples struct {
	first []int32   // of each document: its first run in group
	group []int32   // of each run of a document: where those of that hash begin in runs
	runs  []keptRun // by hash, then by document
}

// keptRuns puts the samples of all documents together.
func (c *copying) keptRuns() *samples {
	docs := c.docs
	s := &samples{first: make([]int32, len(docs)+1)}
	for i, d := range docs {
		s.first[i+1] = s.first[i]
		if d.length >= minRuns {
			s.first[i+1] += int32(sampled(int(d.length)))
		}
	}
	s.runs = make([]keptRun, s.first[len(docs)])
	inParallel(len(docs), func() func(i int) {
		return func(i int) {
			to := s.runs[s.first[i]:s.first[i+1]]
			if len(to) == 0 {
				return
			}
			runs := c.sample(docs[i])
			for k := range to {
				to[k] = keptRun(i)
				if k < len(runs) { // else the text is gone meanwhile
					to[k] |= keptRun(runs[k]) << 32
				}
			}
		}
	})
	slices.Sort(s.runs)
	// The runs of a document are met in the order of their hashes, which is that of its
	// sample.
	s.group = make([]int32, len(s.runs))
	next := slices.Clone(s.first)
	from := 0
	for k, r := range s.runs {
		if r.hash() != s.runs[from].hash() {
			from = k
		}
		s.group[next[r.doc()]] = int32(from)
		next[r.doc()]++
	}
	return s
}

// each calls f with the other documents that have a run of the sample of document i,
// once for each such run. One in very many documents is no evidence.
func (s *samples) each(i int, f func(j int)) {
	for _, from := range s.group[s.first[i]:s.first[i+1]] {
		to := int(from) + 1
		for to < len(s.runs) && to <= int(from)+boilerplat && s.runs[to].hash() == s.runs[from].hash() {
			to++
		}
		if to-int(from) > boilerplat {
			continue
		}
		for _, r := range s.runs[from:to] {
			if j := r.doc(); j != i {
				f(j)
			}
		}
	}
}

// copying finds which documents repeat others.
type copying struct {
	docs        []*Digest
	runs        func(*Digest) []uint32
	sample      func(*Digest) []uint32 // of the runs
	text        func(id string) Doc
	past, found *Past
}

// copies returns for each document the one it repeats, or itself. Of several that repeat one another the
// original is the one from whose publisher another says that it comes; else the
// earliest; of those of one day, or undated, the one whose publisher another names,
// else the longest, then the first.
func (c *copying) copies() []int {
	docs := c.docs
	order := make([]int, len(docs))
	for i := range docs {
		order[i] = i
	}
	kept := c.keptRuns()
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := docs[a].date, docs[b].date
		if (x == "") != (y == "") {
			return cmp.Compare(y, x)
		}
		return cmp.Or(cmp.Compare(x, y), int(docs[b].length-docs[a].length), a-b)
	})
	rank := make([]int, len(docs))
	for r, i := range order {
		rank[i] = r
	}
	best := make([]int, len(docs)) // of each document the one it repeats; -1 for none
	keys := make([]Sum, len(docs))
	places := make([]int32, len(docs)) // of best among those that the document may repeat
	inParallel(len(docs), func() func(i int) {
		shares := make([]int, len(docs)) // of each document: how much of the sample it shares
		var before []int
		var buf []byte
		reader := runReader{c: c}
		return func(i int) {
			best[i], places[i] = -1, -1
			before = before[:0]
			kept.each(i, func(j int) {
				if rank[j] < rank[i] {
					if shares[j] == 0 {
						before = append(before, j)
					}
					shares[j]++
				}
			})
			if len(before) == 0 {
				return
			}
			slices.SortFunc(before, func(a, b int) int { return cmp.Or(shares[b]-shares[a], rank[a]-rank[b]) })
			for _, j := range before {
				shares[j] = 0
			}
			before = before[:min(len(before), 16)]
			buf = append(buf[:0], docs[i].sum[:]...)
			for _, j := range before {
				buf = append(buf, docs[j].sum[:]...)
			}
			keys[i] = sumOf(buf)
			at, ok := c.past.copies[keys[i]]
			if !ok || int(at) >= len(before) {
				at = reader.repeated(i, before)
			}
			if places[i] = at; at >= 0 {
				best[i] = before[at]
			}
		}
	})
	for i, k := range keys {
		if k != (Sum{}) {
			c.found.copies[k] = places[i]
		}
	}
	origin := make([]int, len(docs))
	for _, i := range order {
		origin[i] = i
		if b := best[i]; b >= 0 {
			origin[i] = origin[b]
		}
	}
	c.credit(origin)
	return origin
}

// A runReader reads the runs of documents. Documents that are like others stand near
// one another: what was read of the last is kept.
type runReader struct {
	c    *copying
	read [256]struct {
		next int // the document after the one it is of; 0 for none
		runs []uint32
	}
}

func (r *runReader) of(i int) []uint32 {
	k := &r.read[i%len(r.read)]
	if k.next != i+1 {
		k.next, k.runs = i+1, r.c.runs(r.c.docs[i])
	}
	return k.runs
}

// repeated returns which of those before it a document repeats; -1 for none.
func (r *runReader) repeated(i int, before []int) int32 {
	at, most := int32(-1), 0
	docs, own := r.c.docs, r.of(i)
	for k, j := range before {
		least := int(math.Ceil(copyShare * float64(min(docs[i].length, docs[j].length))))
		if n := sharedFrom(own, r.of(j), max(least, most+1)); n > most {
			at, most = int32(k), n
		}
	}
	return at
}

// credit makes a copy the original where the one taken for it names the copy's
// publisher: beside its text ("first published by …") whatever their dates, which may
// be those of a posting; in its text where it is not the older of the two.
func (c *copying) credit(origin []int) {
	docs := c.docs
	better := map[int]int{} // of an original: the copy to take its place
	for i, o := range origin {
		if o == i || docs[i].publisher == "" {
			continue
		}
		_, found := better[o]
		if found {
			continue
		}
		by := docs[i].publisher
		if c.names(o, by, creditsIt) && !c.names(i, by, creditsIt) {
			better[o] = i
			continue
		}
		if by == docs[o].publisher || docs[i].date != docs[o].date {
			continue
		}
		if c.names(o, by, namesIt) && !c.names(i, by, namesIt) {
			better[o] = i
		}
	}
	for i, o := range origin {
		if b, ok := better[o]; ok {
			origin[i] = b
		}
	}
}

// How a document names a publisher.
const (
	namesIt   = 1 << iota // in its text, or as the next
	creditsIt             // in what stands beside its text
)

// names reports whether a document names a publisher so.
func (c *copying) names(i int, publisher string, how uint8) bool {
	key := sumOf(append(c.docs[i].sum[:], publisher...))
	known, ok := c.found.credits[key]
	if !ok {
		if known, ok = c.past.credits[key]; !ok {
			d := c.text(c.docs[i].id)
			if strings.Contains(d.Credits, publisher) {
				known = namesIt | creditsIt
			} else if strings.Contains(d.Text, publisher) {
				known = namesIt
			}
		}
		c.found.credits[key] = known
	}
	return known&how != 0
}

// Shared returns what share of the runs of words of text stands in the other
// text too, from 0 to 1.
func Shared(text, other string) float64 {
	a := runs(text)
	if len(a) == 0 {
		return 0
	}
	return float64(shared(a, runs(other))) / float64(len(a))
}
