package article

import (
	"errors"
	"time"

	"readout/internal/article/page"
	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/seed"
)

// fromHTML makes an Article of a saved page.
func fromHTML(f *seed.File, side known) (*Article, diag.List) {
	read := page.Read
	if f.Whole {
		read = page.Fragment
	}
	p, err := read(f.Text, side.URL, f.Limits)
	if err != nil {
		hint := "save the article's own page, or its text as .txt"
		if e := (*limit.Error)(nil); errors.As(err, &e) {
			hint = e.Hint
		}
		return nil, diag.List{{File: f.Path, ID: "page-article", Message: err.Error(), Hint: hint}}
	}
	side.merge(pageMeta(p.Meta))
	side.dropFuture()
	side.fromHead(p.Meta.Head)
	pieces := make([]piece, 0, len(p.Blocks))
	for _, b := range p.Blocks {
		pieces = append(pieces, piece{text: b.Text, role: pageRoles[b.Kind], level: b.Level})
	}
	return fromPieces(f.Path, pieces, side.Meta), nil
}

var pageRoles = map[page.Kind]Role{
	page.Heading: Heading, page.ListItem: ListItem, page.Quotation: Quotation, page.Caption: Caption,
}

// pageMeta checks what a page states of itself.
func pageMeta(m page.Meta) known {
	var k known
	k.Title = flat(m.Title)
	k.Dek = flat(m.Dek)
	k.Publisher = flat(m.Publisher)
	k.URL = webAddress(m.URL)
	for _, name := range m.Byline {
		// Jobs and places stand beside names; a single name may be anything.
		if isName(name) || len(m.Byline) == 1 && !hasDigit(name) {
			k.Byline = append(k.Byline, name)
		}
	}
	for _, d := range m.Dates {
		if v := cleanDate(d); v != "" {
			k.Date = Date{v, DateMetadata}
			break
		}
	}
	for _, l := range m.Languages {
		if tag := languageTag(l); tag != "" {
			k.Language = tag
			break
		}
	}
	k.retrieved = savedDate(m.Retrieved)
	return k
}

// fromHead takes byline and date from the lines above the body where the
// metadata lack them.
func (k *known) fromHead(lines []string) {
	s := structure{meta: &k.Meta}
	for _, t := range lines {
		if rest, ok := bylineCue(t); ok && len(k.Byline) == 0 {
			k.Byline, _ = names(rest)
		}
		s.stateDate(t)
	}
}

// savedDate reads the form in which browsers print a date: "Tue Mar 05 2024
// 10:11:12 GMT+0100 (…)".
func savedDate(s string) string {
	s = cut(s, 33)
	for _, layout := range []string{"Mon Jan 02 2006 15:04:05 GMT-0700", time.RFC3339} {
		if d, err := time.Parse(layout, s); err == nil && isoDate(d.Year(), int(d.Month()), d.Day()) != "" {
			return d.Format(time.RFC3339)
		}
	}
	return ""
}
