package cli

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"readout/internal/annotation"
	"readout/internal/content"
	"readout/internal/site"
)

// TestSeeds looks at what a careful reader would look for on the site of the
// repository's own seeds.
func TestSeeds(t *testing.T) {
	dir := seedsSite(t)
	tree, diags := content.Read(os.DirFS(dir))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	s, diags := site.Gather(site.Input{Index: tree.Index, Files: tree.Briefings})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	roles := map[string]string{ // a role that the article words for each person
		"Muhammad Syrus Sajjad Qazi": "Foreign Secretary",
		"Zabihullah Mujahid":         "spokesperson",
		"Amir Khan Muttaqi":          "acting foreign minister",
		"Muhammad Aejaz":             "Ambassador",
		"Asif Durrani":               "Special Representative",
		"Ubaid Ur Rehman Nizamani":   "Deputy Head of Mission",
		"Khawaja Asif":               "Federal Minister for Defence",
		"Shehbaz Sharif":             "Prime Minister",
		"Asim Malik":                 "Director-General",
		"Mullah Yaqoob":              "Defense Minister",
	}
	found := map[string]bool{}
	for _, p := range s.People {
		found[p.Name] = true
		want, ok := roles[p.Name]
		if !ok {
			t.Errorf("%s is taken for a person", p.Name)
			continue
		}
		worded := false
		for _, a := range p.Appearances(p.Briefings()) {
			for _, r := range a.Roles {
				worded = worded || strings.Contains(strings.ToLower(r.Text), strings.ToLower(want))
			}
		}
		if !worded {
			t.Errorf("%s has no role with the words %q", p.Name, want)
		}
		if n := p.Briefings(); (n == 2) != (p.Name == "Zabihullah Mujahid") || n > 2 {
			t.Errorf("%s appears in %d briefings", p.Name, n)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(roles)) {
		if !found[name] {
			t.Errorf("%s has no page", name)
		}
	}
	appearances := map[string]int{}
	for _, o := range s.Organizations {
		appearances[o.Name] = o.Briefings()
	}
	if appearances["Tehreek-e-Taliban Pakistan"] != 2 || appearances["Taliban"] != 3 {
		t.Errorf("organizations by briefings: %v, want Tehreek-e-Taliban Pakistan in 2 and the Taliban in 3", appearances)
	}
	byNumber := map[string]*site.Briefing{}
	for _, b := range s.Briefings {
		for _, f := range tree.Briefings {
			if f.Meta.Slug == b.Slug {
				byNumber[filepath.Base(f.Meta.Article.Path)[:3]] = b
			}
		}
	}
	unnamed := 0
	for _, q := range byNumber["000"].Details().Quotations {
		if q.Form != "scare" && q.Speaker != nil && q.Speaker.Entity == nil && q.Class() == site.Unnamed {
			unnamed++
		}
	}
	if unnamed != 2 {
		t.Errorf("%d unnamed speakers are quoted in the first article, want 2", unnamed)
	}
	for number, b := range byNumber {
		if b.Header.Date.Known() {
			t.Errorf("seed %s is given the date %s", number, b.Header.Date.Value)
		}
	}
	// The page says that the times of the third article are open.
	third := byNumber["004"]
	for _, f := range tree.Briefings {
		if f.Meta.Slug != third.Slug {
			continue
		}
		said := ""
		for _, c := range s.Page(third, f).Caveats {
			said += c.Text + "\n"
		}
		if !strings.Contains(said, "date") {
			t.Errorf("the caveats of the third article say nothing of its date:\n%s", said)
		}
	}
	if n := len(third.Details().Timeline.Unresolved); n < 2 {
		t.Errorf("%d unresolved times in the third article, want at least 2", n)
	}
}

// TestSeedsAnnotated looks at the machine's view of the same articles.
func TestSeedsAnnotated(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(repository(t), "seeds", "*.txt"))
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	var records [3]annotation.Record
	for i, name := range names {
		status, out := run("annotate", name)
		if status != exitOK {
			t.Fatal(out)
		}
		if err := json.Unmarshal([]byte(out), &records[i]); err != nil {
			t.Fatal(err)
		}
	}
	// The two speakers of the first article are described, not named.
	described := 0
	for _, q := range records[0].Quotes {
		if q.Form == annotation.Direct {
			if q.Naming == annotation.Named || q.Key != "" {
				t.Errorf("%q is given to %q (%s)", records[0].Text[q.Start:q.End], q.Key, q.Naming)
			}
			described++
		}
	}
	if described != 2 {
		t.Errorf("%d direct quotations in the first article, want 2", described)
	}
	// The two-sentence post is one quotation of its author; the words between
	// marks that nobody said are nobody's.
	post, scare := false, false
	for _, q := range records[1].Quotes {
		words := records[1].Text[q.Start:q.End]
		switch {
		case q.Form == annotation.Direct && strings.HasPrefix(words, "We had a very good evening meeting") && strings.HasSuffix(words, "both countries."):
			post = q.Key == "zabihullah-mujahid" && q.Via == "the microblogging platform"
		case strings.HasPrefix(words, "air strikes"):
			scare = q.Form == annotation.Scare && q.Speaker == nil && q.Key == ""
		}
	}
	if !post || !scare {
		t.Errorf("the post is one quotation of its author: %t; the scare quotes are nobody's: %t", post, scare)
	}
	// Who and what else stands in them, and no more of some kinds.
	entities := map[annotation.EntityType]map[string]bool{}
	for i := range records {
		for _, e := range records[i].Entities {
			if entities[e.Type] == nil {
				entities[e.Type] = map[string]bool{}
			}
			entities[e.Type][e.Key] = true
		}
	}
	for typ, keys := range map[annotation.EntityType]string{
		annotation.Organization: "cnn-news18 hafiz-gul-bahadur-group inter-services-intelligence taliban tehreek-e-taliban-pakistan twitter un",
		annotation.Place:        "afghanistan doha islamabad kabul khyber-pakhtunkhwa pakistan qatar us waziristan",
		annotation.Event:        "doha-iii operation-azm-e-istehkam",
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(entities[typ])), " "); got != keys {
			t.Errorf("%s: %s\nwant %s", typ, got, keys)
		}
	}
	terms := map[string]bool{}
	for i := range records {
		for _, x := range records[i].Terms {
			terms[x.Short.In(records[i].Text)+" "+x.Long.In(records[i].Text)] = true
		}
	}
	if len(terms) != 2 || !terms["TTP Tehreek-e-Taliban Pakistan"] || !terms["ISI Inter-Services Intelligence"] {
		t.Errorf("abbreviations: %v", terms)
	}
	// Who is reported without marks, and on whose word the third article rests.
	for i, sources := range []string{
		"confirmed Zabihullah Mujahid|note Diplomatic observers",
		"clarified Shehbaz Sharif|criticized Khawaja Asif|allege Pakistani security officials",
		"confirmed sources|According to senior diplomatic sources|suggest Sources",
	} {
		for pair := range strings.SplitSeq(sources, "|") {
			cue, speaker, _ := strings.Cut(pair, " ")
			if cue == "According" {
				cue, speaker = "According to", strings.TrimPrefix(speaker, "to ")
			}
			if !slices.ContainsFunc(records[i].Quotes, func(q annotation.RecordQuote) bool {
				return q.Cue != nil && q.Speaker != nil && q.Cue.In(records[i].Text) == cue && strings.HasSuffix(q.Speaker.In(records[i].Text), speaker)
			}) {
				t.Errorf("article %d: nothing is %q of %q", i, cue, speaker)
			}
		}
	}
	// No date is known, so that no relative time has a value.
	if records[2].Date != nil {
		t.Errorf("the third article has the date %v", records[2].Date)
	}
	open := map[string]bool{}
	for _, x := range records[2].Times {
		if x.Value == "" {
			open[strings.ToLower(records[2].Text[x.Start:x.End])] = true
		}
	}
	for _, words := range []string{"friday", "later today"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(open)), func(s string) bool { return strings.Contains(s, words) }) {
			t.Errorf("%q is not among the unresolved times %v", words, open)
		}
	}
	if len(records[2].SetAside) != 2 {
		t.Errorf("text set aside in the third article: %v, want the disclaimer and the notice", records[2].SetAside)
	}
}
