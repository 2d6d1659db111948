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
func New(f *seed.File) (*Article, diag.List) {
	var diags diag.List
	a := FromText(f.Path, f.Text, Meta{})
	a.SHA256 = f.SHA256
	if v := filenameDate(f.Path); v != "" && a.Meta.Date.Value == "" {
		a.Meta.Date = Date{v, DateFilename}
	}
	return a, diags
}
