package tagger

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"readout/internal/token"
)

// A Model is a trained set of weights for each of two passes. The first labels
// each name by itself; the second sees what the first made of the rest of the
// article. It may be used by several goroutines at once.
//
// The weights of both passes for one feature lie side by side, because both
// passes ask for nearly the same features: one walk over them serves both.
type Model struct {
	// The rows are two slices, indexed by slot, so that the many features that
	// have no weights are seen to have none in the small one.
	checks []uint8
	rows   []row
	trans  [passes]transitions
	leads  [passes]lead // made of trans
	// What is remembered of the sums of weights: those that a word alone decides, how a
	// token and those beside it are spelled, how it opens its sentence, and what the
	// article tells of it.
	words                 *token.Memo[wordSums]
	spelled, opened, told *known
}

const passes = 2

// transitions are the weights for the label at the second index after that at
// the first; the last row is for the start of a stretch.
type transitions [labels + 1][labels]int32

// slot returns where the row at has its weights for a pass.
func slot(at uint64, pass int) uint64 { return at*passes + uint64(pass) }

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

func newModel() *Model {
	m := &Model{checks: make([]uint8, passes<<rowBits), rows: make([]row, passes<<rowBits)}
	m.forget()
	return m
}

// place puts the weights of feature f in a pass on one of its two rows, if one
// is free.
func (m *Model) place(pass int, f uint64, w row) {
	for _, at := range [2]uint64{f & rowMask, (f ^ 1) & rowMask} {
		if k := slot(at, pass); m.checks[k] == 0 {
			m.checks[k], m.rows[k] = check(f), w
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
	m := newModel()
	for pass := range passes {
		var err error
		if rest, err = m.read(pass, rest); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// read reads what encode wrote of a pass at the start of data and returns what
// follows it.
func (m *Model) read(pass int, data []byte) (rest []byte, err error) {
	trans := &m.trans[pass]
	for i := range trans {
		for j := range trans[i] {
			v, n := binary.Varint(data)
			if n <= 0 {
				return nil, errors.New("tagger: transitions of model: cut short or too large")
			}
			trans[i][j] = int32(v)
			data = data[n:]
		}
	}
	m.leads[pass] = newLead(trans)
	at := ^uint64(0) // one before the first row
	for {
		d, n := binary.Uvarint(data)
		if n <= 0 {
			return nil, errors.New("tagger: weights of model: cut short or too large")
		}
		data = data[n:]
		if d == 0 {
			return data, nil
		}
		at += d
		if at > rowMask {
			return nil, errors.New("tagger: weights of model: row out of range")
		}
		if len(data) < 3 {
			return nil, fmt.Errorf("tagger: weights of model: %w", io.ErrUnexpectedEOF)
		}
		check, set := data[0], binary.LittleEndian.Uint16(data[1:])&(1<<labels-1)
		data = data[3:]
		count := bits.OnesCount16(set)
		if len(data) < count {
			return nil, fmt.Errorf("tagger: weights of model: %w", io.ErrUnexpectedEOF)
		}
		// A weight raised by bias differs from bias by the bits of the weight.
		rw := zeroRow
		for _, w := range data[:count] {
			word, shift := lane(bits.TrailingZeros16(set))
			rw[word] ^= uint64(w) << shift
			set &= set - 1
		}
		data = data[count:]
		k := slot(at, pass)
		m.checks[k], m.rows[k] = check, rw
	}
}

// Encode writes the model under a header, whose lines must not be empty.
func (m *Model) Encode(header string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n\n", magic, strings.TrimSpace(header))
	for pass := range passes {
		m.encode(&b, pass)
	}
	return b.Bytes()
}

// encode writes the transitions of a pass and, for each row in use, its distance
// from the last, its check, and its weights; a distance of 0 ends them.
func (m *Model) encode(b *bytes.Buffer, pass int) {
	var buf [binary.MaxVarintLen64]byte
	for _, from := range m.trans[pass] {
		for _, w := range from {
			b.Write(buf[:binary.PutVarint(buf[:], int64(w))])
		}
	}
	last := -1
	for at := range 1 << rowBits {
		k := slot(uint64(at), pass)
		rw := &m.rows[k]
		bits := uint16(0)
		for k := range labels {
			if rw.get(k) != 0 {
				bits |= 1 << k
			}
		}
		if m.checks[k] == 0 || bits == 0 {
			continue
		}
		b.Write(buf[:binary.PutUvarint(buf[:], uint64(at-last))])
		last = at
		b.WriteByte(m.checks[k])
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

// standard is the embedded model while it is held.
var standard struct {
	mu    sync.Mutex // held while it is read
	model atomic.Pointer[Model]
}

// Default returns the embedded model. It is read on first use, and on the next one after
// Forget.
func Default() (*Model, error) {
	if m := standard.model.Load(); m != nil {
		return m, nil
	}
	standard.mu.Lock()
	defer standard.mu.Unlock()
	if m := standard.model.Load(); m != nil {
		return m, nil
	}
	m, err := Read(embedded)
	if err == nil {
		standard.model.Store(m)
	}
	return m, err
}

// Forget lets go of the embedded model, which takes some 8 MB.
func Forget() { standard.model.Store(nil) }

// A sum is the weights of some features added up, fewer than 256 of them:
// sixteen sums of sixteen bits, those of the even and the odd labels of each
// word of a row. The last is of no label: each row raises it by bias, so that it
// tells by how much the others are raised.
type sum struct{ even, odd [2]uint64 }

// raised returns by how much each sum is raised.
func (s *sum) raised() int32 { return int32(s.odd[1] >> 48) }

func (s *sum) add(r *row) {
	const mask = 0x00ff00ff00ff00ff
	s.even[0] += r[0] & mask
	s.odd[0] += r[0] >> 8 & mask
	s.even[1] += r[1] & mask
	s.odd[1] += r[1] >> 8 & mask
}

// join adds the features of another sum.
func (s *sum) join(o *sum) {
	s.even[0] += o.even[0]
	s.odd[0] += o.odd[0]
	s.even[1] += o.even[1]
	s.odd[1] += o.odd[1]
}

type scores [labels]int32

// scores returns the sum for each label.
func (s *sum) scores() (sc scores) {
	less := s.raised()
	var sixteen [16]int32
	for w := range s.even {
		even, odd := s.even[w], s.odd[w]
		out := sixteen[8*w : 8*w+8]
		for k := 0; k < 8; k += 2 {
			out[k], out[k+1] = int32(even&0xffff)-less, int32(odd&0xffff)-less
			even, odd = even>>16, odd>>16
		}
	}
	return scores(sixteen[:labels])
}

// add adds the weights of the features to the sums of the two passes. Of the
// features those that have weights are left.
func (m *Model) add(fs *features, sums *[passes]sum) {
	checks, rows := m.checks[:passes<<rowBits], m.rows[:passes<<rowBits]
	// Most features have weights in neither pass. Which have is told for all before
	// any weight is asked for, and without a branch: the processor then waits for
	// all of the checks at once, and for all of the weights, and not for one after another.
	n := uint8(0)
	for _, f := range fs.list() {
		// The checks of both rows f may be on, for both passes, are four bytes
		// side by side.
		four := binary.LittleEndian.Uint32(checks[f&rowMask&^1*passes:]) ^ uint32(check(f))*0x01010101
		equal := (four - 0x01010101) &^ four & 0x80808080
		fs.hashes[n] = f
		n += uint8((equal | -equal) >> 31) // 1 but for 0
	}
	fs.n = n
	// The rows of a feature lie side by side, and far from those of others.
	fs.ahead = 0
	for _, f := range fs.list() {
		fs.ahead |= rows[f&rowMask&^1*passes][0]
	}
	for _, f := range fs.list() {
		at, c := f&rowMask, check(f)
		for pass := range passes {
			k := slot(at, pass)
			if checks[k] != c {
				if k = slot(at^1, pass); checks[k] != c {
					continue
				}
			}
			sums[pass].add(&rows[k])
		}
	}
}

const never = -1 << 28

// The labels by what they leave: a name that is over, or one that must go on.
// What may follow one label of a group may follow each of it; see follows.
var (
	closed = [...]Label{Outside, LastPerson, OnlyPerson, LastOrganization, OnlyOrganization, LastPlace, OnlyPlace, BeginOther, InsideOther}
	// first are the labels that may stand after closed ones and at the start.
	first = [...]Label{
		Outside, BeginPerson, OnlyPerson, BeginOrganization, OnlyOrganization, BeginPlace, OnlyPlace, BeginOther,
	}
	// inner are the others, which stand after one of two labels each.
	inner = [...]struct{ label, after, or Label }{
		{InsidePerson, BeginPerson, InsidePerson},
		{LastPerson, BeginPerson, InsidePerson},
		{InsideOrganization, BeginOrganization, InsideOrganization},
		{LastOrganization, BeginOrganization, InsideOrganization},
		{InsidePlace, BeginPlace, InsidePlace},
		{LastPlace, BeginPlace, InsidePlace},
		{InsideOther, BeginOther, InsideOther},
	}
)

// A lead tells, for each two closed labels, how much more the transitions from
// the second may add than those from the first, whatever follows. A label whose
// score lies further than that behind another's never comes before the best next
// label.
type lead [labels][labels]int32

func newLead(trans *transitions) (l lead) {
	for _, k := range closed {
		for _, other := range closed {
			most := int32(never)
			for _, j := range first {
				most = max(most, trans[other][j]-trans[k][j])
			}
			l[k][other] = most
		}
	}
	return l
}

// viterbi writes the best sequence of labels for the scores of a stretch of
// tokens on out. back has room for as many. Of two that are equally good, the
// one with the lower label at their last difference wins.
func viterbi(emit []scores, trans *transitions, lead *lead, back [][labels]Label, out []Label) {
	var cur, next scores
	for j := range cur {
		cur[j] = never
	}
	for _, j := range first {
		cur[j] = emit[0][j] + trans[labels][j]
	}
	for i := 1; i < len(emit); i++ {
		e, from := &emit[i], &back[i]
		// Mostly one of the closed labels is so likely that no other need be
		// asked about.
		top := Outside
		for _, k := range closed {
			if cur[k] > cur[top] {
				top = k
			}
		}
		for _, j := range first {
			next[j], from[j] = cur[top]+trans[top][j], top
		}
		for _, k := range closed {
			if k == top || cur[k]+lead[top][k] < cur[top] {
				continue
			}
			for _, j := range first {
				if v := cur[k] + trans[k][j]; v > next[j] || v == next[j] && k < from[j] {
					next[j], from[j] = v, k
				}
			}
		}
		for _, j := range first {
			next[j] += e[j]
		}
		for _, in := range inner {
			j := in.label
			best, at := cur[in.after]+trans[in.after][j], in.after
			if v := cur[in.or] + trans[in.or][j]; v > best {
				best, at = v, in.or
			}
			next[j], from[j] = best+e[j], at
		}
		cur = next
	}
	best, at := int32(2*never), Label(0)
	for _, j := range closed {
		if cur[j] > best {
			best, at = cur[j], j
		}
	}
	for i := len(emit) - 1; i >= 0; i-- {
		out[i] = at
		if i > 0 {
			at = back[i][at]
		}
	}
}

// personCaution is taken off the score of every label of a person, in units of
// 1/64: a wrong person harms a reader more than a missed one.
const personCaution = 36

// Tag labels every token of t. Tokens outside of runs of capitalised words are
// Outside. The labels stand in room that t keeps, until it is read anew.
func (m *Model) Tag(t *Text) []Label {
	d := &t.decoder
	t.labels = slices.Grow(t.labels[:0], len(t.Words))[:len(t.Words)]
	out := t.labels
	clear(out)
	second := m.first(t, d, out)
	t.vote(out)
	var fs features
	for si, runs := range t.runsBySentence() {
		for _, rn := range runs {
			d.emit = d.emit[:0]
			for i := rn.start; i < rn.end; i++ {
				fs.reset()
				t.extractVotes(&fs, t.Sentences[si], i)
				sums := [passes]sum{1: second[0]}
				second = second[1:]
				m.add(&fs, &sums)
				sc := sums[1].scores()
				for l := BeginPerson; l <= OnlyPerson; l++ {
					sc[l] -= personCaution
				}
				d.emit = append(d.emit, sc)
			}
			d.decode(m, 1, out[rn.start:rn.end])
		}
	}
	return out
}

// first writes the labels of the first pass on out. It returns for each token of
// each run what the second pass makes of the features both passes have.
func (m *Model) first(t *Text, d *decoder, out []Label) (second []sum) {
	t.votes = t.votes[:0]
	n := 0
	for _, rn := range t.runs {
		n += rn.end - rn.start
	}
	second = slices.Grow(t.second[:0], n)
	t.second = second
	var fs features
	for si, runs := range t.runsBySentence() {
		for _, rn := range runs {
			d.emit = d.emit[:0]
			for i := rn.start; i < rn.end; i++ {
				fs.reset()
				var sums [passes]sum
				m.addKnown(t, &fs, &sums, t.Sentences[si], t.heads[si], i)
				t.extract(&fs, jointFeatures, t.Sentences[si], t.heads[si], i)
				m.add(&fs, &sums)
				d.emit = append(d.emit, sums[0].scores())
				second = append(second, sums[1])
			}
			d.decode(m, 0, out[rn.start:rn.end])
		}
	}
	return second
}

// A decoder finds the best labels of one run after another.
type decoder struct {
	emit []scores // of the run at hand
	back [][labels]Label
}

// decode writes the labels of the run at hand in a pass of m on out.
func (d *decoder) decode(m *Model, pass int, out []Label) {
	if n := len(d.emit); len(d.back) < n {
		d.back = make([][labels]Label, 2*n)
	}
	viterbi(d.emit, &m.trans[pass], &m.leads[pass], d.back, out)
}

// runsBySentence yields the index of each sentence that has runs, with them.
func (t *Text) runsBySentence() iter.Seq2[int, []run] {
	return func(yield func(int, []run) bool) {
		r := 0
		for si, s := range t.Sentences {
			from := r
			for r < len(t.runs) && t.runs[r].start < s[1] {
				r++
			}
			if from < r && !yield(si, t.runs[from:r]) {
				return
			}
		}
	}
}
