package seed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/stable"
)

// An Entry is a seed found but not yet read.
type Entry struct {
	// Path is slash-separated, relative to the file system. That of an
	// article in a feed or a web archive is the file's, a "#", and a name for
	// the article.
	Path    string
	Format  Format
	Sidecar string // path of the sidecar; "" when there is none
	part    part   // of a collection; nil for a file
}

// Read lists the seeds under dir in fsys and loads each. The Files are in path
// order. For a site on disk, fsys is the FS of an os.Root, which no link leads
// out of.
func Read(fsys fs.FS, dir string, limits limit.Set) ([]*File, diag.List) {
	entries, diags := List(fsys, dir, limits)
	var files []*File
	for _, e := range entries {
		f, more := Load(fsys, e, limits)
		diags = append(diags, more...)
		if f != nil {
			files = append(files, f)
		}
	}
	diags.Sort()
	return files, diags
}

// List finds the seeds under dir in fsys, folders within folders included, in
// path order. Names that begin with a dot or end with "~" are passed over, and
// so is the folder of pictures that browsers save beside a page.
func List(fsys fs.FS, dir string, limits limit.Set) ([]Entry, diag.List) {
	w := walker{fsys: fsys, limits: limits}
	w.folder(path.Clean(dir), 0)
	stable.Sort(w.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	w.diags.Sort()
	return w.entries, w.diags
}

type walker struct {
	fsys    fs.FS
	limits  limit.Set
	entries []Entry
	diags   diag.List
}

func (w *walker) folder(dir string, depth int) {
	if int64(depth) > w.limits.Of(limit.FolderDepth) {
		e := w.limits.Passed(limit.FolderDepth)
		w.refuse(dir, "seed-depth", e.Message, e.Hint)
		return
	}
	list, err := fs.ReadDir(w.fsys, dir)
	if err != nil {
		w.refuse(dir, "seed-folder", "cannot list the folder: "+reason(err), folderHint(err))
		return
	}
	names := make(map[string]bool, len(list))
	for _, d := range list {
		names[d.Name()] = true
	}
	owners := make(map[string][]string) // seeds by their name without extension, and with it
	for name := range names {
		if _, ok := FormatOf(name); ok {
			stem := strings.TrimSuffix(name, path.Ext(name))
			owners[stem] = append(owners[stem], name)
			owners[name] = append(owners[name], name)
		}
	}
	sidecars := make(map[string]string) // seed's name → sidecar's
	for _, d := range list {
		name := d.Name()
		ext := path.Ext(name)
		if ext != ".yaml" && ext != ".yml" {
			continue
		}
		of := owners[strings.TrimSuffix(name, ext)]
		for _, owner := range of {
			if sidecars[owner] == "" || ext == ".yaml" {
				sidecars[owner] = name
			}
		}
		if len(of) == 0 && !strings.HasPrefix(name, ".") {
			w.warn(path.Join(dir, name), "seed-sidecar-alone", "no seed of this name stands beside it", "name the sidecar as its seed: x.yaml for x.txt")
		}
	}
	for _, d := range list {
		w.name(dir, d, names, sidecars, depth)
	}
}

// name takes one name of a folder.
func (w *walker) name(dir string, d fs.DirEntry, names map[string]bool, sidecars map[string]string, depth int) {
	name := d.Name()
	full := path.Join(dir, name)
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
		return
	}
	format, known := FormatOf(name)
	mode := d.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := fs.Stat(w.fsys, full)
		if err != nil {
			w.refuse(full, "seed-link", "the link leads nowhere or out of the site", "put the file itself in its place")
			return
		}
		mode = info.Mode().Type()
		if mode.IsDir() {
			// A linked folder is not entered: it could hold itself.
			w.refuse(full, "seed-link", "a link to a folder is not followed", "put the folder itself in its place")
			return
		}
	}
	switch {
	case mode.IsDir() && known:
		w.refuse(full, "seed-kind", "a folder stands where a file is due", "rename the folder, or put the file in its place")
	case mode.IsDir():
		if stem, ok := cutAny(name, "_files", "_Files", ".files"); ok && (names[stem+".html"] || names[stem+".htm"]) {
			return
		}
		w.folder(full, depth+1)
	case !mode.IsRegular() && known:
		w.refuse(full, "seed-kind", "not a regular file but a "+kind(mode), "put a file in its place")
	case !mode.IsRegular():
	case known && (format == Feed || format == WARC):
		w.collection(full, format)
	case known:
		e := Entry{Path: full, Format: format}
		if s := sidecars[name]; s != "" {
			e.Sidecar = path.Join(dir, s)
		}
		w.entries = append(w.entries, e)
	case path.Ext(name) != ".yaml" && path.Ext(name) != ".yml":
		w.warn(full, "seed-format", fmt.Sprintf("left out: readout reads no %s files", extension(name)), "seeds are .txt, .md, .html and the other kinds that docs/seeds.md lists")
	}
}

// A part is one article of a file that holds several.
type part interface {
	key() string
	empty() bool
	file(name string) *File
}

// collection takes the articles of a feed or a web archive.
func (w *walker) collection(name string, format Format) {
	raw, diags := load(w.fsys, name, w.limits, readerOf(format).size())
	w.diags = append(w.diags, diags...)
	if raw == nil {
		return
	}
	var parts []part
	what, one, many := "a feed", "entry of the feed has", "entries of the feed have"
	var err error
	if format == Feed {
		var items []feedItem
		items, err = readFeed(raw, w.limits)
		for i := range items {
			parts = append(parts, &items[i])
		}
	} else {
		what, one, many = "a web archive", "page of the archive has", "pages of the archive have"
		var pages []capture
		pages, err = readWARC(raw, w.limits)
		for i := range pages {
			parts = append(parts, &pages[i])
		}
	}
	switch {
	case err != nil:
		w.refuse(name, "seed-"+string(format), "cannot be read as "+what+": "+err.Error(), hintFor(err, "save it again, or the articles' pages"))
		return
	case len(parts) == 0:
		w.warn(name, "seed-empty", "no article is in it", "save the articles' pages")
	}
	seen := make(map[string]bool)
	empty := 0
	for _, p := range parts {
		if p.empty() {
			empty++
			continue
		}
		if key := p.key(); !seen[key] { // the same twice is one
			seen[key] = true
			w.entries = append(w.entries, Entry{Path: name + "#" + key, Format: format, part: p})
		}
	}
	if empty > 0 {
		w.warn(name, "seed-empty", count(empty, one, many)+" no text; left out", "save the articles' pages")
	}
}

// Find returns the Entry for the seed at a path as List gives it, with its
// sidecar, without listing the folder. It reports whether there is such a seed.
func Find(fsys fs.FS, name string, limits limit.Set) (Entry, bool) {
	file, part, inFeed := strings.Cut(name, "#")
	if _, err := fs.Stat(fsys, name); err == nil {
		file, inFeed = name, false
	}
	format, known := FormatOf(file)
	if info, err := fs.Stat(fsys, file); err != nil || !known || !info.Mode().IsRegular() {
		return Entry{}, false
	}
	if inFeed {
		w := walker{fsys: fsys, limits: limits}
		if format == Feed || format == WARC {
			w.collection(file, format)
		}
		for _, e := range w.entries {
			if e.Path == file+"#"+part {
				return e, true
			}
		}
		return Entry{}, false
	}
	e := Entry{Path: name, Format: format}
	stem := strings.TrimSuffix(name, path.Ext(name))
	for _, side := range []string{name + ".yaml", name + ".yml", stem + ".yaml", stem + ".yml"} { // in the order of a folder
		if info, err := fs.Stat(fsys, side); err == nil && info.Mode().IsRegular() && (e.Sidecar == "" || path.Ext(side) == ".yaml") {
			e.Sidecar = side
		}
	}
	return e, true
}

func (w *walker) refuse(file, id, message, hint string) {
	w.diags.Add(diag.Diagnostic{File: file, ID: id, Message: message, Hint: hint})
}

func (w *walker) warn(file, id, message, hint string) {
	w.diags.Add(diag.Diagnostic{File: file, ID: id, Severity: diag.Warning, Message: message, Hint: hint})
}

// Load reads and decodes one seed and its sidecar. It returns nil where a
// Diagnostic of severity Error says why the seed is left out.
func Load(fsys fs.FS, e Entry, limits limit.Set) (*File, diag.List) {
	if e.part != nil {
		f := e.part.file(e.Path)
		f.Limits = limits
		return f, nil
	}
	raw, diags := load(fsys, e.Path, limits, readerOf(e.Format).size())
	if raw == nil {
		return nil, diags
	}
	var side []byte
	var more diag.List
	if e.Sidecar != "" {
		side, more = load(fsys, e.Sidecar, limits, limit.SidecarSize)
	}
	f, diags := decodeStated(e.Path, e.Format, raw, statedCharset(side), limits)
	if f == nil {
		return f, diags
	}
	diags = append(diags, more...)
	if side != nil {
		f.Sidecar, f.SidecarPath = side, e.Sidecar
	}
	return f, diags
}

// statedCharset returns the value of the key charset in a sidecar.
func statedCharset(sidecar []byte) string {
	for line := range bytes.Lines(sidecar) {
		if value, ok := bytes.CutPrefix(line, []byte("charset:")); ok {
			return strings.Trim(string(value), " \t\r\n'\"")
		}
	}
	return ""
}

// load reads the regular file name, within the limit l on its size. It returns
// nil where it cannot, and an empty slice for an empty file.
func load(fsys fs.FS, name string, limits limit.Set, l *limit.Limit) ([]byte, diag.List) {
	refuse := func(id, message, hint string) ([]byte, diag.List) {
		return nil, diag.List{{File: name, ID: id, Message: message, Hint: hint}}
	}
	// A named pipe must not even be opened: that would wait for a writer.
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return refuse("seed-read", "cannot be read: "+reason(err), "")
	case info.IsDir():
		return refuse("seed-kind", "a folder stands where a file is due", "rename the folder, or put the file in its place")
	case !info.Mode().IsRegular():
		return refuse("seed-kind", "not a regular file but a "+kind(info.Mode().Type()), "put a file in its place")
	}
	most, tooLarge := limits.Of(l), limits.Passed(l)
	if info.Size() > most {
		return refuse("seed-size", tooLarge.Message, tooLarge.Hint)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return refuse("seed-read", "cannot be read: "+reason(err), "make the file readable")
	}
	defer file.Close()
	// The file may have grown since; the limit holds all the same.
	raw, err := io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return refuse("seed-read", "cannot be read: "+reason(err), "make the file readable")
	case int64(len(raw)) > most:
		return refuse("seed-size", tooLarge.Message, tooLarge.Hint)
	}
	return raw, nil
}

// reason words an error of the file system without its path, which the
// Diagnostic names already.
func reason(err error) string {
	var pe *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.As(err, &pe):
		return pe.Err.Error()
	}
	return err.Error()
}

func folderHint(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "make the folder and put articles into it"
	}
	return "let it be read, or take it away; the briefings of what is in it stay"
}

func kind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	}
	return "special file"
}

func cutAny(s string, suffixes ...string) (string, bool) {
	for _, suffix := range suffixes {
		if stem, ok := strings.CutSuffix(s, suffix); ok {
			return stem, true
		}
	}
	return s, false
}

func extension(name string) string {
	if ext := path.Ext(name); ext != "" && ext != name {
		return ext
	}
	return "nameless"
}

// hintFor returns what to do about err: how to raise a limit, if it is that, or
// else otherwise.
func hintFor(err error, otherwise string) string {
	if e := (*limit.Error)(nil); errors.As(err, &e) {
		return e.Hint
	}
	return otherwise
}
