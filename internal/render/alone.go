package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"slices"
	"sync"

	"readout/internal/content"
	"readout/internal/export"
	"readout/internal/label"
	"readout/internal/packed"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// Where an editor changes in a briefing what no other page shows (a section, a key
// point), its page is made of the file and of what was noted when it was made
// before, and the words that search finds are put into its index. Nothing else is
// gathered.

// A note is what is kept of the page of a briefing: what it shows of the rest of
// the site, what others show of it, and what search takes of it.
type note struct {
	sum    [sha256.Size]byte // site.Briefing.Sum
	told   [16]byte          // site.Briefing.Told
	points [16]byte          // of the key points, which feeds show
	brief  [16]byte          // as restKey tells it
	rest   []byte            // as rest writes it
	search []byte            // a searchindex.Pack
}

func (n note) pack() []byte {
	b := make([]byte, 0, 96+len(n.rest)+len(n.search))
	b = append(b, n.sum[:]...)
	b = append(b, n.told[:]...)
	b = append(b, n.points[:]...)
	b = append(b, n.brief[:]...)
	b = binary.AppendUvarint(b, uint64(len(n.rest)))
	b = append(b, n.rest...)
	return append(b, n.search...)
}

func unpackNote(b []byte) (n note, ok bool) {
	if len(b) < len(n.sum)+len(n.told)+len(n.points)+len(n.brief) {
		return n, false
	}
	b = b[copy(n.sum[:], b):]
	b = b[copy(n.told[:], b):]
	b = b[copy(n.points[:], b):]
	b = b[copy(n.brief[:], b):]
	size, k := binary.Uvarint(b)
	if k <= 0 || size > uint64(len(b)-k) {
		return n, false
	}
	n.rest, n.search = b[k:k+int(size)], b[k+int(size):]
	return n, true
}

// points is the digest of the key points of a briefing.
func points(b *site.Briefing) [16]byte {
	var k []byte
	for _, p := range b.Details().KeyPoints {
		k = binary.AppendUvarint(k, uint64(len(p.Text)))
		k = append(k, p.Text...)
		k = binary.AppendUvarint(k, uint64(len(p.Passage.ID)))
		k = append(k, p.Passage.ID...)
	}
	sum := sha256.Sum256(k)
	return [16]byte(sum[:16])
}

const restForm = "rest 2"

// besides is what the page of a briefing shows of the site beyond what site.Site
// tells of the briefing.
type besides struct {
	sameTitle bool   // another briefing has its title
	publisher string // leads to its publisher
	fed       bool   // feeds have it
}

// besides returns what the page of b shows besides.
func (r *Renderer) besides(b *site.Briefing) besides {
	if r.alone != nil {
		return *r.alone
	}
	return besides{r.titles[b.Header.Title] > 1, r.publisherLink(b.Path, b.Header.Publisher), slices.Contains(export.Newest(r.site), b)}
}

func (x besides) pack(w *packed.Writer) {
	w.Bool(x.sameTitle)
	w.String(x.publisher)
	w.Bool(x.fed)
}

// restWriters are used again.
var restWriters = sync.Pool{New: func() any { return new(packed.Writer) }}

// rest writes all that the page of b shows of other files than its own, the related
// briefings among it.
func (r *Renderer) rest(b *site.Briefing, across []site.Related) []byte {
	w := restWriters.Get().(*packed.Writer)
	defer restWriters.Put(w)
	w.Reset()
	r.besides(b).pack(w)
	r.site.PackRest(w, b, across)
	return w.Seal(restForm)
}

// plainWriter returns an empty writer of plainWriters.
func plainWriter() *packed.Writer {
	w := plainWriters.Get().(*packed.Writer)
	w.Reset()
	return w
}

var plainWriters = sync.Pool{New: func() any { return &packed.Writer{Plain: true} }}

// restKey is a digest that tells whether the rest is as it was.
func (r *Renderer) restKey(b *site.Briefing, across []site.Related) [16]byte {
	w := plainWriter()
	defer plainWriters.Put(w)
	r.besides(b).pack(w)
	r.site.PackRestBriefly(w, b, across)
	sum := sha256.Sum256(w.Unsealed())
	return [16]byte(sum[:16])
}

// Frame writes what all pages show, for Alone.
func (r *Renderer) Frame() []byte {
	var w packed.Writer
	w.Raw(r.frame[:])
	r.site.PackFrame(&w)
	return w.Seal(restForm)
}

// An Edited makes the pages of briefings in which nothing was changed that other
// pages show, one at a time.
type Edited struct {
	r *Renderer
}

// NewEdited returns what makes such pages of a site whose frame is as it was
// written, with those settings and words. It reports false where it is not.
func NewEdited(frame []byte, config content.Config, labels *label.Set, templates fs.FS, opts Options) (*Edited, bool) {
	p, ok := packed.Open(frame, restForm)
	if !ok || opts.Past == nil {
		return nil, false
	}
	var was Key
	copy(was[:], p.Raw(len(was)))
	s := site.UnpackFrame(p, config, labels)
	if !p.Whole() || hasEdition(s) {
		return nil, false
	}
	r, err := New(s, templates, opts)
	if err != nil || r.opts.Past == nil || r.frame != was {
		return nil, false
	}
	return &Edited{r}, true
}

// An EditedPage is a page that was made of an edited file.
type EditedPage struct {
	Path  string
	Key   Key
	Files []export.NamedFile
	Note  []byte
	Was   [sha256.Size]byte // digest of the file that it was made of before

	search []byte // a searchindex.Pack, where search takes something else of it; else nil
}

// Page makes the page of a briefing from its file and from what was noted when it
// was made before. It reports false where the edit may show on other pages, too.
func (e *Edited) Page(f *content.File, noted []byte) (EditedPage, bool) {
	r := e.r
	n, ok := unpackNote(noted)
	if !ok {
		return EditedPage{}, false
	}
	p, ok := packed.Open(n.rest, restForm)
	if !ok {
		return EditedPage{}, false
	}
	r.alone = &besides{p.Bool(), p.String(), p.Bool()}
	if !r.site.Alone(p, f.Meta.Slug) {
		return EditedPage{}, false
	}
	b, page := r.site.Preview(f)
	if b == nil || b.Told != n.told {
		return EditedPage{}, false
	}
	now := points(b)
	if now != n.points && (r.alone.fed || r.site.Config.Text != "full") {
		return EditedPage{}, false
	}
	key, ok := r.keyWith(b, n.brief)
	if !ok {
		return EditedPage{}, false
	}
	m, v, err := r.briefing(b, page)
	if err != nil || r.wrong[m.template] != nil || r.hasLinks(b.Path) {
		return EditedPage{}, false
	}
	var search []byte
	if d := r.searchDoc(b, page, v); !searchindex.IsOf(n.search, d) {
		search = searchindex.Pack(d)
		n.search = search
	}
	var buf bytes.Buffer
	if err := r.pages[m.template].Execute(&buf, m.page); err != nil {
		return EditedPage{}, false
	}
	was := n.sum
	n.sum, n.points = b.Sum, now
	files := append(m.beside, export.NamedFile{Path: b.Path, Data: legible(buf.Bytes())})
	return EditedPage{b.Path, key, files, n.pack(), was, search}, true
}

// An EditedSearch is the index of the search after some pages were edited.
type EditedSearch struct {
	Files []export.NamedFile // that are to be written, the directory last
	Names []string           // of all files of the index
	Note  []byte
}

// Noted is what an earlier run noted of pages, and the files that it wrote.
type Noted interface {
	// Note returns what was noted of a page; nil where that is not known.
	Note(page string) []byte
	// File returns a file of the output folder, as the earlier run wrote it.
	File(name string) ([]byte, error)
}

// SearchNote is the page under which the index of the search is noted.
const SearchNote = searchPage

// Search puts into the index of the search what is to be found on some edited pages. It
// returns nil where that is what was found before. It reports false where the index is to
// be written with the whole site.
func (e *Edited) Search(pages []EditedPage, from Noted) (*EditedSearch, bool) {
	packs := map[string][]byte{}
	for _, p := range pages {
		if p.search != nil {
			packs[p.Path] = p.search
		}
	}
	if len(packs) == 0 {
		return nil, true
	}
	p, ok := packed.Open(from.Note(searchPage), searchForm)
	if !ok {
		return nil, false
	}
	state := searchindex.UnpackState(p)
	if state == nil {
		return nil, false
	}
	s := &EditedSearch{}
	emit := func(path string, data []byte) error {
		s.Files = append(s.Files, export.NamedFile{Path: path, Data: slices.Clone(data)})
		return nil
	}
	state, names, ok := state.Amend(packs, searchFolder, emit, amending{from})
	if !ok {
		return nil, false
	}
	s.Names, s.Note = inSearchFolder(names), noteOfSearch(state)
	return s, true
}

// An amending has what was known when the index was last written. All of it lies as it
// was.
type amending struct{ Noted }

func (a amending) Was(name string) []byte { return searchPack(name, a.Note(name)) }

func (a amending) Again(int) ([]byte, error) { return nil, errNoDoc }

func (a amending) File(name string) ([]byte, error) { return a.Noted.File(searchFolder + "/" + name) }

func (a amending) Keep([]string) bool { return true }
