package article

import (
	"readout/internal/diag"
	"readout/internal/seed"
)

// New makes an Article of a decoded seed. It returns nil where a Diagnostic of
// severity Error says why the seed has no article.
//
// What is known of the article comes, the surest first, from the sidecar, from
// the page or its front matter, from the text itself, and for the date alone
// from the name of the file.
func New(f *seed.File) (*Article, diag.List) { return NewKnowing(f, Meta{}) }

// NewKnowing is New where something is known of the article beforehand, which
// is then surer than all else.
func NewKnowing(f *seed.File, given Meta) (*Article, diag.List) {
	side, diags := readSidecar(f)
	surest := known{Meta: given}
	surest.merge(side)
	stated, more := readStated(f)
	surest.merge(stated)
	diags = append(diags, more...)
	side = surest
	var a *Article
	switch f.Format {
	case seed.Markdown:
		a, more = fromMarkdown(f, side)
	case seed.HTML:
		a, more = fromHTML(f, side)
	case seed.Document:
		a, more = fromParts(f, side), nil
	default:
		more = nil
		side.dropFuture()
		a = FromText(f.Path, f.Text, side.Meta)
	}
	diags = append(diags, more...)
	if a == nil {
		return nil, diags
	}
	if len(a.Blocks) == 0 {
		diags.Add(diag.Diagnostic{File: f.Path, ID: "seed-empty", Message: "no article text found in the file", Hint: "put an article into it, or remove it"})
		return nil, diags
	}
	a.SHA256 = f.SHA256
	diags = append(diags, hidden(f, a)...)
	if a.Meta.Date.Value == "" {
		if v := filenameDate(f.Path); v != "" {
			a.Meta.Date = Date{v, DateFilename}
		}
	}
	return a, diags
}
