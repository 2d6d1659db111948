package story

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/cputime"
)

// A report is one article of the coverage set with what is true of it.
type report struct {
	Doc
	event, storyline, copyOf string
}

// sets are the sets of reports with gold, each with a README of its own.
var sets = []string{"coverage", "second", "third", "fourth", "fifth", "sixth", "seventh"}

// coverage loads the coverage set.
func coverage(t testing.TB) []report { return reports(t, "coverage") }

// reports loads one of the sets.
func reports(t testing.TB, set string) []report {
	t.Helper()
	names, err := filepath.Glob("testdata/" + set + "/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no set", set, err)
	}
	var out []report
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var event, line string
		copies := map[string]string{}
		for l := range strings.Lines(string(a.Comment)) {
			switch f := strings.Fields(l); {
			case len(f) < 2:
			case f[0] == "event":
				event = f[1]
			case f[0] == "storyline":
				line = f[1]
			case f[0] == "repost":
				copies[f[1]] = f[3]
			}
		}
		for _, f := range a.Files {
			base := strings.TrimSuffix(f.Name, ".md")
			r := report{Doc: Doc{ID: event + "/" + base}, event: event, storyline: line}
			if event == "alone" {
				r.event = r.ID
			}
			if r.storyline == "" || r.event == r.ID {
				r.storyline = r.event
			}
			if of := copies[base]; of != "" {
				r.copyOf = event + "/" + of
			}
			parts := strings.SplitN(string(f.Data), "---\n", 3)
			for l := range strings.Lines(parts[1]) {
				key, value, _ := strings.Cut(strings.TrimSpace(l), ": ")
				switch value = strings.Trim(value, `"`); key {
				case "title":
					r.Title = value
				case "date":
					r.Date = value
				case "publisher":
					r.Publisher = value
				}
			}
			r.Text = parts[2]
			out = append(out, r)
		}
	}
	return out
}

// bcubed returns precision, recall and F1 of the groups got against want.
func bcubed(want, got []string) (p, r, f float64) {
	w, g, both := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	for i := range want {
		w[want[i]]++
		g[got[i]]++
		both[[2]string{want[i], got[i]}]++
	}
	for k, n := range both {
		p += n * n / g[k[1]]
		r += n * n / w[k[0]]
	}
	p /= float64(len(want))
	r /= float64(len(want))
	return p, r, 2 * p * r / (p + r)
}

func docs(rs []report) []Doc {
	out := make([]Doc, len(rs))
	for i, r := range rs {
		out[i] = r.Doc
	}
	return out
}

func TestStoryCoverage(t *testing.T) {
	for _, set := range sets {
		t.Run(set, func(t *testing.T) { testSet(t, reports(t, set), cmp.Or(eventFloor[set], 0.95), lineFloor[set]) })
	}
}

// eventFloor is the least F1 of events where it is not that of the other sets: of the seventh
// set two reports, which tell their event in words of their own, stay apart.
var eventFloor = map[string]float64{"seventh": 0.83}

// lineFloor is the least precision of storylines. In the second set what is kept
// apart by the gold is related in other ways: one port, one governor.
var lineFloor = map[string]float64{"coverage": 0.98, "second": 0.85, "third": 0.85, "fourth": 0.85, "fifth": 0.85, "sixth": 0.85, "seventh": 0.85}

func testSet(t *testing.T, rs []report, eventFloor, lineFloor float64) {
	got := Relate(docs(rs))
	var wantEvent, gotEvent, wantLine, gotLine []string
	wrong := 0
	for i, r := range rs {
		wantEvent, gotEvent = append(wantEvent, r.event), append(gotEvent, got[i].Cluster)
		wantLine, gotLine = append(wantLine, r.storyline), append(gotLine, got[i].Storyline)
		if got[i].CopyOf != r.copyOf {
			wrong++
			t.Errorf("%s: copy of %q, want %q", r.ID, got[i].CopyOf, r.copyOf)
		}
	}
	p, r, f := bcubed(wantEvent, gotEvent)
	t.Logf("events: B-cubed precision %.3f, recall %.3f, F1 %.3f on %d reports", p, r, f, len(rs))
	if p < 0.98 || f < eventFloor {
		t.Error("events are under the floor")
	}
	p, r, f = bcubed(wantLine, gotLine)
	t.Logf("storylines: B-cubed precision %.3f, recall %.3f, F1 %.3f", p, r, f)
	if p < lineFloor || f < eventFloor-0.05 {
		t.Error("storylines are under the floor")
	}
	for i := range rs {
		for j := range i {
			switch a, b := rs[i], rs[j]; {
			case (a.event == b.event) != (got[i].Cluster == got[j].Cluster):
				t.Logf("%s and %s: one event in the gold is %v", b.ID, a.ID, a.event == b.event)
			case (a.storyline == b.storyline) != (got[i].Storyline == got[j].Storyline):
				t.Logf("%s and %s: one storyline in the gold is %v", b.ID, a.ID, a.storyline == b.storyline)
			}
		}
	}
}

func TestStorySeeds(t *testing.T) {
	names, _ := filepath.Glob("../../seeds/*.txt")
	var ds []Doc
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		ds = append(ds, Doc{ID: filepath.Base(n), Text: string(b)})
	}
	got := Relate(ds)
	for i, r := range got {
		if r.Cluster != ds[i].ID || r.Storyline != got[0].Storyline || r.CopyOf != "" {
			t.Errorf("%+v: want three events of one storyline", r)
		}
	}
}

func TestOrder(t *testing.T) {
	ds := docs(coverage(t))
	want := map[string]Relation{}
	for _, r := range Relate(ds) {
		want[r.ID] = r
	}
	for seed := range uint64(5) {
		shuffled := slices.Clone(ds)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		for _, r := range Relate(shuffled) {
			if r != want[r.ID] {
				t.Fatalf("in another order: %+v, want %+v", r, want[r.ID])
			}
		}
	}
}

func TestCopies(t *testing.T) {
	long := docs(coverage(t))[0].Text + docs(coverage(t))[10].Text
	words := strings.Fields(long)
	edited := slices.Clone(words)
	for i := 9; i < len(edited); i += 25 {
		edited[i] = "elsewhere"
	}
	ds := []Doc{
		{ID: "a", Text: long, Date: "2024-05-02"},
		{ID: "wrapped", Text: "Our readers ask us. " + long + " Subscribe to our letter for more of this.", Date: "2024-05-03"},
		{ID: "cut", Text: strings.Join(words[:len(words)*2/3], " "), Date: "2024-05-03"},
		{ID: "edited", Text: strings.Join(edited, " "), Date: "2024-05-04"},
		{ID: "other", Text: docs(coverage(t))[20].Text, Date: "2024-05-04"},
		{ID: "short", Text: "Too short to tell."},
		{ID: "short too", Text: "Too short to tell."},
		{ID: "empty"},
	}
	for _, r := range Relate(ds) {
		want := ""
		if r.ID == "wrapped" || r.ID == "cut" || r.ID == "edited" {
			want = "a"
		}
		if r.CopyOf != want {
			t.Errorf("%s: copy of %q, want %q", r.ID, r.CopyOf, want)
		}
	}
}

func TestRelateNothing(t *testing.T) {
	if got := Relate(nil); len(got) != 0 {
		t.Errorf("Relate(nil) = %v", got)
	}
	for _, text := range []string{"", "\x00", "東京で会談が行われた。", strings.Repeat("a ", 1000)} {
		got := Relate([]Doc{{ID: "x", Text: text}})
		if len(got) != 1 || got[0] != (Relation{ID: "x", Cluster: "x", Storyline: "x"}) {
			t.Errorf("Relate(%.20q) = %+v", text, got)
		}
	}
}

func TestScripts(t *testing.T) {
	ds := []Doc{
		{ID: "1", Text: "東京で首相と大統領の会談が行われた。両首脳は港湾整備の合意文書に署名した。会談は三時間続いた。"},
		{ID: "2", Text: "首相と大統領が東京で会談し、港湾整備の合意文書に署名した。両首脳の会談は三時間に及んだ。"},
		{ID: "3", Text: "北海道で大雪が降り、多くの便が欠航した。空港では乗客が夜を明かした。"},
	}
	got := Relate(ds)
	if got[0].Cluster != got[1].Cluster || got[0].Cluster == got[2].Cluster {
		t.Errorf("%+v", got)
	}
}

func TestBackground(t *testing.T) {
	bg := background()
	if len(bg) < 1000 || bg["the"] < 0.99 || bg["talk"] <= bg[stem("parliament")]/10 {
		t.Errorf("%d words, the %v", len(bg), bg["the"])
	}
	for _, name := range []string{"data/background.txt", "data/capitals.txt"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), "# Origin:") || !strings.Contains(string(b), "icence") {
			t.Errorf("%s has no origin and licence", name)
		}
	}
	for _, c := range [][2]string{{"talks", "talk"}, {"stopped", "stop"}, {"parties", "party"}, {"killing", "kill"}, {"gas", "gas"}, {"crisis", "crisis"}, {"us", "us"}} {
		if got := stem(c[0]); got != c[1] {
			t.Errorf("stem(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// corpus makes n articles of invented words: events of three reports each, with
// words of their own on a ground of common ones.
func corpus(n int) []Doc {
	r := rand.New(rand.NewPCG(1, 2))
	var common []string
	for w := range background() {
		common = append(common, w)
	}
	slices.Sort(common)
	syllables := []string{"ba", "ren", "tol", "ki", "mos", "ada", "vel", "ur", "chi", "dan", "fos", "gri", "hal", "jun", "lem"}
	name := func() string {
		var b strings.Builder
		for range 3 {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	out := make([]Doc, n)
	for i := 0; i < n; i += 3 {
		var own []string
		for range 12 {
			own = append(own, name())
		}
		for k := i; k < min(n, i+3); k++ {
			var b strings.Builder
			for w := range 200 {
				if w%6 == 0 {
					b.WriteString(own[r.IntN(len(own))])
				} else {
					b.WriteString(common[int(float64(len(common))*r.Float64()*r.Float64())])
				}
				b.WriteByte(' ')
			}
			date := time.Unix(0, 0).UTC().AddDate(30, 0, i/30).Format(time.DateOnly)
			out[k] = Doc{ID: fmt.Sprint("doc", k), Text: b.String(), Date: date}
		}
	}
	return out
}

// TestRelateGrows holds the time of relating to the number of articles.
func TestRelateGrows(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	used := func(n int) time.Duration {
		ds := corpus(n)
		start := cputime.Used()
		Relate(ds)
		return cputime.Used() - start
	}
	used(300) // reads the word lists
	few, many := used(1000), used(4000)
	t.Logf("1,000 articles in %v, 4,000 in %v of processor time", few, many)
	if many > 8*few {
		t.Errorf("four times as many articles take %.1f times as long", float64(many)/float64(few))
	}
}

func BenchmarkRelate(b *testing.B) {
	for _, n := range []int{1000, 3000, 10000} {
		ds := corpus(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Relate(ds)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/article")
		})
	}
}

// TestRepostNamesItsOrigin holds that a repost which says where it is from is no
// original, though its own date is earlier.
func TestRepostNamesItsOrigin(t *testing.T) {
	text := "Residents of three villages in Kadu province have gone to court to stop a lithium pit, which they say has fouled the river that feeds their fields and their wells. " +
		"The farmers asked the judge to halt all digging until the water has been tested by somebody whom both sides trust. The firm that owns the pit answered that it holds every permit the law asks for."
	in := []Doc{
		{ID: "repost", Title: "Villagers sue over lithium pit", Text: text, Date: "2024-05-03", Publisher: "Inland Digest", Credits: "This article was originally published by The Kadu Mirror.\n"},
		{ID: "original", Title: "Villagers sue over lithium pit", Text: text, Date: "2024-05-04", Publisher: "The Kadu Mirror"},
	}
	for _, publisher := range []string{"Inland Digest", "The Kadu Mirror", ""} {
		in[0].Publisher = publisher
		if got := Relate(in); got[0].CopyOf != "original" || got[1].CopyOf != "" {
			t.Errorf("published by %q, copies of %q and %q; the first is one of the second", publisher, got[0].CopyOf, got[1].CopyOf)
		}
	}
}
