package render

import (
	"strconv"
	"strings"
	"unicode"

	"readout/internal/site"
)

// A CopyView is what a report words otherwise than the one it repeats.
type CopyView struct {
	RepostView
	Changes []ChangeView
	More    string // how many more there are; "" when none
}

// A ChangeView is a sentence of an original and of its copy, told as one.
type ChangeView struct {
	Words // its first part
	Parts []PartView
	Cites []Cite // the original, then the copy
}

// A PartView is a run of words of a ChangeView.
type PartView struct {
	site.ChangePart
	Space string // after the words
}

// mostChanges bounds what is shown of one copy.
const mostChanges = 12

// copied shows what copies word otherwise than their originals; nothing on a site that
// does not show the texts.
func (r *Renderer) copied(s *site.Story) []CopyView {
	if r.site.Config.Text != "full" {
		return nil
	}
	var out []CopyView
	for _, p := range s.Reposts {
		if len(p.Changes) == 0 {
			continue
		}
		v := CopyView{RepostView: r.repost(s, p)}
		for i, c := range p.Changes {
			if i == mostChanges {
				v.More = r.l.Count("story.copy.more", len(p.Changes)-mostChanges)
				break
			}
			by := p.Briefing
			if c.Copy.Briefing == nil {
				by = p.Of
			}
			cv := ChangeView{Words: r.words(by, c.Parts[0].Text)}
			for _, part := range c.Parts {
				words := strings.TrimRightFunc(part.Text, unicode.IsSpace)
				pv := PartView{ChangePart: part}
				if len(words) < len(part.Text) {
					pv.Text, pv.Space = words, " "
				}
				cv.Parts = append(cv.Parts, pv)
			}
			for _, at := range []site.Passage{c.Of, c.Copy} {
				for _, cite := range r.cite(s.Path, at) {
					cite.Text = r.reportName(s, at.Briefing) + " " + cite.Text
					cite.Label = cite.Text + ", " + cite.Label
					cv.Cites = append(cv.Cites, cite)
				}
			}
			v.Changes = append(v.Changes, cv)
		}
		out = append(out, v)
	}
	return out
}

// repost names a report and the one it repeats.
func (r *Renderer) repost(s *site.Story, p site.Repost) RepostView {
	return RepostView{r.titled(s.Path, p.Briefing), r.titled(s.Path, p.Of), r.l.Say("percent", "n", strconv.Itoa(p.Share))}
}
