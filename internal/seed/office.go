package seed

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"readout/internal/diag"
	"readout/internal/limit"
)

// An archive is a ZIP file read with bounds.
type archive struct {
	files  map[string]*zip.File
	limits limit.Set
	left   int64 // bytes that may still be unpacked
}

func openArchive(raw []byte, limits limit.Set) (*archive, error) {
	// Each file has an entry of this kind. What reads the list of them takes
	// some hundred bytes for each, whatever the list says of its length.
	if int64(bytes.Count(raw, []byte("PK\x01\x02"))) > limits.Of(limit.ArchiveEntries) {
		return nil, limits.Passed(limit.ArchiveEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	a := &archive{files: make(map[string]*zip.File), limits: limits, left: limits.Of(limit.ArchiveSize)}
	for _, f := range z.File {
		if a.files[f.Name] == nil {
			a.files[f.Name] = f
		}
	}
	return a, nil
}

var errMissing = errors.New("it is not in the archive")

// read unpacks one file.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, errMissing)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	const small = 1 << 20 // what unpacks to less may be packed as it likes
	most := a.limits.Of(limit.ArchiveEntrySize)
	ratio := max(small, int64(min(f.CompressedSize64, 1<<40))*a.limits.Of(limit.ArchiveRatio))
	out, err := io.ReadAll(io.LimitReader(r, min(most, a.left, ratio)+1))
	n := int64(len(out))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case n > ratio:
		return nil, fmt.Errorf("%s %w", name, a.limits.Passed(limit.ArchiveRatio))
	case n > most:
		return nil, fmt.Errorf("%s is %w", name, a.limits.Passed(limit.ArchiveEntrySize))
	case n > a.left:
		return nil, a.limits.Passed(limit.ArchiveSize)
	}
	a.left -= n
	return out, nil
}

// openDOCX reads an office document: its paragraphs, by their styles.
func openDOCX(f *File, raw []byte) diag.List {
	if bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")) {
		return refuse("seed-docx", "the document is protected by a password, or of an old kind", "save it without a password as .docx")
	}
	a, err := openArchive(raw, f.Limits)
	if err != nil {
		return refuse("seed-docx", "cannot be read as a document: "+err.Error(), hintFor(err, "save it again as .docx"))
	}
	body, err := a.read("word/document.xml")
	if err != nil {
		return refuse("seed-docx", "cannot be read as a document: "+err.Error(), hintFor(err, "save it again as .docx"))
	}
	w := docWalker{styles: readStyles(a), limits: f.Limits}
	err = w.walk(body)
	if notes, e := a.read("word/footnotes.xml"); e == nil && err == nil {
		// What stands at the foot of its pages follows the text.
		err = w.walk(notes)
	}
	if err != nil {
		return refuse("seed-docx", "cannot be read as a document: "+err.Error(), hintFor(err, "save it again as .docx"))
	}
	f.Format, f.Charset, f.Parts = Document, "utf-8", w.parts
	return nil
}

// A docStyle is what a style of a document says of its paragraphs.
type docStyle struct {
	name  string // in lower case; that of a built-in style is English everywhere
	based string
	level int // of the outline, from 1; 0 for none
	list  bool
}

// readStyles reads the styles of a document by their ids, which differ with the
// language of the program.
func readStyles(a *archive) map[string]docStyle {
	var file struct {
		Styles []struct {
			ID   string `xml:"styleId,attr"`
			Name struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
			Based struct {
				Val string `xml:"val,attr"`
			} `xml:"basedOn"`
			Outline *struct {
				Val int `xml:"val,attr"`
			} `xml:"pPr>outlineLvl"`
			List *struct{} `xml:"pPr>numPr"`
		} `xml:"style"`
	}
	styles := map[string]docStyle{}
	if a.decode("word/styles.xml", &file) != nil {
		return styles // the ids alone must do
	}
	for _, s := range file.Styles {
		style := docStyle{name: strings.ToLower(s.Name.Val), based: s.Based.Val, list: s.List != nil}
		if s.Outline != nil && s.Outline.Val < 6 {
			style.level = s.Outline.Val + 1
		}
		styles[s.ID] = style
	}
	return styles
}

// kind returns what paragraphs of a style are, and their level.
func (w *docWalker) kind(id string) (PartKind, int) {
	for range 10 {
		s, known := w.styles[id]
		name := strings.ReplaceAll(s.name, " ", "")
		if !known {
			name = strings.ToLower(id)
		}
		level := 0
		switch {
		case name == "title":
			return Title, 0
		case strings.HasPrefix(name, "heading"):
			fmt.Sscan(strings.TrimPrefix(name, "heading"), &level)
			return Heading, min(max(level, 1), 6)
		case strings.Contains(name, "quot") || name == "blocktext":
			return Quoted, 0
		case strings.HasPrefix(name, "list") || s.list:
			return ListItem, 1
		case s.level > 0:
			return Heading, s.level
		case s.based == "":
			return Body, 0
		}
		id = s.based
	}
	return Body, 0
}

// A docWalker reads WordprocessingML.
type docWalker struct {
	limits limit.Set
	styles map[string]docStyle
	parts  []Part
	text   strings.Builder
	style  string
	list   int // 1 + level of the list the paragraph is in
	cells  []string
	rows   int // nesting of table rows
	skip   int // inside what is not shown
}

func (w *docWalker) walk(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	depth := int64(0)
	shown := false // inside w:t
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > w.limits.Of(limit.DocumentDepth) {
				return w.limits.Passed(limit.DocumentDepth)
			}
			if w.skip > 0 {
				w.skip++
				continue
			}
			switch t.Name.Local {
			case "p":
				w.text.Reset()
				w.style, w.list = "", 0
			case "pStyle":
				w.style = attribute(t, "val")
			case "numPr":
				w.list = max(w.list, 1)
			case "ilvl":
				level := 0
				fmt.Sscan(attribute(t, "val"), &level)
				w.list = 1 + min(max(level, 0), 20)
			case "t":
				shown = true
			case "tab":
				w.text.WriteByte(' ')
			case "br", "cr":
				w.text.WriteByte('\n')
			case "noBreakHyphen":
				w.text.WriteByte('-')
			case "tr":
				if w.rows++; w.rows == 1 {
					w.cells = nil
				}
			case "tc":
				if w.rows == 1 {
					w.cells = append(w.cells, "")
				}
			case "del", "moveFrom", "Fallback", "instrText":
				w.skip = 1
			case "footnote":
				// The lines that part notes from the text are no notes.
				if kind := attribute(t, "type"); kind != "" && kind != "normal" {
					w.skip = 1
				}
			}
		case xml.EndElement:
			depth--
			if w.skip > 0 {
				w.skip--
				continue
			}
			switch t.Name.Local {
			case "t":
				shown = false
			case "p":
				w.paragraph()
			case "tr":
				if w.rows--; w.rows == 0 {
					w.parts = append(w.parts, Part{Kind: Body, Text: strings.Join(w.cells, " | ")})
				}
			}
		case xml.CharData:
			if shown && w.skip == 0 {
				w.text.Write(t)
			}
		}
	}
}

func (w *docWalker) paragraph() {
	text := strings.TrimSpace(w.text.String())
	w.text.Reset()
	if text == "" {
		return
	}
	if w.rows > 0 {
		if n := len(w.cells); n > 0 {
			w.cells[n-1] = strings.TrimSpace(w.cells[n-1] + " " + text)
		}
		return
	}
	p := Part{Kind: Body, Text: text}
	switch kind, level := w.kind(w.style); {
	case w.list > 0 && kind != Heading && kind != Title:
		p.Kind, p.Level = ListItem, w.list
	default:
		p.Kind, p.Level = kind, level
	}
	w.parts = append(w.parts, p)
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// openEPUB reads an electronic publication as one article: its chapters in
// order of reading.
func openEPUB(f *File, raw []byte) diag.List {
	fail := func(err error) diag.List {
		return refuse("seed-epub", "cannot be read as a publication: "+err.Error(), hintFor(err, "save it again as .epub"))
	}
	a, err := openArchive(raw, f.Limits)
	if err != nil {
		return fail(err)
	}
	if _, locked := a.files["META-INF/encryption.xml"]; locked && a.files["META-INF/rights.xml"] != nil {
		return refuse("seed-epub", "the publication is protected", "save the article itself")
	}
	var container struct {
		Root []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	if err := a.decode("META-INF/container.xml", &container); err != nil {
		return fail(err)
	}
	if len(container.Root) == 0 {
		return fail(errors.New("it names no package"))
	}
	var opf struct {
		Title     []string `xml:"metadata>title"`
		Creator   []string `xml:"metadata>creator"`
		Publisher []string `xml:"metadata>publisher"`
		Date      []string `xml:"metadata>date"`
		Language  []string `xml:"metadata>language"`
		Items     []struct {
			ID         string `xml:"id,attr"`
			Href       string `xml:"href,attr"`
			Type       string `xml:"media-type,attr"`
			Properties string `xml:"properties,attr"`
		} `xml:"manifest>item"`
		Spine []struct {
			Ref    string `xml:"idref,attr"`
			Linear string `xml:"linear,attr"`
		} `xml:"spine>itemref"`
	}
	if err := a.decode(container.Root[0].Path, &opf); err != nil {
		return fail(err)
	}
	base := path.Dir(container.Root[0].Path)
	type chapter struct{ href, properties string }
	chapters := make(map[string]chapter)
	for _, it := range opf.Items {
		chapters[it.ID] = chapter{it.Href, it.Properties}
	}
	var b strings.Builder
	for i, ref := range opf.Spine {
		c, ok := chapters[ref.Ref]
		if !ok || ref.Linear == "no" || strings.Contains(c.properties, "nav") || strings.Contains(strings.ToLower(c.href), "title_page") || strings.Contains(strings.ToLower(c.href), "cover") {
			continue
		}
		if int64(i) >= f.Limits.Of(limit.Chapters) {
			return fail(f.Limits.Passed(limit.Chapters))
		}
		page, err := a.read(path.Join(base, c.href))
		if err != nil {
			return fail(err)
		}
		text, _, _ := decode(page, HTML)
		b.WriteString(inBody(text))
		b.WriteByte('\n')
	}
	f.Format, f.Text, f.Charset, f.Whole = HTML, b.String(), "utf-8", true
	f.Stated = map[string][]string{}
	for key, list := range map[string][]string{"title": opf.Title, "publisher": opf.Publisher, "date": opf.Date, "language": opf.Language} {
		state(f, key, or(list...))
	}
	if len(opf.Creator) > 0 {
		f.Stated["byline"] = opf.Creator
	}
	return nil
}

// inBody returns what stands in the body of a page.
func inBody(page string) string {
	lower := strings.ToLower(page)
	if len(lower) != len(page) {
		return page
	}
	if i := strings.Index(lower, "<body"); i >= 0 {
		if j := strings.IndexByte(page[i:], '>'); j >= 0 {
			end := strings.LastIndex(lower, "</body")
			if start := i + j + 1; end > start {
				return page[start:end]
			}
		}
	}
	return page
}

func (a *archive) decode(name string, v any) error {
	raw, err := a.read(name)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
