package cli

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/label"
	"readout/internal/packed"
	"readout/internal/plainfile"
	"readout/internal/site"
)

// keepSource bounds the briefings that are kept between gathering and
// rendering, by the bytes of their files. Of a larger site none are, so that memory
// does not grow with the site: what was read goes to a scratch file, and comes from
// there for the pages. Read, a file takes ten times its bytes.
const keepSource = 8 << 20

// A contents is the content of a site on its way to pages: the digest of each
// briefing, and the way to its text.
type contents struct {
	folder   *siteFolder
	tree     *content.Tree
	gatherer *site.Gatherer
	labels   *label.Set
	faulty   map[string]bool // the content files that are left out for a fault of their own
	// pages are those of all content files where a part of the site is made; else nil.
	pages map[string]string

	mu      sync.Mutex
	packer  packed.Writer
	refused diag.List          // what was found in briefings that are left out
	failed  error              // of the store of details
	bytes   int64              // of the files that were added
	most    int64              // how many of them may be for the files to be kept
	of      map[string]*textOf // by slug
	kept    []*textOf          // those whose file is at hand

	parsed *detailsFile // where what was read lies; nil where that cannot be
	asked  bool         // whether it was opened

	// recent are those whose file was read again of late: a report is compared in
	// each of its stories soon after its page was made. It is a ring.
	recent [mostRecent]*textOf
	next   int
}

// parsedPath is where what was read of content files lies while pages are made.
const parsedPath = cacheFolder + "/parsed"

// mostRecent is how many files are kept that were read again.
const mostRecent = 48

// A textOf is where the text of a briefing is.
type textOf struct {
	path  string
	sum   [sha256.Size]byte
	file  *content.File // nil where it is to be read again
	place site.Place    // in contents.parsed; without a length where it is not there
}

// add takes a briefing that was read, with the base that lies beside it.
func (r *contents) add(f *content.File, src []byte, b base) {
	f.Sentences = site.Sentences(f)
	if err := r.gatherer.Add(f); err != nil {
		r.fail(err)
		return
	}
	h := &textOf{path: f.Path, sum: f.Sum}
	if b.compare(f, src) == nil {
		// Else it is read, and the fault told, when its page is made.
		h.file = f
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.note(f, h)
	if r.bytes += int64(len(src)); r.bytes <= r.most {
		r.kept = append(r.kept, h)
		return
	}
	for _, k := range append(r.kept, h) {
		r.setAside(k)
	}
	r.kept = nil
}

// setAside lets go of the file of a briefing, which can be had again.
func (r *contents) setAside(h *textOf) {
	f := h.file
	h.file = nil
	if f == nil || len(f.Edits) > 0 {
		return
	}
	if !r.asked && r.folder.details != nil {
		r.parsed, r.asked = r.folder.openScratch(parsedPath), true
		r.folder.parsed = r.parsed
	}
	if r.parsed == nil {
		return
	}
	w := &r.packer
	w.Plain = true
	w.Reset()
	f.Pack(w)
	if p, err := r.parsed.Put(w.Unsealed()); err == nil {
		h.place = p
	} // else it is read again
}

// done removes what was set aside: the pages are made. What is asked for all the same
// is read again.
func (r *contents) done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.parsed != nil {
		r.parsed.remove()
		r.parsed, r.folder.parsed = nil, nil
	}
}

// parsedRooms has room for what is read of contents.parsed, of which all is copied.
var parsedRooms = sync.Pool{New: func() any { return new([]byte) }}

// unpack returns a file that was set aside, nil where it cannot be had.
func (r *contents) unpack(h *textOf) *content.File {
	r.mu.Lock()
	parsed, place := r.parsed, h.place
	r.mu.Unlock()
	if parsed == nil || place.Len == 0 {
		return nil
	}
	room := parsedRooms.Get().(*[]byte)
	defer parsedRooms.Put(room)
	data, err := parsed.Get(place, *room)
	if err != nil {
		return nil
	}
	*room = data
	f, ok := content.Unpack(packed.NewPlain(data), h.path, h.sum)
	if !ok {
		return nil
	}
	return f
}

// fail notes that something cannot be kept.
func (r *contents) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil {
		r.failed = err
	}
}

// compare notes in a file what an editor changed in it since it was generated,
// where that is known.
func (s *siteFolder) compare(f *content.File, src []byte) error {
	return s.base(f.Path).compare(f, src)
}

// A base is a briefing as it was generated.
type base struct {
	data []byte // nil where there is none
	err  error
}

// base reads the base of the briefing of a content file.
func (s *siteFolder) base(file string) base {
	name := basePath(file)
	data, err := readFile(s, name)
	if err != nil {
		err = fmt.Errorf("%s cannot be read: %w", name, bare(err))
	}
	return base{data, err}
}

func (b base) compare(f *content.File, src []byte) error {
	if b.err == nil && b.data != nil {
		f.Edits, f.Compared = briefing.Edits(b.data, src)
	}
	return b.err
}

// differs reports whether a content file is not as it was generated.
func (b base) differs(src []byte) bool {
	return b.err != nil || b.data == nil || !bytes.Equal(src, b.data)
}

func (r *contents) note(f *content.File, h *textOf) {
	if other := r.of[f.Meta.Slug]; other == nil || f.Path < other.path {
		r.of[f.Meta.Slug] = h
	}
}

// known takes the briefings that kept knows from there.
func (r *contents) known(kept *digests) content.Known {
	if kept == nil {
		return nil
	}
	return func(file string, src []byte) (*content.File, diag.List, bool) {
		if kept.records[file] != nil && len(r.folder.misquotes(kept, file, func() bool { return r.folder.edited(file) })) > 0 {
			return nil, nil, false // its article is another by now, or it was put down as sound too early
		}
		f, diags, ok := kept.known(r.gatherer, file, src)
		if ok {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.note(f, &textOf{path: f.Path, sum: f.Sum})
		}
		return f, diags, ok
	}
}

// refuse leaves out a briefing that misquotes its article: its pages stay as they
// were.
func (r *contents) refuse(found diag.List) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused = append(r.refused, found...)
}

// dropRefused takes what was refused out of the tree, and returns what is wrong
// with it.
func (r *contents) dropRefused() diag.List {
	if len(r.refused) == 0 {
		return nil
	}
	out := faulty(r.refused)
	r.tree.Briefings = slices.DeleteFunc(r.tree.Briefings, func(f *content.File) bool { return out[f.Path] })
	r.refused.Sort()
	return r.refused
}

// load returns the file of a briefing as it was gathered.
func (r *contents) load(slug string) (*content.File, error) {
	h := r.of[slug]
	if h == nil {
		return nil, fmt.Errorf("there is no briefing %q", slug)
	}
	r.mu.Lock()
	f := h.file
	r.mu.Unlock()
	if f != nil {
		return f, nil
	}
	if f = r.unpack(h); f == nil {
		var err error
		if f, err = r.read(h); err != nil {
			return f, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if h.file == nil {
		if old := r.recent[r.next]; old != nil {
			old.file = nil
		}
		h.file, r.recent[r.next] = f, h
		r.next = (r.next + 1) % mostRecent
	}
	return h.file, nil
}

// read reads the file of a briefing again.
func (r *contents) read(h *textOf) (*content.File, error) {
	src, err := plainfile.Read(r.folder.root.FS(), h.path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", h.path, bare(err))
	}
	if sha256.Sum256(src) != h.sum {
		return nil, hinted("run readout again", "%s was changed while the site was made", h.path)
	}
	f, _ := r.folder.reader().ParseBriefing(h.path, src)
	return f, r.folder.compare(f, src)
}

// input is what the site is gathered from beside the briefings.
func (r *contents) input() site.Input {
	t := r.tree
	return site.Input{Index: t.Index, Entities: t.Entities, Stories: t.Stories, Pages: t.Pages, Faulty: r.faulty, Load: r.load, Labels: r.labels}
}
