package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/slug"
	"readout/internal/stable"
	"readout/internal/story"
)

// makeStories makes the stories of the editor's files. A file that cannot be
// used is reported.
func (s *Site) makeStories(files []*content.Story, diags *diag.List) {
	bySlug := map[string]*Story{}
	fileOf := map[*Story]*content.Story{}
	movedTo := map[string]*Story{}
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
			Overview: f.Source, Line: f.Line, File: f.Path, file: f,
		}
		if st.Title == "" {
			st.Title = f.Slug
		}
		bySlug[f.Slug] = st
		fileOf[st] = f
		s.Stories = append(s.Stories, st)
	}
	for _, st := range s.Stories {
		f := fileOf[st]
		for i, m := range f.Moved {
			other := bySlug[m]
			if other == nil {
				other = movedTo[m]
			}
			if other != nil {
				diags.Add(diag.Diagnostic{
					File: f.Path, Line: lineAt(f.MovedLines, i), ID: "story-slug",
					Message: fmt.Sprintf("the slug %q is claimed by %s already", m, other.File),
					Hint:    "take it from moved in one of the two files, or give the other story another slug",
				})
				continue
			}
			if slug.Valid(m) {
				movedTo[m] = st
				st.Moved = append(st.Moved, "stories/"+m+".html")
			}
		}
	}
	for _, st := range s.Stories {
		f := fileOf[st]
		for i, m := range f.Members {
			line := lineAt(f.MemberLines, i)
			event := bySlug[m]
			if event == nil {
				event = movedTo[m]
			}
			switch b := s.briefing[m]; {
			// The slug of an event may be that of its first report.
			case event != nil && st.Storyline && !event.Storyline:
				if !slices.Contains(st.Events, event) {
					st.Events = append(st.Events, event)
					event.Within = append(event.Within, st)
				}
			case b != nil:
				st.Members = append(st.Members, b)
			default:
				d := diag.Diagnostic{
					File: f.Path, Line: line, ID: "story-member",
					Message: fmt.Sprintf("there is no briefing with the slug %q", m),
					Hint:    "correct the slug, or take the member out",
				}
				file := "content/briefings/" + m + ".md"
				if s.Faulty[file] {
					d.Message, d.Hint = file+" has a fault of its own, named above", "mend that file"
					st.faulty = true
				}
				if slices.Contains(f.Generated, m) {
					// It was there when readout wrote the file.
					d.Message = "the story is shown without one of its reports: " + d.Message
					d.Severity, d.Hint = diag.Warning, "mend the briefing where it has a fault; if it is gone for good, take the member out"
				}
				diags.Add(d)
				if st.grows() && !f.Edited && !s.Faulty[file] {
					st.gone = append(st.gone, m)
				}
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
	}
}

func lineAt(lines []int, i int) int {
	if i < len(lines) {
		return lines[i]
	}
	return 0
}

// holdStories takes out the stories of which a fault in a briefing leaves too little: a
// page that says that there is one report, or none, would be wrong. What was made of
// them before stays.
func (s *Site) holdStories(diags *diag.List) {
	held := func(st *Story) bool {
		return len(st.Members) < 2 && (st.faulty || slices.ContainsFunc(st.Events, func(e *Story) bool { return e.faulty }))
	}
	for _, st := range s.Stories {
		if held(st) {
			*diags = slices.DeleteFunc(*diags, func(d diag.Diagnostic) bool {
				return d.File == st.File && d.ID == "story-member" && d.Severity == diag.Warning
			})
			diags.Add(diag.Diagnostic{
				File: st.File, Line: 1, ID: "story-held", Severity: diag.Warning,
				Message: "too few of its reports can be read: the page of the story stays as it was", Hint: "mend the briefings that have a fault",
			})
		}
	}
	for _, st := range s.Stories {
		st.Events = slices.DeleteFunc(st.Events, held)
		st.Within = slices.DeleteFunc(st.Within, held)
	}
	s.Stories = slices.DeleteFunc(s.Stories, held)
}

// fillStories tells briefings of the stories they are members of, and sorts these.
func (s *Site) fillStories(diags *diag.List) {
	s.holdStories(diags)
	for _, st := range s.Stories {
		for _, b := range st.Members {
			b.Stories = append(b.Stories, st)
		}
	}
	newest := func(st *Story) *Briefing {
		if len(st.Members) == 0 {
			return nil
		}
		return slices.MinFunc(st.Members, newestFirst)
	}
	slices.SortFunc(s.Stories, func(a, b *Story) int {
		x, y := newest(a), newest(b)
		switch {
		case x == nil || y == nil:
			if c := len(b.Members) - len(a.Members); c != 0 {
				return c
			}
		default:
			if c := newestFirst(x, y); c != 0 {
				return c
			}
		}
		return strings.Compare(a.Slug, b.Slug)
	})
}

// Filled returns st with what is derived from the digests of its reports: its
// times, its people, its stages and on whose word it rests. Its page alone shows
// that, and no site holds it.
func (s *Site) Filled(st *Story) *Story {
	out := *st
	out.StoryDetails = &StoryDetails{}
	for _, b := range st.Members {
		out.Timeline.add(st.ownTimes(b))
	}
	out.Timeline.once()
	out.Timeline.sort()
	out.People = matrix(st.Members)
	if st.Storyline {
		out.Stages = st.stages()
		out.Recurring = recurring(out.Stages)
	}
	out.Sourcing = st.sourcing(s.Labels)
	return &out
}

// Compare returns a story that Filled returned with what is known from the texts
// of its reports alone: how much of one another they repeat, what they agree on
// and where they differ, and who met whom. Only the page of the story shows that,
// so it is found when that is made.
func (s *Site) Compare(st *Story, load Loader) (*Story, error) {
	out, details := *st, *st.StoryDetails
	out.StoryDetails = &details
	out.Reposts = slices.Clone(st.Reposts)
	out.Meetings, out.Dimensions, out.Agreements, out.Compared = nil, nil, nil, Compared{}
	files := map[string]*content.File{}
	for _, b := range st.Members {
		f, err := load(b.Slug)
		if err != nil {
			return nil, err
		}
		files[b.Slug] = f
	}
	for i, r := range out.Reposts {
		share := story.Shared(ownText(files[r.Briefing.Slug]), ownText(files[r.Of.Slug]))
		out.Reposts[i].Share = int(100*share + 0.5)
	}
	out.compare(s.Labels, files, s.recent.read)
	return &out, nil
}

// maxRows bounds the matrix of a story.
const maxRows = 60

// matrix shows who appears in which report: all people, those in most reports
// first.
func matrix(members []*Briefing) Matrix {
	m := Matrix{Reports: members}
	at := map[*Entity]int{}
	count := map[*Entity]int{}
	full := namesakes(members)
	for i, b := range members {
		for _, a := range b.Details().AppearancesOf(dialect.Person) {
			e := cmp.Or(full[a.Entity], a.Entity)
			row, ok := at[e]
			if !ok {
				row = len(m.Rows)
				at[e] = row
				m.Rows = append(m.Rows, MatrixRow{Entity: e, Cells: make([]*Appearance, len(members))})
			}
			if m.Rows[row].Cells[i] == nil {
				m.Rows[row].Cells[i] = a
				count[e]++
			}
		}
	}
	stable.Sort(m.Rows, func(a, b MatrixRow) int {
		return cmp.Or(count[b.Entity]-count[a.Entity], byName(a.Entity, b.Entity))
	})
	m.Rows = m.Rows[:min(len(m.Rows), maxRows)]
	return m
}

// ownTimes is the timeline of a report without what it repeats of another.
func (st *Story) ownTimes(b *Briefing) Timeline {
	i := slices.IndexFunc(st.Reposts, func(r Repost) bool { return r.Briefing == b })
	if i < 0 {
		return b.Details().Timeline
	}
	told := map[string]bool{}
	t := st.Reposts[i].Of.Details().Timeline
	for _, e := range slices.Concat(t.Resolved, t.Planned, t.Unresolved) {
		told[oneLine(e.Sentence.Text)+"\x00"+e.Value] = true
	}
	own := func(list []*TimelineEntry) []*TimelineEntry {
		return slices.DeleteFunc(slices.Clone(list), func(e *TimelineEntry) bool { return told[oneLine(e.Sentence.Text)+"\x00"+e.Value] })
	}
	mine := b.Details().Timeline
	return Timeline{Resolved: own(mine.Resolved), Planned: own(mine.Planned), Unresolved: own(mine.Unresolved)}
}

// repost reports whether b repeats another member.
func (st *Story) repost(b *Briefing) bool {
	return slices.ContainsFunc(st.Reposts, func(r Repost) bool { return r.Briefing == b })
}

// sourcing sums up on whose word a story rests. A report that repeats another
// does not count again.
func (st *Story) sourcing(l *label.Set) StorySourcing {
	var out StorySourcing
	voices, bodies := map[*Entity]int{}, map[*Entity]int{}
	full := namesakes(st.Members)
	add := func(list *[]SourceUse, at map[*Entity]int, us []SourceUse) {
		for _, u := range us {
			e := u.Speaker.Entity
			if f := full[e]; f != nil {
				e = f
			}
			if e != nil {
				if i, ok := at[e]; ok {
					(*list)[i].Count += u.Count
					if u.Speaker.Entity == e && (*list)[i].Speaker.Entity != e {
						(*list)[i].Speaker = u.Speaker // who is named in full
					}
					continue
				}
				at[e] = len(*list)
			}
			*list = append(*list, u)
		}
	}
	missed := 0 // reports whose sources were not looked for
	for _, b := range st.Members {
		if st.repost(b) {
			continue
		}
		src := b.Details().Sourcing
		out.Origins++
		if b.Unread() {
			missed++
		}
		out.Sentences.sum(b.Sentences)
		add(&out.Voices, voices, src.People)
		add(&out.Bodies, bodies, slices.Concat(src.Organizations, src.Outlets, src.Documents))
		for _, u := range src.Unnamed {
			out.Unnamed += u.Count
		}
	}
	say := func(words string) { out.Statement = append(out.Statement, label.Sentence(words)) }
	say(l.Count("story.sources", out.Origins, "strip", stripList(l, out.Sentences, missed == out.Origins)))
	if missed > 0 && missed < out.Origins {
		say(l.Count("story.sources.unread", missed))
	}
	people, offices := byOffice(out.Voices)
	if n := len(people); n > 0 {
		say(l.Count("story.sources.people", n, "list", useMost(l, people)))
	} else if missed < out.Origins && len(offices) == 0 {
		say(l.Text("source.nobody"))
	}
	sayWords(l, say, "source.offices", offices)
	if n := out.Unnamed; n > 0 {
		say(l.Count("story.sources.unnamed", n))
	}
	if n := len(st.Reposts); n > 0 {
		say(l.Count("story.sources.reposts", n))
	}
	return out
}
