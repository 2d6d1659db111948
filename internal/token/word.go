package token

import (
	"strings"
	"sync"
	"sync/atomic"
)

// maxWords bounds how many words and signs are numbered: the commonest of a language come
// early in any text.
const maxWords = 1 << 15

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

	mu    sync.Mutex
	n     int
	ids   map[string]uint32 // by norm
	fresh []written         // room for the next
}

// spell returns the look-up form, the shape and the number of a word or sign. No
// word is written like a sign.
func spell(word string, kind Kind) (norm string, s Shape, id uint32) {
	if len(word) > longestWord {
		norm, s = normalise(word, kind)
		return norm, s, 0
	}
	h := hash(word)
	for i := h; ; i++ {
		w := words.slots[i%uint32(len(words.slots))].Load()
		if w == nil {
			return meet(word, kind, h)
		}
		if w.is(word) {
			return w.norm, w.shape, w.id
		}
	}
}

// meet is spell for a word that is not among the words yet.
func meet(word string, kind Kind, h uint32) (norm string, s Shape, id uint32) {
	norm, s = normalise(word, kind)
	words.mu.Lock()
	defer words.mu.Unlock()
	if words.n == maxWords {
		return norm, s, 0
	}
	for i := h; ; i++ {
		slot := &words.slots[i%uint32(len(words.slots))]
		switch w := slot.Load(); {
		case w == nil:
			if words.ids == nil {
				words.ids = map[string]uint32{}
			}
			norm = strings.Clone(norm) // not the whole text for the sake of a word
			if id = words.ids[norm]; id == 0 {
				id = uint32(len(words.ids) + 1)
				words.ids[norm] = id
			}
			if len(words.fresh) == 0 {
				words.fresh = make([]written, 128)
			}
			w = &words.fresh[0]
			words.fresh = words.fresh[1:]
			*w = written{len: uint8(len(word)), shape: s, id: id, norm: norm}
			copy(w.text[:], word)
			words.n++
			slot.Store(w)
			return norm, s, id
		case w.is(word):
			return w.norm, w.shape, w.id
		}
	}
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
