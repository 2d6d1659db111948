// Package corpusgen invents an archive of articles to measure with: reports of
// a few hundred words about events in towns that do not exist, told by outlets
// that do not either. Some events have one report, some a handful, some reports
// repeat another word for word, some have no date. People, bodies and places
// are drawn from pools that grow with the root of the archive, a few of them in
// very many reports and most in a few, as in a newsroom.
//
// Each article comes as a seed, and as the content file an editor might have
// made of it. Article i depends on the seed and the size of the archive alone,
// and the same numbers always give the same bytes.
//
// Its central type is Archive. Command make writes one to a folder.
package corpusgen

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"

	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/slug"
)

// Options say what an archive is to be.
type Options struct {
	Articles int
	Seed     uint64
	Words    int // of an article, about; 0 for 600
}

// An Archive makes articles.
type Archive struct {
	opts                    Options
	people, bodies, places  []string
	roles                   []string // of each person
	person, body, place, lo zipf
	words                   []string // rare words, for the long tail of a vocabulary
	events                  []int    // of each article: its event
	order                   []int    // of each article: which report of its event it is
}

// New prepares an archive.
func New(o Options) *Archive {
	if o.Words <= 0 {
		o.Words = 600
	}
	r := source(o.Seed, 0)
	root := math.Sqrt(float64(max(o.Articles, 1)))
	a := &Archive{opts: o}
	a.people = distinct(int(38*root)+8, func() string { return name(r, 1, 2) + " " + name(r, 2, 3) })
	a.places = distinct(int(12*root)+6, func() string { return name(r, 1, 2) + pick(r, townEndings) })
	a.bodies = distinct(int(10*root)+6, func() string { return name(r, 1, 2) + pick(r, townEndings) + " " + pick(r, bodyKinds) })
	a.words = distinct(int(60*root)+100, func() string { return strings.ToLower(name(r, 2, 4)) })
	for range a.people {
		a.roles = append(a.roles, pick(r, roles))
	}
	a.person, a.body, a.place, a.lo = newZipf(len(a.people), .8), newZipf(len(a.bodies), .8), newZipf(len(a.places), .8), newZipf(len(a.words), .9)
	for event := 0; len(a.events) < o.Articles; event++ {
		n := 1
		switch k := r.IntN(20); {
		case k < 5:
			n = 2 + r.IntN(3)
		case k == 5:
			n = 4 + r.IntN(8)
		}
		for i := range min(n, o.Articles-len(a.events)) {
			a.events, a.order = append(a.events, event), append(a.order, i)
		}
	}
	return a
}

// Len is how many articles there are.
func (a *Archive) Len() int { return len(a.events) }

// An Article is one invented article.
type Article struct {
	SeedPath string // "seeds/…", what Seed stands in
	Seed     []byte
	Path     string // "content/briefings/….md", what Content stands in
	Content  []byte
}

// Index is the settings file of a site of the archive.
func Index() (path string, data []byte) {
	return "content/index.md", []byte("---\ntitle: The Invented Desk\ndescription: Articles that nobody wrote\nlanguage: en\n---\n")
}

// source is the randomness of one part of the archive.
func source(seed, part uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, part)) }

// Article makes article i.
func (a *Archive) Article(i int) (Article, error) {
	t := a.tell(i)
	doc, diags := dialect.Read([]byte(t.text), 1)
	if diags.Errors() > 0 {
		return Article{}, fmt.Errorf("corpusgen: article %d: %s", i, diags[0].Message)
	}
	var seed bytes.Buffer
	ext := ".txt"
	if t.dated {
		ext = ".md"
		seed.Write(frontmatter.Write(struct {
			Title     string `yaml:"title"`
			Date      string `yaml:"date"`
			Publisher string `yaml:"publisher"`
		}{t.title, t.date, t.publisher}))
		seed.WriteByte('\n')
	} else {
		seed.WriteString(t.title + "\n\n")
	}
	for _, b := range doc.Blocks {
		seed.WriteString(b.Span.In(doc.Text) + "\n\n")
	}
	base := slug.Make(t.title)
	out := Article{
		SeedPath: fmt.Sprintf("seeds/%06d%s", i, ext), Seed: seed.Bytes(),
		Path: "content/briefings/" + base + ".md",
	}
	sum := sha256.Sum256(out.Seed)
	meta := frontmatter.Meta{
		Title: t.title, Slug: base, Language: "en",
		Article: frontmatter.Article{Path: out.SeedPath, SHA256: hex.EncodeToString(sum[:])},
	}
	if t.dated {
		meta.Date, meta.DateBasis, meta.Publisher = t.date, "metadata", t.publisher
	}
	var file bytes.Buffer
	file.Write(frontmatter.Write(meta))
	file.WriteString("\n## " + dialect.KeyPointsTitle + "\n\n")
	for k, p := range doc.Blocks {
		if k < 3 {
			first, _, _ := strings.Cut(p.Span.In(doc.Text), ". ")
			fmt.Fprintf(&file, "- %s. [¶%d](#p%d)\n", strings.TrimSuffix(first, "."), k+1, k+1)
		}
	}
	file.WriteString("\n## " + dialect.AnnotatedTitle + "\n\n")
	file.WriteString(t.text)
	out.Content = file.Bytes()
	return out, nil
}

// zipf draws an index with weight 1/(k+2.7)^s.
type zipf []float64

func newZipf(n int, s float64) zipf {
	z := make(zipf, n)
	total := 0.0
	for k := range z {
		total += 1 / math.Pow(float64(k)+2.7, s)
		z[k] = total
	}
	return z
}

func (z zipf) draw(r *rand.Rand) int {
	return min(sort.SearchFloat64s(z, r.Float64()*z[len(z)-1]), len(z)-1)
}

// some draws n different indexes.
func (z zipf) some(r *rand.Rand, n int) []int {
	n = min(n, len(z))
	var out []int
	for seen := map[int]bool{}; len(out) < n; {
		if k := z.draw(r); !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// distinct makes n different strings.
func distinct(n int, make func() string) []string {
	var out []string
	for seen := map[string]bool{}; len(out) < n; {
		if s := make(); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// name invents a name of a few syllables.
func name(r *rand.Rand, least, most int) string {
	var b strings.Builder
	for n := least + r.IntN(most-least+1); n > 0; n-- {
		b.WriteString(pick(r, onsets) + pick(r, vowels))
		if n == 1 || r.IntN(4) == 0 {
			b.WriteString(pick(r, codas))
		}
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}
