package verify

import (
	"fmt"
	"io/fs"
	"path"

	"readout/internal/diag"
	"readout/internal/slug"
)

// key returns the key of what a span names: its ref, or what its words make; ""
// where it names nothing.
func (s *spanText) key() string {
	switch {
	case s.class != "person" && s.class != "organization" && s.class != "place" && s.class != "event":
		return ""
	case s.ref != "":
		return s.ref
	}
	return slug.Make(s.text)
}

// references looks for pronouns and short names that mean somebody whom the
// article names under another key by now: an editor gave the mention in full
// another ref, and they have kept theirs. It is told by what was generated.
func (v *verifier) references(f *contentFile) {
	quiet := &verifier{Input: v.Input, Report: &Report{}, perFl: map[string]int{}}
	basePath := "content/.base/" + path.Base(f.path)
	if _, err := fs.Stat(v.Site, basePath); err != nil {
		return
	}
	base := quiet.readContent(basePath)
	if base == nil || base.source == f.source {
		return
	}
	named := map[string]bool{} // keys that words of the file make
	for i := range f.text.spans {
		if s := &f.text.spans[i]; s.ref == "" || s.ref == slug.Make(s.text) {
			named[s.key()] = true
		}
	}
	gone := map[string]*spanText{} // keys that words of the base make, and those of the file no longer
	for i := range base.text.spans {
		b := &base.text.spans[i]
		key := b.key()
		if key == "" || b.ref != "" || named[key] {
			continue
		}
		for k := range f.text.spans {
			s := &f.text.spans[k]
			if s.class == b.class && s.text == b.text && s.ref != "" && s.ref != key {
				gone[key] = s
				break
			}
		}
	}
	for i := range f.text.spans {
		s := &f.text.spans[i]
		to := gone[s.ref]
		if to == nil || v.described(s.ref) {
			continue
		}
		line, column := diag.Position(f.source, to.at)
		v.found(NotInvented, f.path, f.source, s.at, fmt.Sprintf("%s has ref=%s, and what it rests on, %s on line %d:%d, has ref=%s now", quoted(s.text, 0), s.ref, quoted(to.text, 0), line, column, to.ref),
			fmt.Sprintf("write ref=%s here too if the same is meant, else the ref of whoever is", to.ref))
	}
}

// described reports whether an editor's file says who has a key.
func (v *verifier) described(key string) bool {
	for _, folder := range folders {
		if _, err := fs.Stat(v.Site, "content/"+folder+"/"+key+".md"); err == nil {
			return true
		}
	}
	return false
}
