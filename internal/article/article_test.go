package article_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"readout/internal/article"
	"readout/internal/cputime"
	"readout/internal/seed"
)

// check fails where an article breaks what the package promises of one.
func check(t *testing.T, a *article.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Fatal("the text is not UTF-8")
	}
	end := 0
	for _, b := range a.Blocks {
		switch {
		case b.Span.Empty() || !b.Span.Valid(a.Text):
			t.Fatalf("block %v of %q", b, a.Text)
		case b.Span.Start < end:
			t.Fatalf("block %v overlaps the one before", b)
		case strings.TrimSpace(a.Text[end:b.Span.Start]) != "":
			t.Fatalf("%q is in no block", a.Text[end:b.Span.Start])
		case b.Span.In(a.Text) != strings.TrimSpace(b.Span.In(a.Text)):
			t.Fatalf("white space at the ends of block %q", b.Span.In(a.Text))
		case (b.Role == article.SetAside) != (b.Reason != ""):
			t.Fatalf("block %v: a reason is given where text is set aside, and only there", b)
		case (b.Level > 0) != (b.Role == article.Heading || b.Role == article.ListItem):
			t.Fatalf("block %v has level %d", b, b.Level)
		}
		end = b.Span.End
	}
	if strings.TrimSpace(a.Text[end:]) != "" {
		t.Fatalf("%q is in no block", a.Text[end:])
	}
	m := a.Meta
	if !m.TitleSpan.Empty() {
		if !m.TitleSpan.Valid(a.Text) || strings.Join(strings.Fields(m.TitleSpan.In(a.Text)), " ") != m.Title && m.TitleBasis == article.TitleDerived {
			t.Fatalf("title %q stands not at %v", m.Title, m.TitleSpan)
		}
	}
	if m.TitleBasis == article.TitleDerived && utf8.RuneCountInString(m.Title) > 100 {
		t.Fatalf("derived title of %d code points", utf8.RuneCountInString(m.Title))
	}
	if (m.Title == "") != (m.TitleBasis == "") || (m.Date.Value == "") != (m.Date.Basis == "") {
		t.Fatalf("title %q %q, date %v", m.Title, m.TitleBasis, m.Date)
	}
	if len(a.Blocks) > 0 && m.Title == "" {
		t.Fatal("no title")
	}
}

// FuzzFromText: the text is kept byte for byte, and the blocks hold all of it.
func FuzzFromText(f *testing.F) {
	files, _ := filepath.Glob("testdata/structure/*.txtar")
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(ar.Files[0].Data))
	}
	for _, s := range []string{"", "\x00", "a\r\rb\u2028c\u0085d", "> \n>\n> >", "- \n-", "1.\n2.", "\u00a0", "\u200b", "By ", "(AP)", "()-", "—", "\xff", "a\u0301", "Subject: x\nFrom: y", "\ufeffa", "(Reporting by x)", "x (Editing by y)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := article.FromText("x", text, article.Meta{})
		if utf8.ValidString(text) && a.Text != text {
			t.Fatalf("the text changed from %q to %q", text, a.Text)
		}
		check(t, a)
		check(t, article.FromText("x", text, article.Meta{Title: "A title", Byline: []string{"Jane Roe"}, Date: article.Date{Value: "2024-05-03", Basis: article.DateMetadata}}))
	})
}

func FuzzNew(f *testing.F) {
	files, _ := filepath.Glob("testdata/structure/*.txtar")
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if format, ok := seed.FormatOf(ar.Files[0].Name); ok && format != seed.Text {
			f.Add(string(ar.Files[0].Data), "title: x\n")
		}
	}
	f.Add("---\n? [a\n---\n", ": :\n")
	f.Add("+++\n[[a]]\n+++\n", "a: &a [*a, *a]\n")
	f.Add("> > > - 1. x\n\n|a|\n|-|\n|b|", "date: 2024-05-03\nretrieved: 2024-05-02\n")
	f.Fuzz(func(t *testing.T, text, sidecar string) {
		for _, format := range []seed.Format{seed.Markdown, seed.HTML, seed.Text} {
			file, _ := seed.Decode("seeds/2024-05-03.x", format, []byte(text))
			if file == nil {
				continue
			}
			file.Sidecar, file.SidecarPath = []byte(sidecar), "seeds/x.yaml"
			a, diags := article.New(file)
			if a == nil {
				if diags.Errors() == 0 {
					t.Fatal("left out without a reason")
				}
				continue
			}
			check(t, a)
		}
	})
}

// Each position of a title, given or found, is one a reader would agree with.
func TestTitle(t *testing.T) {
	for _, tt := range []struct{ text, title, want string }{
		{"Mine reopens\n\nThe mine reopened on Monday, six weeks after it was closed.", "Mine Reopens", "headline Mine Reopens"},
		{"The mine reopened on Monday, six weeks after it was closed.", "Mine reopens", "none Mine reopens"},
		{"The mine reopened on Monday, six weeks after it was closed.", "", "derived The mine reopened on Monday, six weeks after it was closed"},
		{"The mine, which lies in the hills above the harbour and had employed most men of the village, was closed on Monday.", "", "derived The mine, which lies in the hills above the harbour and had employed most men of the village"},
		{"Lt. Gen. Jane Roe met Mr. Ali Khan on Monday. They talked for a long time about the harbour.", "", "derived Lt. Gen. Jane Roe met Mr. Ali Khan on Monday"},
		{"GENEVA, March 5 (Reuters) - Talks resumed on Monday after three months of silence.", "", "derived Talks resumed on Monday after three months of silence"},
	} {
		a := article.FromText("x", tt.text, article.Meta{Title: tt.title})
		check(t, a)
		got := "none"
		switch {
		case a.Meta.TitleBasis == article.TitleDerived:
			got = "derived"
		case a.Blocks[0].Role == article.Headline:
			got = "headline"
		}
		if got += " " + a.Meta.Title; got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a.txt", "Published on 3 May 2024\n\nThe mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "The mine reopened on Monday, six weeks after it was closed.\n\nPublished: May 3rd, 2024", "2024-05-03 stated"},
		{"a.txt", "The mine reopened on 3 May 2024, six weeks after it was closed.", " "},
		{"a.txt", "KABUL, May 3 (AFP) - The mine reopened on Monday, six weeks after it was closed.", " "},
		{"a.txt", "KABUL, 31 February 2024 (AFP) - The mine reopened on Monday, six weeks after it was closed.", " "},
		{"a.txt", "Belograd, 3 May 2024 – The mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "Rio de Lira, North Province, Friday, May 3, 2024 — The mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "KORVAN (Northern Star) Sept 3 2023 - The mine reopened on Monday, six weeks after it was closed.", "2023-09-03 stated"},
		{"a.txt", "Korvan, 3 May 2024. The mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "Mine reopens\n\nKorvan, 3 May 2024.\n\nThe mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "Dallas, 22 November 1963. The motorcade turned left.\n\nSixty years later, in 2023, people still come to the street where it happened.", " "},
		{"a.txt", "Belograd, May 3 – The mine reopened on Monday, six weeks after it was closed.", " "},
		{"a.txt", "Ada Lee, 3 May 1924 – 7 June 2024, was the first woman to run the mine that closed on Monday.", " "},
		{"a.txt", "On Friday, 3 May 2024 – a cold day – the mine reopened, six weeks after it was closed.", " "},
		{"a.txt", "The mine reopened on Monday, six weeks after it was closed.\n\nKorvan, 3 May 2024 – The second shaft stays shut, and no day has been set for it.", " "},
		{"a.txt", "Mine reopens\n\nPublished on 3 May 2024 in Geo Weekly\n\nThe mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "Mine reopens\n\nDaily Lantern | May 3, 2024 | By Jane Roe\n\nThe mine reopened on Monday, six weeks after it was closed.", "2024-05-03 stated"},
		{"a.txt", "Published in 1984 in Korvan, the novel tells of a mine that closed on 3 May 1924 and of those who worked in it.", " "},
		{"a.txt", "03/05/2024\n\nThe mine reopened on Monday, six weeks after it was closed.", " "},
		{"a.txt", "13/05/2024\n\nThe mine reopened on Monday, six weeks after it was closed.", "2024-05-13 stated"},
		{"a.txt", "Updated 4 May 2024\n\nThe mine reopened on Monday, six weeks after it was closed.", " "},
		{"a.txt", "3 de mayo de 2024\n\nLa mina volvió a abrir el lunes, seis semanas después del accidente.", "2024-05-03 stated"},
		{"a.txt", "3. Mai 2024\n\nDie Grube öffnete am Montag wieder, sechs Wochen nach dem Unglück.", "2024-05-03 stated"},
		{"a.txt", "2024年5月3日\n\n矿山周一重新开放，距离造成两名男子死亡的事故已有六个星期。", "2024-05-03 stated"},
		{"20240503-mine.txt", "The mine reopened on Monday, six weeks after it was closed.", "2024-05-03 filename"},
		{"mine_2024_05_03.txt", "The mine reopened on Monday, six weeks after it was closed.", "2024-05-03 filename"},
		{"003_8e00e52092eceecc.txt", "The mine reopened on Monday, six weeks after it was closed.", " "},
		{"99999999.txt", "The mine reopened on Monday, six weeks after it was closed.", " "},
	} {
		f, _ := seed.Decode("seeds/"+tt.name, seed.Text, []byte(tt.text))
		a, _ := article.New(f)
		check(t, a)
		if got := a.Meta.Date.Value + " " + string(a.Meta.Date.Basis); got != tt.want {
			t.Errorf("%s %q: got %s, want %s", tt.name, tt.text, got, tt.want)
		}
	}
}

// What a reporter wrote is never set aside, even where it words a cue.
func TestReportedContentStays(t *testing.T) {
	for _, last := range []string{
		"The court found that defamatory and obscene remarks are punishable and ordered the paper to publish a correction.",
		"“Subscribe to our cause and share this burden with us,” the bishop told the crowd.",
		"The company, which is based in Geneva and is a unit of a larger group, did not answer.",
		"Copyright law has not kept pace, the minister said.",
		"Support for independent journalism has fallen by half since then.",
		"The new rules require that all cookies be switched off unless readers consent.",
		"Read more of the letter and its tone becomes plain.",
		"Legal action will be taken against the owners of the ship.",
		"They could not be reached at their homes on Sunday.",
		"Source of the river is a lake in the hills that no map shows.",
	} {
		a := article.FromText("x", "Mine reopens\n\nThe mine reopened on Monday, six weeks after it was closed.\n\n"+last, article.Meta{})
		if b := a.Blocks[len(a.Blocks)-1]; b.Role == article.SetAside {
			t.Errorf("%q: set aside as %s", last, b.Reason)
		}
	}
}

// What sites glue to articles is set aside, with a reason.
func TestFurnitureIsSetAside(t *testing.T) {
	for _, last := range []string{
		"The opinions expressed in this article are the author's own and do not reflect the view of this publication.",
		"Views expressed by the author are personal and do not necessarily represent those of the editors.",
		"Disclaimer: The content is for informational purposes only and does not constitute professional advice.",
		"Users are responsible for their comments. Abusive, defamatory or obscene comments are prohibited and may lead to legal action under the IT Act.",
		"© 2024 Harbour News Ltd. All rights reserved.",
		"Copyright 2024 Harbour News. This material may not be published, broadcast, rewritten or redistributed.",
		"Additional reporting by Jane Roe in Geneva",
		"(Reporting by Jane Roe; Editing by John Doe)",
		"Jane Roe contributed to this report.",
		"Subscribe to our daily newsletter",
		"Sign up for our free weekly briefing",
		"Follow us on Facebook, Twitter and Instagram",
		"Read more: How the mine was saved",
		"ALSO READ | How the mine was saved",
		"Click here to join our WhatsApp channel",
		"Share this article",
		"Advertisement",
		"If you liked this story, please consider supporting our work. Donate today.",
		"Filed under: mining, safety",
		"Do you have a story for us? Email the newsroom.",
		"This article was originally published on The Conversation. Read the original article.",
		"We use cookies to improve your browsing experience. By going on you agree to our cookie policy.",
	} {
		a := article.FromText("x", "Mine reopens\n\nThe mine reopened on Monday, six weeks after it was closed.\n\n"+last, article.Meta{})
		if b := a.Blocks[len(a.Blocks)-1]; b.Role != article.SetAside {
			t.Errorf("%q: is a %s", last, b.Role)
		}
	}
}

// A disclaimer above the body is set aside as one below it is, and the headline
// stays what it is.
func TestDisclaimerAtTheTop(t *testing.T) {
	const headline, body = "Mine reopens", "The mine reopened on Monday, six weeks after it was closed."
	for _, first := range []string{
		"DISCLAIMER: This text is taken over from Harbour Wire for information. It is not checked by our editors.",
		"Disclaimer: The figures in this text are those of its author.\n\nThe views expressed are those of the author and do not reflect our editorial policy.",
		"The opinions expressed in this article are the author's own and do not reflect the view of this publication.",
	} {
		a := article.FromText("x", headline+"\n\n"+first+"\n\n"+body, article.Meta{})
		for i, b := range a.Blocks {
			want := article.SetAside
			switch i {
			case 0:
				want = article.Headline
			case len(a.Blocks) - 1:
				want = article.Paragraph
			}
			if b.Role != want {
				t.Errorf("%q: is a %s, want %s", b.Span.In(a.Text), b.Role, want)
			}
		}
	}
	for _, first := range []string{
		"The minister said on Monday that the views expressed by the author do not reflect those of the government.",
		"A disclaimer on the letter did not save the mine's owner from a fine of 40,000 crowns.",
	} {
		a := article.FromText("x", headline+"\n\n"+first+"\n\n"+body, article.Meta{})
		if b := a.Blocks[1]; b.Role != article.Paragraph && b.Role != article.Dek {
			t.Errorf("%q: is a %s", first, b.Role)
		}
	}
}

// The message that a mail answers is no part of it; a quotation that nothing
// shows to be an older message is.
func TestOlderMail(t *testing.T) {
	const body = "The mine reopened on Monday, six weeks after it was closed.\n\n"
	for _, older := range []string{
		"On Sun, 5 May 2024, Anna Holt wrote:\n> When will the mine open?\n> We must know.",
		"On Sun, 5 May 2024 at 10:12, Anna Holt <anna@mine.example>\nwrote:\n\n> When will the mine open?\n>> Never, perhaps.\n> We must know.",
		"Am 5. Mai 2024 um 10:12 schrieb Anna Holt:\n> When will the mine open?",
	} {
		a := article.FromText("x", body+older, article.Meta{})
		for _, b := range a.Blocks[1:] {
			if b.Role != article.SetAside {
				t.Errorf("%q: is a %s", b.Span.In(a.Text), b.Role)
			}
		}
		if b := a.Blocks[0]; b.Role != article.Paragraph {
			t.Errorf("the body is a %s", b.Role)
		}
	}
	a := article.FromText("x", body+"In 1912 Anna Holt wrote:\n\n> The mine is the heart of this town.", article.Meta{})
	if b := a.Blocks[len(a.Blocks)-1]; b.Role != article.Quotation {
		t.Errorf("a quotation is a %s", b.Role)
	}
}

// Time grows with the length of the text, and of no line, word or mark.
func TestTextIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, make := range map[string]func(n int) string{
		"paragraphs": func(n int) string { return strings.Repeat("The mine reopened on Monday.\n\n", n/30) },
		"lines":      func(n int) string { return strings.Repeat("a\n", n/2) },
		"one line":   func(n int) string { return strings.Repeat("The mine reopened on Monday. ", n/29) },
		"one word":   func(n int) string { return strings.Repeat("a", n) },
		"wrapped": func(n int) string {
			return strings.Repeat("the mine reopened on Monday and it closed on Tuesday again\n", n/59)
		},
		"quotes":           func(n int) string { return strings.Repeat(">", n) },
		"quoted lines":     func(n int) string { return strings.Repeat("> a\n", n/4) },
		"bullets":          func(n int) string { return strings.Repeat("- a\n", n/4) },
		"nested bullets":   func(n int) string { return nested(n) },
		"blank lines":      func(n int) string { return strings.Repeat("\n", n) },
		"spaces":           func(n int) string { return strings.Repeat(" ", n) + "a" },
		"headers":          func(n int) string { return strings.Repeat("Subject: a\n", n/11) },
		"cues":             func(n int) string { return strings.Repeat("Subscribe to our\n", n/17) },
		"stops":            func(n int) string { return strings.Repeat(". ", n/2) },
		"months":           func(n int) string { return strings.Repeat("May ", n/4) },
		"carriage returns": func(n int) string { return strings.Repeat("a\r", n/2) },
	} {
		took := func(n int) time.Duration {
			text := make(n)
			start := cputime.Used()
			article.FromText("x", text, article.Meta{})
			return cputime.Used() - start
		}
		small, large := took(250_000), took(1_000_000)
		if large > 12*small && large > 2*time.Second {
			t.Errorf("%s: %v for 250 kB, %v for 1 MB", name, small, large)
		}
		t.Logf("%-18s %10v %10v", name, small.Round(time.Millisecond), large.Round(time.Millisecond))
	}
}

func TestMarkdownIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, make := range map[string]func(n int) string{
		"quotes":        func(n int) string { return strings.Repeat(">", n) + " a" },
		"quotes, lines": func(n int) string { return strings.Repeat(strings.Repeat("> ", 50)+"a\n\n", n/103) },
		"emphasis":      func(n int) string { return strings.Repeat("*a _b ", n/6) },
		"emphasis 2":    func(n int) string { return strings.Repeat("*a **b ", n/7) },
		"brackets":      func(n int) string { return strings.Repeat("[", n) },
		"links":         func(n int) string { return strings.Repeat("[a](", n/4) },
		"images":        func(n int) string { return strings.Repeat("![", n/2) },
		"backticks":     func(n int) string { return strings.Repeat("`a``", n/4) },
		"table":         func(n int) string { return "|" + strings.Repeat("a|", n/4) + "\n|" + strings.Repeat("-|", n/4) + "\n" },
		"lists":         func(n int) string { return nested(n) },
		"list marks":    func(n int) string { return strings.Repeat("- ", n/2) + "a" },
		"references":    func(n int) string { return strings.Repeat("[a]: b\n", n/7) },
		"html":          func(n int) string { return strings.Repeat("<a ", n/3) },
		"html comments": func(n int) string { return strings.Repeat("a <!-- ", n/7) },
		"entities":      func(n int) string { return strings.Repeat("&amp;\\*", n/7) },
		"tildes":        func(n int) string { return strings.Repeat("~~a ", n/4) },
		"fence":         func(n int) string { return "---\n" + strings.Repeat("a: b\n", n/5) },
	} {
		took := func(n int) time.Duration {
			f, _ := seed.Decode("a.md", seed.Markdown, []byte(make(n)))
			start := cputime.Used()
			article.New(f)
			return cputime.Used() - start
		}
		small, large := took(25_000), took(100_000)
		if large > 12*small && large > time.Second {
			t.Errorf("%s: %v for 25 kB, %v for 100 kB", name, small, large)
		}
		t.Logf("%-18s %10v %10v", name, small.Round(time.Millisecond), large.Round(time.Millisecond))
	}
}

// nested returns a list that goes one deeper with each item.
func nested(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat(" ", 2*(i%40)) + "- a\n")
	}
	return b.String()
}

func BenchmarkFromText(b *testing.B) {
	files, _ := filepath.Glob("../../seeds/*.txt")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(len(raw)), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				article.FromText("x", string(raw), article.Meta{})
			}
		})
	}
}
