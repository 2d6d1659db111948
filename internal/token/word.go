package token

import (
	"strings"
	"sync"
	"sync/atomic"
)

// maxWords bounds how many words and signs are numbered: the commonest of a language come
// early in any text.
const maxWords = 1 << 16

// longestWord bounds the length of a numbered word in bytes.
const longestWord = 24

// A written is one way to write a word or sign, with what normalise makes of it.
type written struct {
	text  [longestWord]byte // in place: to compare it takes no further look-up
	len   uint8
	shape Shape
	id    uint32
	norm  string
}

func (w *written) is(word string) bool { return string(w.text[:w.len]) == word }

// words has the ways to write words that were met, by hash. It only grows, to
// maxWords entries, so that its slots are never more than half full; readers
// need no lock. What it says of a word does not depend on when it was met.
var words struct {
	slots [2 * maxWords]atomic.Pointer[written]

	full  atomic.Bool
	mu    sync.Mutex
	n     int
	fresh []written // room for the next
}

// find returns the slot of a word with hash h, or the free one where it belongs.
func find(word string, h uint32) (slot *atomic.Pointer[written], w *written) {
	for i := h; ; i++ {
		slot = &words.slots[i%uint32(len(words.slots))]
		if w = slot.Load(); w == nil || w.is(word) {
			return slot, w
		}
	}
}

// spell returns the look-up form, the shape and the number of a word or sign. No
// word is written like a sign.
func spell(word string, kind Kind) (norm string, s Shape, id uint32) {
	if len(word) > longestWord {
		norm, s = normalise(word, kind)
		return norm, s, 0
	}
	if _, w := find(word, hash(word)); w != nil {
		return w.norm, w.shape, w.id
	}
	if words.full.Load() {
		norm, s = normalise(word, kind)
		return norm, s, 0
	}
	words.mu.Lock()
	defer words.mu.Unlock()
	w := meet(word, kind)
	if w == nil {
		norm, s = normalise(word, kind)
		return norm, s, 0
	}
	return w.norm, w.shape, w.id
}

// meet adds a word to the words, if need be, and with it its Norm, whose number
// it takes. It returns nil where there is no more room. The lock is held.
func meet(word string, kind Kind) *written {
	if _, w := find(word, hash(word)); w != nil {
		return w
	}
	if words.n == maxWords {
		words.full.Store(true)
		return nil
	}
	words.n++
	if len(words.fresh) == 0 {
		words.fresh = make([]written, 128)
	}
	w := &words.fresh[0]
	words.fresh = words.fresh[1:]
	w.len = uint8(copy(w.text[:], word))
	norm, shape := normalise(word, kind)
	w.norm, w.shape = strings.Clone(norm), shape // not the whole text for the sake of a word
	switch {
	case norm == word:
		w.id = uint32(words.n)
	case len(norm) <= longestWord:
		if n := meet(norm, kind); n != nil && n.norm == norm {
			w.id, w.norm = n.id, n.norm
		}
	}
	slot, _ := find(word, hash(word))
	slot.Store(w)
	return w
}

// hash returns a hash of s, which is short.
func hash(s string) uint32 {
	h := uint64(len(s))
	for len(s) >= 4 {
		h = (h ^ uint64(uint32(s[0])|uint32(s[1])<<8|uint32(s[2])<<16|uint32(s[3])<<24)) * 0x9e3779b97f4a7c15
		h ^= h >> 32
		s = s[4:]
	}
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x9e3779b97f4a7c15
	}
	h ^= h >> 29
	return uint32(h * 0xd6e8feb86659fd93 >> 32)
}

// A Memo remembers what a function makes of a word, so that it is called once
// for each of the common words however often they are written. It may be used
// by several goroutines at once.
type Memo[V any] struct {
	of func(norm string) V

	once  sync.Once
	state []atomic.Uint32 // by ID: whether known has it
	known []V

	mu sync.Mutex // held to fill known
}

// NewMemo returns a Memo for f, whose result must depend on its argument alone.
func NewMemo[V any](f func(norm string) V) *Memo[V] { return &Memo[V]{of: f} }

// Of returns what the function makes of t.Norm. The result is shared: it must
// not be changed.
func (m *Memo[V]) Of(t *Token) *V {
	m.once.Do(m.grow)
	if id := t.ID; id != 0 && m.state[id].Load() != 0 {
		return &m.known[id]
	}
	return m.meet(t)
}

func (m *Memo[V]) grow() {
	m.state, m.known = make([]atomic.Uint32, maxWords+1), make([]V, maxWords+1)
}

func (m *Memo[V]) meet(t *Token) *V {
	v := m.of(t.Norm)
	if t.ID == 0 {
		return &v
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state[t.ID].Load() == 0 {
		m.known[t.ID] = v
		m.state[t.ID].Store(1)
	}
	return &m.known[t.ID]
}
