package content

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"readout/internal/article"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/slug"
)

// ParseBriefing reads the briefing at the given path (slash-separated, relative
// to the site), whose bytes are src. Each thing that is not of the content
// format is a Diagnostic; the File holds what could be read all the same, and is
// to be published only when there is no error among them.
func ParseBriefing(file string, src []byte) (*File, diag.List) {
	f := &File{Path: file}
	part, diags := frontmatter.Read(file, src, &f.Meta)
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
	if len(part.Body) > maxFile {
		report(part.Line, "content-size", fmt.Sprintf("file is larger than %d MB", maxFile>>20), "split it")
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
			checkMarkdown(s.Source, s.First, report)
			f.Sections = append(f.Sections, Section{Title: s.Title, Source: strings.Trim(string(s.Source), "\r\n"), Line: s.Line})
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
		f.KeyPoints, ds = parseKeyPoints(*keyPoints, file)
		diags = append(diags, ds...)
		if readable {
			f.checkTargets(report)
		}
	}
	diags.Sort()
	return f, diags
}

// maxFile is the greatest size in bytes of a content file's body.
const maxFile = 64 << 20

// setBlocks gives the blocks of the annotated text their ids.
func (f *File) setBlocks(blocks []dialect.Block) {
	ids := dialect.BlockIDs(blocks)
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

// maxMarkdown is the greatest size in bytes of a piece of the editor's own
// Markdown: goldmark takes more than linear time on some.
const maxMarkdown = 1 << 20

// checkMarkdown looks for what would make the editor's Markdown slow to parse.
func checkMarkdown(source []byte, line int, report func(line int, id, message, hint string)) {
	if len(source) > maxMarkdown {
		report(line, "markdown-size", fmt.Sprintf("section is larger than %d kB", maxMarkdown>>10), "split it")
		return
	}
	for l := range bytes.Lines(source) {
		switch {
		case dialect.TooDeep(l) && len(bytes.TrimSpace(l)) > 0:
			report(line, "markdown-nesting", "lists or quotations nest too deep", "write them side by side")
			return
		case bytes.Count(l, []byte("|")) > maxCells:
			report(line, "markdown-table", fmt.Sprintf("table with more than %d columns", maxCells), "make it narrower")
			return
		}
		line++
	}
}

// maxCells is the greatest number of columns of a table: goldmark takes
// quadratic time and memory for wide ones.
const maxCells = 200
