package render

import (
	"bytes"

	"readout/internal/content"
	"readout/internal/export"
	"readout/internal/site"
)

// Preview makes the page of a briefing of the site from its content file as it
// stands now, and the files beside the page; see site.Preview. There is none
// where the site has no briefing of that slug.
func (r *Renderer) Preview(f *content.File) ([]export.NamedFile, error) {
	b, digest := r.site.Preview(f)
	if b == nil {
		return nil, nil
	}
	j := job{path: b.Path, file: b.File, make: func() (made, error) {
		m, _, err := r.briefing(b, digest)
		return m, err
	}}
	return r.one(j)
}

// one makes one page and what goes beside it. The error is a diag.Diagnostic.
func (r *Renderer) one(j job) ([]export.NamedFile, error) {
	var buf bytes.Buffer
	d, err := r.run(j, &buf)
	if err != nil {
		return nil, pageFaults([]*pageError{r.fault(j, err)})[0]
	}
	return d.files, nil
}

// Page makes one page of the site and the files beside it. There is none of a
// path at which the site has no page.
func (r *Renderer) Page(path string, load site.Loader) ([]export.NamedFile, error) {
	jobs := r.jobs(load, r.searchOrder())
	for i := range jobs.len() {
		j := jobs.job(i)
		if j.path == path {
			return r.one(j)
		}
	}
	return nil, nil
}

// Assets returns the files beside all pages.
func (r *Renderer) Assets() map[string][]byte { return r.assets.files }
