package cli

import (
	"bufio"
	"bytes"
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

	"readout/internal/numbered"
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
	list   stamp.ID       // state of the list of the output folder, as the head has it
	had    map[string]int // of each file of records: how many are in it
	now    stamp.Survey   // the output folder before the build, and then as it was left
	told   bool           // it is as now says
	few    bool           // few files were written
	lists  []string       // files that are to be looked at in the end
	old    fs.File        // the notes of earlier runs; nil where there are none

	paths *numbered.Strings // of pages and of files in the output folder: the writer's
	was   pageRows          // what was known before this build

	mu     sync.Mutex
	is     []pageRow     // of this build
	files  []int32       // the numbers of their files, for those that are new
	notes  output.Handle // where new notes go; nil before there is one
	behind *bufio.Writer
	size   int64 // of the notes, with those this build writes
	live   int64 // of those that were of use after the last build of the whole site
	oldEnd int64 // of the notes that old can read; set before the pages are made
	moved  bool  // the notes lie elsewhere than the files of records say
	err    error
}

// A pageRecord is what is noted of one page.
type pageRecord struct {
	keys  render.Keys
	files []string
	ids   []stamp.ID // of the files, as they were written
	note  noteAt
}

// A noteAt is where the note of a page is.
type noteAt struct {
	at  int64
	len int
	sum uint32
}

// A pageRow is a pageRecord as many are held, without pointers.
type pageRow struct {
	keys render.Keys
	page int32 // the number of its path
	// files and count are where the numbers of its files stand: in pageLog.files where
	// fresh, and else in pageLog.was.
	files, count int32
	fresh        bool // the files were written by this build
	changed      bool // they were not, and yet the record is another
	note         noteAt
}

// pageRows are the records of many pages.
type pageRows struct {
	rows  []pageRow
	of    []int32    // of each page by the number of its path: which of rows, from 1; 0 for none
	files []int32    // the numbers of their files
	ids   []stamp.ID // of each of these
}

// find returns what is known of the page with that number; nil for nothing.
func (p *pageRows) find(page int) *pageRow {
	if page < 0 || page >= len(p.of) || p.of[page] == 0 {
		return nil
	}
	return &p.rows[p.of[page]-1]
}

// add takes a record.
func (p *pageRows) add(page string, r *pageRecord, paths *numbered.Strings) {
	n := paths.Number(page)
	if n >= len(p.of) {
		p.of = append(p.of, make([]int32, n+1-len(p.of))...)
	}
	p.rows = append(p.rows, pageRow{keys: r.keys, page: int32(n), files: int32(len(p.files)), count: int32(len(r.files)), note: r.note})
	p.of[n] = int32(len(p.rows))
	for i, f := range r.files {
		p.files, p.ids = append(p.files, int32(paths.Number(f))), append(p.ids, r.ids[i])
	}
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
		return "packed pages 4 " + engine()
	}
	return "pages 4 " + engine()
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
	p := &pageLog{s: s, name: pagesPath(out), writer: w, paths: w.Paths(), packs: a.compress, had: map[string]int{}}
	if p.now, p.told = outputState(out, p.paths); p.told {
		p.read()
	}
	if p.list == (stamp.ID{}) {
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
	of, p.live = int(r.Uint()), int64(r.Uint())
	p.list, p.frame = list, r.Bytes()
	return of, r.Whole() && of > 0 && of <= mostPageFiles
}

func (p *pageLog) writeHead(list stamp.ID, of int) {
	var w packed.Writer
	w.Raw(list[:])
	w.Uint(uint64(of))
	w.Uint(uint64(p.live))
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
	of, ok := p.readHead(p.now.Files.ID(output.ManifestName))
	if !ok {
		p.list = stamp.ID{}
		return
	}
	parallel(of, func(i int) {
		name := fmt.Sprintf("%s-%d-%d", p.name, of, i)
		part := p.readRecords(name)
		if part == nil {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.had[name] = len(part)
		for page, r := range part {
			p.was.add(page, r, p.paths)
		}
	})
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
		for _, k := range []*render.Key{&rec.keys.Key, &rec.keys.Ground} {
			copy(k[:], r.Raw(len(k)))
		}
		rec.note = noteAt{int64(r.Uint()), int(r.Uint()), uint32(r.Uint())}
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
		w.Raw(r.keys.Key[:])
		w.Raw(r.keys.Ground[:])
		w.Uint(uint64(r.note.at))
		w.Uint(uint64(r.note.len))
		w.Uint(uint64(r.note.sum))
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
func (p *pageLog) Same(page string, keys render.Keys) bool {
	r := p.was.find(p.paths.Find(page))
	return r != nil && r.keys.Key == keys.Key && p.again(r, keys)
}

// Grounded is that of render.Past.
func (p *pageLog) Grounded(page string, ground render.Key) bool {
	r := p.was.find(p.paths.Find(page))
	return r != nil && ground != render.Key{} && r.keys.Ground == ground && p.again(r, r.keys)
}

// again counts a page as written again, where its files lie as they were written.
func (p *pageLog) again(r *pageRow, keys render.Keys) bool {
	if !p.untouched(r) || !p.writer.Keep(p.was.files[r.files:r.files+r.count]) {
		return false
	}
	is := *r
	is.keys, is.changed = keys, is.keys != keys
	p.mu.Lock()
	defer p.mu.Unlock()
	p.is = append(p.is, is)
	return true
}

// untouched reports whether the files of a page lie as they were written.
func (p *pageLog) untouched(r *pageRow) bool {
	for i, n := range p.was.files[r.files : r.files+r.count] {
		if id := p.was.ids[int(r.files)+i]; id == (stamp.ID{}) || id != p.now.Files.Numbered(int(n)) {
			return false
		}
	}
	return true
}

// Note is that of render.Past.
func (p *pageLog) Note(page string) []byte {
	if r := p.was.find(p.paths.Find(page)); r != nil && r.note.len > 0 {
		if note, ok := p.note(r.note); ok {
			return note
		}
	}
	return nil
}

// Untouched is that of render.Past.
func (p *pageLog) Untouched(page string) bool {
	r := p.was.find(p.paths.Find(page))
	return r != nil && p.untouched(r)
}

// Keep is that of render.Past.
func (p *pageLog) Keep(page string, files []string) bool {
	r := p.was.find(p.paths.Find(page))
	if r == nil || !p.untouched(r) {
		return false
	}
	keep := make(map[int32]bool, 2*len(files))
	for _, f := range files {
		keep[int32(p.paths.Find(f))] = true
		if p.packs {
			keep[int32(p.paths.Find(f+output.Packed))] = true
		}
	}
	var list []int32
	for _, n := range p.was.files[r.files : r.files+r.count] {
		if keep[n] {
			list = append(list, n)
		}
	}
	return len(list) >= len(files) && p.writer.Keep(list)
}

// File is that of render.Past.
func (p *pageLog) File(name string) ([]byte, error) { return p.writer.Read(name) }

// Base is that of render.Past.
func (p *pageLog) Base(file string) []byte {
	id := p.s.saw.content.Files.ID(basePath(file))
	return id[:]
}

// note reads the note of a page.
func (p *pageLog) note(r noteAt) ([]byte, bool) {
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
func (p *pageLog) Made(page string, keys render.Keys, files []string, note []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.is = append(p.is, pageRow{
		keys: keys, page: int32(p.paths.Number(page)), files: int32(len(p.files)), count: int32(len(files)), fresh: true, note: p.noteOf(note),
	})
	for _, f := range files {
		p.files = append(p.files, int32(p.paths.Number(f)))
	}
}

// noteOf writes the note of a page behind the others.
func (p *pageLog) noteOf(note []byte) (r noteAt) {
	if len(note) == 0 || p.err != nil {
		return r
	}
	if p.notes == nil {
		if p.notes, p.err = p.s.root.OpenFile(notesPath(p.name), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666); p.err != nil {
			return r
		}
		p.behind = bufio.NewWriterSize(p.notes, 1<<16)
	}
	r = noteAt{p.size, len(note), crc32.ChecksumIEEE(note)}
	p.size += int64(len(note))
	_, p.err = p.behind.Write(note)
	return r
}

// flush ends the writing of notes, and reports whether all was written.
func (p *pageLog) flush() bool {
	if p.notes != nil {
		p.err = errors.Join(p.err, p.behind.Flush(), p.notes.Close())
		p.notes = nil
	}
	return p.err == nil
}

// left makes now the state of the output folder after the build. Where few files were
// written, the others are not looked at again: what somebody has done to them since the
// build began is no part of what it left. Of the writer's own lists, which it has just
// written, ended tells.
func (p *pageLog) left(out string) {
	names, lists, ok := p.writer.Touched()
	if p.few = ok && p.told && 4*len(names) < p.now.Files.Len(); p.few {
		p.told = p.look(out, names)
		p.lists = lists
	} else {
		p.now, p.told = outputState(out, p.paths)
	}
}

// ended ends what left begins.
func (p *pageLog) ended(out string) {
	if p.few && p.told {
		p.told = p.look(out, p.lists)
	}
}

func (p *pageLog) look(out string, names []string) bool {
	r, err := os.OpenRoot(out)
	if err != nil {
		return false
	}
	defer r.Close()
	return p.now.After(r.FS(), names)
}

// keep writes down what is known of the pages after the build, and returns the state in
// which it leaves the output folder. What cannot be kept is made again.
func (p *pageLog) keep(out string) (left stamp.Survey, told bool) {
	if p == nil {
		return left, false
	}
	p.left(out)
	if !p.flush() || !p.told {
		_ = p.s.root.Remove(p.name)
		p.ended(out)
		return p.now, p.told
	}
	p.live = 0
	for i := range p.is {
		p.live += int64(p.is[i].note.len)
	}
	if p.size > 2*p.live && !p.shrink() {
		_ = p.s.root.Remove(p.name)
		p.ended(out)
		return p.now, p.told
	}
	of := 1
	for of < mostPageFiles && of*pagesAFile < len(p.is) {
		of *= 2
	}
	shards := map[string][]int32{} // which of p.is
	fresh := map[string]bool{}
	for i := range p.is {
		r := &p.is[i]
		k := p.recordsPath(p.paths.String(int(r.page)), of)
		shards[k] = append(shards[k], int32(i))
		fresh[k] = fresh[k] || r.fresh || r.changed
	}
	for k, rows := range shards {
		if !fresh[k] && !p.moved && p.had[k] == len(rows) {
			continue
		}
		records := make(map[string]*pageRecord, len(rows))
		for _, i := range rows {
			records[p.paths.String(int(p.is[i].page))] = p.record(&p.is[i], p.now)
		}
		p.writeRecords(k, slices.Sorted(maps.Keys(records)), records)
	}
	for _, name := range cacheFiles(p.s, path.Base(p.name)+"-") {
		if name = path.Join(cacheFolder, name); shards[name] == nil {
			_ = p.s.root.Remove(name)
		}
	}
	p.ended(out)
	if p.told {
		p.writeHead(p.now.Files.ID(output.ManifestName), of)
	}
	return p.now, p.told
}

// record returns the record of a page of this build, in which the files that were
// written are in the states that they have now.
func (p *pageLog) record(row *pageRow, now stamp.Survey) *pageRecord {
	r := &pageRecord{keys: row.keys, note: row.note}
	files := p.was.files
	if row.fresh {
		files = p.files
	}
	for _, n := range files[row.files : row.files+row.count] {
		r.files = append(r.files, p.paths.String(int(n)))
	}
	if !row.fresh {
		r.ids = p.was.ids[row.files : row.files+row.count]
		return r
	}
	if p.packs {
		for _, f := range slices.Clone(r.files) {
			if now.Files.ID(f+output.Packed) != (stamp.ID{}) {
				r.files = append(r.files, f+output.Packed)
			}
		}
	}
	for _, f := range r.files {
		r.ids = append(r.ids, now.Files.ID(f))
	}
	return r
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
	order := make([]int, len(p.is))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return bytes.Compare(p.paths.Bytes(int(p.is[a].page)), p.paths.Bytes(int(p.is[b].page)))
	})
	at := make([]int64, len(p.is)) // of the notes, in the new file
	size := int64(0)
	err = output.Replace(p.s.root, notesPath(p.name), false, func(w io.Writer) error {
		for _, i := range order {
			r := p.is[i].note
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
			at[i] = size
			size += int64(r.len)
		}
		return nil
	})
	for i, n := range at {
		p.is[i].note.at = n
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
