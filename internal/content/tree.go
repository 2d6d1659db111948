package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/limit"
	"readout/internal/plainfile"
)

// A Tree is all that stands in content/.
type Tree struct {
	Index Index // its zero value where there is no content/index.md
	// Settings says whether Index is what the editor set.
	Settings  Settings
	Briefings []*File
	Stories   []*Story
	Entities  []*Entity // people, organizations, places, events, each by slug
	Pages     []*Page

	reader Reader
}

// Settings says what became of content/index.md.
type Settings int

// What may become of it.
const (
	NoSettings     Settings = iota // there is no such file: the defaults hold
	SettingsRead                   // they are in Tree.Index
	SettingsBroken                 // there is one, and it cannot be read: nothing may be published by guess
)

// IndexPath is where the settings of a site stand.
const IndexPath = root + "/index.md"

// Paths returns the content files of a site, sorted: all files ending in ".md"
// in the folders that readout knows. Files and folders that begin with "." or
// "_" are left out. A file that has no place in content/ is a Diagnostic.
func Paths(site fs.FS) ([]string, diag.List) {
	var diags diag.List
	var paths []string
	visit := func(folder string) {
		entries, err := fs.ReadDir(site, folder)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			diags.Add(diag.Diagnostic{File: folder, ID: Unlisted, Message: "cannot read: " + readError(err)})
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			switch {
			case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "_"):
			case e.IsDir() && strings.HasSuffix(e.Name(), ".md"):
				paths = append(paths, name) // which says that it is no file
			case e.IsDir():
				if folder != root || !slices.Contains(folders, e.Name()) {
					diags.Add(diag.Diagnostic{
						File: name, ID: "content-place", Severity: diag.Warning, Message: "folder that readout does not read",
						Hint: "the folders of content/ are " + strings.Join(folders, ", "),
					})
				}
			case strings.HasSuffix(e.Name(), ".md"):
				paths = append(paths, name)
			default:
				diags.Add(diag.Diagnostic{
					File: name, ID: "content-place", Severity: diag.Warning, Message: "file that readout does not read",
					Hint: "content files end in .md",
				})
			}
		}
	}
	visit(root)
	for _, f := range folders {
		visit(path.Join(root, f))
	}
	slices.Sort(paths)
	return paths, diags
}

// Unlisted is the ID of the Diagnostic about a folder of which it is not known
// what is in it. What stands there is then not to be taken for gone.
const Unlisted = "content-list"

const root = "content"

var folders = []string{"briefings", "stories", "people", "organizations", "places", "events"}

// A Reader reads content files within limits; the zero value has the defaults,
// which the functions of the same names go by.
type Reader struct{ Limits limit.Set }

// Read reads all content files of a site, whose folder is site. A file with an
// error is reported and left out; the others are read.
func Read(site fs.FS) (*Tree, diag.List) { return Reader{}.Read(site) }

// Read is Read with the limits of r.
func (r Reader) Read(site fs.FS) (*Tree, diag.List) {
	return r.tree(site, nil, func(f *File, _ []byte, _ diag.List) *File { return f })
}

// Known tells of a briefing that was read before what came of it: its front
// matter (the File has no more) and what was wrong. It is asked by the path of
// the file first, with src nil, and where it does not know, again with the bytes
// of the file.
type Known func(file string, src []byte) (*File, diag.List, bool)

// ReadEach reads as Read does, and hands each briefing and the bytes of its file
// to take, from several goroutines at once and in any order. Of a briefing the
// Tree then has what take returns, which may be nil, so that memory does not grow
// with the texts. take is told what is amiss in the file, too. Those that are known
// are not read, or at least not parsed, and not handed to take; known may be nil.
func (r Reader) ReadEach(site fs.FS, known Known, take func(f *File, src []byte, diags diag.List) *File) (*Tree, diag.List) {
	return r.tree(site, known, take)
}

func (r Reader) tree(site fs.FS, known Known, take func(*File, []byte, diag.List) *File) (*Tree, diag.List) {
	t := &Tree{reader: r}
	paths, diags := Paths(site)
	var mu sync.Mutex // guards t and diags
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(len(paths), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(paths); i = int(next.Add(1)) - 1 {
				p := paths[i]
				have := func(src []byte) bool {
					if known == nil || path.Dir(p) != root+"/briefings" {
						return false
					}
					f, ds, ok := known(p, src)
					if ok {
						mu.Lock()
						defer mu.Unlock()
						diags = append(diags, ds...)
						t.Briefings = append(t.Briefings, f)
					}
					return ok
				}
				if have(nil) {
					continue
				}
				src, err := plainfile.Read(site, p)
				if err != nil {
					mu.Lock()
					diags.Add(diag.Diagnostic{File: p, ID: "content-read", Message: "cannot read: " + readError(err)})
					if p == IndexPath {
						t.Settings = SettingsBroken
					}
					mu.Unlock()
					continue
				}
				if have(src) {
					continue
				}
				if path.Dir(p) == root+"/briefings" {
					f, ds := r.ParseBriefing(p, src)
					if ds.Errors() == 0 {
						f = take(f, src, ds)
					}
					mu.Lock()
					diags = append(diags, ds...)
					if ds.Errors() == 0 && f != nil {
						t.Briefings = append(t.Briefings, f)
					}
					mu.Unlock()
					continue
				}
				mu.Lock()
				diags = append(diags, t.Add(p, src)...)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for _, s := range t.Stories {
		diags = append(diags, s.readBase(site, r)...)
	}
	t.sort()
	diags.Sort()
	return t, diags
}

// ReadStories reads the stories of a site anew, after some were written. It
// returns what is wrong in content/ now, diags being what was before.
func (t *Tree) ReadStories(site fs.FS, diags diag.List) diag.List {
	t.Stories = nil
	diags = slices.DeleteFunc(slices.Clone(diags), func(d diag.Diagnostic) bool { return path.Dir(d.File) == root+"/stories" })
	paths, places := Paths(site)
	for _, d := range places {
		if path.Dir(d.File) == root+"/stories" {
			diags.Add(d)
		}
	}
	for _, p := range paths {
		if path.Dir(p) != root+"/stories" {
			continue
		}
		src, err := plainfile.Read(site, p)
		if err != nil {
			diags.Add(diag.Diagnostic{File: p, ID: "content-read", Message: "cannot read: " + readError(err)})
			continue
		}
		diags = append(diags, t.Add(p, src)...)
	}
	for _, s := range t.Stories {
		diags = append(diags, s.readBase(site, t.reader)...)
	}
	t.sort()
	diags.Sort()
	return diags
}

// StoryBase returns where the story of that slug is kept as readout last wrote
// it.
func StoryBase(slug string) string { return root + "/.base/stories/" + slug + ".md" }

// readBase finds out which of a story's members readout wrote, and whether its
// file was changed since. A base that cannot be read is an error: what is in the
// story would be taken for an editor's.
func (s *Story) readBase(site fs.FS, r Reader) diag.List {
	name := StoryBase(s.Slug)
	base, err := plainfile.Read(site, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var have []byte
	if err == nil {
		if was, _ := r.ParseStory(s.Path, base); was != nil {
			s.Generated, s.GeneratedKind = append([]string{}, was.Members...), was.Kind
		}
		name = s.Path
		have, err = plainfile.Read(site, name)
	}
	if err != nil {
		return diag.List{{File: name, ID: "content-read", Message: "cannot read: " + readError(err)}}
	}
	s.Edited = !bytes.Equal(have, base)
	return nil
}

func readError(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

// onlyOfText reports whether all errors of a file are in its text, so that what its
// front matter says is known.
func onlyOfText(ds diag.List) bool {
	for _, d := range ds {
		if d.Severity == diag.Error && d.ID != htmlID {
			return false
		}
	}
	return true
}

// Add reads the content file at the given path and adds it to t, unless there is
// an error in it.
func (t *Tree) Add(file string, src []byte) diag.List {
	folder := path.Dir(file)
	var diags diag.List
	ok := func(ds diag.List) bool {
		diags = ds
		return ds.Errors() == 0
	}
	switch {
	case file == IndexPath:
		t.Settings = SettingsBroken
		if x, ds := t.reader.ParseIndex(file, src); ok(ds) || onlyOfText(ds) {
			t.Index, t.Settings = *x, SettingsRead
		}
	case folder == root:
		if x, ds := t.reader.ParsePage(file, src); ok(ds) {
			t.Pages = append(t.Pages, x)
		}
	case folder == root+"/briefings":
		if x, ds := t.reader.ParseBriefing(file, src); ok(ds) {
			t.Briefings = append(t.Briefings, x)
		}
	case folder == root+"/stories":
		if x, ds := t.reader.ParseStory(file, src); ok(ds) {
			t.Stories = append(t.Stories, x)
		}
	default:
		for _, kind := range kinds {
			if folder == root+"/"+Folders[kind] {
				if x, ds := t.reader.ParseEntity(kind, file, src); ok(ds) {
					t.Entities = append(t.Entities, x)
				}
				return diags
			}
		}
		diags.Add(diag.Diagnostic{File: file, ID: "content-place", Message: fmt.Sprintf("%s is no folder of content files", folder)})
	}
	return diags
}

var kinds = []dialect.Class{dialect.Person, dialect.Organization, dialect.Place, dialect.Event}

// sort puts t in the order of paths, whatever order it was read in.
func (t *Tree) sort() {
	slices.SortFunc(t.Briefings, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(t.Stories, func(a, b *Story) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(t.Pages, func(a, b *Page) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(t.Entities, func(a, b *Entity) int {
		if d := slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind); d != 0 {
			return d
		}
		return strings.Compare(a.Path, b.Path)
	})
}
