package verify

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"readout/internal/diag"
	"readout/internal/plainfile"
)

// manifestName lists the files of the output with their digests.
const manifestName = ".readout"

// A page is what one page of the output says of itself.
type page struct {
	name   string
	ids    map[string]bool
	links  []link
	quotes []quote
	texts  map[string]placed // the text of each element with an id a block may have
}

type link struct {
	attr, href string
	at         [2]int // line and column
	cite       bool
}

type quote struct {
	text string
	at   [2]int
}

type placed struct {
	text   string
	at     [2]int
	reason string // why it is set aside, in the words of the content file; "" where the page shows them
}

// outputs looks at every file of the output.
func (v *verifier) outputs() {
	if v.Output == nil {
		v.Unchecked = append(v.Unchecked, "the pages: there is no "+v.OutputName)
		return
	}
	v.own = v.ownFiles()
	files := map[string]bool{}
	pages := map[string]*page{}
	seen := map[string]*shownPage{}
	err := fs.WalkDir(v.Output, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			if d.Type()&fs.ModeSymlink != 0 {
				v.page(NoNetwork, name, [2]int{}, "is a link to a file elsewhere", "put the file itself in its place")
			}
			return nil
		}
		files[name] = true
		v.Files++
		switch path.Ext(name) {
		case ".html":
			data, err := plainfile.Read(v.Output, name)
			if err != nil {
				return err
			}
			pages[name] = v.readPage(name, string(data))
			seen[name] = see(string(data))
			v.Pages++
			v.Step()
		case ".css", ".svg":
			data, err := plainfile.Read(v.Output, name)
			if err != nil {
				return err
			}
			v.stylesheet(name, string(data))
		case packedEnd:
			v.packed(name)
		}
		return nil
	})
	if err != nil {
		v.found(Placed, v.OutputName, "", -1, "cannot be read: "+err.Error(), "")
		return
	}
	v.manifest(files)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		v.links(pages[name], files, pages)
	}
	v.published(pages, seen)
	v.claims(seen)
	v.lostFiles()
}

// A lostFile is a file that links lead to and that is not there.
type lostFile struct {
	page string // of the first link
	link link
	n    int // links
}

// lose notes that a link leads to a file that is not there.
func (v *verifier) lose(target, page string, l link) {
	if v.lost == nil {
		v.lost = map[string]*lostFile{}
	}
	if v.lost[target] == nil {
		v.lost[target] = &lostFile{page: page, link: l}
	}
	v.lost[target].n++
}

// lostFiles tells each file that is not there once, however many links lead to it.
func (v *verifier) lostFiles() {
	for _, target := range slices.Sorted(maps.Keys(v.lost)) {
		f := v.lost[target]
		what := fmt.Sprintf("the link %q leads to a file that is not there", f.link.href)
		if f.n > 1 {
			what += fmt.Sprintf(", and %d more do", f.n-1)
		}
		v.page(Placed, f.page, f.link.at, what, rebuild)
	}
}

// packedEnd is the ending of the name of a compressed file.
const packedEnd = ".gz"

// packed compares a compressed file with the file it stands beside.
func (v *verifier) packed(name string) {
	of := strings.TrimSuffix(name, packedEnd)
	want, err := plainfile.Read(v.Output, of)
	if err != nil {
		return // that it is missing is found by the list of files
	}
	data, err := plainfile.Read(v.Output, name)
	same := false
	if err == nil {
		if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			have, err := io.ReadAll(io.LimitReader(z, int64(len(want))+1))
			same = err == nil && bytes.Equal(have, want)
		}
	}
	if !same {
		v.page(Deterministic, name, [2]int{}, "is not "+path.Base(of)+" in a smaller form", rebuild)
	}
}

// page reports a finding about a page.
func (v *verifier) page(p Promise, name string, at [2]int, what, hint string) {
	file := path.Join(v.OutputName, name)
	if hint == rebuild && v.foreign(name) {
		hint = "readout did not make this file, and does not touch it: move it away if it does not belong there"
	}
	before := len(v.Findings)
	v.found(p, file, "", -1, what, hint)
	if len(v.Findings) > before {
		v.Findings[before].Line, v.Findings[before].Column = at[0], at[1]
	}
}

// foreign reports whether a file lies in the output that readout did not make.
func (v *verifier) foreign(name string) bool {
	if v.own == nil || v.own[name] || name == manifestName {
		return false
	}
	_, err := fs.Stat(v.Output, name)
	return err == nil
}

// ownFiles are the files that readout says it made; nil where that is not known.
func (v *verifier) ownFiles() map[string]bool {
	list, err := plainfile.Read(v.Output, manifestName)
	if err != nil {
		return nil
	}
	own := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		if _, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			own[name] = true
		}
	}
	return own
}

const rebuild = "run 'readout build' to make the page anew"

// manifest compares the files with the digests that were noted when they were
// written.
func (v *verifier) manifest(files map[string]bool) {
	list, err := plainfile.Read(v.Output, manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		v.Unchecked = append(v.Unchecked, "whether files were changed since they were written: "+path.Join(v.OutputName, manifestName)+" is missing")
		return
	}
	if err != nil {
		v.page(Deterministic, manifestName, [2]int{}, "cannot be read: "+err.Error(), "")
		return
	}
	n := 0
	for line := range strings.Lines(string(list)) {
		n++
		digest, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || !fs.ValidPath(name) || len(digest) != 2*sha256.Size {
			v.page(Deterministic, manifestName, [2]int{n, 1}, "this line is no digest and name", rebuild)
			continue
		}
		data, err := plainfile.Read(v.Output, name)
		if err != nil {
			v.page(Deterministic, name, [2]int{}, "was written by readout and is missing", rebuild)
			continue
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != digest {
			v.page(Deterministic, name, [2]int{}, "was changed after readout wrote it", rebuild)
		}
	}
}

// loads are the attributes a browser follows by itself.
var loads = map[string]bool{
	"src": true, "srcset": true, "poster": true, "data": true, "background": true, "action": true, "formaction": true,
	"manifest": true, "ping": true, "archive": true, "codebase": true, "xlink:href": true, "imagesrcset": true, "longdesc": true, "profile": true,
}

// forbidden are elements a page has no use for.
var forbidden = map[string]bool{"iframe": true, "object": true, "embed": true, "applet": true, "base": true, "frame": true, "portal": true}

var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true,
}

// A capture gathers the text of one element.
type capture struct {
	id, element string
	depth       int // of elements of that name inside it
	text        *strings.Builder
	at          [2]int
	quote       bool
	reason      string
}

// readPage goes through the tokens of a page.
func (v *verifier) readPage(name, source string) *page {
	p := &page{name: name, ids: map[string]bool{}, texts: map[string]placed{}}
	z := html.NewTokenizer(strings.NewReader(source))
	line, column := 1, 1
	var captures []*capture
	silent := 0 // inside a marker of a note, which is no part of the text
	var script *html.Token
	policy := ""
	csp := false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := z.Raw()
		at := [2]int{line, column}
		for _, r := range string(raw) {
			if r == '\n' {
				line, column = line+1, 1
			} else {
				column++
			}
		}
		t := z.Token()
		switch kind {
		case html.TextToken:
			if script != nil {
				v.inline(name, script, t.Data, policy, at)
				continue
			}
			if silent == 0 {
				for _, c := range captures {
					c.text.WriteString(t.Data)
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if t.Data == "meta" && strings.EqualFold(attr(t, "http-equiv"), "content-security-policy") {
				policy, csp = attr(t, "content"), true
				v.policy(name, policy, at)
			}
			v.element(p, &t, at)
			if t.Data == "script" || t.Data == "style" {
				script = &t
			}
			if kind == html.SelfClosingTagToken || void[t.Data] {
				continue
			}
			for _, c := range captures {
				if c.element == t.Data {
					c.depth++
				}
			}
			if silent > 0 {
				if t.Data == "a" {
					silent++
				}
			} else if attr(t, "role") == "doc-noteref" {
				silent = 1
			}
			id := attr(t, "id")
			isQuote := t.Data == "blockquote" || t.Data == "q"
			if blockID(id) || isQuote {
				captures = append(captures, &capture{id: id, element: t.Data, depth: 1, text: new(strings.Builder), at: at, quote: isQuote, reason: attr(t, "data-reason")})
			}
		case html.EndTagToken:
			if t.Data == "script" || t.Data == "style" {
				script = nil
			}
			if silent > 0 && t.Data == "a" {
				silent--
			}
			for i := 0; i < len(captures); i++ {
				c := captures[i]
				if c.element != t.Data {
					continue
				}
				if c.depth--; c.depth > 0 {
					continue
				}
				if c.quote {
					p.quotes = append(p.quotes, quote{c.text.String(), c.at})
				}
				if blockID(c.id) {
					p.texts[c.id] = placed{c.text.String(), c.at, c.reason}
				}
				captures = slices.Delete(captures, i, i+1)
				i--
			}
		}
	}
	if !csp {
		v.page(NoNetwork, name, [2]int{1, 1}, "the page has no Content-Security-Policy", rebuild)
	}
	return p
}

// blockID reports whether an element with that id may hold a block.
func blockID(id string) bool {
	switch {
	case id == "":
		return false
	case strings.TrimLeft(id[1:], "0123456789") == "" && len(id) > 1 && strings.ContainsRune("pha", rune(id[0])):
		return true
	}
	stem, _, _ := strings.Cut(id, "-")
	return stem == "headline" || stem == "dek" || stem == "byline" || stem == "dateline"
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// policy looks at the Content-Security-Policy of a page.
func (v *verifier) policy(name, policy string, at [2]int) {
	for directive := range strings.SplitSeq(policy, ";") {
		words := strings.Fields(directive)
		if len(words) == 0 {
			continue
		}
		for _, w := range words[1:] {
			if w != "'self'" && w != "'none'" && w != "data:" && !strings.HasPrefix(w, "'sha256-") {
				v.page(SeedIsData, name, at, fmt.Sprintf("the Content-Security-Policy allows %s in %s", w, words[0]), rebuild)
			}
		}
	}
	if !strings.Contains(policy, "default-src 'none'") {
		v.page(NoNetwork, name, at, "the Content-Security-Policy does not begin from default-src 'none'", rebuild)
	}
}

// inline looks at a script or style inside a page.
func (v *verifier) inline(name string, t *html.Token, text, policy string, at [2]int) {
	if kind := attr(*t, "type"); t.Data == "script" && (strings.HasSuffix(kind, "json") || kind == "text/plain") {
		return // data, which does not run
	}
	sum := sha256.Sum256([]byte(text))
	if strings.TrimSpace(text) != "" && !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		v.page(SeedIsData, name, at, "a "+t.Data+" stands in the page without its hash in the Content-Security-Policy", rebuild)
	}
}

// element looks at one start tag.
func (v *verifier) element(p *page, t *html.Token, at [2]int) {
	if forbidden[t.Data] {
		v.page(NoNetwork, p.name, at, "the page has an element "+t.Data, rebuild)
	}
	refresh := t.Data == "meta" && strings.EqualFold(attr(*t, "http-equiv"), "refresh")
	for _, a := range t.Attr {
		key := a.Key
		if a.Namespace != "" {
			key = a.Namespace + ":" + a.Key
		}
		switch {
		case key == "id":
			if p.ids[a.Val] {
				v.page(Placed, p.name, at, fmt.Sprintf("the id %q stands twice on the page", a.Val), rebuild)
			}
			p.ids[a.Val] = true
		case strings.HasPrefix(key, "on"):
			v.page(SeedIsData, p.name, at, "the page has an event handler "+key, rebuild)
		case key == "style":
			v.page(SeedIsData, p.name, at, "the page has a style attribute", rebuild)
		case refresh && key == "content":
			if _, to, ok := strings.Cut(a.Val, "="); ok {
				p.links = append(p.links, link{"refresh", strings.Trim(strings.TrimSpace(to), `'"`), at, false})
			}
		case key == "href":
			p.links = append(p.links, link{t.Data + " href" + relOf(t), a.Val, at, slices.Contains(strings.Fields(attr(*t, "class")), "cite")})
		case loads[key]:
			if strings.HasSuffix(key, "srcset") {
				for candidate := range strings.SplitSeq(a.Val, ",") {
					if f := strings.Fields(candidate); len(f) > 0 {
						p.links = append(p.links, link{t.Data + " " + key, f[0], at, false})
					}
				}
				continue
			}
			p.links = append(p.links, link{t.Data + " " + key, a.Val, at, false})
		}
	}
}

// relOf tells the links apart that a browser only shows from those it follows.
func relOf(t *html.Token) string {
	if t.Data != "link" {
		return ""
	}
	for rel := range strings.FieldsSeq(strings.ToLower(attr(*t, "rel"))) {
		if rel == "canonical" || rel == "alternate" || rel == "license" || rel == "author" {
			return " " + rel
		}
	}
	return ""
}

// links follows the links of a page.
func (v *verifier) links(p *page, files map[string]bool, pages map[string]*page) {
	for _, l := range p.links {
		v.Links++
		u, err := url.Parse(strings.TrimSpace(l.href))
		if err != nil {
			v.page(Placed, p.name, l.at, fmt.Sprintf("the link %q cannot be read", l.href), rebuild)
			continue
		}
		told := l.attr == "a href" || l.attr == "area href" || strings.HasPrefix(l.attr, "link href ")
		switch scheme := strings.ToLower(u.Scheme); {
		case scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel":
			if !told {
				v.page(NoNetwork, p.name, l.at, fmt.Sprintf("%s loads %s from elsewhere", l.attr, l.href), rebuild)
			}
			continue
		case scheme == "data" && l.attr == "img src" && strings.HasPrefix(u.Opaque, "image/"):
			continue
		case scheme != "":
			v.page(SeedIsData, p.name, l.at, fmt.Sprintf("the link %q is neither a page nor an address", l.href), rebuild)
			continue
		case u.Host != "" || strings.HasPrefix(u.Path, "/"):
			v.page(NoNetwork, p.name, l.at, fmt.Sprintf("the link %q leaves the folder of the site", l.href), rebuild)
			continue
		}
		target := p.name
		if u.Path != "" {
			target = path.Join(path.Dir(p.name), u.Path)
		}
		switch to := pages[target]; {
		case !files[target]:
			v.lose(target, p.name, l)
		case to != nil && u.Fragment != "" && !to.ids[u.Fragment] && !strings.HasPrefix(u.Fragment, ":~:"):
			v.page(Placed, p.name, l.at, fmt.Sprintf("the link %q leads to a place that is not on its page", l.href), rebuild)
		case l.cite:
			v.Claims++
		}
	}
}

// published holds the pages against the content files.
func (v *verifier) published(pages map[string]*page, seen map[string]*shownPage) {
	texts := map[string]string{} // by page, for the quotations
	for _, f := range v.files {
		name := "briefings/" + f.meta.Slug + ".html"
		texts[name] = f.squeezed()
		p := pages[name]
		if p == nil {
			v.page(NothingLost, name, [2]int{}, "there is no page for "+f.path, "run 'readout build'")
			continue
		}
		shown := 0
		for i := range f.text.blocks {
			b := &f.text.blocks[i]
			got, ok := p.texts[b.id]
			if !ok {
				continue
			}
			shown++
			v.shown(f, b, name, got)
		}
		if shown > 0 && shown < len(f.text.blocks) && v.publishes() != "none" {
			for i := range f.text.blocks {
				b := &f.text.blocks[i]
				if _, ok := p.texts[b.id]; !ok {
					v.found(NothingLost, f.path, f.source, int(b.at[0]), fmt.Sprintf("this paragraph (#%s) is not on %s", b.id, path.Join(v.OutputName, name)), rebuild)
				}
			}
		}
		if v.publishes() == "none" || shown == 0 && len(f.text.blocks) > 0 {
			v.Unchecked = append(v.Unchecked, fmt.Sprintf("the text of %s: the site does not publish it", name))
		}
		v.exports(f, seen)
	}
	v.quotations(pages, texts)
}

// shown compares a block with what its page says.
func (v *verifier) shown(f *contentFile, b *block, name string, got placed) {
	text := got.text
	if b.role == "set-aside" {
		// The reason stands before the text.
		if b.reason != "" && got.reason != b.reason && !strings.Contains(strings.ToLower(squeeze(text)), strings.ToLower(squeeze(b.reason))) {
			v.page(NothingLost, name, got.at, "text is set aside without its reason", rebuild)
		}
		whole := strings.HasSuffix(squeeze(text), squeeze(b.text))
		switch {
		case v.publishes() == "full" && whole:
			return
		case v.publishes() != "full" && whole:
			v.page(NothingLost, name, got.at, "the site does not publish its articles in full, and this page has the text that was set aside", rebuild)
			return
		case v.publishes() != "full":
			return
		}
	}
	if squeeze(text) == squeeze(b.text) || v.publishes() != "full" && excerpt(text, b.text, v.publishes()) {
		return
	}
	line, column := 0, 0
	if len(b.at) > 0 {
		line, column = diag.Position(f.source, int(b.at[0]))
	}
	v.page(Verbatim, name, got.at, fmt.Sprintf("the text of #%s is not that of %s:%d:%d", b.id, f.path, line, column), rebuild)
}

// textSetting is the line of the home page that says how much of the articles is
// published.
var textSetting = regexp.MustCompile(`(?m)^text:[ \t]*["']?(none|excerpts)\b`)

// publishes returns how much of the articles' text the site publishes: "full",
// "excerpts" or "none".
func (v *verifier) publishes() string {
	if v.setting == "" {
		v.setting = "full"
		if src, err := plainfile.Read(v.Site, "content/index.md"); err == nil {
			head, _, _ := strings.Cut(strings.TrimPrefix(string(src), "---"), "\n---")
			if m := textSetting.FindStringSubmatch(head); m != nil {
				v.setting = m[1]
			}
		}
	}
	return v.setting
}

// excerpt reports whether what a page shows of a text is what a site with that
// setting may show: words of it in their order, or none at all.
func excerpt(shown, text, setting string) bool {
	words := strings.Fields(pictured(text))
	for _, w := range strings.Fields(pictured(shown)) {
		i := slices.Index(words, w)
		if i < 0 || setting == "none" {
			return false
		}
		words = words[i+1:]
	}
	return true
}

// quotations wants what stands in quotation marks to stand in an article. A
// briefing's page quotes its own article; what the others quote was then seen
// already, but for what only they show.
func (v *verifier) quotations(pages map[string]*page, texts map[string]string) {
	known := map[string]bool{}
	names := slices.SortedFunc(maps.Keys(pages), func(a, b string) int {
		_, x := texts[a]
		_, y := texts[b]
		switch {
		case x == y:
			return strings.Compare(a, b)
		case x:
			return -1
		}
		return 1
	})
	for _, name := range names {
		for _, q := range pages[name].quotes {
			words := squeeze(q.text)
			if words == "" || known[words] {
				continue
			}
			found := stands(texts[name], words)
			if !found {
				for _, text := range texts {
					if found = stands(text, words); found {
						break
					}
				}
			}
			if !found {
				v.page(Verbatim, name, q.at, fmt.Sprintf("%s stands here as a quotation and in no article", quoted(words, 0)), "quote the article's own words")
				continue
			}
			known[words] = true
		}
	}
}

// stands reports whether the pieces of words between ellipses stand in text, in
// their order.
func stands(text, words string) bool {
	for piece := range strings.SplitSeq(words, "…") {
		piece = strings.TrimSpace(piece)
		i := strings.Index(text, piece)
		if i < 0 {
			return false
		}
		text = text[i+len(piece):]
	}
	return true
}

// squeeze makes every run of white space one space, since a page may break
// lines, and puts what HTML cannot hold as a page shows it: control characters
// as their pictures.
func squeeze(s string) string { return strings.Join(strings.Fields(pictured(s)), " ") }

// pictured puts what HTML cannot hold as a page shows it.
func pictured(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0: // html/template writes it so
			return 0xfffd
		case r < 0x20 && !strings.ContainsRune("\t\n\r\f", r):
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case 0x80 <= r && r <= 0x9f, 0xfdd0 <= r && r <= 0xfdef, r&0xfffe == 0xfffe:
			return 0xfffd
		}
		return r
	}, s)
}

// stylesheet looks for what a stylesheet or a picture would load.
func (v *verifier) stylesheet(name, source string) {
	lower := strings.ToLower(source)
	for _, word := range []string{"@import", "url(http", "url('http", `url("http`, "url(//", "url('//", `url("//`, "expression(", "javascript:", "<script", "xlink:href=\"http"} {
		if i := strings.Index(lower, word); i >= 0 {
			line, column := diag.Position(source, i)
			v.page(NoNetwork, name, [2]int{line, column}, fmt.Sprintf("the file has %s", word), rebuild)
		}
	}
}
