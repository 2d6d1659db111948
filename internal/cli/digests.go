package cli

import (
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/output"
	"readout/internal/packed"
	"readout/internal/plainfile"
	"readout/internal/site"
	"readout/internal/stamp"
	"readout/internal/story"
)

// digests keeps what was gathered of each briefing from one build to the next,
// so that a content file that has not changed is not read again. They lie in a
// number of files by the names of the briefings, of which a build writes those
// that changed; what relating takes of the texts lies in as many others, which
// are read where a text has changed. A nil one keeps nothing.
type digests struct {
	s        *siteFolder
	records  map[string]*digestRecord // by path of the content file
	shards   map[string][]string      // of each file that was read: whose records are in it
	relation []byte                   // the file of the relations
	details  *detailsFile

	mu      sync.Mutex
	current map[string]*digestRecord // of the briefings of this build
}

// A digestRecord is what is noted of one briefing.
type digestRecord struct {
	id  stamp.ID // of the content file
	sum [sha256.Size]byte
	// checked are the states of the base and the article beside which the text
	// was found to be in order; zero where it was not looked at or was not.
	checked [2]stamp.ID
	seed    string // path of the article
	sound   bool

	part  *packed.Reader // what Gatherer.Pack wrote; nil once read, or where it is new
	meta  *frontmatter.Meta
	diags diag.List
	fresh bool // not as it lies in the cache
}

const (
	digestFiles    = "digests-"
	textFiles      = "texts-"
	relationsFile  = cacheFolder + "/relations"
	likenessFile   = "likeness"
	digestsAFile   = 256
	mostDigestFile = 256
)

// form tells a file of the cache from those of another readout, and of one that
// was told other limits.
func (d *digests) form(what string) string {
	return fmt.Sprintf("%s 3 %s %v", what, engine(), d.s.limits)
}

// openDigests reads what was kept of the briefings.
func (a *app) openDigests(s *siteFolder) *digests {
	if !a.cache || engine() == "" || !s.saw.told {
		return nil
	}
	d := &digests{s: s, records: map[string]*digestRecord{}, shards: map[string][]string{}, current: map[string]*digestRecord{}}
	names := d.list(digestFiles)
	var mu sync.Mutex
	var group sync.WaitGroup
	next := make(chan string)
	for range 4 {
		group.Go(func() {
			for name := range next {
				records := d.read(name)
				mu.Lock()
				d.shards[name] = []string{}
				for file, r := range records {
					d.records[file] = r
					d.shards[name] = append(d.shards[name], file)
				}
				mu.Unlock()
			}
		})
	}
	for _, name := range names {
		next <- name
	}
	close(next)
	group.Wait()
	d.relation, _ = plainfile.Read(s.root.FS(), relationsFile)
	if d.details = s.openDetails(len(d.records) == 0); d.details == nil {
		return nil
	}
	return d
}

// most reports whether most of so many content files are known from the last build.
func (d *digests) most(files int) bool { return d != nil && 2*len(d.records) > files }

// store is where the details of the briefings go; nil for memory.
func (d *digests) store() site.Store {
	if d == nil {
		return nil
	}
	return d.details
}

// aside is where what relating takes of the texts goes until they are related. The
// function removes it.
func (d *digests) aside() (site.Store, func()) {
	if d == nil {
		return nil, func() {}
	}
	f := d.s.openScratch(cacheFolder + "/relating")
	if f == nil {
		return nil, func() {}
	}
	return f, f.remove
}

// list returns the names of the files of the cache that begin so.
func (d *digests) list(prefix string) []string { return cacheFiles(d.s, prefix) }

// cacheFiles returns the names of the files of the cache that begin so.
func cacheFiles(s *siteFolder, prefix string) []string {
	entries, err := fs.ReadDir(s.root.FS(), cacheFolder)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			names = append(names, e.Name())
		}
	}
	return names
}

func (d *digests) open(name, what string) (*packed.Reader, bool) {
	data, err := plainfile.Read(d.s.root.FS(), path.Join(cacheFolder, name))
	if err != nil {
		return nil, false
	}
	return packed.Open(data, d.form(what))
}

// read reads a file of digests; what is not whole counts for nothing.
func (d *digests) read(name string) map[string]*digestRecord {
	r, ok := d.open(name, "digests")
	if !ok {
		return nil
	}
	out := map[string]*digestRecord{}
	for r.More() {
		file, rec := r.String(), &digestRecord{}
		copy(rec.id[:], r.Raw(len(rec.id)))
		copy(rec.sum[:], r.Raw(len(rec.sum)))
		rec.sound = r.Bool()
		for i := range rec.checked {
			copy(rec.checked[i][:], r.Raw(len(rec.checked[i])))
		}
		rec.seed = r.String()
		rec.part = r.Part()
		out[file] = rec
	}
	if !r.Whole() {
		return nil
	}
	return out
}

// beside returns the states of the files that a briefing's text is held against.
func (d *digests) beside(file, seed string) [2]stamp.ID {
	return [2]stamp.ID{d.s.saw.content.Files.ID(basePath(file)), d.s.saw.before.Files.ID(seed)}
}

// basePath is where the briefing of a content file is kept as it was generated.
func basePath(file string) string {
	return briefing.BasePath(strings.TrimSuffix(path.Base(file), ".md"))
}

// inSeeds reports whether the state of an article is looked at.
func inSeeds(seed string) bool {
	return seed == "" || strings.HasPrefix(seed, "seeds/") && path.Clean(seed) == seed
}

// sound reports whether the text of a briefing was found to be in order, and
// nothing has changed since.
func (d *digests) sound(file string) bool {
	if d == nil {
		return false
	}
	r := d.records[file]
	return r != nil && r.sound && r.id == d.s.saw.content.Files.ID(file) && r.id != stamp.ID{} && r.checked == d.beside(file, r.seed)
}

// known gives g the briefing of a file as it was gathered before. It is a
// content.Known.
func (d *digests) known(g *site.Gatherer, file string, src []byte) (*content.File, diag.List, bool) {
	r := d.records[file]
	if r == nil || r.part == nil {
		return nil, nil, false
	}
	id := d.s.saw.content.Files.ID(file)
	switch {
	case src == nil && (r.id != id || id == stamp.ID{}), src != nil && sha256.Sum256(src) != r.sum:
		return nil, nil, false
	}
	p, ok := g.Unpack(r.part, file, r.sum)
	if !ok {
		return nil, nil, false
	}
	checked := d.beside(file, p.File.Meta.Article.Path)
	sound := inSeeds(p.File.Meta.Article.Path)
	now := &digestRecord{
		id: id, sum: r.sum, checked: checked, sound: sound, seed: p.File.Meta.Article.Path, meta: &p.File.Meta, diags: p.Diags,
		fresh: id != r.id || checked != r.checked || sound != r.sound,
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.current[file] = now
	return p.File, p.Diags, true
}

// add takes a briefing that was read anew.
func (d *digests) add(f *content.File, diags diag.List) {
	if d == nil {
		return
	}
	seed := f.Meta.Article.Path
	meta := f.Meta
	r := &digestRecord{
		id: d.s.saw.content.Files.ID(f.Path), sum: f.Sum, checked: d.beside(f.Path, seed), sound: inSeeds(seed),
		seed: seed, meta: &meta, diags: diags, fresh: true,
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.current[f.Path] = r
}

// keep writes down what has changed. It is called when all briefings were read,
// and before they are related. What cannot be kept is found out again.
func (d *digests) keep(g *site.Gatherer, load site.Loader) {
	if d == nil {
		return
	}
	number := 1
	for number < mostDigestFile && number*digestsAFile < len(d.current) {
		number *= 2
	}
	shards := map[string][]string{}
	for i := range number {
		shards[fmt.Sprintf("%d-%d", number, i)] = nil
	}
	for file := range d.current {
		h := fnv.New32a()
		h.Write([]byte(file))
		k := fmt.Sprintf("%d-%d", number, int(h.Sum32()%uint32(number)))
		shards[k] = append(shards[k], file)
	}
	moved := d.details.shrink(g, slices.Sorted(maps.Keys(d.current)))
	for k, files := range shards {
		slices.Sort(files)
		had, ok := d.shards[digestFiles+k]
		slices.Sort(had)
		if ok && !moved && slices.Equal(had, files) && !slices.ContainsFunc(files, func(f string) bool { return d.current[f].fresh }) {
			continue
		}
		d.writeShard(g, k, files, load)
	}
	for _, prefix := range []string{digestFiles, textFiles} {
		for _, name := range d.list(prefix) {
			if _, ok := shards[strings.TrimPrefix(name, prefix)]; !ok {
				_ = d.s.root.Remove(path.Join(cacheFolder, name))
			}
		}
	}
	d.records, d.shards, d.current = nil, nil, nil // they lie in the cache now
}

func (d *digests) writeShard(g *site.Gatherer, k string, files []string, load site.Loader) {
	d.readTexts(g, textFiles+k)
	var w, texts packed.Writer
	for _, file := range files {
		r := d.current[file]
		w.String(file)
		w.Raw(r.id[:])
		w.Raw(r.sum[:])
		w.Bool(r.sound)
		for _, id := range r.checked {
			w.Raw(id[:])
		}
		w.String(r.seed)
		f := &content.File{Path: file, Meta: *r.meta, Sum: r.sum}
		w.Part(func() { g.Pack(&w, site.Packed{File: f, Diags: r.diags}) })
		if g.HasText(file) {
			texts.String(file)
			texts.Raw(r.sum[:])
			texts.Part(func() { g.PackText(&texts, file, load) })
		}
	}
	d.write(digestFiles+k, w.Seal(d.form("digests")))
	d.write(textFiles+k, texts.Seal(d.form("texts")))
}

func (d *digests) write(name string, data []byte) {
	if _, err := output.WriteFile(d.s.root, cacheFolder+"/.gitignore", []byte("*\n"), false); err != nil {
		return
	}
	_, _ = output.WriteFile(d.s.root, path.Join(cacheFolder, name), data, false)
}

// readTexts gives g what is kept of the texts in one file.
func (d *digests) readTexts(g *site.Gatherer, name string) {
	r, ok := d.open(name, "texts")
	if !ok {
		return
	}
	for r.More() {
		file := r.String()
		var sum [sha256.Size]byte
		copy(sum[:], r.Raw(len(sum)))
		part := r.Part()
		if g.Has(file, sum) {
			g.UnpackText(part, file)
		}
	}
}

// texts gives g what is kept of all texts, and what was found when they were last
// related.
func (d *digests) texts(g *site.Gatherer) {
	if r, ok := d.open(likenessFile, "likeness"); ok {
		g.Remember(story.UnpackPast(r))
	}
	for _, name := range d.list(textFiles) {
		d.readTexts(g, name)
	}
}

// recall gives g the relations that were found before.
func (d *digests) recall(g *site.Gatherer) {
	if d == nil {
		return
	}
	g.Texts = func() { d.texts(g) }
	if r, ok := packed.Open(d.relation, d.form("relations")); ok {
		g.UnpackRelations(r)
	}
	d.relation = nil
}

// keepRelations writes down how the briefings are related.
func (d *digests) keepRelations(g *site.Gatherer) {
	if d == nil {
		return
	}
	var w packed.Writer
	g.PackRelations(&w)
	d.write(path.Base(relationsFile), w.Seal(d.form("relations")))
	if found := g.Found(); found != nil {
		w.Reset()
		found.Pack(&w)
		d.write(likenessFile, w.Seal(d.form("likeness")))
	}
}
