package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"

	"readout/internal/output"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// detailsPath is where the details of the briefings lie: one behind the other, new
// ones at the end. Where in it those of a briefing are is in the files of the
// digests.
const detailsPath = cacheFolder + "/details"

// A detailsFile is a site.Store in a file of the cache. It is closed with the
// folder of the site, or by the next build when nobody has the site any more whose
// details it has: a program that shows one has it from one build to the next.
type detailsFile struct {
	s    *siteFolder
	name string // of a scratch file

	mu    sync.Mutex
	file  output.Handle
	bytes io.ReaderAt // the same file
	size  int64
}

// openDetails opens the details; nil where they cannot be kept in a file. Without
// digests nobody knows what is in it, and it begins anew.
func (s *siteFolder) openDetails(anew bool) *detailsFile {
	d := &detailsFile{s: s}
	if anew {
		if err := s.root.Remove(detailsPath); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if _, err := output.WriteFile(s.root, cacheFolder+"/.gitignore", []byte("*\n"), false); err != nil || !d.open(detailsPath) {
		return nil
	}
	s.details = d
	return d
}

// close closes the file; what was put in it can be read no more.
func (d *detailsFile) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.file != nil {
		d.file.Close()
	}
	d.bytes = nothing{}
}

func (d *detailsFile) open(name string) bool {
	f, err := d.s.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return false
	}
	at, ok := f.(io.ReaderAt)
	info, err := f.Stat()
	if !ok || err != nil || !info.Mode().IsRegular() {
		f.Close()
		return false
	}
	d.file, d.bytes, d.size = f, at, info.Size()
	return true
}

// openScratch opens an empty file of the cache; nil where that cannot be.
func (s *siteFolder) openScratch(name string) *detailsFile {
	d := &detailsFile{s: s, name: name}
	if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) || !d.open(name) {
		return nil
	}
	return d
}

// remove removes the file.
func (d *detailsFile) remove() {
	d.file.Close()
	_ = d.s.root.Remove(d.name)
}

// aside puts what it is given in a file of the cache, which is made when there is
// something to put in it and removed by the function.
func (s *siteFolder) aside(name string) (searchindex.Aside, func()) {
	var d *detailsFile
	return func(data []byte) (func() ([]byte, error), error) {
			if d == nil {
				if d = s.openScratch(name); d == nil {
					return nil, errors.New("no file can be made")
				}
			}
			p, err := d.Put(data)
			return func() ([]byte, error) { return d.Get(p, nil) }, err
		}, func() {
			if d != nil {
				d.remove()
			}
		}
}

// Put is that of site.Store.
func (d *detailsFile) Put(data []byte) (site.Place, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := site.PlaceOf(d.size, data)
	n, err := d.file.Write(data)
	d.size += int64(n)
	return p, err
}

// Get is that of site.Store.
func (d *detailsFile) Get(p site.Place, room []byte) ([]byte, error) {
	d.mu.Lock()
	at := d.bytes
	d.mu.Unlock()
	data := slices.Grow(room[:0], int(p.Len))[:p.Len]
	if _, err := at.ReadAt(data, p.At); err != nil {
		return nil, err
	}
	return data, p.Check(data)
}

// Has is that of site.Store.
func (d *detailsFile) Has(p site.Place) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return p.At >= 0 && p.At+int64(p.Len) <= d.size
}

// shrink writes the details anew without those that are of use no more, where
// these are more than half of all, and reports whether it did. The digests must be
// written after it: those that lie there do not fit what it leaves.
func (d *detailsFile) shrink(g *site.Gatherer, files []string) bool {
	var live int64
	for _, f := range files {
		for _, p := range g.Places(f) {
			live += int64(p.Len)
		}
	}
	if d.size <= 2*live+1<<20 {
		return false
	}
	temp := detailsPath + "-new"
	if err := d.s.root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	packed := &detailsFile{s: d.s}
	if !packed.open(temp) {
		return false
	}
	places := make([][2]site.Place, len(files))
	for i, f := range files {
		for k, p := range g.Places(f) {
			data, err := d.Get(p, nil)
			if err == nil {
				places[i][k], err = packed.Put(data)
			}
			if err != nil {
				packed.file.Close()
				return false
			}
		}
	}
	for _, name := range cacheFiles(d.s, digestFiles) {
		if err := d.s.root.Remove(path.Join(cacheFolder, name)); err != nil {
			packed.file.Close()
			return false
		}
	}
	err := errors.Join(d.file.Close(), packed.file.Close(), d.s.root.Rename(temp, detailsPath))
	at := temp
	if err == nil {
		at = detailsPath
	}
	if !d.open(at) {
		d.bytes = nothing{}
	}
	for i, f := range files {
		g.Move(f, places[i])
	}
	return true
}

// nothing is a file that cannot be read.
type nothing struct{}

func (nothing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }
