// Package packed writes values into few bytes and reads them again. It is for
// files that a program keeps for itself to be quick: numbers take as many bytes
// as they need, and a short string that comes more than once stands in the file
// once. A file that is damaged, cut short, or of another form is told from a
// whole one.
//
// Its types are Writer and Reader. What is written is read in the same order:
// nothing in the file says what a value is.
package packed

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
	"sync/atomic"
)

// shared is the length up to which equal strings are kept once.
const shared = 48

// A Writer collects values. Its zero value is ready to use.
type Writer struct {
	// Plain has strings stand where they are written, also those that come more
	// than once: what is written is for NewPlain.
	Plain bool

	buf     []byte
	sizes   []byte // of Items
	strings []string
	at      map[string]int
}

// Reset makes a writer of values that are to be written anew, and keeps its room.
func (w *Writer) Reset() {
	const few = 4096 // strings for which there may stay room
	if w.buf = w.buf[:0]; len(w.strings) > few {
		w.strings, w.at = nil, nil
	}
	clear(w.strings)
	clear(w.at)
	w.strings = w.strings[:0]
}

// Unsealed returns the values alone, without anything that tells what they are or
// whether they are whole. They are valid until something is written again.
func (w *Writer) Unsealed() []byte { return w.buf }

// Uint writes n.
func (w *Writer) Uint(n uint64) { w.buf = binary.AppendUvarint(w.buf, n) }

// Int writes n.
func (w *Writer) Int(n int) { w.buf = binary.AppendVarint(w.buf, int64(n)) }

// Bool writes b.
func (w *Writer) Bool(b bool) {
	n := byte(0)
	if b {
		n = 1
	}
	w.buf = append(w.buf, n)
}

// Float writes f.
func (w *Writer) Float(f float32) {
	w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(f))
}

// Double writes f.
func (w *Writer) Double(f float64) {
	w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(f))
}

// Fixed writes n in four bytes.
func (w *Writer) Fixed(n uint32) { w.buf = binary.LittleEndian.AppendUint32(w.buf, n) }

// Raw writes bytes whose number the reader knows.
func (w *Writer) Raw(b []byte) { w.buf = append(w.buf, b...) }

// Bytes writes bytes and their number.
func (w *Writer) Bytes(b []byte) {
	w.Uint(uint64(len(b)))
	w.buf = append(w.buf, b...)
}

// String writes s.
func (w *Writer) String(s string) {
	if w.Plain || len(s) > shared {
		w.Uint(uint64(len(s))<<1 | 1)
		w.buf = append(w.buf, s...)
		return
	}
	w.Uint(uint64(w.Number(s)) << 1)
}

// Number returns the number under which s is kept, which no other string has.
func (w *Writer) Number(s string) int {
	n, ok := w.at[s]
	if !ok {
		if w.at == nil {
			w.at = map[string]int{}
		}
		n = len(w.strings)
		w.at[s] = n
		w.strings = append(w.strings, s)
	}
	return n
}

// Part writes what write writes as a part that a reader may pass over.
func (w *Writer) Part(write func()) {
	at := len(w.buf)
	w.buf = append(w.buf, 0, 0, 0, 0)
	write()
	binary.LittleEndian.PutUint32(w.buf[at:], uint32(len(w.buf)-at-4))
}

// Items writes n things, of which a reader may read one without the others.
func (w *Writer) Items(n int, write func(i int)) {
	w.Uint(uint64(n))
	at := len(w.buf)
	w.sizes = w.sizes[:0]
	for i := range n {
		from := len(w.buf)
		write(i)
		w.sizes = binary.AppendUvarint(w.sizes, uint64(len(w.buf)-from))
	}
	w.buf = slices.Insert(w.buf, at, w.sizes...)
}

// castagnoli is the sum that most processors can take at once.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Seal returns the values as the bytes of a file of the given form. The form
// says what the file is, and of which version of which program.
func (w *Writer) Seal(form string) []byte {
	size := 0
	for _, s := range w.strings {
		size += len(s) + 2
	}
	out := make([]byte, 4, 4+len(form)+3*binary.MaxVarintLen64+size+len(w.buf))
	text := func(s string) {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	text(form)
	out = binary.AppendUvarint(out, uint64(len(w.strings)))
	out = binary.AppendUvarint(out, uint64(size))
	for _, s := range w.strings {
		text(s)
	}
	out = append(out, w.buf...)
	binary.LittleEndian.PutUint32(out, crc32.Checksum(out[4:], castagnoli))
	return out
}

// A Reader reads what a Writer wrote. Once something is not as it should be it
// returns zero values only; Whole tells.
type Reader struct {
	data    []byte
	strings []string
	numbers []atomic.Int32 // that somebody has for them, and 1; 0 for none yet
	text    string         // all of data, from a plain writer; else ""
	broken  bool
}

// NewPlain reads what a plain writer wrote. The strings it returns are parts of
// one, which holds all bytes; data is not to be changed while it is read.
func NewPlain(data []byte) *Reader {
	text := string(data)
	return &Reader{data: data, text: text}
}

// Open begins to read a file of the given form. It reports false where the file
// is of another form or not whole.
func Open(data []byte, form string) (*Reader, bool) {
	if len(data) < 4 || crc32.Checksum(data[4:], castagnoli) != binary.LittleEndian.Uint32(data) {
		return nil, false
	}
	r := &Reader{data: data[4:]}
	if string(r.take(r.Uint())) != form || r.broken {
		return nil, false
	}
	n, size := r.Uint(), r.Uint()
	if r.broken || n > uint64(len(r.data)) || size > uint64(len(r.data))+2*n {
		return nil, false
	}
	r.strings, r.numbers = make([]string, n), make([]atomic.Int32, n)
	for i := range r.strings {
		r.strings[i] = string(r.take(r.Uint()))
	}
	return r, !r.broken
}

// Numbers reads what a plain writer wrote that has no strings. It holds data.
func Numbers(data []byte) *Reader { return &Reader{data: data} }

// Begin makes r what Numbers returns.
func (r *Reader) Begin(data []byte) { *r = Reader{data: data} }

// Whole reports whether all that was read so far was there.
func (r *Reader) Whole() bool { return !r.broken }

// Spoil says that what was read cannot have been written.
func (r *Reader) Spoil() { r.broken = true }

// More reports whether there is more to read.
func (r *Reader) More() bool { return !r.broken && len(r.data) > 0 }

// Strings returns how many different short strings there are.
func (r *Reader) Strings() int { return len(r.strings) }

// Same reports whether two readers read the same file, or parts of it.
func (r *Reader) Same(other *Reader) bool {
	return r != nil && other != nil && len(r.strings) > 0 && len(r.strings) == len(other.strings) && &r.strings[0] == &other.strings[0]
}

// Shared returns the short string of that number; "" where there is none.
func (r *Reader) Shared(n int) string {
	if n < 0 || n >= len(r.strings) {
		r.broken = true
		return ""
	}
	return r.strings[n]
}

// Numbered reads what Writer.String wrote as the number that number gives it. Of a
// short string it is asked once for all parts of the file, whose readers must ask for
// the same.
func (r *Reader) Numbered(number func(string) int) int {
	at := *r
	if k := at.Uint(); r.numbers == nil || k&1 == 1 || k>>1 >= uint64(len(r.numbers)) {
		return number(r.String())
	} else if n := r.numbers[k>>1].Load(); n > 0 {
		*r = at
		return int(n) - 1
	} else {
		n := number(r.String())
		r.numbers[k>>1].Store(int32(n) + 1)
		return n
	}
}

func (r *Reader) take(n uint64) []byte {
	if r.broken || n > uint64(len(r.data)) {
		r.broken = true
		return nil
	}
	out := r.data[:n:n]
	r.data = r.data[n:]
	return out
}

// Uint reads what Writer.Uint wrote.
func (r *Reader) Uint() uint64 {
	// Most numbers are small.
	if !r.broken && len(r.data) > 0 && r.data[0] < 0x80 {
		n := uint64(r.data[0])
		r.data = r.data[1:]
		return n
	}
	n, k := binary.Uvarint(r.data)
	if k <= 0 || r.broken {
		r.broken = true
		return 0
	}
	r.data = r.data[k:]
	return n
}

// Int reads what Writer.Int wrote.
func (r *Reader) Int() int {
	n := r.Uint()
	return int(int64(n>>1) ^ -int64(n&1))
}

// Count reads a number of things, each of which takes a byte at least.
func (r *Reader) Count() int {
	n := r.Uint()
	if n > uint64(len(r.data)) {
		r.broken = true
		return 0
	}
	return int(n)
}

// Bool reads what Writer.Bool wrote.
func (r *Reader) Bool() bool {
	b := r.take(1)
	return len(b) == 1 && b[0] == 1
}

// Part returns a reader of what Writer.Part wrote, and passes over it.
func (r *Reader) Part() *Reader {
	out := new(Reader)
	r.PartTo(out)
	return out
}

// PartTo is Part that begins to read with out.
func (r *Reader) PartTo(out *Reader) {
	n := r.take(4)
	if n == nil {
		*out = Reader{broken: true}
		return
	}
	at := len(r.text) - len(r.data)
	part := r.take(uint64(binary.LittleEndian.Uint32(n)))
	*out = Reader{data: part, strings: r.strings, numbers: r.numbers, broken: r.broken}
	if r.text != "" {
		out.text = r.text[at : at+len(part)]
	}
}

// Items begins to read what Writer.Items wrote: that many things are read next.
func (r *Reader) Items() int {
	n := r.Count()
	for range n {
		r.Uint()
	}
	return n
}

// Item reads thing i of what Writer.Items wrote, as the bytes of the file, and what
// follows is not to be read. It returns nil where there is no such thing.
func (r *Reader) Item(i int) []byte {
	n := r.Count()
	if i < 0 || i >= n {
		r.broken = true
		return nil
	}
	var from, size uint64
	for k := range n {
		s := r.Uint()
		if s > uint64(len(r.data)) {
			r.broken = true
			return nil
		}
		switch {
		case k < i:
			from += s
		case k == i:
			size = s
		}
	}
	r.take(from)
	return r.take(size)
}

// Float reads what Writer.Float wrote.
func (r *Reader) Float() float32 {
	b := r.take(4)
	if b == nil {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(b))
}

// Double reads what Writer.Double wrote.
func (r *Reader) Double() float64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// Fixed reads what Writer.Fixed wrote.
func (r *Reader) Fixed() uint32 {
	b := r.take(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// Raw reads n bytes, which are those of the file: they are not to be changed,
// and hold on to all of it.
func (r *Reader) Raw(n int) []byte { return r.take(uint64(max(n, 0))) }

// Bytes reads what Writer.Bytes wrote. The bytes are those of the file.
func (r *Reader) Bytes() []byte { return r.take(r.Uint()) }

// String reads what Writer.String wrote.
func (r *Reader) String() string {
	n := r.Uint()
	if n&1 == 0 {
		return r.Shared(int(n >> 1))
	}
	if r.text == "" {
		return string(r.take(n >> 1))
	}
	at := len(r.text) - len(r.data)
	return r.text[at : at+len(r.take(n>>1))]
}
