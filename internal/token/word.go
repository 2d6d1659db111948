package token

import (
	"strings"
	"sync"
	"sync/atomic"
)

// maxWords bounds how many words and signs are numbered: the commonest of a language come
// early in any text.
const maxWords = 1 << 16

// words and what is remembered of them lie in blocks of so many, made when the first
// word of one is met: a short text has few, and what is not there need neither be
// cleared nor be looked through by the garbage collector.
const (
	blockSize = 1 << 10
	blocks    = maxWords/blockSize + 1
)

// longestWord bounds the length of a numbered word in bytes. A written then has 64, a
// line of the processor's caches: to find a word asks for one and not for two.
const longestWord = 40

// A written is one way to write a word or sign, with what normalise makes of it.
type written struct {
	text  [longestWord]byte // in place: to compare it takes no further look-up
	len   uint8
	shape Shape
	id    uint32
	norm  string
}

func (w *written) is(word string) bool { return string(w.text[:w.len]) == word }

// words has the ways to write words that were met. It only grows, to maxWords
// of them; readers need no lock. What it says of a word does not depend on when it
// was met.
var words struct {
	// slots has by hash the number of a word and some bits of its hash; see
	// slotOf. It is never more than half full, and small enough to stay at hand.
	slots [2 * maxWords]atomic.Uint32
	met   [blocks]atomic.Pointer[[blockSize]written] // by number: the common words come first, side by side

	full  atomic.Bool
	mu    sync.Mutex
	n     int // of the words
	norms int // of those that are written like their Norm, which have an ID
}

// numberBits are the bits of a slot that hold the number of a word, which is
// never 0.
const numberBits = 17

func slotOf(number int, h uint32) uint32 { return uint32(number) | h&^(1<<numberBits-1) }

// find returns the word with hash h, or nil and the free slot where it belongs.
func find(word string, h uint32) (w *written, free *atomic.Uint32) {
	for i := h; ; i++ {
		slot := &words.slots[i%uint32(len(words.slots))]
		switch s := slot.Load(); {
		case s == 0:
			return nil, slot
		case (s^h)>>numberBits == 0:
			n := s & (1<<numberBits - 1)
			if w := &words.met[n/blockSize].Load()[n%blockSize]; w.is(word) {
				return w, nil
			}
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
	if w, _ := find(word, hash(word)); w != nil {
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
	h := hash(word)
	if w, _ := find(word, h); w != nil {
		return w
	}
	if words.n == maxWords {
		words.full.Store(true)
		return nil
	}
	words.n++
	n := words.n
	block := words.met[n/blockSize].Load()
	if block == nil {
		block = new([blockSize]written)
		words.met[n/blockSize].Store(block)
	}
	w := &block[n%blockSize]
	w.len = uint8(copy(w.text[:], word))
	norm, shape := normalise(word, kind)
	w.norm, w.shape = strings.Clone(norm), shape // not the whole text for the sake of a word
	switch {
	case norm == word:
		// Only these are numbered, one after the other, so that what a Memo knows lies close.
		words.norms++
		w.id = uint32(words.norms)
	case len(norm) <= longestWord:
		if f := meet(norm, kind); f != nil && f.norm == norm {
			w.id, w.norm = f.id, f.norm
		}
	}
	_, free := find(word, h)
	free.Store(slotOf(n, h))
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

	known [blocks]atomic.Pointer[remembered[V]] // by ID
	mu    sync.Mutex                            // held to fill known
}

// remembered has what is known of the words of a block. The values lie side by side,
// and apart from what tells which of them are there: most are small, and those of the
// common words then take little of the processor's caches.
type remembered[V any] struct {
	values [blockSize]V
	there  [blockSize / 32]atomic.Uint32 // a bit for each value
}

// NewMemo returns a Memo for f, whose result must depend on its argument alone.
func NewMemo[V any](f func(norm string) V) *Memo[V] { return &Memo[V]{of: f} }

// Of returns what the function makes of t.Norm. The result is shared: it must
// not be changed.
func (m *Memo[V]) Of(t *Token) *V {
	block, at := m.known[t.ID/blockSize].Load(), t.ID%blockSize
	if block != nil && block.there[at/32].Load()>>(at%32)&1 != 0 {
		return &block.values[at]
	}
	return m.meet(t)
}

func (m *Memo[V]) meet(t *Token) *V {
	v := m.of(t.Norm)
	if t.ID == 0 {
		return &v
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	block, at := m.known[t.ID/blockSize].Load(), t.ID%blockSize
	if block == nil {
		block = new(remembered[V])
		m.known[t.ID/blockSize].Store(block)
	}
	there := &block.there[at/32]
	if bits := there.Load(); bits>>(at%32)&1 == 0 {
		block.values[at] = v
		there.Store(bits | 1<<(at%32))
	}
	return &block.values[at]
}
