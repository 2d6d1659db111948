// Package numbered keeps many strings, and many lists that grow, in little room:
// their bytes one behind the other, and each known by a number. What it holds has
// next to no pointers, so that the collector has nothing to look through, however
// many there are.
//
// Its types are Strings and Lists.
package numbered

import (
	"encoding/binary"
	"hash/maphash"
	"sync"
)

// Strings numbers strings from 0, in the order in which they come. Its zero value
// has none and is ready to use, by several goroutines at once.
type Strings struct {
	mu     sync.RWMutex
	chunks [][]byte // the bytes: before those of each string how many there are
	at     []uint32 // of each string: the number of its chunk and, in the lower half, where it begins
	// slots has the numbers of the strings and 1, each at the place its hash gives or,
	// where that is taken, at the next that is free. Half of them are free at least.
	slots []uint32
}

// Sizes of chunks. The first are small, so that few strings take little.
const (
	leastChunk = 1 << 10
	mostChunk  = 1 << 16
)

// seed makes hashes. What it is has no influence on numbers.
var seed = maphash.MakeSeed()

// Len returns how many strings there are.
func (s *Strings) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.at)
}

// Find returns the number of a string, -1 where it has none.
func (s *Strings) Find(text string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.slots) == 0 {
		return -1
	}
	return int(s.slots[s.slot(maphash.String(seed, text), text)]) - 1
}

// Number returns the number of a string, which gets one if it has none.
func (s *Strings) Number(text string) int {
	if n := s.Find(text); n >= 0 {
		return n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if 2*len(s.at) >= len(s.slots) {
		s.grow()
	}
	k := s.slot(maphash.String(seed, text), text)
	if s.slots[k] == 0 {
		s.put(text)
		s.slots[k] = uint32(len(s.at))
	}
	return int(s.slots[k]) - 1
}

// String returns the string with that number, a copy of what is kept.
func (s *Strings) String(n int) string { return string(s.Bytes(n)) }

// Bytes returns the bytes of the string with that number, which are not to be
// changed.
func (s *Strings) Bytes(n int) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.bytes(n)
}

func (s *Strings) bytes(n int) []byte {
	chunk := s.chunks[s.at[n]>>16]
	rest := chunk[s.at[n]&0xffff:]
	size, k := binary.Uvarint(rest)
	return rest[k : k+int(size) : k+int(size)]
}

// slot returns the place of a string in slots, or the free one where it would be.
func (s *Strings) slot(hash uint64, text string) int {
	mask := len(s.slots) - 1
	for k := int(hash) & mask; ; k = (k + 1) & mask {
		if n := s.slots[k]; n == 0 || string(s.bytes(int(n)-1)) == text {
			return k
		}
	}
}

// grow makes more slots.
func (s *Strings) grow() {
	s.slots = make([]uint32, max(16, 2*len(s.slots)))
	mask := len(s.slots) - 1
	for n := range s.at {
		k := int(maphash.Bytes(seed, s.bytes(n))) & mask
		for s.slots[k] != 0 {
			k = (k + 1) & mask
		}
		s.slots[k] = uint32(n + 1)
	}
}

// put keeps the bytes of the next string.
func (s *Strings) put(text string) {
	last := len(s.chunks) - 1
	size := len(text) + binary.MaxVarintLen32
	if last < 0 || len(s.chunks[last])+size > cap(s.chunks[last]) {
		room := leastChunk
		if last >= 0 {
			room = min(2*cap(s.chunks[last]), mostChunk)
		}
		s.chunks = append(s.chunks, make([]byte, 0, max(room, size)))
		last++
	}
	chunk := &s.chunks[last]
	s.at = append(s.at, uint32(last)<<16|uint32(len(*chunk)))
	*chunk = binary.AppendUvarint(*chunk, uint64(len(text)))
	*chunk = append(*chunk, text...)
}
