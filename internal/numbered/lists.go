package numbered

import "encoding/binary"

// Lists are lists of bytes that grow at their ends, many and most of them short,
// known by numbers from 0. Its zero value has none and is ready to use, by one
// goroutine at a time.
//
// A list lies in blocks, each twice as large as the one before, so that a list that
// grows leaves nothing behind and copies nothing. A block begins with the place of
// the next.
type Lists struct {
	chunks [][]byte
	used   int                // of the last chunk
	free   [mostLevel + 1]int // of each size the first block that is of use no more; 0 for none
	lists  []list
}

// A list is where one of Lists lies. Places are those of bytes in all chunks.
type list struct {
	first, last uint32 // its blocks; 0 for none
	level       uint8  // of the last: how large it is
	used        uint16 // of the last
}

const (
	leastBlock = 16
	mostLevel  = 7
	link       = 4 // bytes of a block that lead to the next
)

// Append puts bytes behind those of a list.
func (l *Lists) Append(n int, data []byte) {
	if n >= len(l.lists) {
		l.lists = append(l.lists, make([]list, n+1-len(l.lists))...)
	}
	s := &l.lists[n]
	for len(data) > 0 {
		if s.last == 0 || int(s.used) == leastBlock<<s.level {
			l.extend(s)
		}
		k := copy(l.block(s.last, s.level)[s.used:], data)
		s.used += uint16(k)
		data = data[k:]
	}
}

// AppendTo appends the bytes of a list to b.
func (l *Lists) AppendTo(b []byte, n int) []byte {
	if n >= len(l.lists) {
		return b
	}
	s := &l.lists[n]
	level := uint8(0)
	for at := s.first; at != 0; level = min(level+1, mostLevel) {
		block := l.block(at, level)
		if at == s.last {
			return append(b, block[link:s.used]...)
		}
		b = append(b, block[link:]...)
		at = binary.LittleEndian.Uint32(block)
	}
	return b
}

// Clear takes all bytes from a list.
func (l *Lists) Clear(n int) {
	if n >= len(l.lists) {
		return
	}
	s := &l.lists[n]
	level := uint8(0)
	for at := s.first; at != 0; level = min(level+1, mostLevel) {
		block := l.block(at, level)
		next := binary.LittleEndian.Uint32(block)
		binary.LittleEndian.PutUint32(block, uint32(l.free[level]))
		l.free[level] = int(at)
		at = next
	}
	*s = list{}
}

// extend gives a list another block.
func (l *Lists) extend(s *list) {
	level := uint8(0)
	if s.last != 0 {
		level = min(s.level+1, mostLevel)
	}
	at := l.room(level)
	binary.LittleEndian.PutUint32(l.block(at, level), 0)
	if s.last == 0 {
		s.first = at
	} else {
		binary.LittleEndian.PutUint32(l.block(s.last, s.level), at)
	}
	s.last, s.level, s.used = at, level, link
}

// room returns the place of a block that is free.
func (l *Lists) room(level uint8) uint32 {
	if at := l.free[level]; at != 0 {
		l.free[level] = int(binary.LittleEndian.Uint32(l.block(uint32(at), level)))
		return uint32(at)
	}
	size := leastBlock << level
	if len(l.chunks) == 0 || l.used+size > mostChunk {
		l.chunks = append(l.chunks, make([]byte, mostChunk))
		if l.used = 0; len(l.chunks) == 1 {
			l.used = leastBlock // no block is at 0
		}
	}
	at := (len(l.chunks)-1)*mostChunk + l.used
	l.used += size
	return uint32(at)
}

func (l *Lists) block(at uint32, level uint8) []byte {
	from := at % mostChunk
	return l.chunks[at/mostChunk][from : from+leastBlock<<level]
}
