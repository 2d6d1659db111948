// Package verify proves the promises of readout on a site as it stands on the
// disk: seeds, content files and pages. It shares no code with the packages
// that wrote them: it reads the content format, the pages and the manifest in
// its own way, and imports none of dialect, briefing, content, site and render.
// A test holds it to that.
//
// Its central type is Report. What a promise is broken by is a Diagnostic with
// the file, line and column of the place.
package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"readout/internal/article"
	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/plainfile"
	"readout/internal/seed"
)

// A Promise is one of the seven that readout makes.
type Promise int

// The promises.
const (
	Verbatim      Promise = 1 + iota // the annotated text is the article's, byte for byte
	NotInvented                      // nothing stands there without a basis
	Placed                           // every claim leads to its paragraph
	NothingLost                      // what was set aside is shown, with its reason
	Deterministic                    // the pages are what the content says, byte for byte
	NoNetwork                        // a page asks for nothing beyond its folder
	SeedIsData                       // nothing in an article runs
)

// Promises lists them all, in order.
var Promises = []Promise{Verbatim, NotInvented, Placed, NothingLost, Deterministic, NoNetwork, SeedIsData}

var promiseNames = [...]string{
	Verbatim: "verbatim", NotInvented: "nothing invented", Placed: "every claim has its place", NothingLost: "nothing lost",
	Deterministic: "same in, same out", NoNetwork: "no network", SeedIsData: "a seed is data",
}

func (p Promise) String() string { return promiseNames[p] }

// ID is the ID of the Diagnostics about p.
func (p Promise) ID() string { return fmt.Sprintf("promise-%d", p) }

// A Report is what was proved of a site and what was not.
type Report struct {
	Findings diag.List
	// Unchecked says what could not be checked, and why.
	Unchecked []string

	Briefings, Compared, Blocks, Pages, Links, Claims, Files int
	Bytes                                                    int // of annotated text compared
}

// Broken returns the number of findings against p.
func (r *Report) Broken(p Promise) int {
	n := 0
	for _, d := range r.Findings {
		if d.ID == p.ID() {
			n++
		}
	}
	return n
}

// maxFindings bounds the findings of one file: one that is wholly different
// need not be told line by line.
const maxFindings = 20

// An Input is the site to be looked at.
type Input struct {
	Site       fs.FS  // the site's folder
	Output     fs.FS  // the output folder; nil where there is none
	OutputName string // its name for messages
	Limits     limit.Set
	// Step is called after each file, if it is not nil.
	Step func()
}

// A contentFile is one briefing as its content file has it.
type contentFile struct {
	path   string
	source string
	meta   struct {
		Title   string `yaml:"title"`
		Dek     string `yaml:"dek"`
		Slug    string `yaml:"slug"`
		Date    string `yaml:"date"`
		Basis   string `yaml:"date_basis"`
		Article struct {
			Path   string `yaml:"path"`
			SHA256 string `yaml:"sha256"`
		} `yaml:"article"`
	}
	points []point
	text   *annotatedText
	start  int // offset of the annotated text
	// passages are what may quote: the title, the dek, the key points and the
	// editor's sections.
	passages []passage
	metadata string // what the seed says of itself, folded; for titles and deks
}

// A point is a link from the key points to a block.
type point struct {
	target string
	at     int
}

type verifier struct {
	Input
	*Report
	files []*contentFile
	// own are the files of the output that are on the list of what readout wrote;
	// nil where there is no such list.
	own   map[string]bool
	perFl map[string]int
	// lost are the files that links lead to and that are not there, by name.
	lost map[string]*lostFile
	// setting is how much of the articles is published; "" until it is asked for
	setting string
	// lenient lets pass a briefing whose seed is another by now.
	lenient bool
}

// Texts holds the annotated texts of the briefings that look accepts, by the
// path of their file, against their articles, and nothing else. A briefing whose
// seed has changed or is not there is passed over, and so is a file that cannot
// be read.
func Texts(in Input, look func(name string) bool) diag.List {
	names, _ := fs.Glob(in.Site, "content/briefings/*.md") // the pattern is well formed
	lists := make([]diag.List, len(names))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(len(names), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				if look(names[i]) {
					lists[i] = Text(in, names[i])
				}
			}
		})
	}
	group.Wait()
	found := slices.Concat(lists...)
	found.Sort()
	return found
}

// Text is Texts of one briefing: its text, what its title, its dek and its key
// points quote of it, and where key points in its words lead to.
func Text(in Input, name string) diag.List {
	v := &verifier{Input: in, Report: &Report{}, perFl: map[string]int{}, lenient: true}
	f := v.readContent(name)
	v.Findings = nil
	if f != nil && v.compare(f) {
		v.ownWords(f)
		v.pointsPlaced(f)
	}
	v.Findings.Sort()
	return v.Findings
}

// Run looks at a site.
func Run(in Input) *Report {
	v := &verifier{Input: in, Report: &Report{}, perFl: map[string]int{}}
	if v.Step == nil {
		v.Step = func() {}
	}
	v.contents()
	v.claimed()
	v.outputs()
	v.Findings.Sort()
	return v.Report
}

func (v *verifier) found(p Promise, file, source string, at int, what, hint string) {
	if v.perFl[file]++; v.perFl[file] > maxFindings {
		return
	}
	d := diag.Diagnostic{File: file, ID: p.ID(), Message: what, Hint: hint}
	if at >= 0 {
		d.Line, d.Column = diag.Position(source, at)
	}
	if v.perFl[file] == maxFindings {
		d.Message += " (there is more in this file)"
	}
	v.Findings.Add(d)
}

// contents looks at every briefing in content/.
func (v *verifier) contents() {
	const dir = "content/briefings"
	seeds := true
	switch _, err := fs.ReadDir(v.Site, "seeds"); {
	case errors.Is(err, fs.ErrNotExist):
		seeds = false
	case err != nil:
		v.found(Verbatim, "seeds", "", -1, "cannot be listed: "+err.Error(), "see to it that you may read the folder")
	}
	missing := 0
	err := fs.WalkDir(v.Site, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".md" || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		defer v.Step()
		v.Briefings++
		f := v.readContent(name)
		if f == nil {
			return nil
		}
		v.files = append(v.files, f)
		v.checkContent(f)
		if !v.compare(f) {
			missing++
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.Unchecked = append(v.Unchecked, "there are no briefings in "+dir)
	case err != nil:
		v.found(Verbatim, dir, "", -1, "cannot be read: "+err.Error(), "")
	}
	switch {
	case missing > 0 && !seeds:
		v.Unchecked = append(v.Unchecked, "whether the briefings say what the articles say: there is no folder seeds")
	case missing > 0:
		v.Unchecked = append(v.Unchecked, fmt.Sprintf("whether %d of %d briefings say what their article says: it is not in seeds", missing, v.Briefings))
	}
}

// readContent reads a content file, or returns nil where it has no annotated
// text.
func (v *verifier) readContent(name string) *contentFile {
	data, err := plainfile.Read(v.Site, name)
	if err != nil {
		v.found(Verbatim, name, "", -1, "cannot be read: "+err.Error(), "")
		return nil
	}
	f := &contentFile{path: name, source: string(data)}
	if !utf8.Valid(data) {
		v.found(Verbatim, name, "", -1, "is not UTF-8", "save the file as UTF-8")
		return nil
	}
	front, body := 0, 0
	if s := strings.TrimPrefix(f.source, "\ufeff"); strings.HasPrefix(s, "---\n") || strings.HasPrefix(s, "---\r\n") {
		front = len(f.source) - len(s) + strings.IndexByte(s, '\n') + 1
		for at := front; at < len(f.source); {
			line, _, _ := strings.Cut(f.source[at:], "\n")
			if strings.TrimRight(line, "\r") == "---" {
				body = at + len(line)
				break
			}
			at += len(line) + 1
		}
	}
	if body == 0 {
		v.found(Verbatim, name, f.source, 0, "has no front matter", "it begins with a line --- and ends with one")
		return nil
	}
	fence := strings.LastIndexByte(f.source[:body], '\n') + 1
	if err := yaml.Unmarshal([]byte(f.source[front:fence]), &f.meta); err != nil {
		v.found(Verbatim, name, f.source, front, "the front matter cannot be read: "+err.Error(), "")
		return nil
	}
	if v.lenient && !v.here(f.meta.Article.Path) {
		return nil // there is nothing to hold it against
	}
	f.sections(body)
	if f.text == nil {
		v.found(Verbatim, name, f.source, body, `has no section "Annotated text"`, "put the line ## Annotated text above the article")
		return nil
	}
	return f
}

// here reports whether there is a file of that name, or one that may have an
// article of that name in it.
func (v *verifier) here(name string) bool {
	collection, _, _ := strings.Cut(name, "#")
	for _, name := range []string{name, collection} {
		if _, err := fs.Stat(v.Site, name); err == nil {
			return true
		}
	}
	return false
}

// sections finds the key points and the annotated text.
func (f *contentFile) sections(body int) {
	type section struct {
		title      string
		start, end int
	}
	var list []section
	for at := body; at < len(f.source); {
		line, _, _ := strings.Cut(f.source[at:], "\n")
		if strings.HasPrefix(line, "## ") {
			if len(list) > 0 {
				list[len(list)-1].end = at
			}
			list = append(list, section{strings.TrimSpace(line[3:]), min(at+len(line)+1, len(f.source)), len(f.source)})
		}
		at += len(line) + 1
	}
	f.heads()
	for _, s := range list {
		switch s.title {
		case "Annotated text":
		case "Key points":
			f.passages = append(f.passages, passagesOf(f.source, s.start, s.end, "key point", true)...)
		default:
			f.passages = append(f.passages, passagesOf(f.source, s.start, s.end, "section", false)...)
		}
		switch {
		case s.title == "Annotated text" && f.text == nil:
			f.start = s.start
			f.text = readText(f.source, s.start, s.end)
		case s.title == "Key points" && f.points == nil:
			for at := s.start; at < s.end; {
				i := strings.Index(f.source[at:s.end], "](#")
				if i < 0 {
					break
				}
				at += i + len("](#")
				if j := strings.IndexByte(f.source[at:s.end], ')'); j >= 0 {
					f.points = append(f.points, point{f.source[at : at+j], at})
				}
			}
		}
	}
}

// heads takes the title and the dek for passages.
func (f *contentFile) heads() {
	for _, h := range [...][2]string{{"title", f.meta.Title}, {"dek", f.meta.Dek}} {
		at := max(0, strings.Index(f.source, "\n"+h[0]+":")+1)
		f.passages = append(f.passages, passage{text: h[1], at: slices.Repeat([]int{at}, len(h[1])), where: h[0], own: true})
	}
}

// squeezed returns the whole text, each run of white space one space.
func (f *contentFile) squeezed() string {
	var all strings.Builder
	for _, b := range f.text.blocks {
		all.WriteString(squeeze(b.text))
		all.WriteByte(' ')
	}
	return all.String()
}

// checkContent looks at what a content file says by itself.
func (v *verifier) checkContent(f *contentFile) {
	for _, w := range f.text.flaws {
		v.found(Verbatim, f.path, f.source, w.at, w.what, w.hint)
	}
	for _, r := range f.text.refs {
		if _, ok := f.text.ids[r.id]; !ok {
			v.found(Placed, f.path, f.source, r.at, fmt.Sprintf("refers to #%s, which is not in this file", r.id), "give a source that id, or take the reference away")
		}
	}
	blocks := map[string]bool{}
	for _, b := range f.text.blocks {
		blocks[b.id] = true
		if b.role == "set-aside" && b.reason == "" {
			v.found(NothingLost, f.path, f.source, int(b.at[0]), "text is set aside without a reason", `write it as ::: {.set-aside reason="…"}`)
		}
	}
	if len(f.text.worded) > 0 {
		all := f.squeezed()
		for _, w := range f.text.worded {
			if !strings.Contains(all, squeeze(w.value)) {
				v.found(Verbatim, f.path, f.source, w.at, fmt.Sprintf("the %s %s does not stand in the article", w.key, quoted(w.value, 0)), "word it as the article does")
			}
		}
	}
	for _, p := range f.points {
		v.Claims++
		if !blocks[p.target] {
			v.found(Placed, f.path, f.source, p.at, fmt.Sprintf("this key point leads to #%s, which is no paragraph of the text", p.target), "the paragraphs are #p1, #p2 …")
		}
	}
	v.pointsPlaced(f)
	v.references(f)
	v.times(f)
	basis := []string{"stated", "metadata", "filename"}
	switch {
	case f.meta.Date != "" && !slices.Contains(basis, f.meta.Basis):
		v.found(NotInvented, f.path, f.source, max(0, strings.Index(f.source, "\ndate:")+1), "the date has no basis", "add date_basis: stated, metadata or filename; or take the date away")
	case f.meta.Date == "" && f.meta.Basis != "":
		v.found(NotInvented, f.path, f.source, max(0, strings.Index(f.source, "\ndate_basis:")+1), "there is a basis for a date, but no date", "")
	}
}

// compare holds the annotated text against the article, block by block. It
// reports whether the article is there.
func (v *verifier) compare(f *contentFile) bool {
	name := f.meta.Article.Path
	if name == "" || !fs.ValidPath(name) {
		return false
	}
	// The same reading of the seed, its sidecar included, as when it was made.
	entry, here := seed.Find(v.Site, name, v.Limits)
	if !here {
		return false
	}
	changed := func(digest string) bool {
		if f.meta.Article.SHA256 == digest {
			return false
		}
		if v.lenient {
			return true
		}
		v.found(Verbatim, f.path, f.source, max(0, strings.Index(f.source, "sha256:")), name+" is not the file this briefing was made from", "run 'readout brief' to bring the briefing up to date, or put the file back")
		return true
	}
	v.Compared++
	part := strings.Contains(entry.Path, "#") && (entry.Format == seed.Feed || entry.Format == seed.WARC)
	if !part {
		raw, err := plainfile.Read(v.Site, name)
		if err != nil {
			v.found(Verbatim, name, "", -1, "cannot be read: "+err.Error(), "")
			return true
		}
		if digest := sha256.Sum256(raw); changed(hex.EncodeToString(digest[:])) {
			return true
		}
	}
	file, _ := seed.Load(v.Site, entry, v.Limits)
	if file == nil {
		v.found(Verbatim, name, "", -1, "is no longer a seed that can be read", "")
		return true
	}
	if part && changed(file.SHA256) {
		return true
	}
	art, _ := article.New(file)
	if art == nil {
		v.found(Verbatim, name, "", -1, "no longer has an article", "")
		return true
	}
	if !v.lenient {
		v.dated(f, file, art)
	}
	// A page may give its title and dek in its head alone.
	f.metadata = folded(art.Meta.Title + "\n" + art.Meta.Dek)
	var want []string
	for _, b := range art.Blocks {
		if text := b.Span.In(art.Text); text != "" {
			want = append(want, text)
		}
	}
	v.blocks(f, want)
	return true
}

// blocks compares the blocks of a file with those of its article, one by one;
// after a block too many or too few it finds its way back.
func (v *verifier) blocks(f *contentFile, want []string) {
	const ahead = 8 // blocks looked ahead for a match
	got := f.text.blocks
	end := len(f.source)
	i, k := 0, 0
	for i < len(got) && k < len(want) {
		if got[i].text == want[k] {
			v.Blocks++
			v.Bytes += len(want[k])
			i, k = i+1, k+1
			continue
		}
		extra, lost := -1, -1
		for n := 1; n <= ahead; n++ {
			if extra < 0 && i+n < len(got) && got[i+n].text == want[k] {
				extra = n
			}
			if lost < 0 && k+n < len(want) && got[i].text == want[k+n] {
				lost = n
			}
		}
		switch {
		case extra > 0 && (lost < 0 || extra <= lost):
			v.found(Verbatim, f.path, f.source, int(got[i].at[0]), "this paragraph is not in the article", "take it out; words of your own go below a heading of your own")
			i += extra
		case lost > 0:
			v.found(Verbatim, f.path, f.source, int(got[i].at[0]), fmt.Sprintf("before this paragraph the article has one that is missing here: %s", quoted(want[k], 0)), "put it back, or run 'readout brief' on the untouched file")
			k += lost
		default:
			v.differs(f, &got[i], want[k])
			i, k = i+1, k+1
		}
	}
	if i < len(got) {
		v.found(Verbatim, f.path, f.source, int(got[i].at[0]), "this paragraph is not in the article", "take it out; words of your own go below a heading of your own")
	}
	if k < len(want) {
		if len(got) > 0 {
			last := got[len(got)-1]
			end = int(last.at[len(last.at)-1])
		}
		v.found(Verbatim, f.path, f.source, end, fmt.Sprintf("after this the article goes on: %s", quoted(want[k], 0)), "put it back, or run 'readout brief' on the untouched file")
	}
}

func (v *verifier) differs(f *contentFile, b *block, want string) {
	n := 0
	for n < len(b.text) && n < len(want) && b.text[n] == want[n] {
		n++
	}
	for n > 0 && (n < len(want) && !utf8.RuneStart(want[n]) || n < len(b.text) && !utf8.RuneStart(b.text[n])) {
		n--
	}
	at := int(b.at[n])
	if n < len(b.text) && b.text[n] == '\n' {
		at = int(b.at[n+1]) // the line that should not be part of this block
	}
	v.found(Verbatim, f.path, f.source, at,
		fmt.Sprintf("the text differs from the article: %s here, %s there", quoted(b.text, n), quoted(want, n)),
		"put the article's words back; corrections and comments go below a heading of your own")
}

// quoted shows a few words of s from offset n on.
func quoted(s string, n int) string {
	const most = 30
	s = s[n:]
	if s == "" {
		return "the end of the paragraph"
	}
	runes := []rune(s[:min(len(s), 4*most)])
	if len(runes) > most {
		return fmt.Sprintf("%q…", string(runes[:most]))
	}
	return fmt.Sprintf("%q", strings.ToValidUTF8(string(runes), ""))
}
