package tagger

import (
	"sync"
	"sync/atomic"

	"readout/internal/lexicon"
	"readout/internal/token"
)

// A share of the features of a token is decided by so little (a word alone, how three
// tokens are spelled) that the same weights would be added up time and again. What they
// come to is remembered.

// A known remembers the sums of weights that a number decides. It may be used by several
// goroutines at once.
type known struct {
	sums  [][passes]sum
	there []atomic.Uint32 // a bit for each of them
	mu    sync.Mutex      // held to fill them in
}

func newKnown(n int) *known {
	return &known{sums: make([][passes]sum, n), there: make([]atomic.Uint32, n/32+1)}
}

// get returns the sums for the number n, or nil.
func (k *known) get(n int) *[passes]sum {
	if k.there[n/32].Load()>>(n%32)&1 == 0 {
		return nil
	}
	return &k.sums[n]
}

// put remembers that the features come to these sums, and returns them.
func (k *known) put(n int, m *Model, fs *features) *[passes]sum {
	var sums [passes]sum
	m.add(fs, &sums)
	k.mu.Lock()
	defer k.mu.Unlock()
	there := &k.there[n/32]
	if is := there.Load(); is>>(n%32)&1 == 0 {
		k.sums[n] = sums
		there.Store(is | 1<<(n%32))
	}
	return &k.sums[n]
}

// wordSums are the weights of the features that the look-up form of a word decides,
// where the word stands itself, before another and after one, for each pass.
type wordSums struct{ word, prev, next [passes]sum }

// sumsOf returns the sums for a word.
func (m *Model) sumsOf(norm string) (ws wordSums) {
	h := lexicon.Hash(norm)
	c, a := lexicon.Shared().Word(h), affixesIn(norm)
	var fs features
	fs.word(h, c, &a)
	m.add(&fs, &ws.word)
	fs.reset()
	fs.prev(h, c, &a)
	m.add(&fs, &ws.prev)
	fs.reset()
	fs.next(h, c, &a)
	m.add(&fs, &ws.next)
	return ws
}

// forget lets go of the sums of weights that have changed.
func (m *Model) forget() {
	m.words = token.NewMemo(m.sumsOf)
	m.spelled = newKnown(shapes * shapes * shapes * headlines)
	m.opened = newKnown(openings * shapes * headlines * 2 * commons)
	m.told = newKnown(docs)
}

// addKnown adds to sums the weights of the features of token i of sentence s that are
// remembered. What signs and numbers decide goes to fs.
func (m *Model) addKnown(t *Text, fs *features, sums *[passes]sum, s [2]int, head headline, i int) {
	m.addWords(t, fs, sums, s, i)
	w, p, n := t.at(s, i), t.at(s, i-1), t.at(s, i+1)
	spelled := ((int(p.shape)*shapes+int(w.shape))*shapes+int(n.shape))*headlines + int(head)
	of := m.spelled.get(spelled)
	if of == nil {
		var fs features
		fs.spelling(p.shape, w.shape, n.shape, head)
		of = m.spelled.put(spelled, m, &fs)
	}
	join(sums, of)
	o, common := t.opening(s, i), w.Class&lexicon.Common
	opened := (((int(o)*shapes+int(w.shape))*headlines+int(head))*2+int(w.doc&docLower))*commons + int(common/firstCommon)
	if of = m.opened.get(opened); of == nil {
		var fs features
		fs.opening(o, w.shape, head, w.doc, common)
		of = m.opened.put(opened, m, &fs)
	}
	join(sums, of)
	if of = m.told.get(int(w.doc)); of == nil {
		var fs features
		fs.told(w.doc)
		of = m.told.put(int(w.doc), m, &fs)
	}
	join(sums, of)
}

// The classes of common words are side by side: divided by the first, a set of them is
// a small number, less than commons.
const (
	firstCommon = lexicon.Verb
	commons     = int(lexicon.Common/firstCommon) + 1
)

// join adds what is remembered of some features to the sums for each pass.
func join(sums, of *[passes]sum) {
	for pass := range passes {
		sums[pass].join(&of[pass])
	}
}

// addWords adds to sums the weights of the features that single look-up forms decide:
// that of token i of sentence s and those before and after it. Those of signs and
// numbers go to fs.
func (m *Model) addWords(t *Text, fs *features, sums *[passes]sum, s [2]int, i int) {
	if tok := &t.Tokens[i]; tok.Kind == token.Word {
		join(sums, &m.words.Of(tok).word)
	} else {
		fs.word(t.Words[i].Hash, t.Words[i].Class, affixesOf.Of(tok))
	}
	if p := i - 1; p < s[0] {
		fs.prev(0, 0, &affixes{})
	} else if tok := &t.Tokens[p]; tok.Kind == token.Word {
		join(sums, &m.words.Of(tok).prev)
	} else {
		fs.prev(t.Words[p].Hash, t.Words[p].Class, affixesOf.Of(tok))
	}
	if n := i + 1; n >= s[1] {
		fs.next(0, 0, &affixes{})
	} else if tok := &t.Tokens[n]; tok.Kind == token.Word {
		join(sums, &m.words.Of(tok).next)
	} else {
		fs.next(t.Words[n].Hash, t.Words[n].Class, affixesOf.Of(tok))
	}
}
