package tagger

import (
	"sort"
)

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
	Progress func(epoch, wrong, total int)
}

// Train trains a model on the examples with an averaged structured perceptron.
// All arithmetic is in integers: the same examples and options give the same
// model on every machine.
func Train(examples []Example, o Options) *Model {
	type stretch struct {
		feats [][]int32
		gold  []Label
	}
	index := map[uint64]int32{}
	var hashes []uint64
	var counts []int32
	var stretches []stretch
	fs := make([]uint64, 0, 128)
	for _, ex := range examples {
		t := ex.Text
		gold := make([]Label, len(t.Words))
		Mark(gold, ex.Names)
		r := 0
		for si, s := range t.Sentences {
			for ; r < len(t.runs) && t.runs[r].start < s[1]; r++ {
				rn := t.runs[r]
				st := stretch{gold: cut(gold, rn.start, rn.end)}
				for i := rn.start; i < rn.end; i++ {
					fs = t.extract(fs[:0], s, t.heads[si], i)
					ids := make([]int32, 0, len(fs))
					for _, f := range fs {
						id, ok := index[f]
						if !ok {
							id = int32(len(hashes))
							index[f] = id
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
				if int(counts[id]) >= o.MinCount {
					kept = append(kept, id)
				}
			}
			stretches[i].feats[j] = kept
		}
	}
	weights := make([][labels]int32, len(hashes))
	totals := make([][labels]int64, len(hashes))
	var trans [labels + 1][labels]int32
	var transTotals [labels + 1][labels]int64
	order := make([]int, len(stretches))
	for i := range order {
		order[i] = i
	}
	rng := o.Seed*2 + 1
	random := func(n int) int {
		rng ^= rng << 13
		rng ^= rng >> 7
		rng ^= rng << 17
		return int(rng % uint64(n))
	}
	var emit []scores
	var back [][labels]uint8
	var out []Label
	step := int64(0)
	all := int64(o.Epochs) * int64(len(stretches))
	for epoch := range o.Epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := random(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		wrong := 0
		for _, si := range order {
			st := &stretches[si]
			emit, back, out = emit[:0], back[:0], out[:0]
			for _, ids := range st.feats {
				var sc scores
				for _, id := range ids {
					w := &weights[id]
					for k := range w {
						sc[k] += w[k]
					}
				}
				emit = append(emit, sc)
				back = append(back, [labels]uint8{})
				out = append(out, 0)
			}
			viterbi(emit, &trans, back, out)
			bad := false
			for i := range out {
				if out[i] != st.gold[i] {
					bad = true
				}
			}
			left := all - step // how many steps an update now counts in the average
			step++
			if !bad {
				continue
			}
			wrong++
			pg, pp := labels, labels
			for i := range out {
				g, p := int(st.gold[i]), int(out[i])
				if g != p {
					for _, id := range st.feats[i] {
						weights[id][g]++
						weights[id][p]--
						totals[id][g] += left
						totals[id][p] -= left
					}
				}
				if pg != pp || g != p {
					trans[pg][g]++
					trans[pp][p]--
					transTotals[pg][g] += left
					transTotals[pp][p] -= left
				}
				pg, pp = g, p
			}
		}
		if o.Progress != nil {
			o.Progress(epoch+1, wrong, len(stretches))
		}
	}
	return quantize(hashes, totals, &transTotals, all)
}

// quantize turns the summed weights into small integers of one scale and lays
// them out in rows.
func quantize(hashes []uint64, totals [][labels]int64, trans *[labels + 1][labels]int64, steps int64) *Model {
	m := &Model{rows: make([]row, 1<<rowBits), mask: 1<<rowBits - 1}
	// The scale is such that all but the largest weights fit eight bits.
	const unit = 4 // a weight of 1 becomes 4
	small := func(v int64) int64 {
		if v < 0 {
			return -((-v*unit + steps/2) / steps)
		}
		return (v*unit + steps/2) / steps
	}
	for i := range trans {
		for j := range trans[i] {
			m.trans[i][j] = int32(small(trans[i][j]))
		}
	}
	type entry struct {
		hash   uint64
		w      [labels]int8
		weight int
	}
	entries := make([]entry, 0, len(hashes))
	for id, h := range hashes {
		e := entry{hash: h}
		for k, v := range totals[id] {
			s := max(-127, min(127, small(v)))
			e.w[k] = int8(s)
			e.weight += int(max(s, -s))
		}
		if e.weight > 1 {
			entries = append(entries, e)
		}
	}
	// Heavy features take their rows first.
	sort.Slice(entries, func(i, j int) bool {
		if entries[i].weight != entries[j].weight {
			return entries[i].weight > entries[j].weight
		}
		return entries[i].hash < entries[j].hash
	})
	for _, e := range entries {
		for _, at := range []uint64{e.hash & m.mask, (e.hash ^ 1) & m.mask} {
			if m.rows[at].check == 0 {
				m.rows[at] = row{w: e.w, check: check(e.hash)}
				break
			}
		}
	}
	return m
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
