package tagger

import (
	"math"
	"sort"
)

// A field holds the weights of a conditional random field in training.
type field struct {
	// A weight is scale times its entry: the prior shrinks all at once.
	weights [][labels]float64
	trans   [labels + 1][labels]float64
	scale   float64
	rate    float64 // first step size
	prior   float64 // per step
	t       float64

	// sums of the weights after several passes, and how many
	sums      [][labels]float64
	sumsTrans [labels + 1][labels]float64
	passes    int

	// of the stretch at hand
	emit, alpha, beta [][labels]float64
}

// allowed tells for each label, and after them all for the start of a stretch,
// which labels may follow.
var allowed = func() (a [labels + 1][labels]bool) {
	for j := range labels {
		for i := range labels {
			a[i][j] = follows(Label(i), Label(j))
		}
		a[labels][j] = follows(Outside, Label(j))
	}
	return a
}()

func newField(features int, o Options, stretches int) *field {
	return &field{
		weights: make([][labels]float64, features), scale: 1,
		rate: o.Rate, prior: o.Prior / float64(stretches),
	}
}

// exp is the exponential function, by means that round alike on every machine.
func exp(x float64) float64 {
	if x < -700 {
		return 0
	}
	const ln2 = 0.693147180559945309417232121458176568
	k := math.Floor(float64(x/ln2) + 0.5)
	r := x - float64(k*ln2)
	// Taylor series on |r| <= ln2/2; the error is below 1e-15.
	sum, term := 1.0, 1.0
	for n := 1; n <= 14; n++ {
		term = float64(term*r) / float64(n)
		sum += term
	}
	return math.Ldexp(sum, int(k))
}

// log is the natural logarithm of x > 0 by Newton's method on exp.
func log(x float64) float64 {
	frac, e := math.Frexp(x)
	y := float64(float64(e)*0.693147180559945309417232121458176568) + (frac - 1)
	for range 6 {
		ey := exp(y)
		y += float64(2 * (x - ey) / (x + ey))
	}
	return y
}

// step makes one step of the descent on a stretch and returns its loss before.
func (c *field) step(st *stretch) float64 {
	n := len(st.feats)
	c.emit, c.alpha, c.beta = grow(c.emit, n), grow(c.alpha, n), grow(c.beta, n)
	for i, ids := range st.feats {
		var e [labels]float64
		for _, id := range ids {
			w := &c.weights[id]
			for k := range e {
				e[k] += w[k]
			}
		}
		for k := range e {
			e[k] = float64(e[k] * c.scale)
		}
		c.emit[i] = e
	}
	// Forward and backward in the domain of probabilities, scaled per token.
	var tr [labels + 1][labels]float64 // exponentials of the transitions
	for j := range tr {
		for k := range labels {
			if allowed[j][k] {
				tr[j][k] = exp(float64(c.trans[j][k] * c.scale))
			}
		}
	}
	z := 0.0
	expEmit := c.emit // in place
	norms := make([]float64, n)
	gold := 0.0
	prev := labels
	for i := range n {
		g := int(st.gold[i])
		gold += c.emit[i][g] + float64(c.trans[prev][g]*c.scale)
		prev = g
		top := c.emit[i][0]
		for k := range labels {
			top = max(top, c.emit[i][k])
		}
		for k := range labels {
			expEmit[i][k] = exp(c.emit[i][k] - top)
		}
		z += top
	}
	for i := range n {
		sum := 0.0
		for k := range labels {
			a := 0.0
			if i == 0 {
				a = tr[labels][k]
			} else {
				for j := range labels {
					a += float64(c.alpha[i-1][j] * tr[j][k])
				}
			}
			a = float64(a * expEmit[i][k])
			if i == n-1 && !allowed[k][Outside] {
				a = 0
			}
			c.alpha[i][k] = a
			sum += a
		}
		norms[i] = sum
		for k := range labels {
			c.alpha[i][k] /= sum
		}
		z += log(sum)
	}
	for i := n - 1; i >= 0; i-- {
		for j := range labels {
			b := 0.0
			if i == n-1 {
				if allowed[j][Outside] {
					b = 1
				}
			} else {
				for k := range labels {
					b += float64(float64(tr[j][k]*expEmit[i+1][k]) * c.beta[i+1][k])
				}
				b /= norms[i+1]
			}
			c.beta[i][j] = b
		}
	}
	rate := c.rate / (1 + float64(float64(c.rate*c.prior)*c.t))
	c.t++
	c.scale *= 1 - float64(rate*c.prior)
	step := rate / c.scale
	prev = labels
	for i := range n {
		var d [labels]float64
		for k := range labels {
			d[k] = -float64(float64(c.alpha[i][k]*c.beta[i][k]) * step)
		}
		d[st.gold[i]] += step
		for _, id := range st.feats[i] {
			w := &c.weights[id]
			for k := range d {
				w[k] += d[k]
			}
		}
		// Transitions into token i.
		if i == 0 {
			for k := range labels {
				c.trans[labels][k] -= float64(float64(c.alpha[0][k]*c.beta[0][k]) * step)
			}
		} else {
			for j := range labels {
				aj := c.alpha[i-1][j]
				if aj < 1e-9 {
					continue
				}
				for k := range labels {
					p := float64(float64(float64(aj*tr[j][k])*expEmit[i][k])*c.beta[i][k]) / norms[i]
					c.trans[j][k] -= float64(p * step)
				}
			}
		}
		c.trans[prev][st.gold[i]] += step
		prev = int(st.gold[i])
	}
	if c.scale < 1e-6 {
		c.rescale()
	}
	return z - gold
}

// collect adds the weights to the average.
func (c *field) collect() {
	c.rescale()
	if c.sums == nil {
		c.sums = make([][labels]float64, len(c.weights))
	}
	for i := range c.weights {
		for k := range c.weights[i] {
			c.sums[i][k] += c.weights[i][k]
		}
	}
	for i := range c.trans {
		for k := range c.trans[i] {
			c.sumsTrans[i][k] += c.trans[i][k]
		}
	}
	c.passes++
}

func (c *field) rescale() {
	for i := range c.weights {
		for k := range c.weights[i] {
			c.weights[i][k] = float64(c.weights[i][k] * c.scale)
		}
	}
	for i := range c.trans {
		for k := range c.trans[i] {
			c.trans[i][k] = float64(c.trans[i][k] * c.scale)
		}
	}
	c.scale = 1
}

func grow(s [][labels]float64, n int) [][labels]float64 {
	if cap(s) < n {
		return make([][labels]float64, n)
	}
	return s[:n]
}

// quantize turns the weights into small integers of one scale and lays them out
// in rows, as those of a pass of m.
func (c *field) quantize(m *Model, pass int, hashes []uint64) {
	const unit = 64 // a weight of 1 becomes 64
	small := func(v float64) int { return int(math.Floor(float64(v*unit) + 0.5)) }
	trans := &m.trans[pass]
	for i := range trans {
		for j := range trans[i] {
			trans[i][j] = int32(small(c.sumsTrans[i][j] / float64(c.passes)))
		}
	}
	m.leads[pass] = newLead(trans)
	type entry struct {
		hash   uint64
		w      row
		weight int
	}
	entries := make([]entry, 0, len(hashes))
	for id, h := range hashes {
		e := entry{hash: h, w: zeroRow}
		for k, v := range c.sums[id] {
			v /= float64(c.passes)
			s := max(-127, min(127, small(v)))
			e.w.set(k, s)
			e.weight += max(s, -s)
		}
		if e.weight > 4 {
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
		m.place(pass, e.hash, e.w)
	}
	m.forget()
}
