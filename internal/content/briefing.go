package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"regexp"
	"strings"

	"readout/internal/article"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/limit"
	"readout/internal/slug"
)

// ParseBriefing reads the briefing at the given path (slash-separated, relative
// to the site), whose bytes are src. Each thing that is not of the content
// format is a Diagnostic; the File holds what could be read all the same, and is
// to be published only when there is no error among them.
func ParseBriefing(file string, src []byte) (*File, diag.List) {
	return Reader{}.ParseBriefing(file, src)
}

// ParseBriefing is ParseBriefing with the limits of r.
func (r Reader) ParseBriefing(file string, src []byte) (*File, diag.List) {
	f := &File{Path: file, Sum: sha256.Sum256(src)}
	part, diags := frontmatter.ReadWithin(r.Limits, file, src, &f.Meta)
	report := func(line int, id, message, hint string) {
		diags.Add(diag.Diagnostic{File: file, Line: line, ID: id, Message: message, Hint: hint})
	}
	if !part.Found {
		if len(diags) == 0 {
			report(1, "frontmatter-missing", "no front matter", `begin the file with a line "---"`)
		}
		return f, diags
	}
	if diags.Errors() == 0 {
		f.checkMeta(part, report)
	}
	readable := false
	if int64(len(part.Body)) > r.Limits.Of(limit.ContentSize) {
		e := r.Limits.Passed(limit.ContentSize)
		report(part.Line, "content-size", e.Message, e.Hint)
		return f, diags
	}
	var annotated, keyPoints *dialect.Section
	for _, s := range dialect.Sections(part.Body, part.Line) {
		switch {
		case s.Title == dialect.KeyPointsTitle && keyPoints != nil, s.Title == dialect.AnnotatedTitle && annotated != nil:
			report(s.Line, "section-twice", fmt.Sprintf("second section %q", s.Title), "keep one")
		case s.Title == dialect.KeyPointsTitle:
			keyPoints = &s
		case s.Title == dialect.AnnotatedTitle:
			annotated = &s
		case s.Title != "" || strings.TrimSpace(string(s.Source)) != "":
			checkMarkdown(r.Limits, s.Source, s.First, func(line, column int, id, message, hint string) {
				diags.Add(diag.Diagnostic{File: file, Line: line, Column: column, ID: id, Message: message, Hint: hint})
			})
			own := strings.TrimLeft(string(s.Source), "\r\n")
			blank := strings.Count(string(s.Source[:len(s.Source)-len(own)]), "\n")
			f.Sections = append(f.Sections, Section{Title: s.Title, Source: strings.TrimRight(own, "\r\n"), Line: s.Line, First: s.First + blank})
		}
	}
	if annotated == nil {
		report(part.Line, "section-missing", fmt.Sprintf("no section %q", dialect.AnnotatedTitle), "every briefing has its article's text under that heading")
	} else {
		doc, ds := dialect.Read(annotated.Source, annotated.First)
		for i := range ds {
			ds[i].File = file
		}
		diags = append(diags, ds...)
		f.Text, f.Marks = doc.Text, doc.Marks
		f.setBlocks(doc.Blocks)
		readable = ds.Errors() == 0
		if len(f.Blocks) == 0 && readable {
			report(annotated.Line, "text-empty", "annotated text is empty", "every briefing has its article's text under that heading")
		}
	}
	if keyPoints != nil {
		var ds diag.List
		f.KeyPoints, ds = parseKeyPoints(r.Limits, *keyPoints, file)
		diags = append(diags, ds...)
		if readable {
			f.checkTargets(report)
		}
	}
	diags.Sort()
	return f, diags
}

// setBlocks gives the blocks of the annotated text their ids.
func (f *File) setBlocks(blocks []dialect.Block) {
	ids := dialect.BlockIDs(blocks)
	f.Blocks = make([]Block, 0, len(blocks))
	for i, b := range blocks {
		f.Blocks = append(f.Blocks, Block{
			ID: ids[i], Role: article.Role(b.Role),
			Level: b.Level, Reason: b.Reason, Span: b.Span, Line: b.Line,
		})
	}
}

func (f *File) checkTargets(report func(line int, id, message, hint string)) {
	known := map[string]bool{}
	paragraphs := 0
	for _, b := range f.Blocks {
		known[b.ID] = true
		if strings.HasPrefix(b.ID, "p") {
			paragraphs++
		}
	}
	for _, p := range f.KeyPoints {
		if p.Target != "" && !known[p.Target] {
			report(p.Line, "keypoint-target", fmt.Sprintf("key point leads to #%s, which is no block of the text", p.Target),
				fmt.Sprintf("its paragraphs are #p1 to #p%d", paragraphs))
		}
	}
}

var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkMeta looks for values that cannot be right.
func (f *File) checkMeta(part frontmatter.Part, report func(line int, id, message, hint string)) {
	m := f.Meta
	at := func(key string) int {
		if line := part.Lines[key]; line > 0 {
			return line
		}
		return 1
	}
	wrong := func(key, message, hint string) { report(at(key), "frontmatter-value", message, hint) }
	base := strings.TrimSuffix(path.Base(f.Path), ".md")
	switch {
	case m.Title == "":
		wrong("title", "no title", "write one, with title_basis: derived where the article has none")
	case m.Slug == "":
		wrong("slug", "no slug", "write slug: "+base)
	case !slug.Valid(m.Slug):
		wrong("slug", fmt.Sprintf("slug %q cannot name a page", m.Slug), slugHint(m.Slug))
	case m.Slug != base:
		wrong("slug", fmt.Sprintf("slug %q is not the file's name", m.Slug), fmt.Sprintf("call the file %s.md, or write slug: %s", m.Slug, base))
	}
	oneOf := func(key, value string, values ...string) {
		for _, v := range values {
			if value == v {
				return
			}
		}
		if value != "" {
			wrong(key, fmt.Sprintf("unknown %s %q", key, value), "the values are "+strings.Join(values, ", "))
		}
	}
	oneOf("title_basis", m.TitleBasis, "derived")
	oneOf("date_basis", m.DateBasis, "stated", "metadata", "filename")
	if m.Date != "" && !frontmatter.ValidDate(m.Date) {
		wrong("date", fmt.Sprintf("date %q is not a date", m.Date), "write it as 2025-03-11, or with a time as 2025-03-11T10:30:00Z")
	}
	if (m.Date == "") != (m.DateBasis == "") {
		wrong("date", "date and date_basis go together", "say how the date is known: date_basis: stated, metadata or filename")
	}
	if m.URL != "" && !frontmatter.ValidURL(m.URL) {
		wrong("url", fmt.Sprintf("url %q is no web address", m.URL), "write it with https://")
	}
	if m.Article.SHA256 != "" && !digest.MatchString(m.Article.SHA256) {
		wrong("article", "article.sha256 is not a SHA-256 digest", "it is 64 digits 0-9 a-f")
	}
}

func slugHint(s string) string {
	if good := slug.Make(s); good != "" {
		return "write " + good
	}
	return "it needs a letter or a digit"
}

// checkMarkdown looks for what would make the editor's Markdown slow to parse:
// goldmark takes the square of the time for what nests deep, for wide tables and
// for a paragraph of many open links or definitions, and it fills up the rows of
// a table to the length of the first. What is not too much for it is looked
// through for HTML.
func checkMarkdown(limits limit.Set, source []byte, first int, report func(line, column int, id, message, hint string)) {
	line := first
	passed := func(id string, l *limit.Limit) {
		e := limits.Passed(l)
		report(line, 0, id, e.Message, e.Hint)
	}
	if int64(len(source)) > limits.Of(limit.SectionSize) {
		passed("markdown-size", limit.SectionSize)
		return
	}
	var links, lines, columns int64 // of the paragraph at hand
	for l := range bytes.Lines(source) {
		blank := len(bytes.TrimSpace(l)) == 0
		bars := int64(bytes.Count(l, []byte("|")))
		links, lines, columns = links+linksIn(l), lines+1, max(columns, bars+1)
		if blank {
			links, lines, columns = 0, 0, 0
		}
		switch {
		case dialect.TooDeep(l) && !blank:
			report(line, 0, "markdown-nesting", "lists or quotations nest too deep", "write them side by side")
			return
		case bars > limits.Of(limit.TableColumns):
			passed("markdown-table", limit.TableColumns)
			return
		case columns > 1 && columns*lines > limits.Of(limit.TableCells):
			passed("markdown-table", limit.TableCells)
			return
		case links > limits.Of(limit.SectionLinks):
			passed("markdown-links", limit.SectionLinks)
			return
		}
		line++
	}
	checkHTML(source, first, report)
}

// linksIn counts what could open a link on a line, or define one or a note.
func linksIn(line []byte) int64 {
	return int64(bytes.Count(line, []byte("](")) + bytes.Count(line, []byte("]:")))
}
