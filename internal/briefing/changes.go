package briefing

import (
	"bytes"
	"strings"
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
