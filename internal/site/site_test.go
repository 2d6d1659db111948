package site

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/label"
	"readout/internal/span"
)

var update = flag.Bool("update", false, "write the golden files anew")

// file makes a content file of a header of "key: value" lines, an empty line and
// annotated text.
func file(t testing.TB, name, src string) *content.File {
	t.Helper()
	head, body, _ := strings.Cut(src, "\n\n")
	f := &content.File{Path: "content/briefings/" + name + ".md", Meta: frontmatter.Meta{Slug: name}}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			f.Meta.Title = value
		case "derived":
			f.Meta.Title, f.Meta.TitleBasis = value, "derived"
		case "date":
			f.Meta.Date, f.Meta.DateBasis = value, "metadata"
		case "publisher":
			f.Meta.Publisher = value
		case "language":
			f.Meta.Language = value
		case "url":
			f.Meta.URL = value
		case "slug":
			f.Meta.Slug = value
		case "key":
			text, target, _ := strings.Cut(value, " -> ")
			f.KeyPoints = append(f.KeyPoints, content.KeyPoint{Text: text, Target: target, Line: 1})
		case "":
		default:
			t.Fatalf("%s: unknown key %q", name, key)
		}
	}
	doc, diags := dialect.Read([]byte(body), 1)
	if len(diags) > 0 {
		t.Fatalf("%s: %v", name, diags)
	}
	f.Text, f.Marks = doc.Text, doc.Marks
	f.Blocks = blocksOf(doc)
	return f
}

func blocksOf(doc dialect.Document) []content.Block {
	var out []content.Block
	count := map[string]int{}
	for _, b := range doc.Blocks {
		prefix := "p"
		switch article.Role(b.Role) {
		case article.Headline, article.Dek, article.Byline, article.Dateline:
			prefix = b.Role
		case article.Heading:
			prefix = "h"
		case article.SetAside:
			prefix = "a"
		}
		id := prefix
		if len(prefix) == 1 {
			count[prefix]++
			id = fmt.Sprint(prefix, count[prefix])
		}
		out = append(out, content.Block{ID: id, Role: article.Role(b.Role), Level: b.Level, Reason: b.Reason, Span: b.Span, Line: b.Line})
	}
	return out
}

func load(t testing.TB, name string) Input {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var in Input
	for _, f := range a.Files {
		base := strings.TrimSuffix(path.Base(f.Name), ".md")
		lines := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		value := func(key string) string {
			for _, l := range lines {
				if v, ok := strings.CutPrefix(l, key+": "); ok {
					return v
				}
			}
			return ""
		}
		list := func(key string) []string {
			if v := value(key); v != "" {
				return strings.Split(v, ", ")
			}
			return nil
		}
		switch path.Dir(f.Name) {
		case "briefings":
			in.Files = append(in.Files, file(t, base, string(f.Data)))
		case "stories":
			in.Stories = append(in.Stories, &content.Story{
				Path: "content/" + f.Name, Slug: base, Title: value("title"), Kind: value("kind"),
				Members: list("members"), Moved: list("moved"),
			})
		case "people", "organizations", "places", "events":
			kind := map[string]dialect.Class{
				"people": dialect.Person, "organizations": dialect.Organization, "places": dialect.Place, "events": dialect.Event,
			}[path.Dir(f.Name)]
			in.Entities = append(in.Entities, &content.Entity{
				Path: "content/" + f.Name, Kind: kind, Slug: base, Name: value("name"), Aliases: list("aliases"), Not: list("not"),
			})
		}
	}
	return in
}

func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			in := load(t, name)
			s, diags := Gather(in)
			var b strings.Builder
			for _, d := range diags {
				fmt.Fprintln(&b, d.Error(), "| hint:", d.Hint)
			}
			dump(&b, s, in)
			a, _ := txtar.ParseFile(name)
			at := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					at = i
				}
			}
			if *update {
				if at < 0 {
					a.Files = append(a.Files, txtar.File{Name: "want"})
					at = len(a.Files) - 1
				}
				a.Files[at].Data = []byte(b.String())
				if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if at < 0 || string(a.Files[at].Data) != b.String() {
				t.Errorf("want has changed; run with -update and read the difference. got:\n%s", b.String())
			}
			check(t, s, in)
		})
	}
}

// dump writes what a site holds in a form to be read and compared.
func dump(b *strings.Builder, s *Site, in Input) {
	files := map[string]*content.File{}
	for _, f := range in.Files {
		if files[f.Meta.Slug] == nil {
			files[f.Meta.Slug] = f
		}
	}
	for _, br := range s.Briefings {
		p := s.Page(br, files[br.Slug])
		fmt.Fprintf(b, "briefing %s: %q derived=%v %s (%s) %s %d words, %d min\n", br.Slug, br.Header.Title, br.Header.TitleDerived,
			br.Header.Date.Value, br.Header.Date.How(label.English()), br.Header.Direction, br.Header.Words, br.Header.Minutes)
		d := br.Details()
		for _, k := range d.KeyPoints {
			fmt.Fprintf(b, "\tkey %s %q\n", k.Passage.Paragraph(label.English()), k.Text)
		}
		for _, a := range d.Appearances {
			fmt.Fprintf(b, "\t%s %s x%d first %s", a.Entity.Kind, a.Entity.Slug, a.Mentions, a.First.ID)
			for _, r := range a.Roles {
				fmt.Fprintf(b, " role %q", r.Text)
			}
			fmt.Fprintf(b, " voice %d\n", a.Voice)
		}
		for _, q := range d.Quotations {
			fmt.Fprintf(b, "\tquote %s %s %q by %s cue %q class %s continues=%v\n", q.Passage.ID, q.Form, q.Passage.Text, q.Speaker.Label(label.English()), cue(q.Speaker), q.Class(), q.Continues)
		}
		for _, st := range d.Statements {
			fmt.Fprintf(b, "\tstatement %s %q by %s %s\n", st.Passage.ID, st.Passage.Text, st.Speaker.Label(label.English()), st.Stance)
		}
		dumpTimeline(b, "\t", d.Timeline)
		for _, t := range d.Terms {
			fmt.Fprintf(b, "\tterm %s = %s\n", t.Short, t.Long)
		}
		fmt.Fprintf(b, "\tstrip: %s\n", br.Strip(s.Labels))
		for _, st := range br.SourceStatement(s.Labels) {
			fmt.Fprintf(b, "\tsources: %s\n", st)
		}
		for _, seg := range p.Strip {
			fmt.Fprintf(b, "\tsegment %s direct=%v %s\n", seg.ID, seg.Direct, seg.Label)
		}
		for _, c := range p.Caveats {
			fmt.Fprintf(b, "\tcaveat %s: %s (%d)\n", c.Kind, c.Text, len(c.Links))
		}
		for _, r := range p.Across {
			fmt.Fprintf(b, "\tacross %s", r.Briefing.Slug)
			for _, e := range r.Shared {
				fmt.Fprintf(b, " %s", e.Slug)
			}
			fmt.Fprintln(b)
		}
		for _, n := range p.Notes {
			fmt.Fprintf(b, "\tnote %d %s %s: %s\n", n.Number, n.Kind, n.Passage.ID, n.Text)
		}
		for _, bl := range p.Text {
			fmt.Fprintf(b, "\t%s %s: ", bl.ID, bl.Role)
			dumpInlines(b, bl.Inlines)
			fmt.Fprintln(b)
		}
		for _, a := range p.SetAside {
			fmt.Fprintf(b, "\tset aside %s (%s) %q\n", a.ID, a.Reason, a.Text)
		}
	}
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			fmt.Fprintf(b, "%s %s %q %s:", kind, e.Path, e.Name, e.Letter)
			for _, n := range e.Names() {
				fmt.Fprintf(b, " %q x%d", n.Text, n.Count)
			}
			fmt.Fprintf(b, " in %d, quoted %d, with", e.Briefings(), e.Quoted())
			for _, o := range e.Together() {
				fmt.Fprintf(b, " %s(%d)", o.Entity.Slug, o.Briefings)
			}
			fmt.Fprintln(b)
			for _, m := range e.Merges {
				fmt.Fprintf(b, "\tsame: %s because %s\n", m.Name, m.Why)
			}
		}
	}
	times := &s.Times
	dumpTimeline(b, "", times.Part(TimesPage{[2]int{0, len(times.Resolved)}, [2]int{0, len(times.Planned)}, [2]int{0, len(times.Unresolved)}}))
	for _, g := range s.Glossary {
		fmt.Fprintf(b, "glossary #%s %s = %s in %d\n", g.ID, g.Short, g.Long, len(g.Terms()))
	}
	for _, p := range s.Publishers {
		fmt.Fprintf(b, "publisher %q #%s %d briefings %+v\n", p.Name, p.ID, len(p.Briefings), p.Sentences)
	}
	for _, st := range s.Stories {
		fmt.Fprintf(b, "story %s %q storyline=%v:", st.Slug, st.Title, st.Storyline)
		for _, m := range st.Members {
			fmt.Fprintf(b, " %s", m.Slug)
		}
		fmt.Fprintln(b)
	}
}

func cue(s *Speaker) string {
	if s == nil {
		return ""
	}
	return s.Cue
}

func dumpTimeline(b *strings.Builder, indent string, tl Timeline) {
	for _, e := range tl.Resolved {
		fmt.Fprintf(b, "%sfact %s..%s %q %s %s\n", indent, e.From, e.To, e.Passage.Text, e.Realis, e.Class)
	}
	for _, e := range tl.Planned {
		fmt.Fprintf(b, "%splanned %s..%s %q %s\n", indent, e.From, e.To, e.Passage.Text, e.Realis)
	}
	for _, e := range tl.Unresolved {
		fmt.Fprintf(b, "%sunresolved %q: %s\n", indent, e.Passage.Text, e.Why)
	}
}

func dumpInlines(b *strings.Builder, in []Inline) {
	for _, n := range in {
		switch n.Kind {
		case TextInline:
			b.WriteString(n.Text)
			continue
		case SentenceInline:
			fmt.Fprintf(b, "<%s", n.Class)
		default:
			fmt.Fprintf(b, "<%s", n.Mark)
			if n.Entity != nil {
				fmt.Fprintf(b, "=%s", n.Entity.Slug)
			}
		}
		if n.ID != "" {
			fmt.Fprintf(b, "#%s", n.ID)
		}
		if n.Continued {
			b.WriteString(" cont")
		}
		b.WriteString("|")
		dumpInlines(b, n.Children)
		b.WriteString(">")
		if n.Note > 0 {
			fmt.Fprintf(b, "[%d]", n.Note)
		}
	}
}

func textOf(in []Inline) string {
	var b strings.Builder
	for _, n := range in {
		b.WriteString(n.Text)
		b.WriteString(textOf(n.Children))
	}
	return b.String()
}

// check proves what every site promises: each link has its target, each passage
// is verbatim, the text is whole, ids and paths are unique.
func check(t testing.TB, s *Site, in Input) {
	t.Helper()
	files := map[string]*content.File{}
	for _, f := range in.Files {
		if files[f.Meta.Slug] == nil {
			files[f.Meta.Slug] = f
		}
	}
	ids := map[string]map[string]bool{}
	paths := map[string]bool{}
	page := func(p string) {
		if paths[strings.ToLower(p)] {
			t.Errorf("two pages at %s", p)
		}
		paths[strings.ToLower(p)] = true
	}
	pages := map[*Briefing]*Page{}
	for _, b := range s.Briefings {
		page(b.Path)
		p := s.Page(b, files[b.Slug])
		pages[b] = p
		ids[b.Path] = map[string]bool{}
		add := func(id string) {
			if id == "" {
				return
			}
			if ids[b.Path][id] {
				t.Errorf("%s: id %q twice", b.Path, id)
			}
			ids[b.Path][id] = true
		}
		var walk func(in []Inline)
		walk = func(in []Inline) {
			for _, n := range in {
				add(n.ID)
				if n.Note > 0 {
					add(fmt.Sprintf("ref-%d", n.Note))
				}
				walk(n.Children)
			}
		}
		spans := map[string]span.Span{}
		for _, bl := range files[b.Slug].Blocks {
			spans[bl.ID] = bl.Span
		}
		for _, bl := range p.Text {
			add(bl.ID)
			walk(bl.Inlines)
			if got, want := textOf(bl.Inlines), spans[bl.ID].In(files[b.Slug].Text); s.Config.Text == "full" && got != want {
				t.Errorf("%s: block %s is %q, want %q", b.Path, bl.ID, got, want)
			}
		}
		for _, a := range p.SetAside {
			add(a.ID)
			want := spans[a.ID].In(files[b.Slug].Text)
			if s.Config.Text != "full" {
				want = "" // what is not published is not published here either
			}
			if a.Text != want {
				t.Errorf("%s: %s is %q, want %q", b.Path, a.ID, a.Text, want)
			}
		}
		for i, n := range p.Notes {
			add(n.ID)
			if n.Number != i+1 || !ids[b.Path][n.RefID] {
				t.Errorf("%s: note %d has no marker", b.Path, n.Number)
			}
		}
	}
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			page(e.Path)
		}
	}
	for _, st := range s.Stories {
		page(st.Path)
	}
	// Every passage anywhere in the site and its pages.
	seen := map[uintptr]bool{}
	passages := 0
	var visit func(v reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
			visit(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				visit(v.MapIndex(k))
			}
		case reflect.Struct:
			if ps, ok := valueOf[Passage](v); ok {
				if ps.Briefing == nil || ps.ID == "" && ps.Text == "" {
					return // no words of the text
				}
				passages++
				if !ids[ps.Briefing.Path][ps.ID] {
					t.Errorf("%s: nothing has the id %q", ps.Briefing.Path, ps.ID)
				}
				if ps.Text != "" && ps.Span.In(files[ps.Briefing.Slug].Text) != ps.Text {
					t.Errorf("%s#%s: %q is not verbatim", ps.Briefing.Path, ps.ID, ps.Text)
				}
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					visit(v.Field(i))
				}
			}
		}
	}
	visit(reflect.ValueOf(s))
	for _, b := range s.Briefings {
		visit(reflect.ValueOf(pages[b]))
	}
	if len(in.Files) > 0 && passages == 0 {
		t.Error("no passage was checked")
	}
}

func valueOf[T any](v reflect.Value) (T, bool) {
	var zero T
	if v.Type() != reflect.TypeFor[T]() {
		return zero, false
	}
	return v.Interface().(T), true
}

func TestOrderDoesNotMatter(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		in := load(t, name)
		var want strings.Builder
		s, _ := Gather(in)
		dump(&want, s, in)
		for seed := range uint64(8) {
			shuffled := in
			r := rand.New(rand.NewPCG(seed, 1))
			shuffled.Files = shuffle(r, in.Files)
			shuffled.Entities = shuffle(r, in.Entities)
			shuffled.Stories = shuffle(r, in.Stories)
			before := runtime.GOMAXPROCS(1 + int(seed)%4)
			s, _ := Gather(shuffled)
			runtime.GOMAXPROCS(before)
			var got strings.Builder
			dump(&got, s, in)
			if got.String() != want.String() {
				t.Fatalf("%s: another order gives another site", name)
			}
		}
	}
}

func shuffle[T any](r *rand.Rand, in []T) []T {
	out := append([]T(nil), in...)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestTextPublished(t *testing.T) {
	in := load(t, "testdata/talks.txtar")
	for _, text := range []string{"none", "excerpts"} {
		in.Index.Config.Text = text
		s, _ := Gather(in)
		check(t, s, in)
		shown := 0
		for _, b := range s.Briefings {
			for _, f := range in.Files {
				if f.Meta.Slug == b.Slug {
					for _, bl := range s.Page(b, f).Text {
						if bl.Role == article.Paragraph {
							shown += len(strings.TrimSpace(textOf(bl.Inlines)))
						}
					}
				}
			}
		}
		if (shown > 0) != (text == "excerpts") {
			t.Errorf("text: %s shows %d bytes", text, shown)
		}
	}
}

func TestEmpty(t *testing.T) {
	s, diags := Gather(Input{})
	if len(diags) > 0 || s.Totals != (Totals{}) || s.Config.Title == "" || s.Config.Language == "" {
		t.Errorf("Gather of nothing: %+v %v", s, diags)
	}
	check(t, s, Input{})
	in := Input{Files: []*content.File{{Path: "x.md", Meta: frontmatter.Meta{Slug: "x"}}}}
	s, _ = Gather(in)
	if len(s.Briefings) != 1 || s.Page(s.Briefings[0], in.Files[0]).Caveats == nil {
		t.Error("an empty briefing has a page that says what is not known")
	}
}

// A place that all articles which name it tell apart from the one known by its name
// has no place on the map.
func TestLocated(t *testing.T) {
	village := file(t, "a", "title: A\n\nTents stand in [Paris]{.place role=village}, a village in the hills.\n")
	city := file(t, "b", "title: B\n\nThey met in [Paris]{.place} on Monday.\n")
	for _, tt := range []struct {
		files   []*content.File
		located bool
	}{
		{[]*content.File{village}, false},
		{[]*content.File{city}, true},
		{[]*content.File{village, city}, true},
	} {
		s, _ := Gather(Input{Files: tt.files})
		if len(s.Places) != 1 {
			t.Fatalf("%d places", len(s.Places))
		}
		if p, _ := s.Places[0].Located(); (p != nil) != tt.located {
			t.Errorf("%d files: located at %v", len(tt.files), p)
		}
	}
}

func TestManyQuotations(t *testing.T) {
	var b strings.Builder
	b.WriteString("title: Many\ndate: 2024-05-06\n\n")
	for i := range 400 {
		fmt.Fprintf(&b, "[\"Word number %d.\"]{.quote by=s%d} [said]{.cue} [[Ann Bee]{.person}]{.source #s%d naming=named}.\n\n", i, i, i)
	}
	in := Input{Files: []*content.File{file(t, "many", b.String())}}
	s, _ := Gather(in)
	check(t, s, in)
	if len(s.People) != 1 || len(s.People[0].Quotations(500)) != 400 {
		t.Errorf("%d people", len(s.People))
	}
	if got := s.Briefings[0].Details().Sourcing.People; len(got) != 1 || got[0].Count != 400 {
		t.Errorf("sources: %+v", got)
	}
}

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"index.html", "people.html", "people.html"},
		{"index.html", "people/a.html", "people/a.html"},
		{"people/a.html", "index.html", "../index.html"},
		{"people/a.html", "people/b.html", "b.html"},
		{"people/a.html", "places/b.html", "../places/b.html"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("Relative(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got := (Link{"people/a.html", "x"}).From("people/a.html"); got != "#x" {
		t.Errorf("From = %q", got)
	}
	if got := ListPage("people.html", 12); got != "people-12.html" {
		t.Errorf("ListPage = %q", got)
	}
}

func TestDays(t *testing.T) {
	for _, c := range [][3]string{
		{"2024", "2024-01-01", "2024-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2024-07-01", "2024-07-01", "2024-07-01"},
		{"2024-07-01T14:00", "2024-07-01", "2024-07-01"},
		{"2024-W27", "2024-07-01", "2024-07-07"},
		{"2024-W27-5", "2024-07-05", "2024-07-05"},
		{"2024-W01-WE", "2024-01-06", "2024-01-07"},
		{"2021-W01", "2021-01-04", "2021-01-10"},
		{"2024-Q3", "2024-07-01", "2024-09-30"},
		{"2024-H2", "2024-07-01", "2024-12-31"},
		{"2023-WI", "2023-12-01", "2024-02-29"},
		{"199", "1990-01-01", "1999-12-31"},
		{"19", "1900-01-01", "1999-12-31"},
		{"2024-07-01/2024-07-03", "2024-07-01", "2024-07-03"},
		{"P3D", "", ""},
		{"PAST_REF", "", ""},
		{"XXXX-07-01", "", ""},
		{"2024-02-30", "", ""},
		{"2024-13", "", ""},
		{"", "", ""},
		{"T14:00", "", ""},
		{"2024-07-03/2024-07-01", "", ""},
		{"99999", "", ""},
		{"2024-W99", "", ""},
	} {
		from, to, ok := days(c[0])
		if ok != (c[1] != "") || ok && (from != c[1] || to != c[2]) {
			t.Errorf("days(%q) = %s %s %v, want %s %s", c[0], from, to, ok, c[1], c[2])
		}
	}
}

func TestTextFragment(t *testing.T) {
	for _, c := range [][3]string{
		{"", "words", ""},
		{"javascript:alert(1)", "words", ""},
		{"https://example.org/a#b", "“Two words”", "https://example.org/a#:~:text=Two%20words"},
		{
			"https://example.org/a", "one two three four five six seven eight nine ten eleven twelve, thirteen-a",
			"https://example.org/a#:~:text=one%20two%20three%20four,ten%20eleven%20twelve%2C%20thirteen%2Da",
		},
	} {
		if got := textFragment(c[0], c[1]); got != c[2] {
			t.Errorf("textFragment(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// A pronoun or a noun phrase that is no name is never listed as a named person.
func TestNamedPeople(t *testing.T) {
	for words, want := range map[string]bool{
		"Tomas Varga": true, "the Pope": true, "Varga": true,
		"She": false, "I": false, "My father": false, "Who": false, "The minister": false, "her brother": false,
	} {
		if got := properName(words); got != want {
			t.Errorf("properName(%q) = %v", words, got)
		}
	}
}
