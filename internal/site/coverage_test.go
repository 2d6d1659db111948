package site

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/analysis/standard"
	"readout/internal/article"
	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/seed"
	"readout/internal/token"
)

// floors are what each set must reach: pairs of reports of one event on one page,
// planted differences that are shown, and pairs of mentions of one person.
var floors = map[string]struct{ pairs, found, people int }{
	"coverage": {pairs: 37, found: 30, people: 30},
	"second":   {pairs: 30, found: 35, people: 60},
	"third":    {pairs: 9, found: 11, people: 7},
	"fourth":   {pairs: 59, found: 51, people: 26},
	"fifth":    {pairs: 39, found: 38, people: 22},
	"sixth":    {pairs: 46, found: 66, people: 33},
	"seventh":  {pairs: 14, found: 30, people: 6},
}

// A planted difference or agreement of the coverage set.
type planted struct {
	event, kind string
	values      map[string]string // by report
	found       bool
}

var givenValue = regexp.MustCompile(`([\w-]+)="([^"]*)"`)

// A coverage is a set of reports with gold, gone the whole path from seed to
// site.
type coverage struct {
	site    *Site
	slugOf  map[string]string // of "event/report"
	planted []*planted
	agreed  []*planted // what several reports say alike
	updates [][2]string
	voices  [][3]string // two reports and the outlet from which the second has it
}

// eachSet runs a test on each set of package story, with the groups of the gold
// where grouped asks for them: what is told of an event is then measured apart
// from whether its reports were found.
func eachSet(t *testing.T, grouped bool, test func(t *testing.T, set string, c *coverage)) {
	for _, set := range []string{"coverage", "second", "third", "fourth", "fifth", "sixth", "seventh"} {
		t.Run(set, func(t *testing.T) { test(t, set, coverageOf(t, set, grouped)) })
	}
}

// coverageOf reads a set of package story.
func coverageOf(t *testing.T, set string, grouped bool) *coverage {
	t.Helper()
	pipeline, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../story/testdata/" + set + "/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no set", set, err)
	}
	var in Input
	c := &coverage{slugOf: map[string]string{}}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		event := ""
		text := map[string]string{} // of each report
		for _, f := range a.Files {
			text[strings.TrimSuffix(f.Name, ".md")] = string(f.Data)
		}
		for l := range strings.Lines(string(a.Comment)) {
			switch f := strings.Fields(l); {
			case len(f) > 1 && f[0] == "event":
				event = f[1]
			case len(f) > 2 && f[0] == "differs":
				p := &planted{event: event, kind: f[1], values: map[string]string{}}
				for _, m := range givenValue.FindAllStringSubmatch(l, -1) {
					p.values[m[1]] = m[2]
					if !strings.Contains(strings.ToLower(text[m[1]]), strings.ToLower(m[2])) {
						t.Errorf("%s: %q is not in %s", name, m[2], m[1])
					}
				}
				c.planted = append(c.planted, p)
			case len(f) > 3 && f[0] == "agrees":
				p := &planted{event: event, kind: f[1], values: map[string]string{}}
				said := regexp.MustCompile(`"([^"]*)"(.*)`).FindStringSubmatch(l)
				for r := range strings.FieldsSeq(said[2]) {
					p.values[r] = said[1]
				}
				c.agreed = append(c.agreed, p)
			case len(f) == 4 && f[0] == "update":
				c.updates = append(c.updates, [2]string{event + "/" + f[1], event + "/" + f[3]})
			case len(f) > 3 && f[0] == "voices":
				c.voices = append(c.voices, [3]string{event + "/" + f[1], event + "/" + f[2], strings.Join(f[3:], " ")})
			}
		}
		var slugs []string
		for _, f := range a.Files {
			sf, diags := seed.Decode(f.Name, seed.Markdown, f.Data)
			if sf == nil {
				t.Fatal(f.Name, diags)
			}
			art, diags := article.New(sf)
			if art == nil {
				t.Fatal(f.Name, diags)
			}
			base := strings.TrimSuffix(path.Base(f.Name), ".md")
			slug := event + "-" + base
			c.slugOf[event+"/"+base] = slug
			slugs = append(slugs, slug)
			src, err := briefing.Compose(pipeline.Run(art), slug).Markdown()
			if err != nil {
				t.Fatal(f.Name, err)
			}
			cf, diags := content.ParseBriefing("content/briefings/"+slug+".md", src)
			if cf == nil || diags.Errors() > 0 {
				t.Fatal(f.Name, diags)
			}
			in.Files = append(in.Files, cf)
		}
		if grouped && event != "alone" {
			in.Stories = append(in.Stories, &content.Story{Path: "content/stories/" + event + ".md", Slug: event, Kind: "event", Members: slugs})
		}
	}
	s, diags := Gather(in)
	if diags.Errors() > 0 {
		t.Fatal(diags)
	}
	check(t, s, in)
	c.site = s
	return c
}

// TestStoryGroups wants the groups of the gold where the texts are those of
// content files.
func TestStoryGroups(t *testing.T) { eachSet(t, false, testGroups) }

func testGroups(t *testing.T, set string, c *coverage) {
	s, slugOf := c.site, c.slugOf
	got := map[string]string{} // of a report: its event's page
	for _, st := range s.Stories {
		if !st.Storyline {
			for _, b := range st.Members {
				got[b.Slug] = st.Slug
			}
		}
	}
	right, pairs := 0, 0
	for x, a := range slugOf {
		for y, b := range slugOf {
			eventA, eventB := path.Dir(x), path.Dir(y)
			if x >= y || eventA == "alone" && eventB == "alone" {
				continue
			}
			same := got[a] != "" && got[a] == got[b]
			if same && eventA != eventB {
				t.Errorf("%s and %s are shown as one event", x, y)
			}
			if eventA == eventB {
				pairs++
				if same {
					right++
				} else {
					t.Logf("%s and %s are not shown as one event", x, y)
				}
			}
		}
	}
	t.Logf("events: %d of %d pairs of reports of one event stand on one page, and no others", right, pairs)
	if right < floors[set].pairs {
		t.Error("groups are under the floor")
	}
}

// TestStoryDifferences measures how many of the planted differences are shown,
// and how many of those shown are planted. A row counts as planted where the
// values of two reports stand in it.
func TestStoryDifferences(t *testing.T) { eachSet(t, true, testDifferences) }

func testDifferences(t *testing.T, set string, c *coverage) {
	s, slugOf, want := c.site, c.slugOf, c.planted
	shown, right := 0, 0
	for _, st := range s.Stories {
		for _, d := range st.Dimensions {
			if d.Update {
				continue
			}
			if st.Storyline {
				t.Errorf("%s: a storyline's reports are said to differ", st.Slug)
			}
			shown++
			ok := false
			for _, p := range want {
				n := 0
				for report, value := range p.values {
					for _, c := range d.Cells {
						if c.Briefing.Slug == slugOf[p.event+"/"+report] && says(c, value) {
							n++
						}
					}
				}
				if n >= 2 {
					ok, p.found = true, true
				}
			}
			if ok {
				right++
			} else {
				t.Logf("not planted: %s %s %s", st.Slug, d.Kind, d.Label)
				for _, c := range d.Cells {
					if len(c.Values) > 0 {
						t.Logf("\t%s: %q", c.Briefing.Slug, c.Values)
					}
				}
			}
		}
	}
	found := 0
	for _, p := range want {
		if p.found {
			found++
		} else {
			t.Logf("not found: %s %s %v", p.event, p.kind, p.values)
		}
	}
	t.Logf("differences: %d of %d planted ones shown; %d of %d shown are planted", found, len(want), right, shown)
	if float64(right) < 0.9*float64(shown) || found < floors[set].found {
		t.Error("differences are under the floor")
	}
}

// TestStoryAgreements wants what the gold says that reports agree on, the update
// of a report by its own outlet told as one, and no second voice where a report
// has it from the other's outlet.
func TestStoryAgreements(t *testing.T) { eachSet(t, true, testAgreements) }

func testAgreements(t *testing.T, set string, c *coverage) {
	found := 0
	for _, p := range c.agreed {
		for _, st := range c.site.Stories {
			for _, a := range st.Agreements {
				n := 0
				for report, value := range p.values {
					for _, cell := range a.Cells {
						words := append(slices.Clone(cell.Values), a.Text)
						if cell.Briefing.Slug == c.slugOf[p.event+"/"+report] && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, value) }) {
							n++
						}
					}
				}
				p.found = p.found || n == len(p.values)
			}
		}
		if p.found {
			found++
		} else {
			t.Logf("not found: %s %s %v", p.event, p.kind, p.values)
		}
	}
	t.Logf("agreements: %d of %d", found, len(c.agreed))
	least := 0.8
	switch set {
	case "fifth":
		least = 0.6 // ships and quarters that no list has are no names to the analysis
	case "sixth":
		least = 0.5 // likewise
	}
	if float64(found) < least*float64(len(c.agreed)) {
		t.Error("agreements are under the floor")
	}
	for _, u := range c.updates {
		a, b := c.slugOf[u[0]], c.slugOf[u[1]]
		for _, st := range c.site.Stories {
			for _, d := range st.Dimensions {
				var told []string
				for _, cell := range d.Cells {
					if len(cell.Values) > 0 {
						told = append(told, cell.Briefing.Slug)
					}
				}
				if len(told) == 2 && slices.Contains(told, a) && slices.Contains(told, b) && !d.Update {
					t.Errorf("%s corrects %s, and %s is said to differ", u[0], u[1], d.Label)
				}
			}
		}
	}
	for _, v := range c.voices {
		a, b := c.slugOf[v[0]], c.slugOf[v[1]]
		seen := false
		for _, st := range c.site.Stories {
			for _, ag := range st.Agreements {
				var told []string
				for _, cell := range ag.Cells {
					told = append(told, cell.Briefing.Slug)
				}
				if len(told) != 2 || ag.Kind != "statement" || !slices.Contains(told, a) || !slices.Contains(told, b) {
					continue
				}
				seen = true
				if ag.Voices != 1 || !strings.Contains(strings.Join(ag.Shared, " "), v[2]) {
					t.Errorf("%q counts as %d voices, %q", ag.Text, ag.Voices, ag.Shared)
				}
			}
		}
		if !seen {
			t.Errorf("%s and %s agree on nothing that is said", v[0], v[1])
		}
	}
}

// says reports whether one of the cell's values holds the words, or is held by
// them.
func says(c Cell, words string) bool {
	plain := func(s string) string { return strings.TrimSpace(string(appendPlain(nil, token.Scan(s)))) }
	w := plain(words)
	for i, v := range c.Values {
		v = plain(v)
		for _, f := range []string{"as many as ", "at least ", "more than ", "about ", "around ", "some "} {
			v = strings.TrimPrefix(v, f)
		}
		if strings.Contains(w, v) || strings.Contains(v, w) || strings.Contains(plain(c.Passages[i].Text), w) {
			return true
		}
	}
	return false
}

func TestStoryEntities(t *testing.T) { eachSet(t, false, testEntities) }

func testEntities(t *testing.T, set string, c *coverage) {
	s := c.site
	person := map[string]string{} // of a full name: the first way to write it
	list, err := os.ReadFile("../story/testdata/" + set + "/people.txt")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(list)) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		ways := strings.Split(strings.TrimSpace(l), " | ")
		for _, w := range ways {
			person[w] = ways[0]
		}
	}
	// Each appearance of a known person, and the page it leads to.
	type appearance struct {
		report string
		entity *Entity
	}
	by := map[string][]appearance{}
	wrong := 0
	for _, e := range s.People {
		who := map[string]bool{}
		for _, a := range e.Appearances(e.Briefings()) {
			one := map[string]bool{}
			for _, n := range a.Names {
				switch p := person[n.Text]; {
				case p != "":
					who[p], one[p] = true, true
				case strings.Contains(n.Text, " "):
					who[n.Text] = true
				}
			}
			for p := range one {
				by[p] = append(by[p], appearance{a.Briefing.Slug, e})
			}
		}
		if len(who) > 1 {
			wrong++
			t.Errorf("%s: taken for one person: %v", e.Slug, slices.Sorted(maps.Keys(who)))
		}
	}
	right, pairs := 0, 0
	for p, as := range by {
		for i, a := range as {
			for _, b := range as[:i] {
				if a.report != b.report {
					pairs++
					if a.entity == b.entity {
						right++
					} else {
						t.Logf("%s of %s and of %s are two people", p, a.report, b.report)
					}
				}
			}
		}
	}
	t.Logf("people: recall %.3f of %d pairs of mentions; %d wrong merges", float64(right)/float64(max(1, pairs)), pairs, wrong)
	if 20*right < 19*pairs || pairs < floors[set].people {
		t.Error("merges are under the floor")
	}
}
