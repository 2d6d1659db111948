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
	ID     string `json:"id"`
	Target struct {
		Source   string `json:"source"`
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
func (v *verifier) exports(f *contentFile) {
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
		First struct {
			Items []webAnnotation `json:"items"`
		} `json:"first"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		v.page(Placed, name, [2]int{}, "is not JSON: "+err.Error(), rebuild)
		return
	}
	runes := []rune(text)
	for _, a := range list.First.Items {
		source, err := url.PathUnescape(a.Target.Source)
		if err != nil || path.Join(path.Dir(name), source) != stem+".txt" {
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
		v.Claims++
		if start < 0 || end < start || end > len(runes) || string(runes[start:end]) != quote {
			v.page(Placed, name, [2]int{}, fmt.Sprintf("the annotation %s does not stand where it says", a.ID), rebuild)
		}
	}
}
