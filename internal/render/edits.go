package render

import (
	"strconv"
	"strings"

	"readout/internal/edit"
	"readout/internal/label"
	"readout/internal/site"
)

// An EditView is one thing that an editor changed.
type EditView struct {
	What  string // "Key point 2", "Person"
	Words string // that it is about, as the article has them
	How   string
	Cites []Cite
}

// maxEdits is how many changes a page lists one by one.
const maxEdits = 200

// edits lists what an editor changed. A reader sees what it was and what it is
// now, but for texts that stand on the page anyway.
func (v *BriefingPage) edits(r *Renderer, b *site.Briefing, s *site.Page) {
	for i, e := range s.Edits {
		if i == maxEdits {
			v.MoreEdits = r.l.Count("edit.more", len(s.Edits)-i)
			break
		}
		v.Edits = append(v.Edits, r.edit(b, e))
	}
}

func (r *Renderer) edit(b *site.Briefing, e site.Edit) EditView {
	v := EditView{Words: oneLine(e.Words, 60), Cites: r.cite(b.Path, e.Passage)}
	was, now := oneLine(e.Was, 120), oneLine(e.Now, 120)
	how := map[edit.Change]string{edit.Added: "edit.written", edit.Removed: "edit.out", edit.Changed: "edit.reworded"}[e.Change]
	switch e.Kind {
	case edit.Key:
		v.What = label.Sentence(strings.ReplaceAll(e.Unit, "_", " "))
		v.How = r.changed(e.Change, was, now)
	case edit.Section:
		v.What, v.Words, v.How = r.l.Text("edit.section"), e.Unit, r.l.Text(how)
	case edit.KeyPoint:
		v.What = r.l.Text("edit.point.gone")
		if n, ok := strings.CutPrefix(e.Unit, "key-point-"); ok {
			v.What = r.l.Say("edit.point", "n", n)
			if k, err := strconv.Atoi(n); err == nil && k <= len(b.Details().KeyPoints) {
				v.Cites = r.cite(b.Path, b.Details().KeyPoints[k-1].Passage)
			}
		}
		v.How = r.l.Text(how)
		if was != "" && e.Change != edit.Added {
			v.How = r.l.Say("edit.was", "how", v.How, "was", was)
		}
	case edit.Mark:
		v.What = label.Sentence(r.l.Text("edit.mark." + string(e.Class)))
		switch {
		case e.Change == edit.Added:
			v.How = r.l.Text("edit.mark.added")
		case e.Change == edit.Removed:
			v.How = r.l.Text("edit.mark.removed")
		case was == "" && now == "":
			v.How = r.l.Text("edit.mark.corrected")
		default:
			v.How = r.l.Say("edit.mark.changed", "how", r.changed(e.Change, was, now))
		}
	default:
		v.What, v.How = r.l.Text("edit.passage"), r.l.Text(passageChange(e))
	}
	return v
}

// changed says what a value was and is.
func (r *Renderer) changed(c edit.Change, was, now string) string {
	switch {
	case c == edit.Added || was == "" && now != "":
		return r.l.Say("edit.value.added", "now", now)
	case c == edit.Removed || now == "" && was != "":
		return r.l.Say("edit.value.removed", "was", was)
	}
	return r.l.Say("edit.value.changed", "was", was, "now", now)
}

// passageChange is the label that says what became of a passage: of its text,
// which stands on the page, or of what it is taken for.
func passageChange(e site.Edit) string {
	wasAside, isAside := strings.HasPrefix(e.Was, "set-aside"), strings.HasPrefix(e.Now, "set-aside")
	switch {
	case e.Change == edit.Added:
		return "edit.passage.added"
	case e.Change == edit.Removed:
		return "edit.out"
	case isAside && !wasAside:
		return "edit.passage.aside"
	case wasAside && !isAside:
		return "edit.passage.back"
	}
	return "edit.passage.changed"
}
