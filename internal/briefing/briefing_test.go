package briefing

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/slug"
	"readout/internal/span"
)

// find returns the span of the nth occurrence of words in text.
func find(t *testing.T, text, words string, n int) span.Span {
	t.Helper()
	at := 0
	for {
		i := strings.Index(text[at:], words)
		if i < 0 {
			t.Fatalf("no %q in the text", words)
		}
		at += i
		if n--; n <= 0 {
			return span.New(at, at+len(words))
		}
		at += len(words)
	}
}

func example(t *testing.T) *annotation.Set {
	text := "Talks resume\n\n\"We will meet,\" said Ana Lind, the envoy, on Friday. \"In Oslo.\"\n\nSources said costs rose to $3 million (M). Lind denied the \"raid\".\n\nSubscribe!"
	at := func(s string) span.Span { return find(t, text, s, 1) }
	art := &article.Article{
		ID: "seeds/a.txt", SHA256: strings.Repeat("ab", 32), Text: text,
		Meta: article.Meta{Title: "Talks resume", TitleBasis: article.TitleStated, Language: "en"},
	}
	roles := []article.Role{article.Headline, article.Paragraph, article.Paragraph, article.SetAside}
	for i, block := range strings.Split(text, "\n\n") {
		art.Blocks = append(art.Blocks, article.Block{Span: at(block), Role: roles[i]})
	}
	art.Blocks[3].Reason = "subscription plea"
	return &annotation.Set{
		Article:  art,
		Language: annotation.Language{Tag: "en", Analysed: true},
		Mentions: []annotation.Mention{
			{Span: at("Ana Lind"), Type: annotation.Person, Key: "ana-lind", Role: at("the envoy")},
			{Span: at("Oslo"), Type: annotation.Place, Key: "oslo"},
			{Span: find(t, text, "Lind", 2), Type: annotation.Person, Key: "ana-lind"},
		},
		Attributions: []annotation.Attribution{
			{
				Form: annotation.Direct, Content: at("We will meet,"), Stance: annotation.Asserts, Sure: true,
				Marked: []span.Span{at("\"We will meet,\""), at("\"In Oslo.\"")}, Parts: []span.Span{at("We will meet,"), at("In Oslo.")},
				Source: at("Ana Lind"), Key: "ana-lind", Cue: at("said"), Naming: annotation.Named,
			},
			{
				Form: annotation.Indirect, Content: at("costs rose to $3 million"), Stance: annotation.Asserts, Sure: false,
				Source: at("Sources"), Cue: find(t, text, "said", 2), Naming: annotation.Bare,
			},
			{
				Form: annotation.Indirect, Content: at("the \"raid\""), Stance: annotation.Denies, Sure: true,
				Source: find(t, text, "Lind", 2), Key: "ana-lind", Cue: at("denied"), Naming: annotation.Named,
			},
			{Form: annotation.Scare, Content: at("raid"), Marked: []span.Span{at("\"raid\"")}},
		},
		Times:      []annotation.TimeExpr{{Span: at("on Friday"), Type: annotation.DateType, Unresolved: "publication date unknown"}},
		Quantities: []annotation.Quantity{{Span: at("$3 million"), Value: 3e6, Unit: "USD", Of: "costs"}},
		Terms:      []annotation.Term{{Short: at("M"), Long: at("million")}},
		Events: []annotation.EventMention{
			{Span: at("meet"), Realis: annotation.Expected, Time: 0},
			{Span: at("rose"), Realis: annotation.Occurred, Time: -1},
		},
		KeyPoints: []annotation.KeyPoint{{Span: at("Sources said costs rose to $3 million (M)."), Block: 2}},
	}
}

const exampleFile = `---
title: Talks resume
slug: talks-resume
language: en
article:
  path: seeds/a.txt
  sha256: abababababababababababababababababababababababababababababababab
---

## Key points

- Sources said costs rose to $3 million (M). [¶2](#p2)

## Annotated text

::: {.headline}
Talks resume
:::

["We will [meet]{.event-mention realis=expected at=t1},"]{.quote #q1 by=s1} [said]{.cue} [[Ana Lind]{.person role="the envoy"}]{.source #s1 naming=named}, the envoy, [on Friday]{.time #t1 unresolved="publication date unknown"}. ["In [Oslo]{.place}."]{.quote by=s1 continues=q1}

[Sources]{.source #s2 naming=bare} [said]{.cue} [costs rose to [$3 million]{.quantity value=3000000 unit=USD of=costs}]{.statement by=s2 sure=no} (M). [[Lind]{.person ref=ana-lind}]{.source #s3 naming=named} [denied]{.cue} [the ["raid"]{.quote form=scare}]{.statement by=s3 stance=denies}.

::: {.set-aside reason="subscription plea"}
Subscribe!
:::
`

func TestCompose(t *testing.T) {
	b := Compose(example(t), "talks-resume")
	src, err := b.Markdown()
	if err != nil {
		t.Fatal(err)
	}
	if string(src) != exampleFile {
		t.Errorf("wrote\n%s\nwant\n%s", src, exampleFile)
	}
	readBack(t, b, src)
}

// readBack reads src and fails where it is not b.
func readBack(t *testing.T, b *Briefing, src []byte) {
	t.Helper()
	f, diags := content.ParseBriefing("content/briefings/"+b.Meta.Slug+".md", src)
	for _, d := range diags {
		t.Fatalf("%s\n%s", d.Error(), src)
	}
	if !reflect.DeepEqual(f.Meta, b.Meta) {
		t.Fatalf("read %+v, want %+v", f.Meta, b.Meta)
	}
	if len(f.KeyPoints) != len(b.KeyPoints) || len(f.Blocks) != len(b.Document.Blocks) || len(f.Marks) != len(b.Document.Marks) {
		t.Fatalf("read %d key points, %d blocks, %d marks of %d, %d, %d", len(f.KeyPoints), len(f.Blocks), len(f.Marks),
			len(b.KeyPoints), len(b.Document.Blocks), len(b.Document.Marks))
	}
	for i, p := range b.KeyPoints {
		if f.KeyPoints[i].Text != p.Text || f.KeyPoints[i].Target != p.Target {
			t.Fatalf("key point %+v, want %+v", f.KeyPoints[i], p)
		}
	}
	k := 0
	for i, block := range b.Document.Blocks {
		got := f.Blocks[i]
		if got.Span.In(f.Text) != block.Span.In(b.Document.Text) || string(got.Role) != block.Role || got.Reason != block.Reason {
			t.Fatalf("block %d: %+v, want %+v", i, got, block)
		}
		shift := got.Span.Start - block.Span.Start
		for ; k < len(f.Marks) && block.Span.Contains(b.Document.Marks[k].Span); k++ {
			m, g := b.Document.Marks[k], f.Marks[k]
			if g.Class != m.Class || g.ID != m.ID || !slices.Equal(g.Attrs, m.Attrs) || g.Span.Start-shift != m.Span.Start || g.Span.End-shift != m.Span.End {
				t.Fatalf("mark %d: %+v, want %+v", k, g, m)
			}
		}
	}
}

// TestComposeRandom composes annotations that cross one another and the ends of
// blocks at random: what is written is read back the same.
func TestComposeRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		set := randomSet(rng)
		if len(set.Article.Blocks) == 0 {
			continue
		}
		b := Compose(set, slug.Make("a b"))
		src, err := b.Markdown()
		if err != nil {
			t.Fatal(err)
		}
		readBack(t, b, src)
	}
}

func randomSet(rng *rand.Rand) *annotation.Set {
	var text strings.Builder
	words := func() string {
		odd := []string{"x", "", " ", "---", ": ", "\n", "#", "\"", "javascript:alert(1)", "https://example.org/a?b=c", "2025-03-11", "2025-13-01", "\x00", "\xff", "\u202e", "~", "'", "- "}
		s := ""
		for range rng.IntN(4) {
			s += odd[rng.IntN(len(odd))]
		}
		return s
	}
	art := &article.Article{ID: "seeds/x.txt", SHA256: strings.Repeat("0a", 32), Meta: article.Meta{
		Title: words(), Dek: words(), Byline: []string{words(), words()}, Publisher: words(), URL: words(),
		Date: article.Date{Value: words(), Basis: article.DateMetadata}, Language: words(),
	}}
	for n := 1 + rng.IntN(5); n > 0; n-- {
		start := text.Len()
		for k := 1 + rng.IntN(20); k > 0; k-- {
			text.WriteString([]string{"said ", "a", "é ", "[x] ", "\"", "\n", "$5 ", "日本", "- "}[rng.IntN(9)])
		}
		if strings.TrimSpace(text.String()[start:]) != "" {
			art.Blocks = append(art.Blocks, article.Block{Span: span.New(start, text.Len()), Role: article.Paragraph})
		}
		text.WriteString("\n\n")
	}
	art.Text = text.String()
	var offsets []int
	for i := range art.Text {
		offsets = append(offsets, i)
	}
	pick := func() span.Span {
		a := rng.IntN(len(offsets))
		b := min(len(offsets)-1, a+rng.IntN(25))
		return span.New(offsets[a], offsets[b])
	}
	maybe := func() span.Span {
		if rng.IntN(3) == 0 {
			return span.Span{}
		}
		return pick()
	}
	set := &annotation.Set{Article: art, Language: annotation.Language{Tag: "en"}}
	for range rng.IntN(8) {
		set.Mentions = append(set.Mentions, annotation.Mention{Span: pick(), Type: annotation.Person, Key: "k", Role: maybe()})
		a := annotation.Attribution{Form: []annotation.Form{annotation.Direct, annotation.Indirect, annotation.Mixed, annotation.Scare}[rng.IntN(4)], Content: pick(), Source: maybe(), Cue: maybe(), Naming: annotation.Bare, Access: maybe(), Stance: annotation.Hints}
		for range rng.IntN(3) {
			a.Parts = append(a.Parts, pick())
		}
		if a.Form != annotation.Indirect {
			a.Marked = a.Parts
		}
		set.Attributions = append(set.Attributions, a)
		set.Times = append(set.Times, annotation.TimeExpr{Span: pick(), Type: annotation.SetType, Value: "P1D"})
		set.Quantities = append(set.Quantities, annotation.Quantity{Span: pick(), Value: rng.Float64(), Unit: "a \"b\""})
		set.Terms = append(set.Terms, annotation.Term{Short: pick(), Long: pick()})
		set.Events = append(set.Events, annotation.EventMention{Span: pick(), Realis: annotation.Scheduled, Time: rng.IntN(len(set.Times)+1) - 1})
		set.KeyPoints = append(set.KeyPoints, annotation.KeyPoint{Span: pick()})
	}
	slices.SortStableFunc(set.Mentions, func(a, b annotation.Mention) int { return a.Span.Compare(b.Span) })
	return set
}

// TestMarksKept checks that marks which cross nothing are all written.
func TestMarksKept(t *testing.T) {
	b := Compose(example(t), "talks-resume")
	count := map[dialect.Class]int{}
	for _, m := range b.Document.Marks {
		count[m.Class]++
	}
	want := map[dialect.Class]int{
		dialect.Quote: 3, dialect.Statement: 2, dialect.Source: 3, dialect.Cue: 3, dialect.Person: 2,
		dialect.Place: 1, dialect.Time: 1, dialect.Quantity: 1, dialect.EventMention: 1,
	}
	if !reflect.DeepEqual(count, want) {
		t.Errorf("marks %v, want %v", count, want)
	}
}

func TestSlugs(t *testing.T) {
	names := []Name{{ID: "seeds/a.txt", Title: "Same title"}, {ID: "seeds/b.txt", Title: "Same title"}, {ID: "seeds/c.txt", Title: "…"}, {ID: "seeds/d.txt", Title: "New title"}}
	got, diags := Slugs(names, map[string]string{"seeds/d.txt": "old-title"}, map[string]bool{"old-title": true})
	if got[0] != "same-title" || got[2] != "article" || got[3] != "old-title" || !strings.HasPrefix(got[1], "same-title-") || len(diags) != 1 {
		t.Errorf("slugs %v, %v", got, diags)
	}
	// Another article of that title changes nothing for the others.
	more := append([]Name{{ID: "seeds/0.txt", Title: "Same title"}}, names...)
	again, _ := Slugs(more, map[string]string{"seeds/a.txt": "same-title", "seeds/b.txt": got[1]}, map[string]bool{"same-title": true, got[1]: true})
	if again[1] != got[0] || again[2] != got[1] || again[0] == got[0] {
		t.Errorf("slugs %v, before %v", again, got)
	}
	// The original keeps the title, wherever it stands.
	herald := func(publisher string) bool { return publisher == "Ellery Herald" }
	for _, c := range []struct{ a, b Name }{
		{Name{Date: "2024-05-15"}, Name{Date: "2024-05-14"}},
		{Name{}, Name{Date: "2024-05-14"}},
		{Name{Date: "2024-05-14", Publisher: "Coast Mirror", Credits: herald}, Name{Date: "2024-05-14", Publisher: "Ellery Herald"}},
		{Name{Credits: herald}, Name{Publisher: "Ellery Herald", Credits: herald}},
	} {
		c.a.ID, c.a.Title, c.b.ID, c.b.Title = "seeds/a.txt", "Same title", "seeds/b.txt", "Same title"
		if got, diags := Slugs([]Name{c.a, c.b}, nil, nil); got[1] != "same-title" || got[0] == "same-title" || len(diags) != 1 || diags[0].File != "seeds/a.txt" {
			t.Errorf("%+v: slugs %v, %v", c, got, diags)
		}
	}
}

// TestLanguageOfTheWords gives an article whose page says another language than
// its words are in.
func TestLanguageOfTheWords(t *testing.T) {
	for _, c := range []struct{ stated, found, want string }{
		{"en", "de", "de"}, {"", "de", "de"}, {"en-GB", "en-GB", "en-GB"}, {"fr", "und", "fr"}, {"", "und", ""},
	} {
		art := &article.Article{ID: "seeds/a.txt", Text: "Wort.", Meta: article.Meta{Title: "Wort", Language: c.stated}}
		b := Compose(&annotation.Set{Article: art, Language: annotation.Language{Tag: c.found}}, "wort")
		if b.Meta.Language != c.want {
			t.Errorf("stated %q, found %q: %q, want %q", c.stated, c.found, b.Meta.Language, c.want)
		}
	}
}
