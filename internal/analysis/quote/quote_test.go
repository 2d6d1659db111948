package quote_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/quote"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
)

func analyzers() []*analysis.Analyzer {
	return append(slices.Clone(quote.Analyzer.Requires), quote.Analyzer)
}

func dump(set *annotation.Set) string {
	var b strings.Builder
	text := set.Article.Text
	for _, a := range set.Attributions {
		parts := a.Parts
		if parts == nil {
			parts = []span.Span{a.Content}
		}
		fmt.Fprintf(&b, "%s", a.Form)
		for _, p := range parts {
			fmt.Fprintf(&b, " %q", p.In(text))
		}
		fmt.Fprintf(&b, "\n  source %q cue %q", a.Source.In(text), a.Cue.In(text))
		for _, x := range []struct{ name, value string }{
			{"naming", string(a.Naming)},
			{"stance", string(a.Stance)},
			{"access", a.Access.In(text)},
			{"reason", a.Reason.In(text)},
			{"via", a.Via.In(text)},
		} {
			if x.value != "" {
				fmt.Fprintf(&b, " %s %q", x.name, x.value)
			}
		}
		if !a.Sure {
			b.WriteString(" unsure")
		}
		fmt.Fprintf(&b, " (%s)\n", a.Rule)
	}
	return b.String()
}

func FuzzAttributions(f *testing.F) {
	for _, s := range []string{
		"“We will go,” said Ann Lee, the minister. “Soon.”",
		"He said \"a\" and 'b' and ''c'' «d» „e“.",
		"“One.\n“Two,” he said.\n“Three.”",
		"According to a report, X. Y, sources told Z, W.",
		"said said said that that \" ' “ ‘ ” ’",
		"Lee: “No” — Smith",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
		analysistest.Check(t, set)
		checkAttributions(t, set)
		again := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
		if dump(set) != dump(again) {
			t.Fatal("two runs differ")
		}
	})
}

// vocabulary is what FuzzGrammar makes sentences of: one word a byte.
var vocabulary = strings.Fields(`Lee Ann Smith Kabul minister the a an of in on to that who which said says told
	reporters according added adding saying and but while if whether he she they it his 's was is has will not by as
	claim claims denied accused warned expected called described quoted report poll Reuters X statement interview Friday
	sources officials familiar with anonymity condition because talks plan war peace new very , , . ? ! : ; — - ( ) “ ” " ' ‘ ’ „ « »
	... 2021 5 one two many some what when after before for about criticized vowed urged put read insider`)

// FuzzGrammar feeds the analyzer English that is no sense, in which its rules
// meet in ways that nobody wrote.
func FuzzGrammar(f *testing.F) {
	f.Add([]byte("Lee said"))
	f.Add([]byte{0, 16, 84, 3, 4, 99, 86, 11, 20, 90, 1, 16, 85, 84, 30})
	f.Fuzz(func(t *testing.T, words []byte) {
		var b strings.Builder
		b.WriteString("The minister said on Friday that the government would not change its plan for the new school.\n")
		for i, w := range words {
			if w == 255 {
				b.WriteString("\n")
				continue
			}
			if w < 200 && i > 0 {
				b.WriteString(" ")
			}
			b.WriteString(vocabulary[int(w)%len(vocabulary)])
		}
		set := analysistest.Run(t, analysistest.Article(b.String(), ""), analyzers()...)
		analysistest.Check(t, set)
		checkAttributions(t, set)
	})
}

// checkAttributions fails where attributions could not be written as nested
// spans: pieces of content that cross each other or a source or a cue, a
// source inside the direct speech it is the source of.
func checkAttributions(t *testing.T, set *annotation.Set) {
	t.Helper()
	text := set.Article.Text
	var all []span.Span
	for _, a := range set.Attributions {
		parts := a.Parts
		if parts == nil {
			parts = []span.Span{a.Content}
		} else if len(parts) < 2 {
			t.Fatalf("%d parts", len(parts))
		}
		end := -1
		for _, p := range parts {
			if !p.Valid(text) || p.Empty() || p.Start < end || !a.Content.Contains(p) {
				t.Fatalf("part %v of %v after %d", p, a.Content, end)
			}
			end = p.End
			if a.Form == annotation.Direct && (a.Source.Overlaps(p) || a.Cue.Overlaps(p)) {
				t.Fatalf("source %v or cue %v in direct speech %v", a.Source, a.Cue, p)
			}
		}
		if a.Content.Start != parts[0].Start || a.Content.End != end {
			t.Fatalf("content %v does not span its parts %v", a.Content, parts)
		}
		for i, m := range a.Marked {
			if !m.Valid(text) || a.Form == annotation.Direct && !m.Contains(parts[i]) {
				t.Fatalf("marks %v do not hold %v", m, parts[i])
			}
		}
		if a.Form == annotation.Direct || a.Form == annotation.Scare {
			all = append(all, a.Marked...)
		} else {
			all = append(all, parts...)
			all = append(all, a.Marked...)
		}
		for _, s := range []span.Span{a.Source, a.Cue, a.Access, a.Reason, a.Via} {
			if !s.Valid(text) {
				t.Fatalf("span %v is not valid", s)
			}
		}
		for _, s := range []span.Span{a.Source, a.Cue} {
			if !s.Empty() {
				all = append(all, s)
			}
		}
	}
	for i, x := range all {
		for _, y := range all[i+1:] {
			if x.Overlaps(y) && !x.Contains(y) && !y.Contains(x) {
				t.Fatalf("%q and %q cross", x.In(text), y.In(text))
			}
		}
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, dump, analyzers()...)
}

func TestBlockQuotation(t *testing.T) {
	text := "In his letter Bishop Moyo wrote:\nThe wells are dry.\nThe cattle are dead.\nHe sent it on Friday."
	art := analysistest.Article(text, "")
	art.Blocks[1].Role, art.Blocks[2].Role = article.Quotation, article.Quotation
	set := analysistest.Run(t, art, analyzers()...)
	analysistest.Check(t, set)
	checkAttributions(t, set)
	if len(set.Attributions) != 1 {
		t.Fatalf("got\n%s", dump(set))
	}
	a := set.Attributions[0]
	if a.Form != annotation.Direct || a.Source.In(text) != "Bishop Moyo" || len(a.Parts) != 2 || a.Content.In(text) != "The wells are dry.\nThe cattle are dead." {
		t.Errorf("got\n%s", dump(set))
	}
}

// TestKey follows a speaker through surname, pronoun, role and possessive.
func TestKey(t *testing.T) {
	text := `Foreign Minister Leila Haddad said the talks had failed.
“We shall try again,” Haddad said.
She added that a date had been set.
The foreign minister denied that the border was closed.
Haddad's claim that the road was safe was disputed.
A spokesman said nothing had changed.`
	set := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
	for i, want := range []string{"leila-haddad", "leila-haddad", "leila-haddad", "leila-haddad", "leila-haddad", ""} {
		if i >= len(set.Attributions) {
			t.Fatalf("%d attributions:\n%s", i, dump(set))
		}
		if a := set.Attributions[i]; a.Key != want {
			t.Errorf("%q by %q: key %q, want %q", a.Content.In(text), a.Source.In(text), a.Key, want)
		}
	}
}

// TestOtherLanguage holds that nobody is made a speaker in a language that is
// not analysed.
func TestOtherLanguage(t *testing.T) {
	text := `Der Minister sagte am Montag in Berlin, die Verhandlungen seien gescheitert und man werde nicht weiter verhandeln.
„Wir werden im nächsten Jahr noch einmal miteinander sprechen müssen“, sagte der Minister nach dem Treffen mit seinen Kollegen.`
	set := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
	checkAttributions(t, set)
	if len(set.Attributions) != 1 {
		t.Fatalf("got\n%s", dump(set))
	}
	if a := set.Attributions[0]; a.Form != annotation.Direct || !a.Source.Empty() || a.Sure || !strings.HasPrefix(a.Content.In(text), "Wir werden") {
		t.Errorf("got\n%s", dump(set))
	}
}

// TestOtherLanguageMarks holds that no marks are said to keep words at a
// distance in a language that is not analysed.
func TestOtherLanguageMarks(t *testing.T) {
	text := `Der Minister nannte den Plan am Montag in Berlin „mutig“ und sprach von einem „neuen Anfang für alle“.
Auf die Frage, ob er zurücktreten werde, sagte er nur „Nein“ und verließ dann den Saal im ersten Stock.`
	set := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
	checkAttributions(t, set)
	if len(set.Attributions) == 0 {
		t.Error("nothing is found")
	}
	for _, a := range set.Attributions {
		if a.Form == annotation.Scare {
			t.Errorf("%q is kept at a distance", a.Content.In(text))
		}
	}
}

// TestQuestion holds that a word that asks is nobody's name.
func TestQuestion(t *testing.T) {
	set := analysistest.Run(t, analysistest.Article("The plan is old.\nWho backs it.\nWho says the war is over?", ""), analyzers()...)
	if len(set.Attributions) != 0 {
		t.Errorf("got\n%s", dump(set))
	}
}

func TestNaming(t *testing.T) {
	for text, want := range map[string]annotation.Naming{
		"The Treasury said it would pay for the new harbour.": annotation.Institution,
	} {
		set := analysistest.Run(t, analysistest.Article(text, ""), analyzers()...)
		if len(set.Attributions) != 1 || set.Attributions[0].Naming != want {
			t.Errorf("want %s, got\n%s", want, dump(set))
		}
	}
}
