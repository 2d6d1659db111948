package label

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/diag"
	"readout/templates"
)

// languages lists the languages that are built in.
func languages(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(templates.FS, "labels/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	return names
}

// Every language that is built in has every label, with the same places, and no
// other.
func TestLanguagesAreComplete(t *testing.T) {
	for _, lang := range languages(t) {
		// As if it were a site's own, of which all is asked.
		own := fstest.MapFS{}
		data, err := fs.ReadFile(templates.FS, "labels/"+lang+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		own["labels/"+lang+".yaml"] = &fstest.MapFile{Data: data}
		english := fstest.MapFS{}
		data, _ = fs.ReadFile(templates.FS, "labels/en.yaml")
		english["labels/en.yaml"] = &fstest.MapFile{Data: data}
		s, diags := Load(english, own, lang)
		for _, d := range diags {
			t.Errorf("%s: %v", lang, d)
		}
		if !s.Found() || s.Language().String() != lang {
			t.Errorf("%s: found %v, language %s", lang, s.Found(), s.Language())
		}
	}
}

// German says in German what English says in English, but for the few words that
// both have.
func TestGermanIsGerman(t *testing.T) {
	de, _ := Load(templates.FS, nil, "de")
	same := regexp.MustCompile(`^(?:[^\p{L}]*|SHA-256|Person|April|August|September|November|Institution)$`)
	place := regexp.MustCompile(`\{[a-z]+\}`)
	for key, en := range English().labels {
		for f, p := range en.forms {
			if p == nil || de.labels[key].forms[f] == nil {
				continue
			}
			a, b := p.String(), de.labels[key].forms[f].String()
			if a == b && !same.MatchString(strings.TrimSpace(place.ReplaceAllString(a, ""))) && !slices.Contains([]string{"map.north", "map.south", "map.west", "story.voices", "story.voices.shared"}, key) {
				t.Errorf("%s: %q is the same in German", key, a)
			}
		}
	}
}

func TestDates(t *testing.T) {
	de, _ := Load(templates.FS, nil, "de")
	for _, c := range [][3]string{
		{"2025-03-11", "11 March 2025", "11. März 2025"},
		{"2024-07", "July 2024", "Juli 2024"},
		{"2024", "2024", "2024"},
		{"2024-Q3", "third quarter of 2024", "drittes Quartal 2024"},
		{"2024-H1", "first half of 2024", "erstes Halbjahr 2024"},
		{"2024-W07", "week of 12 February 2024", "Woche vom 12. Februar 2024"},
		{"2021-W53", "week of 3 January 2022", "Woche vom 3. Januar 2022"},
		{"2020-W01", "week of 30 December 2019", "Woche vom 30. Dezember 2019"},
		{"2020-W99", "2020-W99", "2020-W99"},
		{"2025-02-02T24:00", "2 February 2025, 24:00", "2. Februar 2025, 24:00 Uhr"},
		{"2024-W07-WE", "weekend of 17 February 2024", "Wochenende vom 17. Februar 2024"},
		{"2024-SU", "summer 2024", "Sommer 2024"},
		{"199X", "the 1990s", "1990er Jahre"},
		{"199", "the 1990s", "1990er Jahre"},
		{"19", "the 20th century", "20. Jahrhundert"},
		{"2025-03-11T09:30", "11 March 2025, 09:30", "11. März 2025, 09:30 Uhr"},
		{"2025-03-11T09:30:00Z", "11 March 2025, 09:30 UTC", "11. März 2025, 09:30 Uhr (UTC)"},
		{"2025-03-11T09:30:00+04:30", "11 March 2025, 09:30 +04:30", "11. März 2025, 09:30 Uhr (+04:30)"},
		{"2025-03-11TEV", "11 March 2025, evening", "11. März 2025, abends"},
		{"P3D", "P3D", "P3D"},
		{"2024-XX", "2024-XX", "2024-XX"},
		{"", "", ""},
	} {
		if got := English().Date(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
		if got := de.Date(c[0]); got != c[2] {
			t.Errorf("%q is %q in German, want %q", c[0], got, c[2])
		}
	}
}

func TestNumbersAndLists(t *testing.T) {
	de, _ := Load(templates.FS, nil, "de")
	for _, c := range []struct{ got, want string }{
		{English().Number(999), "999"},
		{English().Number(1234567), "1,234,567"},
		{de.Number(1234567), "1.234.567"},
		{English().Count("count.briefings", 1), "1 briefing"},
		{English().Count("count.briefings", 0), "0 briefings"},
		{English().Count("count.briefings", 1200), "1,200 briefings"},
		{de.Count("count.briefings", 1200), "1.200 Auswertungen"},
		{English().Words(12), "twelve"},
		{English().Words(13), "13"},
		{de.Words(12), "zwölf"},
		{English().List([]string{"a", "b", "c"}), "a, b and c"},
		{de.List([]string{"a", "b"}), "a und b"},
		{de.List(nil), ""},
		{English().Row([]string{"a", "b", "c"}), "a, b, c"},
		{de.Quote("Ruhe"), "„Ruhe“"},
		{Sentence("über uns"), "Über uns"},
		{Sentence(""), ""},
		{de.Known("unresolved", "publication date unknown"), "Erscheinungsdatum unbekannt"},
		{de.Known("unresolved", "as the editor says"), "as the editor says"},
		{English().Script("script.results"), `{"one":"{n} result","other":"{n} results"}`},
		{Direction("fa-IR"), "rtl"},
		{Direction("de"), "ltr"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A site changes single labels and adds languages; what is wrong in its files is
// told with file, line and key, and the label it stands in for stands.
func TestOwnLabels(t *testing.T) {
	load := func(lang, file string) (*Set, diag.List) {
		return Load(templates.FS, fstest.MapFS{"labels/" + lang + ".yaml": &fstest.MapFile{Data: []byte(file)}}, lang)
	}
	s, diags := load("de-AT", "date.months: [Jänner, Feber, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember]\n")
	if len(diags) > 0 || s.Date("2025-01-02") != "2. Jänner 2025" || s.Text("nav.stories") != "Themen" {
		t.Error(diags, s.Date("2025-01-02"), s.Text("nav.stories"))
	}
	s, diags = load("en", "nav.stories: Dossiers\n")
	if len(diags) > 0 || s.Text("nav.stories") != "Dossiers" || s.Text("nav.about") != "About" {
		t.Error(diags, s.Text("nav.stories"))
	}
	s, diags = load("nl", "nav.stories: Verhalen\nnav.about: Over\n")
	if len(diags) != 1 || diags[0].ID != "label-missing" || !strings.Contains(diags[0].Message, "about.check") || s.Text("nav.stories") != "Verhalen" || s.Text("nav.search") != "Search" {
		t.Error(diags)
	}
	if s, diags = Load(templates.FS, nil, "nl"); s.Found() || len(diags) > 0 || s.Text("nav.search") != "Search" {
		t.Error(s.Found(), diags)
	}
	for _, c := range []struct {
		file, want string
		line       int
	}{
		{"\nnav.storys: x\n", `label "nav.storys": there is no such label`, 2},
		{"start.open: \"{siet} öffnen\"\n", `label "start.open": it has the place {siet}, which nothing fills; there is {site}`, 1},
		{"start.open: öffnen\n", `label "start.open": the place {site} is missing`, 1},
		{"count.briefings: {other: \"{n} x\"}\n", `label "count.briefings": the plural form "one" is missing`, 1},
		{"count.briefings: {one: x, other: y}\n", `label "count.briefings": the place {n} is missing, or {number}`, 1},
		{"count.briefings: {some: x}\n", `label "count.briefings": "some" is no plural form`, 1},
		{"nav.home: {one: a, other: b}\n", `label "nav.home": it must be one text`, 1},
		{"date.months: [a]\n", `label "date.months": it has 1 items, and must have 12`, 1},
		{"nav.home: [a]\n", `label "nav.home": it must be a text`, 1},
		{"nav.home: a\nnav.home: b\n", `label "nav.home" stands here a second time`, 2},
		{"start.open: \"{site\"\n", `a "{" begins no place`, 1},
		{"nav.home: a: b\n", `mapping values are not allowed`, 1},
		{"- a\n", `it must have a line for each label`, 1},
	} {
		s, diags := load("de", c.file)
		if len(diags) != 1 || !strings.Contains(diags[0].Message, c.want) || diags[0].Line != c.line || diags[0].File != "templates/labels/de.yaml" || diags[0].Hint == "" {
			t.Errorf("%q: got %+v, want line %d: %s", c.file, diags, c.line, c.want)
		}
		if s.Text("nav.about") != "Zur Methode" || s.Say("start.open", "site", "X") != "X öffnen" {
			t.Errorf("%q: what is built in does not stand in for it", c.file)
		}
	}
}

// The program names labels that exist, fills their places, and uses all of them.
func TestLabelsInTheProgram(t *testing.T) {
	used := map[string]bool{}
	var begun []string
	labels := English().labels
	check := func(at, method, key string, fill []string) {
		e := labels[key]
		if e == nil {
			t.Errorf("%s: there is no label %q", at, key)
			return
		}
		used[key] = true
		if method == "Count" != e.many {
			t.Errorf("%s: label %q has plural forms: %v", at, key, e.many)
		}
		want := slices.DeleteFunc(e.places(), func(p string) bool { return method == "Count" && (p == "n" || p == "number") })
		slices.Sort(want)
		slices.Sort(fill)
		if !slices.Equal(want, fill) {
			t.Errorf("%s: label %q has the places %q, and is given %q", at, key, want, fill)
		}
	}
	var files []string
	for _, pkg := range []string{"label", "site", "export", "render", "bundle"} {
		list, err := filepath.Glob("../" + pkg + "/*.go")
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		files = append(files, list...)
	}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				// A key that is chosen, or the beginning of one.
				s, _ := strconv.Unquote(lit.Value)
				if labels[s] != nil {
					used[s] = true
				}
				if strings.HasSuffix(s, ".") && len(s) > 2 {
					begun = append(begun, s)
				}
				return true
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Text", "Say", "Count", "Known"}, sel.Sel.Name) || len(call.Args) == 0 {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			key, _ := strconv.Unquote(lit.Value)
			at := fset.Position(call.Pos()).String()
			skip := map[string]int{"Text": 1, "Say": 1, "Count": 2}[sel.Sel.Name]
			if sel.Sel.Name == "Known" {
				begun = append(begun, key+".")
				return true
			}
			var fill []string
			for i := skip; i < len(call.Args); i += 2 {
				name, ok := call.Args[i].(*ast.BasicLit)
				if !ok {
					return true
				}
				p, _ := strconv.Unquote(name.Value)
				fill = append(fill, p)
			}
			if strings.Contains(key, ".") || labels[key] != nil {
				check(at, sel.Sel.Name, key, fill)
			}
			return true
		})
	}
	// Templates and scripts.
	call := regexp.MustCompile(`label[ (]"([^"]+)"`)
	err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "labels/") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		for _, m := range call.FindAllStringSubmatch(string(data), -1) {
			if labels[m[1]] == nil {
				t.Errorf("%s: there is no label %q", name, m[1])
			}
			used[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range sortedKeys(labels) {
		if !used[key] && !slices.ContainsFunc(begun, func(b string) bool { return strings.HasPrefix(key, b) }) {
			t.Errorf("label %q is used nowhere", key)
		}
	}
}

// What readout writes into content files in English has a label, so that a page
// can say it in another language.
func TestKnownWords(t *testing.T) {
	cues, err := os.ReadFile("../article/boilerplate/data/cues.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^@ \S+ \S+ \d+ \d+ (.*)$`).FindAllStringSubmatch(string(cues), -1) {
		if key := "aside." + strings.ReplaceAll(m[1], " ", "-"); !English().Has(key) {
			t.Errorf("there is no label %q", key)
		}
	}
	timex, err := os.ReadFile("../analysis/timex/timex.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`(?m)^\t(?:no\w+|ambiguous) *= "([^"]+)"$`).FindAllStringSubmatch(string(timex), -1)
	if len(reasons) < 5 {
		t.Errorf("found %d reasons why a time is not resolved", len(reasons))
	}
	for _, m := range reasons {
		if key := "unresolved." + strings.ReplaceAll(m[1], " ", "-"); !English().Has(key) {
			t.Errorf("there is no label %q", key)
		}
	}
}
