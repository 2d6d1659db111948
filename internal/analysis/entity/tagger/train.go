package tagger

// An Example is a text with the names in it.
type Example struct {
	Text  *Text
	Names []Name
}

// Options steer the training.
type Options struct {
	Epochs int
	// MinCount is how often a feature must occur to be kept.
	MinCount int
	Seed     uint64
	// Rate is the first step size, Prior the strength of the L2 prior.
	Rate, Prior float64
	Progress    func(epoch int, loss float64)
}

// A stretch is one run of tokens with its features and gold labels.
type stretch struct {
	feats [][]int32
	gold  []Label
}

// index numbers the features of all runs of the examples and drops those seen
// less than min times. It returns their hashes by number.
func index(examples []Example, min int) (stretches []stretch, hashes []uint64) {
	numbers := map[uint64]int32{}
	var counts []int
	var fs features
	for _, ex := range examples {
		t := ex.Text
		gold := make([]Label, len(t.Words))
		Mark(gold, ex.Names)
		for si, runs := range t.runsBySentence() {
			for _, rn := range runs {
				st := stretch{gold: cut(gold, rn.start, rn.end)}
				for i := rn.start; i < rn.end; i++ {
					fs.reset()
					t.extract(&fs, allFeatures, t.Sentences[si], t.heads[si], i)
					if len(t.votes) > 0 {
						t.extractVotes(&fs, t.Sentences[si], i)
					}
					ids := make([]int32, 0, fs.n)
					for _, f := range fs.list() {
						id, ok := numbers[f]
						if !ok {
							id = int32(len(hashes))
							numbers[f] = id
							hashes = append(hashes, f)
							counts = append(counts, 0)
						}
						counts[id]++
						ids = append(ids, id)
					}
					st.feats = append(st.feats, ids)
				}
				stretches = append(stretches, st)
			}
		}
	}
	for i := range stretches {
		for j, ids := range stretches[i].feats {
			kept := ids[:0]
			for _, id := range ids {
				if counts[id] >= min {
					kept = append(kept, id)
				}
			}
			stretches[i].feats[j] = kept
		}
	}
	return stretches, hashes
}

// Train trains a model on the examples: a conditional random field, by
// stochastic gradient descent with an L2 prior and averaged weights over the
// last half of the passes. The arithmetic avoids what differs between machines,
// so that the same examples and options give the same model everywhere.
func Train(examples []Example, o Options) *Model {
	for _, ex := range examples {
		ex.Text.votes = nil
	}
	m := newModel()
	m.train(0, examples, o)
	// What the first pass says of a text must not come from weights that saw
	// its gold: each half is labelled by weights of the other.
	var labelled []func()
	for half := range 2 {
		var seen, unseen []Example
		for i, ex := range examples {
			if i%2 == half {
				seen = append(seen, ex)
			} else {
				unseen = append(unseen, ex)
			}
		}
		other := newModel()
		other.train(0, seen, o)
		for _, ex := range unseen {
			ls := make([]Label, len(ex.Text.Words))
			other.first(ex.Text, &decoder{}, ls)
			labelled = append(labelled, func() { ex.Text.vote(ls) })
		}
	}
	for _, f := range labelled {
		f()
	}
	m.train(1, examples, o)
	return m
}

// train trains the weights of a pass.
func (m *Model) train(pass int, examples []Example, o Options) {
	stretches, hashes := index(examples, o.MinCount)
	c := newField(len(hashes), o, len(stretches))
	order := make([]int, len(stretches))
	for i := range order {
		order[i] = i
	}
	rng := o.Seed*2 + 1
	for epoch := range o.Epochs {
		for i := len(order) - 1; i > 0; i-- {
			rng ^= rng << 13
			rng ^= rng >> 7
			rng ^= rng << 17
			j := int(rng % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		loss := 0.0
		for _, si := range order {
			loss += c.step(&stretches[si])
		}
		if 2*epoch >= o.Epochs {
			c.collect()
		}
		if o.Progress != nil {
			o.Progress(epoch+1, loss/float64(len(stretches)))
		}
	}
	c.quantize(m, pass, hashes)
}

// cut returns the gold labels of a stretch, with names that cross its ends made
// whole within it.
func cut(gold []Label, start, end int) []Label {
	out := make([]Label, end-start)
	copy(out, gold[start:end])
	names := Names(nil, out)
	for i := range out {
		out[i] = Outside
	}
	Mark(out, names)
	return out
}
