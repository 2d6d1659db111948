package searchindex

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"readout/internal/jsonout"
	"readout/internal/stable"
)

// A textShard is a file of what results show.
type textShard struct {
	first int    // the number of its first doc
	sum   string // stands for its bytes
}

func (s textShard) name() string {
	return "t" + strconv.FormatInt(int64(s.first), 36) + "." + s.sum + ".js"
}

// A textCutter cuts what results show into files.
type textCutter struct {
	out  func(name string, data []byte)
	done []textShard

	buf   []byte // the shard at hand
	first int    // the number of its first doc
	end   int    // the number after its last
}

// put adds a doc, whose number is higher than those before.
func (c *textCutter) put(i int, data []byte) {
	if i/together != c.first/together {
		c.flush()
	}
	if len(c.buf) == 0 {
		c.first, c.end = i, i
	}
	for ; c.end <= i; c.end++ {
		if len(c.buf) > 0 {
			c.buf = append(c.buf, ",\n"...)
		}
		if c.end < i || data == nil {
			c.buf = append(c.buf, "null"...) // nobody has the number, or the doc is not there
		}
	}
	c.buf = append(c.buf, data...)
	if len(c.buf) > textShardSize {
		c.flush()
	}
}

// flush ends a shard.
func (c *textCutter) flush() {
	if len(c.buf) == 0 {
		return
	}
	data := slices.Concat([]byte("R.texts("+strconv.Itoa(c.first)+",["), c.buf, []byte("]);\n"))
	s := textShard{c.first, digest(data, textDigest)}
	c.out(s.name(), data)
	c.done = append(c.done, s)
	c.buf = c.buf[:0]
}

// textDigest is how long the digest of a shard of texts is.
const textDigest = 4

// A termShard is a file of terms.
type termShard struct {
	from string // the first
	sum  string // stands for its lines
}

func (s termShard) name() string { return "w" + s.sum + ".js" }

// A termCutter cuts the vocabulary into files.
type termCutter struct {
	out  func(name string, data []byte)
	done []termShard

	lines []byte // the shard at hand
	from  string
}

// ends reports whether the shard at hand ends before a term.
func (c *termCutter) ends(term string, places []byte) bool {
	size := len(term) + len(places) + 2
	return len(c.lines) > termShardSize/4 && (len(c.lines)+size > 2*termShardSize || begins(term, size))
}

// put adds a term, which comes after those before, and its places.
func (c *termCutter) put(term string, places []byte) {
	if c.ends(term, places) {
		c.flush()
	}
	if len(c.lines) == 0 {
		c.from = term
	}
	c.lines = append(c.lines, term...)
	c.lines = append(c.lines, ' ')
	c.lines = append(c.lines, places...)
	c.lines = append(c.lines, '\n')
}

// flush ends a shard.
func (c *termCutter) flush() {
	if len(c.lines) == 0 {
		return
	}
	quoted := jsonout.String(nil, string(c.lines))
	s := termShard{c.from, digest(quoted, termDigest)}
	c.out(s.name(), slices.Concat([]byte(`R.terms("`+s.sum+`",`), quoted, []byte(");\n")))
	c.done = append(c.done, s)
	c.lines = c.lines[:0]
}

// termDigest is how long the digest of a shard of terms is.
const termDigest = 8

// facets are how many docs have each value of each facet.
type facets map[string]map[string]int

// add counts the facets of a doc, or counts them no more.
func (f facets) add(list []string, n int) {
	for _, x := range list {
		name, value, _ := strings.Cut(x, ":")
		of := f[name]
		if of == nil {
			of = map[string]int{}
			f[strings.Clone(name)] = of
		}
		k, ok := of[value]
		if !ok {
			value = strings.Clone(value) // not to hold on to what it is a part of
		}
		if k += n; k == 0 {
			delete(of, value)
			if len(of) == 0 {
				delete(f, name)
			}
			continue
		}
		of[value] = k
	}
}

type directory struct {
	Docs  int `json:"docs"`
	Terms struct {
		First []string `json:"first"` // of each shard
		Sums  string   `json:"sums"`
	} `json:"terms"`
	Texts struct {
		First string `json:"first"` // of each shard, as the distance to the one before
		Sums  string `json:"sums"`
	} `json:"texts"`
	Facets map[string][]facetOf `json:"facets,omitempty"`
}

type facetOf struct {
	Value string
	Docs  int
}

func (f facetOf) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{f.Value, f.Docs}) }

// directoryName is the file of the directory.
const directoryName = "index.js"

// writeDirectory writes the directory of an index of so many docs.
func writeDirectory(out func(name string, data []byte), docs int, terms []termShard, texts []textShard, of facets) error {
	d := directory{Docs: docs, Facets: map[string][]facetOf{}}
	d.Terms.First = []string{}
	var sums []byte
	for _, s := range terms {
		d.Terms.First, sums = append(d.Terms.First, s.from), append(sums, s.sum...)
	}
	d.Terms.Sums = string(sums)
	var first []byte
	last := 0
	sums = sums[:0]
	for i, s := range texts {
		if i > 0 {
			first = append(first, ',')
		}
		first, sums = strconv.AppendInt(first, int64(s.first-last), 36), append(sums, s.sum...)
		last = s.first
	}
	d.Texts.First, d.Texts.Sums = string(first), string(sums)
	for name, values := range of {
		list := make([]facetOf, 0, len(values))
		for v, n := range values {
			list = append(list, facetOf{v, n})
		}
		stable.Sort(list, func(a, b facetOf) int {
			if a.Docs != b.Docs {
				return b.Docs - a.Docs
			}
			return strings.Compare(a.Value, b.Value)
		})
		d.Facets[name] = list[:min(len(list), maxFacet)]
	}
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	out(directoryName, slices.Concat([]byte("R.dir("), data, []byte(");\n")))
	return nil
}

// begins reports whether a shard of terms should begin with this one, whose line has
// that size. What comes to other terms changes nothing in that, so that the shards
// before and after stay as they are.
func begins(term string, size int) bool {
	h := fnv.New32a()
	h.Write([]byte(term))
	// Rounded: a line that grows by a doc should end no shard.
	for k := 64; ; k *= 2 {
		if size <= k {
			return uint64(h.Sum32())*termShardSize*3/4 < uint64(k)<<32
		}
	}
}

// digest returns that many characters that stand for data: a reader that kept the
// file they name has this one.
func digest(data []byte, size int) string {
	sum := sha256.Sum256(data)
	least := uint64(1)
	for range size - 1 {
		least *= 36
	}
	return strconv.FormatUint(least+binary.BigEndian.Uint64(sum[:])%(35*least), 36)
}
