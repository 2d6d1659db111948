package briefing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"readout/internal/diag"
)

// Changes lists what an editor changed in a briefing since it was generated: the
// same units that conflicts are about, with Kind, Unit, Line, Base and Edited. A
// file that cannot be taken apart has one change, the file.
func Changes(base, edited []byte) []Conflict {
	bs, es := unix(base), unix(edited)
	if bytes.Equal(bs, es) {
		return nil
	}
	b, okb := open(bs)
	e, oke := open(es)
	if !okb || !oke {
		return []Conflict{{Kind: FileConflict, Line: 1, Base: string(base), Edited: string(edited)}}
	}
	var out []Conflict
	add := func(kind, unit string, line int, before, after string) {
		if before != after {
			out = append(out, Conflict{Kind: kind, Unit: unit, Line: line, Base: before, Edited: after})
		}
	}
	for _, t := range sectionOrder(entryKeys(b.front), entryKeys(e.front), nil) {
		x := e.front[t.edited]
		before := ""
		if t.base >= 0 {
			before = b.front[t.base].value
		}
		add(FrontMatterConflict, x.key, x.line, before, x.value)
	}
	for _, x := range b.front {
		if !hasKey(e.front, x.key) {
			add(FrontMatterConflict, x.key, 0, x.value, "")
		}
	}
	pb, pe := points(b), points(e)
	for _, t := range mergeOrder(pointTexts(pb), pointTexts(pe), pointTexts(pb), true) {
		switch {
		case t.edited < 0:
			add(KeyPointConflict, "", 0, pb[t.base].text, "")
		case t.base < 0:
			add(KeyPointConflict, keyPointUnit(t.edited+1), pe[t.edited].line, "", pe[t.edited].text)
		default:
			add(KeyPointConflict, keyPointUnit(t.edited+1), pe[t.edited].line, pb[t.base].text, pe[t.edited].text)
		}
	}
	tb, te := textBlocks(b.doc), textBlocks(e.doc)
	for _, t := range mergeOrder(blockTexts(tb), blockTexts(te), blockTexts(tb), true) {
		switch {
		case t.edited < 0:
			add(BlockConflict, "", 0, tb[t.base].source(), "")
		case t.base < 0:
			add(BlockConflict, te[t.edited].id, te[t.edited].Line, "", te[t.edited].source())
		case !untouched(tb[t.base], te[t.edited]):
			add(BlockConflict, te[t.edited].id, te[t.edited].Line, tb[t.base].source(), te[t.edited].source())
		}
	}
	own := func(v version) map[string]string {
		m := map[string]string{}
		for i, s := range v.sections {
			if i != v.text && i != v.points {
				m[s.Title] += strings.Trim(string(s.Source), "\n")
			}
		}
		return m
	}
	before := own(b)
	for i, s := range e.sections {
		if i != e.text && i != e.points {
			add(SectionConflict, "## "+s.Title, s.Line, before[s.Title], strings.Trim(string(s.Source), "\n"))
		}
	}
	return out
}

func entryKeys(es []entry) []string {
	var s []string
	for _, x := range es {
		s = append(s, x.key)
	}
	return s
}

func hasKey(es []entry, key string) bool {
	for _, x := range es {
		if x.key == key {
			return true
		}
	}
	return false
}

func pointTexts(ps []point) []string {
	var s []string
	for _, p := range ps {
		s = append(s, p.text)
	}
	return s
}

func blockTexts(ts []*textBlock) []string {
	var s []string
	for _, t := range ts {
		s = append(s, t.text)
	}
	return s
}

// PendingPath returns where the conflicts of the briefing slug are kept until an
// editor has settled them. Its loss costs no edit: the edits are in the file.
func PendingPath(slug string) string { return "content/.base/" + slug + ".pending.json" }

// WritePending returns conflicts as they are kept.
func WritePending(conflicts []Conflict) []byte {
	out, err := json.MarshalIndent(conflicts, "", "  ")
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return append(out, '\n')
}

// ReadPending reads what WritePending wrote. Nothing is no error.
func ReadPending(src []byte) ([]Conflict, error) {
	if len(bytes.TrimSpace(src)) == 0 {
		return nil, nil
	}
	var conflicts []Conflict
	if err := json.Unmarshal(src, &conflicts); err != nil {
		return nil, fmt.Errorf("conflicts cannot be read: %w", err)
	}
	return conflicts, nil
}

// Pending joins the conflicts kept before a merge with those it found: one about
// the same thing takes the place of the older one, and one that the merged file
// settles (it has the proposal, or no longer the editor's version) is dropped.
func Pending(before, found []Conflict, merged []byte) []Conflict {
	var out []Conflict
	file := string(unix(merged))
	v, ok := open([]byte(file))
	blocks := map[string]bool{}
	if ok {
		for _, b := range textBlocks(v.doc) {
			blocks[b.source()] = true
		}
	}
	for _, c := range before {
		stands := strings.Contains(file, c.Edited)
		if c.Kind == BlockConflict || c.Kind == Orphan {
			stands = stands || blocks[c.Edited]
		}
		if ok && !stands || c.Kind == FileConflict && len(found) == 0 && file == c.Generated {
			continue
		}
		replaced := false
		for _, f := range found {
			replaced = replaced || f.Kind == FileConflict || f.Kind == c.Kind && f.Edited == c.Edited
		}
		if !replaced {
			out = append(out, c)
		}
	}
	return append(out, found...)
}

// Diagnostics returns conflicts as warnings about the file of the briefing slug.
func Diagnostics(file, slug string, conflicts []Conflict) diag.List {
	var diags diag.List
	for _, c := range conflicts {
		d := diag.Diagnostic{File: file, Line: c.Line, ID: "merge-conflict", Severity: diag.Warning}
		what := c.Unit
		switch c.Kind {
		case FileConflict:
			d.Message = "edited, and generated anew; it is left as it was edited"
		case Orphan:
			d.ID = "merge-orphan"
			d.Message = fmt.Sprintf("%s was edited, but the article no longer has its words; the edit stays", what)
		case MarkConflict:
			d.Message = fmt.Sprintf("a mark in %s was edited, and is generated otherwise now; the edit stays", what)
		default:
			d.Message = fmt.Sprintf("%s was edited, and is generated otherwise now; the edit stays", what)
		}
		command := slug
		if c.Unit != "" {
			command += " '" + c.Unit + "'"
		}
		d.Hint = fmt.Sprintf("compare with readout diff %s; then readout take %s, or readout keep %s", slug, command, command)
		d.Excerpt, _, _ = strings.Cut(c.Edited, "\n")
		if c.Kind == FileConflict {
			d.Excerpt = ""
		}
		diags.Add(d)
	}
	return diags
}
