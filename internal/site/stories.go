package site

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/slug"
)

// makeStories makes the stories of the editor's files. A file that cannot be
// used is reported.
func (s *Site) makeStories(files []*content.Story, diags *diag.List) {
	bySlug := map[string]*Story{}
	fileOf := map[*Story]*content.Story{}
	for _, f := range files {
		problem := func(id, hint, format string, args ...any) {
			diags.Add(diag.Diagnostic{File: f.Path, ID: id, Message: fmt.Sprintf(format, args...), Hint: hint})
		}
		if !slug.Valid(f.Slug) {
			problem("slug-invalid", "rename the file: lower-case letters, digits and hyphens", "the slug %q cannot name a page", f.Slug)
			continue
		}
		if other := bySlug[f.Slug]; other != nil {
			problem("story-slug", "give one of the two another slug", "%s has the slug %q already", other.File, f.Slug)
			continue
		}
		if f.Kind != "" && f.Kind != "event" && f.Kind != "storyline" {
			problem("story-kind", `write "event" or "storyline"`, "kind %q is not known", f.Kind)
		}
		st := &Story{
			Slug: f.Slug, Path: "stories/" + f.Slug + ".html", Title: f.Title, Storyline: f.Kind == "storyline",
			Overview: f.Source, Line: f.Line, File: f.Path,
		}
		if st.Title == "" {
			st.Title = f.Slug
		}
		for _, m := range f.Moved {
			if slug.Valid(m) {
				st.Moved = append(st.Moved, "stories/"+m+".html")
			}
		}
		bySlug[f.Slug] = st
		fileOf[st] = f
		s.Stories = append(s.Stories, st)
	}
	for _, st := range s.Stories {
		f := fileOf[st]
		for i, m := range f.Members {
			line := 0
			if i < len(f.MemberLines) {
				line = f.MemberLines[i]
			}
			event := bySlug[m]
			switch b := s.briefing[m]; {
			case b != nil:
				st.Members = append(st.Members, b)
			case event != nil && st.Storyline && !event.Storyline:
				st.Events = append(st.Events, event)
				event.Within = append(event.Within, st)
			default:
				diags.Add(diag.Diagnostic{
					File: f.Path, Line: line, ID: "story-member",
					Message: fmt.Sprintf("there is no briefing with the slug %q", m),
					Hint:    "correct the slug, or take the member out",
				})
			}
		}
	}
	for _, st := range s.Stories {
		for _, e := range st.Events {
			for _, m := range fileOf[e].Members {
				if b := s.briefing[m]; b != nil {
					st.Members = append(st.Members, b)
				}
			}
		}
		slices.SortFunc(st.Members, oldestFirst)
		st.Members = slices.Compact(st.Members)
		for _, b := range st.Members {
			b.Stories = append(b.Stories, st)
			st.Timeline.add(b.Timeline)
		}
		st.Timeline.sort()
		st.fill()
	}
	slices.SortFunc(s.Stories, func(a, b *Story) int {
		if len(a.Members) == 0 || len(b.Members) == 0 {
			return len(b.Members) - len(a.Members)
		}
		if c := newestFirst(a.Members[len(a.Members)-1], b.Members[len(b.Members)-1]); c != 0 {
			return c
		}
		return strings.Compare(a.Slug, b.Slug)
	})
}

// fill derives what a story shows across its members.
func (st *Story) fill() {}
