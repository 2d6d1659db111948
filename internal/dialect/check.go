package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// checkAttributes looks for a class, an attribute or a value that is not in the
// vocabulary.
func (r *reader) checkAttributes(m Mark, at int) {
	known := vocabulary[m.Class]
	if known == nil {
		hint := "see the list of classes in the description of the format"
		var names []string
		for _, c := range Classes() {
			names = append(names, string(c))
		}
		if near := nearest(string(m.Class), names); near != "" {
			hint = fmt.Sprintf("did you mean .%s?", near)
		}
		r.report(at, "span-class", fmt.Sprintf("unknown class %q", m.Class), hint)
		return
	}
	for _, a := range m.Attrs {
		values, ok := known[a.Key]
		switch {
		case !ok:
			hint := fmt.Sprintf("a %s has no attributes", m.Class)
			if names := m.Class.Attributes(); len(names) > 0 {
				hint = fmt.Sprintf("a %s may have %s", m.Class, strings.Join(names, ", "))
				if near := nearest(a.Key, names); near != "" {
					hint = fmt.Sprintf("did you mean %s?", near)
				}
			}
			r.report(at, "span-attribute", fmt.Sprintf("unknown attribute %q of %s", a.Key, m.Class), hint)
		case values != nil && !slices.Contains(values, a.Value):
			hint := "the values are " + strings.Join(values, ", ")
			r.report(at, "span-value", fmt.Sprintf("unknown value %s=%q of %s", a.Key, a.Value, m.Class), hint)
		}
	}
}

// checkIDs looks for ids used twice and for references to ids that are not
// there.
func (r *reader) checkIDs() {
	class := map[string]Class{}
	for _, m := range r.doc.Marks {
		if m.ID == "" {
			continue
		}
		if _, twice := class[m.ID]; twice {
			r.report(m.Line, "span-id", fmt.Sprintf("id %q is used twice", m.ID), "give one of them another number")
			continue
		}
		class[m.ID] = m.Class
	}
	references := []struct {
		key    string
		target Class
		hint   string
	}{
		{"by", Source, "mark the words that name the source with {.source #%s}, or take by=%[1]s away"},
		{"at", Time, "mark the time expression with {.time #%s}, or take at=%[1]s away"},
		{"continues", "", "mark the first part of the quotation with #%s"},
	}
	for _, m := range r.doc.Marks {
		for _, ref := range references {
			id := m.Get(ref.key)
			if id == "" {
				continue
			}
			target, ok := class[id]
			want := ref.target
			if want == "" {
				want = m.Class
			}
			if !ok || target != want {
				r.report(m.Line, "span-reference", fmt.Sprintf("%s=%s names no %s of this file", ref.key, id, want), fmt.Sprintf(ref.hint, id))
			}
		}
	}
}
