package cli

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"readout/internal/output"
	"readout/internal/packed"
	"readout/internal/plainfile"
	"readout/internal/render"
	"readout/internal/stamp"
)

// A pageLog knows of the pages in an output folder what each was made of, so that
// one that would be made of the same is neither made nor written again. It is a
// render.Past. A page of which somebody has touched a file since is made again.
//
// Several files of the cache belong to it: its head, the records of the pages in a
// number of files by their names, of which those are written that have changed,
// and the notes of the pages. These are as large as the search index. They are
// read one by one, and new ones are written behind the others; what is of use no
// more is dropped when it is more than half of all.
type pageLog struct {
	s      *siteFolder
	name   string // of the head
	writer *output.Writer
	packs  bool // files of text have compressed ones beside them
	frame  []byte
	list   stamp.ID // state of the list of the output folder, as the head has it
	was    map[string]*pageRecord
	had    map[string]int      // of each file of records: how many are in it
	now    map[string]stamp.ID // the files of the output folder, before the build
	old    fs.File             // the notes of earlier runs; nil where there are none

	mu     sync.Mutex
	is     map[string]*pageRecord
	notes  output.Handle // where new notes go; nil before there is one
	behind *bufio.Writer
	size   int64 // of the notes, with those this build writes
	oldEnd int64 // of the notes that old can read; set before the pages are made
	moved  bool  // the notes lie elsewhere than the files of records say
	err    error
}

// A pageRecord is what is noted of one page.
type pageRecord struct {
	key   render.Key
	files []string
	ids   []stamp.ID // of the files, as they were written; nil where they are new
	at    int64      // where the note is
	len   int
	sum   uint32
}

// How many pages a file of records has, and how many files there are at most.
const (
	pagesAFile    = 256
	mostPageFiles = 256
)

// form is that of the files of records: with compressed files beside those of
// text it is another.
func (p *pageLog) form() string {
	if p.packs {
		return "packed pages 2 " + engine()
	}
	return "pages 2 " + engine()
}

func pagesPath(out string) string { return strings.Replace(stampPath(out), "build-", "pages-", 1) }

func notesPath(list string) string { return strings.Replace(list, "pages-", "notes-", 1) }

// recordsPath names the file, one of so many, that has the record of a page.
func (p *pageLog) recordsPath(page string, of int) string {
	h := fnv.New32a()
	h.Write([]byte(page))
	return fmt.Sprintf("%s-%d-%d", p.name, of, int(h.Sum32()%uint32(of)))
}

// openPages reads what is known of the pages in an output folder. It returns nil
// where nothing can be kept of them.
func (a *app) openPages(s *siteFolder, out string, w *output.Writer) *pageLog {
	if !a.cache || engine() == "" {
		return nil
	}
	p := &pageLog{s: s, name: pagesPath(out), writer: w, packs: a.compress, is: map[string]*pageRecord{}, had: map[string]int{}}
	now, ok := outputState(out)
	if ok {
		p.now = now.Files
		p.read()
	}
	if p.was == nil {
		// Without the records nobody knows what is in the notes.
		if err := s.root.Remove(notesPath(p.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return p
	}
	if !p.openNotes() {
		return nil
	}
	return p
}

// openNotes opens the notes of earlier runs, where there are some.
func (p *pageLog) openNotes() bool {
	f, err := p.s.root.FS().Open(notesPath(p.name))
	if err != nil {
		return true
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.Close()
		return false
	}
	p.old, p.size, p.oldEnd = f, info.Size(), info.Size()
	return true
}

// readHead reads the head, when it is of the output folder whose list has the given
// state: the list tells whose the files are. It returns how many files of records
// there are.
func (p *pageLog) readHead(list stamp.ID) (of int, ok bool) {
	data, err := plainfile.Read(p.s.root.FS(), p.name)
	if err != nil {
		return 0, false
	}
	r, ok := packed.Open(data, p.form())
	if !ok || readID(r) != list {
		return 0, false
	}
	of = int(r.Uint())
	p.list, p.frame = list, r.Bytes()
	return of, r.Whole() && of > 0 && of <= mostPageFiles
}

func (p *pageLog) writeHead(list stamp.ID, of int) {
	var w packed.Writer
	w.Raw(list[:])
	w.Uint(uint64(of))
	w.Bytes(p.frame)
	p.put(p.name, &w)
}

func (p *pageLog) put(name string, w *packed.Writer) {
	if _, err := output.WriteFile(p.s.root, cacheFolder+"/.gitignore", []byte("*\n"), false); err == nil {
		_, _ = output.WriteFile(p.s.root, name, w.Seal(p.form()), false)
	}
}

func readID(r *packed.Reader) (id stamp.ID) {
	copy(id[:], r.Raw(len(id)))
	return id
}

func (p *pageLog) read() {
	of, ok := p.readHead(p.now[output.ManifestName])
	if !ok {
		return
	}
	p.was = map[string]*pageRecord{}
	parts := make([]map[string]*pageRecord, of)
	parallel(of, func(i int) { parts[i] = p.readRecords(fmt.Sprintf("%s-%d-%d", p.name, of, i)) })
	for i, part := range parts {
		if part == nil {
			continue
		}
		p.had[fmt.Sprintf("%s-%d-%d", p.name, of, i)] = len(part)
		maps.Copy(p.was, part)
	}
}

// readRecords reads a file of records; nil where it is not whole.
func (p *pageLog) readRecords(name string) map[string]*pageRecord {
	data, err := plainfile.Read(p.s.root.FS(), name)
	if err != nil {
		return nil
	}
	r, ok := packed.Open(data, p.form())
	if !ok {
		return nil
	}
	out := map[string]*pageRecord{}
	for r.More() {
		name, rec := r.String(), &pageRecord{}
		copy(rec.key[:], r.Raw(len(rec.key)))
		rec.at, rec.len, rec.sum = int64(r.Uint()), int(r.Uint()), uint32(r.Uint())
		rec.files = make([]string, r.Count())
		rec.ids = make([]stamp.ID, len(rec.files))
		for i := range rec.files {
			rec.files[i], rec.ids[i] = r.String(), readID(r)
		}
		out[name] = rec
	}
	if !r.Whole() {
		return nil
	}
	return out
}

// writeRecords writes a file of records, of pages in order.
func (p *pageLog) writeRecords(name string, pages []string, records map[string]*pageRecord) {
	var w packed.Writer
	for _, page := range pages {
		r := records[page]
		w.String(page)
		w.Raw(r.key[:])
		w.Uint(uint64(r.at))
		w.Uint(uint64(r.len))
		w.Uint(uint64(r.sum))
		w.Uint(uint64(len(r.files)))
		for i, f := range r.files {
			w.String(f)
			w.Raw(r.ids[i][:])
		}
	}
	p.put(name, &w)
}

// Frame is that of render.Past.
func (p *pageLog) Frame(data []byte) { p.frame = data }

// Same is that of render.Past.
func (p *pageLog) Same(page string, key render.Key, use func([]byte) bool) bool {
	r := p.was[page]
	if r == nil || r.key != key {
		return false
	}
	for i, name := range r.files {
		if id, ok := p.now[name]; !ok || id != r.ids[i] {
			return false
		}
	}
	if use != nil {
		note, ok := p.note(r)
		if !ok || !use(note) {
			return false
		}
	}
	if !p.writer.Keep(r.files) {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.is[page] = r
	return true
}

// Base is that of render.Past.
func (p *pageLog) Base(file string) []byte {
	id := p.s.saw.content.Files[basePath(file)]
	return id[:]
}

// note reads the note of a page.
func (p *pageLog) note(r *pageRecord) ([]byte, bool) {
	at, ok := p.old.(io.ReaderAt)
	if !ok || r.at < 0 || r.len < 0 || r.at+int64(r.len) > p.oldEnd {
		return nil, false
	}
	note := make([]byte, r.len)
	if _, err := at.ReadAt(note, r.at); err != nil {
		return nil, false
	}
	return note, crc32.ChecksumIEEE(note) == r.sum
}

// Made is that of render.Past.
func (p *pageLog) Made(page string, key render.Key, files []string, note []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := &pageRecord{key: key, files: files}
	p.is[page] = r
	p.noteOf(r, note)
}

// noteOf writes the note of a page behind the others.
func (p *pageLog) noteOf(r *pageRecord, note []byte) {
	if len(note) == 0 || p.err != nil {
		return
	}
	if p.notes == nil {
		if p.notes, p.err = p.s.root.OpenFile(notesPath(p.name), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666); p.err != nil {
			return
		}
		p.behind = bufio.NewWriterSize(p.notes, 1<<16)
	}
	r.at, r.len, r.sum = p.size, len(note), crc32.ChecksumIEEE(note)
	p.size += int64(len(note))
	_, p.err = p.behind.Write(note)
}

// flush ends the writing of notes, and reports whether all was written.
func (p *pageLog) flush() bool {
	if p.notes != nil {
		p.err = errors.Join(p.err, p.behind.Flush(), p.notes.Close())
		p.notes = nil
	}
	return p.err == nil
}

// keep writes down what is known of the pages after the build, when the output
// folder is as it says. What cannot be kept is made again.
func (p *pageLog) keep(now stamp.Survey, ok bool) {
	if p == nil {
		return
	}
	if !p.flush() || !ok {
		_ = p.s.root.Remove(p.name)
		return
	}
	var live int64
	for _, r := range p.is {
		live += int64(r.len)
	}
	if p.size > 2*live && !p.shrink() {
		_ = p.s.root.Remove(p.name)
		return
	}
	of := 1
	for of < mostPageFiles && of*pagesAFile < len(p.is) {
		of *= 2
	}
	shards := map[string][]string{}
	fresh := map[string]bool{}
	for page, r := range p.is {
		k := p.recordsPath(page, of)
		shards[k] = append(shards[k], page)
		if r.ids == nil {
			fresh[k] = true
			p.complete(r, now)
		}
	}
	for k, pages := range shards {
		if !fresh[k] && !p.moved && p.had[k] == len(pages) {
			continue
		}
		slices.Sort(pages)
		p.writeRecords(k, pages, p.is)
	}
	for _, name := range cacheFiles(p.s, path.Base(p.name)+"-") {
		if name = path.Join(cacheFolder, name); shards[name] == nil {
			_ = p.s.root.Remove(name)
		}
	}
	p.writeHead(now.Files[output.ManifestName], of)
}

// complete notes the states of the files of a page that was written.
func (p *pageLog) complete(r *pageRecord, now stamp.Survey) {
	if p.packs {
		for _, f := range slices.Clone(r.files) {
			if _, ok := now.Files[f+output.Packed]; ok {
				r.files = append(r.files, f+output.Packed)
			}
		}
	}
	r.ids = make([]stamp.ID, len(r.files))
	for i, f := range r.files {
		r.ids[i] = now.Files[f]
	}
}

// shrink writes the notes anew without those of use no more.
func (p *pageLog) shrink() bool {
	p.close()
	p.moved = true
	if len(p.is) == 0 {
		return p.s.root.Remove(notesPath(p.name)) == nil
	}
	f, err := p.s.root.FS().Open(notesPath(p.name))
	if err != nil {
		return false
	}
	p.old, p.oldEnd = f, p.size
	defer p.close()
	at := map[*pageRecord]int64{}
	size := int64(0)
	err = output.Replace(p.s.root, notesPath(p.name), false, func(w io.Writer) error {
		for _, name := range slices.Sorted(maps.Keys(p.is)) {
			r := p.is[name]
			if r.len == 0 {
				continue
			}
			note, ok := p.note(r)
			if !ok {
				return errors.New("a note is not as it was written")
			}
			if _, err := w.Write(note); err != nil {
				return err
			}
			at[r] = size
			size += int64(r.len)
		}
		return nil
	})
	for r, n := range at {
		r.at = n
	}
	return err == nil
}

// close lets go of the notes.
func (p *pageLog) close() {
	if p == nil {
		return
	}
	if p.old != nil {
		p.old.Close()
		p.old = nil
	}
	if p.notes != nil {
		p.notes.Close()
		p.notes = nil
	}
}
