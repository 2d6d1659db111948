package story

import "readout/internal/packed"

// Pack writes what d has of its document's text, in numbers that Unpack can
// read with another vocabulary. The function returns the document where its digest
// was put aside and is lost.
func (v *Vocabulary) Pack(w *packed.Writer, d *Digest, text func(id string) Doc) {
	var room []termCount
	whole := body{runs: v.packedRunsOf(d, text), terms: v.termsOf(d, &room, text)}
	w.Bool(d.roundUp)
	w.Uint(uint64(d.recalled))
	w.Bytes(whole.runs)
	w.Uint(uint64(len(whole.terms)))
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, t := range whole.terms {
		w.Uint(uint64(w.Number(v.terms[t.term]))<<1 | bit(t.named))
		w.Float(t.n)
		w.Float(t.prior)
	}
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Unpack reads what Pack wrote, for the document of that Sum, ID, date and
// publisher.
func (v *Vocabulary) Unpack(r *packed.Reader, sum Sum, id, date, publisher string) *Digest {
	d := &Digest{sum: sum, id: id, date: date, publisher: publisher, roundUp: r.Bool(), recalled: int32(r.Uint())}
	d.runs = r.Bytes()
	d.length = int32(len(d.runs) / runBytes)
	d.terms = make([]termCount, r.Count())
	of := v.numbers(r)
	for i := range d.terms {
		n := r.Uint()
		if n>>1 >= uint64(len(of)) {
			r.Spoil()
			return d
		}
		d.terms[i] = termCount{term: of[n>>1], named: n&1 == 1, n: r.Float(), prior: r.Float()}
	}
	return d
}

// numbers returns the numbers that the vocabulary gives the strings of r.
func (v *Vocabulary) numbers(r *packed.Reader) []int32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.of.reader.Same(r) {
		return v.of.numbers
	}
	of := make([]int32, r.Strings())
	for i := range of {
		of[i] = v.numberOf(r.Shared(i))
	}
	v.of = readerNumbers{r, of}
	return of
}

// readerNumbers are the numbers of the strings of the file that was read last.
type readerNumbers struct {
	reader  *packed.Reader
	numbers []int32
}
