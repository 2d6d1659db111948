package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"readout/internal/plainfile"
)

// A webAnnotation is what this package reads of the W3C model.
type webAnnotation struct {
	ID   string `json:"id"`
	Body []struct {
		Purpose string `json:"purpose"`
		Value   string `json:"value"`
		Source  string `json:"source"`
	} `json:"body"`
	Target struct {
		Source   string `json:"source"`
		Scope    string `json:"scope"`
		Selector []struct {
			Type   string `json:"type"`
			Exact  string `json:"exact"`
			Prefix string `json:"prefix"`
			Suffix string `json:"suffix"`
			Start  int    `json:"start"`
			End    int    `json:"end"`
		} `json:"selector"`
	} `json:"target"`
}

// exports looks at the plain text beside a page, and whether the annotations
// point at the words they quote, as any other reader of them would.
func (v *verifier) exports(f *contentFile, seen map[string]*shownPage) {
	page := seen["briefings/"+f.meta.Slug+".html"]
	stem := "briefings/" + f.meta.Slug
	text := ""
	if data, err := plainfile.Read(v.Output, stem+".txt"); err == nil {
		text = string(data)
		rest := text
		for i := range f.text.blocks {
			b := &f.text.blocks[i]
			at := strings.Index(rest, b.text)
			if at < 0 {
				v.page(Verbatim, stem+".txt", [2]int{}, fmt.Sprintf("the paragraph #%s of %s is not in it, or not in its place", b.id, f.path), rebuild)
				break
			}
			rest = rest[at+len(b.text):]
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		v.page(Verbatim, stem+".txt", [2]int{}, "cannot be read", "")
	}
	name := stem + ".annotations.jsonld"
	data, err := plainfile.Read(v.Output, name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			v.page(Placed, name, [2]int{}, "cannot be read", "")
		}
		return
	}
	var list struct {
		Total int `json:"total"`
		First struct {
			Items []webAnnotation `json:"items"`
		} `json:"first"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		v.page(Placed, name, [2]int{}, "is not JSON: "+err.Error(), rebuild)
		return
	}
	wrong := func(a *webAnnotation, what string) {
		v.page(Placed, name, [2]int{}, fmt.Sprintf("the annotation %s %s", a.ID, what), rebuild)
	}
	if list.Total != len(list.First.Items) {
		v.page(NothingLost, name, [2]int{}, fmt.Sprintf("%d annotations are announced and %d are there", list.Total, len(list.First.Items)), rebuild)
	}
	spans := map[string]int{} // by class and words, those not met yet
	for i := range f.text.spans {
		if s := &f.text.spans[i]; s.class != "cue" {
			spans[s.class+" "+s.text]++
		}
	}
	runes := []rune(text)
	for i := range list.First.Items {
		a := &list.First.Items[i]
		v.Claims++
		v.annotated(f, a, page, stem, wrong)
		for _, b := range a.Body {
			if to := target(name, b.Source); b.Purpose == "identifying" && seen[to] == nil && v.lost[to] == nil {
				wrong(a, fmt.Sprintf("means %s, which is not there", b.Source))
			}
		}
		source, err := url.PathUnescape(a.Target.Source)
		about := path.Join(path.Dir(name), source)
		switch {
		case err != nil || about != stem+".txt" && about != stem+".html":
			wrong(a, fmt.Sprintf("is about %q, which is not its article", a.Target.Source))
			continue
		case about == stem+".html":
			continue
		}
		quote, start, end := "", -1, -1
		for _, s := range a.Target.Selector {
			switch s.Type {
			case "TextQuoteSelector":
				quote = s.Exact
			case "TextPositionSelector":
				start, end = s.Start, s.End
			}
		}
		if start < 0 || end < start || end > len(runes) || string(runes[start:end]) != quote {
			wrong(a, "does not stand where it says")
			continue
		}
		class := a.class()
		if spans[class+" "+quote] == 0 {
			wrong(a, fmt.Sprintf("says that %s is a %s, and %s does not", quoted(quote, 0), class, f.path))
			continue
		}
		spans[class+" "+quote]--
	}
}

// class returns what an annotation says its words are.
func (a *webAnnotation) class() string {
	for _, b := range a.Body {
		if b.Purpose == "classifying" {
			return b.Value
		}
	}
	return ""
}

// annotated looks whether an annotation says what the page and the content file
// do: where it stands, whom it means, and how a source is named.
func (v *verifier) annotated(f *contentFile, a *webAnnotation, page *shownPage, stem string, wrong func(*webAnnotation, string)) {
	at := a.Target.Scope
	if at == "" {
		at = a.Target.Source
	}
	u, err := url.Parse(at)
	if err != nil || page == nil || path.Base(u.Path) != path.Base(stem)+".html" {
		if a.Target.Scope != "" {
			wrong(a, fmt.Sprintf("stands on %q, which is not its page", at))
		}
		return
	}
	href, here := page.elements[u.Fragment]
	if u.Fragment != "" && !here {
		wrong(a, fmt.Sprintf("stands at #%s, which is not on its page", u.Fragment))
		return
	}
	for _, b := range a.Body {
		switch naming, ok := strings.CutPrefix(b.Value, "naming: "); {
		case b.Purpose == "identifying" && href != "" && target(stem, b.Source) != target(stem, href):
			wrong(a, fmt.Sprintf("means %s, and the page %s", b.Source, href))
		case b.Purpose == "tagging" && ok && !f.names(naming):
			wrong(a, fmt.Sprintf("has a source that is %s, and %s has none", naming, f.path))
		}
	}
}

// names reports whether a source is named in that way. Who is said to be named
// and is nowhere by name is described, or a body.
func (f *contentFile) names(naming string) bool {
	for i := range f.text.spans {
		s := &f.text.spans[i]
		if s.class != "source" {
			continue
		}
		if s.naming == naming || (s.naming == "" || s.naming == "named") && (naming == "named" || naming == "described" || naming == "organization") {
			return true
		}
	}
	return false
}
