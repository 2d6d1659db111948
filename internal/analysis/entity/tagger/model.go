package tagger

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"
	"sync"
)

// A Model is a trained set of weights for each of two passes. The first labels
// each name by itself; the second sees what the first made of the rest of the
// article. It may be used by several goroutines at once.
type Model struct{ passes [2]*weights }

// weights are those of one pass.
type weights struct {
	// The rows are two slices, so that the many features that have no weights
	// are seen to have none in the small one.
	checks []uint8
	rows   []row
	trans  [labels + 1][labels]int32 // the last row is for the start of a stretch
}

// A row has the weights of one feature, one a byte, each raised by bias so that
// eight are added at once.
type row [2]uint64

const bias = 128

// lane returns the word and the shift of label k in a row.
func lane(k int) (word, shift int) { return k / 8, k % 8 * 8 }

// get returns the weight for label k.
func (r *row) get(k int) int {
	w, s := lane(k)
	return int(r[w]>>s&0xff) - bias
}

// set sets the weight for label k, which fits eight bits.
func (r *row) set(k, v int) {
	w, s := lane(k)
	r[w] = r[w]&^(0xff<<s) | uint64(v+bias)<<s
}

// zeroRow has the weight 0 for every label.
var zeroRow = row{0x8080808080808080, 0x8080808080808080}

const (
	magic   = "readout name model 2"
	rowBits = 17
	rowMask = 1<<rowBits - 1
)

func newWeights() *weights {
	return &weights{checks: make([]uint8, 1<<rowBits), rows: make([]row, 1<<rowBits)}
}

// place puts the weights of feature f on one of its two rows, if one is free.
func (m *weights) place(f uint64, w row) {
	for _, at := range [2]uint64{f & rowMask, (f ^ 1) & rowMask} {
		if m.checks[at] == 0 {
			m.checks[at], m.rows[at] = check(f), w
			return
		}
	}
}

// check returns the part of a feature's hash that tells it from others that
// fall on the same row; never 0.
func check(f uint64) uint8 { return uint8(f>>56) | 1 }

// Read reads a model as WriteTo wrote it: a header of text lines ending with an
// empty line, then the weights. An error tells what is wrong with the data.
func Read(data []byte) (*Model, error) {
	first, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok || strings.TrimSpace(string(first)) != magic {
		return nil, errors.New("tagger: not a name model of this version")
	}
	for {
		var line []byte
		if line, rest, ok = bytes.Cut(rest, []byte("\n")); !ok {
			return nil, fmt.Errorf("tagger: header of model: %w", io.ErrUnexpectedEOF)
		}
		if len(line) == 0 {
			break
		}
	}
	m := &Model{}
	for i := range m.passes {
		w, left, err := readWeights(rest)
		if err != nil {
			return nil, err
		}
		m.passes[i], rest = w, left
	}
	return m, nil
}

// readWeights reads what weights.encode wrote at the start of data and returns
// what follows it.
func readWeights(data []byte) (_ *weights, rest []byte, err error) {
	m := newWeights()
	for i := range m.trans {
		for j := range m.trans[i] {
			v, n := binary.Varint(data)
			if n <= 0 {
				return nil, nil, errors.New("tagger: transitions of model: cut short or too large")
			}
			m.trans[i][j] = int32(v)
			data = data[n:]
		}
	}
	at := ^uint64(0) // one before the first row
	for {
		d, n := binary.Uvarint(data)
		if n <= 0 {
			return nil, nil, errors.New("tagger: weights of model: cut short or too large")
		}
		data = data[n:]
		if d == 0 {
			return m, data, nil
		}
		at += d
		if at > rowMask {
			return nil, nil, errors.New("tagger: weights of model: row out of range")
		}
		if len(data) < 3 {
			return nil, nil, fmt.Errorf("tagger: weights of model: %w", io.ErrUnexpectedEOF)
		}
		check, set := data[0], binary.LittleEndian.Uint16(data[1:])&(1<<labels-1)
		data = data[3:]
		if len(data) < bits.OnesCount16(set) {
			return nil, nil, fmt.Errorf("tagger: weights of model: %w", io.ErrUnexpectedEOF)
		}
		m.checks[at] = check
		rw := zeroRow
		for ; set != 0; set &= set - 1 {
			rw.set(bits.TrailingZeros16(set), int(int8(data[0])))
			data = data[1:]
		}
		m.rows[at] = rw
	}
}

// Encode writes the model under a header, whose lines must not be empty.
func (m *Model) Encode(header string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n\n", magic, strings.TrimSpace(header))
	for _, w := range m.passes {
		w.encode(&b)
	}
	return b.Bytes()
}

// encode writes the transitions and, for each row in use, its distance from the
// last, its check, and its weights; a distance of 0 ends them.
func (m *weights) encode(b *bytes.Buffer) {
	var buf [binary.MaxVarintLen64]byte
	for i := range m.trans {
		for j := range m.trans[i] {
			b.Write(buf[:binary.PutVarint(buf[:], int64(m.trans[i][j]))])
		}
	}
	last := -1
	for at := range m.rows {
		rw := &m.rows[at]
		bits := uint16(0)
		for k := range labels {
			if rw.get(k) != 0 {
				bits |= 1 << k
			}
		}
		if m.checks[at] == 0 || bits == 0 {
			continue
		}
		b.Write(buf[:binary.PutUvarint(buf[:], uint64(at-last))])
		last = at
		b.WriteByte(m.checks[at])
		b.Write(binary.LittleEndian.AppendUint16(nil, bits))
		for k := range labels {
			if w := rw.get(k); w != 0 {
				b.WriteByte(byte(int8(w)))
			}
		}
	}
	b.WriteByte(0)
}

//go:embed data/names.model
var embedded []byte

// Default returns the embedded model. It is read on first use.
var Default = sync.OnceValues(func() (*Model, error) { return Read(embedded) })

type scores [labels]int32

// score adds up the weights of the features, of which there are fewer than 256.
func (m *weights) score(fs []uint64) (sc scores) {
	checks, rows := m.checks[:1<<rowBits], m.rows[:1<<rowBits]
	// Sixteen sums of sixteen bits: even and odd labels of each word.
	const mask = 0x00ff00ff00ff00ff
	var even0, odd0, even1, odd1 uint64
	n := int32(0)
	for _, f := range fs {
		at, c := f&rowMask, check(f)
		if checks[at] != c {
			if at ^= 1; checks[at] != c {
				continue
			}
		}
		rw := &rows[at]
		even0 += rw[0] & mask
		odd0 += rw[0] >> 8 & mask
		even1 += rw[1] & mask
		odd1 += rw[1] >> 8 & mask
		n++
	}
	for k := range labels {
		half := even0
		switch {
		case k < 8 && k%2 == 1:
			half = odd0
		case k >= 8 && k%2 == 0:
			half = even1
		case k >= 8:
			half = odd1
		}
		sc[k] = int32(half>>(k%8/2*16)&0xffff) - n*bias
	}
	return sc
}

const never = -1 << 28

var allowed = func() (a [labels + 1][labels]bool) {
	for i := range labels {
		for j := range labels {
			a[i][j] = follows(Label(i), Label(j))
		}
	}
	for j := range labels {
		a[labels][j] = follows(Outside, Label(j))
	}
	return a
}()

// viterbi writes the best sequence of labels for the scores of a stretch of
// tokens on out.
func viterbi(emit []scores, trans *[labels + 1][labels]int32, back [][labels]uint8, out []Label) {
	n := len(emit)
	var cur, next scores
	for j := range labels {
		cur[j] = never
		if allowed[labels][j] {
			cur[j] = emit[0][j] + trans[labels][j]
		}
	}
	for i := 1; i < n; i++ {
		for j := range labels {
			best, from := int32(2*never), 0
			for k := range labels {
				if !allowed[k][j] {
					continue
				}
				if v := cur[k] + trans[k][j]; v > best {
					best, from = v, k
				}
			}
			next[j] = best + emit[i][j]
			back[i][j] = uint8(from)
		}
		cur = next
	}
	best, at := int32(2*never), 0
	for j := range labels {
		if allowed[j][Outside] && cur[j] > best {
			best, at = cur[j], j
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = Label(at)
		at = int(back[i][at])
	}
}

// personCaution is taken off the score of every label of a person, in units of
// 1/64: a wrong person harms a reader more than a missed one.
const personCaution = 36

// Tag labels every token of t. Tokens outside of runs of capitalised words are
// Outside.
func (m *Model) Tag(t *Text) []Label {
	t.votes = nil
	ls := m.passes[0].tag(t, 0)
	t.vote(ls)
	return m.passes[1].tag(t, personCaution)
}

// tag labels every token by one pass.
func (m *weights) tag(t *Text, caution int32) []Label {
	out := make([]Label, len(t.Words))
	fs := make([]uint64, 0, 128)
	var emit []scores
	var back [][labels]uint8
	r := 0
	for si, s := range t.Sentences {
		for ; r < len(t.runs) && t.runs[r].start < s[1]; r++ {
			rn := t.runs[r]
			emit, back = emit[:0], back[:0]
			for i := rn.start; i < rn.end; i++ {
				fs = t.extract(fs[:0], s, t.heads[si], i)
				sc := m.score(fs)
				for l := BeginPerson; l <= OnlyPerson; l++ {
					sc[l] -= caution
				}
				emit = append(emit, sc)
				back = append(back, [labels]uint8{})
			}
			viterbi(emit, &m.trans, back, out[rn.start:rn.end])
		}
	}
	return out
}
