package briefing

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/edit"
	"readout/internal/stable"
)

// Edits lists what an editor changed, in the order of the edited file; marks that
// were removed stand before the others of their block. ok is false where one of the files cannot be
// taken apart.
func Edits(base, edited []byte) (edits []edit.Edit, ok bool) {
	if bytes.Equal(base, edited) {
		return nil, true
	}
	bs, es := unix(base), unix(edited)
	if bytes.Equal(bs, es) {
		return nil, true
	}
	b, okb := open(bs)
	e, oke := open(es)
	if !okb || !oke {
		return nil, false
	}
	l := editList{}
	l.frontMatter(b, e)
	l.keyPoints(b, e)
	l.text(b, e)
	l.sections(b, e)
	return l.edits, true
}

type editList struct{ edits []edit.Edit }

// add notes that before became after. One of them may be "".
func (l *editList) add(e edit.Edit, before, after string) {
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	switch {
	case before == after:
		return
	case before == "":
		e.Change = edit.Added
	case after == "":
		e.Change = edit.Removed
	default:
		e.Change = edit.Changed
	}
	e.Was, e.Now = before, after
	l.edits = append(l.edits, e)
}

func (l *editList) frontMatter(b, e version) {
	value := func(x entry) string { // without its key
		_, v, _ := strings.Cut(x.value, ":")
		return v
	}
	of := func(list []entry, key string) (entry, string) {
		for _, x := range list {
			if x.key == key {
				return x, value(x)
			}
		}
		return entry{}, ""
	}
	for _, x := range e.front {
		_, before := of(b.front, x.key)
		l.add(edit.Edit{Kind: edit.Key, Unit: x.key, Line: x.line}, before, value(x))
	}
	for _, x := range b.front {
		if _, after := of(e.front, x.key); after == "" && !hasKey(e.front, x.key) {
			l.add(edit.Edit{Kind: edit.Key, Unit: x.key}, value(x), "")
		}
	}
}

func (l *editList) keyPoints(b, e version) {
	pb, pe := points(b), points(e)
	for _, t := range mergeOrder(pointTexts(pb), pointTexts(pe), pointTexts(pb), true) {
		x := edit.Edit{Kind: edit.KeyPoint}
		before, after := "", ""
		if t.base >= 0 {
			before = strings.TrimPrefix(pb[t.base].text, "- ")
		}
		if t.edited >= 0 {
			x.Unit, x.Line = keyPointUnit(t.edited+1), pe[t.edited].line
			after = strings.TrimPrefix(pe[t.edited].text, "- ")
		}
		l.add(x, dialect.Unescape(before), dialect.Unescape(after))
	}
}

func (l *editList) text(b, e version) {
	tb, te := textBlocks(b.doc), textBlocks(e.doc)
	for _, t := range mergeOrder(blockTexts(tb), blockTexts(te), blockTexts(tb), true) {
		switch {
		case t.edited < 0:
			l.add(edit.Edit{Kind: edit.Block, Words: tb[t.base].text}, tb[t.base].text, "")
		case t.base < 0:
			x := te[t.edited]
			l.add(edit.Edit{Kind: edit.Block, Block: x.id, Line: x.Line, Words: x.text}, "", x.text)
		default:
			l.block(tb[t.base], te[t.edited])
		}
	}
}

// block lists what differs between two versions of a block.
func (l *editList) block(b, e *textBlock) {
	at := edit.Edit{Kind: edit.Block, Block: e.id, Line: e.Line, Words: e.text}
	role := func(x *textBlock) string {
		return strings.TrimSpace(x.Role + " " + x.Reason)
	}
	l.add(at, role(b), role(e))
	if b.text != e.text {
		l.add(at, b.text, e.text)
	}
	// Where the text is another, marks are paired by their words and in order.
	type key struct {
		class      dialect.Class
		start, end int
		words      string
	}
	keyOf := func(x *mark) key {
		if b.text == e.text {
			return key{class: x.Class, start: x.start, end: x.end}
		}
		return key{class: x.Class, words: x.words}
	}
	there := map[key][]int{}
	for i, y := range e.marks {
		there[keyOf(y)] = append(there[keyOf(y)], i)
	}
	paired := make([]bool, len(e.marks))
	var found []edit.Edit
	of := func(x *mark) edit.Edit {
		return edit.Edit{Kind: edit.Mark, Block: e.id, Class: x.Class, Words: x.words}
	}
	for _, x := range b.marks {
		rest := there[keyOf(x)]
		if len(rest) == 0 {
			gone := of(x)
			gone.Change = edit.Removed
			found = append(found, gone)
			continue
		}
		i := rest[0]
		there[keyOf(x)], paired[i] = rest[1:], true
		y := e.marks[i]
		if was, now := attributesApart(x, y); was != now {
			changed := of(y)
			changed.Change, changed.Was, changed.Now = edit.Changed, was, now
			changed.Line, changed.Column = y.Line, y.Column
			found = append(found, changed)
		}
	}
	for i, y := range e.marks {
		if !paired[i] {
			added := of(y)
			added.Change, added.Line, added.Column = edit.Added, y.Line, y.Column
			found = append(found, added)
		}
	}
	stable.Sort(found, func(x, y edit.Edit) int { return cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column)) })
	l.edits = append(l.edits, found...)
}

// attributesApart words the attributes in which two versions of a mark differ.
// A reference to another mark is worded by what that one covers, for their
// numbers mean nothing.
func attributesApart(x, y *mark) (was, now string) {
	type pair struct{ key, value string }
	list := func(m *mark) (out []pair) {
		for _, a := range plainAttrs(m) {
			out = append(out, pair{a.Key, a.Value})
		}
		for _, to := range []struct {
			key string
			m   *mark
		}{{"by", m.by}, {"at", m.at}, {"continues", m.continues}} {
			if to.m != nil {
				out = append(out, pair{to.key, to.m.words})
			}
		}
		return out
	}
	before, after := list(x), list(y)
	apart := func(of, other []pair) string {
		var out []string
		for _, p := range of {
			if !slices.Contains(other, p) {
				out = append(out, p.key+" "+p.value)
			}
		}
		return strings.Join(out, ", ")
	}
	return apart(before, after), apart(after, before)
}

func (l *editList) sections(b, e version) {
	own := func(v version, title string) string {
		var all string
		for i, s := range v.sections {
			if i != v.text && i != v.points && s.Title == title {
				all += string(s.Source)
			}
		}
		return all
	}
	done := map[string]bool{}
	for _, v := range []version{e, b} {
		for i, s := range v.sections {
			if i == v.text || i == v.points || done[s.Title] {
				continue
			}
			done[s.Title] = true
			x := edit.Edit{Kind: edit.Section, Unit: s.Title}
			l.add(x, own(b, s.Title), own(e, s.Title))
		}
	}
}
