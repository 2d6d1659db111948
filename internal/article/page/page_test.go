package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/internal/article/page"
	"readout/internal/cputime"
	"readout/internal/limit"
)

const body = `<p>The mine reopened on Monday, six weeks after the accident that killed two men, the company that runs it said in a short note.</p>
<p>Inspectors signed the permit on Sunday after they had been below ground for nine hours, according to the mining authority of the province.</p>
<p>The company has not said who will pay for the families of the two men, who had worked at the mine for more than twenty years.</p>`

func text(p *page.Page) string {
	var t []string
	for _, b := range p.Blocks {
		t = append(t, b.Text)
	}
	return strings.Join(t, "\n")
}

func TestMetadata(t *testing.T) {
	for _, tt := range []struct{ name, head, want string }{
		{
			"og", `<title>Mine reopens | Harbour News</title><meta property="og:title" content="Mine reopens"><meta property="og:site_name" content="Harbour News"><meta property="article:published_time" content="2024-05-03T10:00:00Z"><meta name="author" content="By Jane Roe and Ali Khan">`,
			"Mine reopens|Jane Roe;Ali Khan|Harbour News||2024-05-03T10:00:00Z",
		},
		{
			"title alone", `<title>Mine reopens - Harbour News</title><meta property="og:site_name" content="Harbour News"><link rel="canonical" href="https://n.example/a">`,
			"Mine reopens||Harbour News|https://n.example/a|",
		},
		{
			"json-ld array", `<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":["NewsArticle","Article"],"headline":"Mine &amp; men","author":{"name":["Jane Roe"]},"datePublished":"2024-05-03"}]</script>`,
			"Mine & men|Jane Roe|||2024-05-03",
		},
		{
			"json-ld with line breaks in strings", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Mine\nreopens\",\"datePublished\":\"2024-05-03\"};</script>",
			"Mine reopens||||2024-05-03",
		},
		{
			"canonical to the front page", `<link rel="canonical" href="https://n.example/"><meta property="og:url" content="https://n.example/a"><title>Mine</title>`,
			"Mine|||https://n.example/a|",
		},
		{"broken json-ld", `<script type="application/ld+json">{"@type":</script><title>Mine</title>`, "Mine||||"},
	} {
		p, err := page.Read("<html><head>"+tt.head+"</head><body><article>"+body+"</article></body></html>", "", limit.Set{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		m := p.Meta
		date := ""
		if len(m.Dates) > 0 {
			date = m.Dates[0]
		}
		if got := strings.Join([]string{m.Title, strings.Join(m.Byline, ";"), m.Publisher, m.URL, date}, "|"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Times of other articles on the page are not this one's.
func TestTimesThatDiffer(t *testing.T) {
	p, err := page.Read(`<body><article>`+body+`</article><ul><li><time datetime="2024-05-03">x</time></li><li><time datetime="2024-05-04">y</time></li></ul></body>`, "", limit.Set{})
	if err != nil || len(p.Meta.Dates) != 0 {
		t.Error(err, p.Meta.Dates)
	}
}

// What a page is made of besides its article stays out of it.
func TestLeftOut(t *testing.T) {
	source := `<html><head><title>Mine reopens</title><style>p{}</style></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav><div class="cookie-banner">We use cookies. Accept all cookies to go on reading with the best experience.</div>
<article><h1>Mine reopens</h1><p class="byline">By Jane Roe</p><time class="published" datetime="2024-05-03">May 3, 2024</time>` + body + `
<p>Read more: <a href="/x">Why mines close in the winter months</a></p><p><a href="/y">SIX THINGS TO KNOW ABOUT THE MINE AND ITS OWNERS</a></p>
<div class="newsletter"><p>Sign up for our newsletter and never miss a story from the coast again.</p></div></article>
<section class="related-stories"><h2>More stories</h2><p>Ferry terminal to reopen after the council voted on Tuesday night for it.</p></section>
<footer>Copyright 2024. All rights reserved.</footer><script>var p = "The script's own paragraph is longer than any other on the page."</script></body></html>`
	p, err := page.Read(source, "", limit.Set{})
	if err != nil {
		t.Fatal(err)
	}
	if got := text(p); strings.Count(got, "\n") != 2 || !strings.HasPrefix(got, "The mine reopened") || !strings.HasSuffix(got, "twenty years.") {
		t.Errorf("got\n%s", got)
	}
}

// The marks of notes are no words of the text.
func TestNoteMarks(t *testing.T) {
	for _, mark := range []string{
		`<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>`,
		`<a href="#fn1" epub:type="noteref">1</a>`,
		`<a href="#fn1" role="doc-noteref"><sup>*</sup></a>`,
		`<a class="footnote-back" href="#x">↩</a>`,
	} {
		p, err := page.Read(`<body><article>`+body+`<p>The old shaft on the hill was closed in 2014.`+mark+` Since then nobody has been down there but the men who look after the pumps.</p></article>`, "", limit.Set{})
		if err != nil || !strings.Contains(text(p), "in 2014. Since") {
			t.Errorf("%s: %v\n%s", mark, err, text(p))
		}
	}
	p, err := page.Read(`<body><article>`+body+`<p>The old shaft on the hill was closed in <a href="#y">2014</a>, see x<sup>2</sup>. Since then nobody has been down there but the men who look after the pumps.</p></article>`, "", limit.Set{})
	if err != nil || !strings.Contains(text(p), "in 2014, see x2.") {
		t.Errorf("%v\n%s", err, text(p))
	}
}

func TestNoArticle(t *testing.T) {
	for _, source := range []string{"", "<html></html>", "<p></p>", "<script>x</script>"} {
		if p, err := page.Read(source, "", limit.Set{}); err != page.ErrNoArticle {
			t.Errorf("%q: %v %v", source, p, err)
		}
	}
}

// hostile pages take the parser or an extractor down, or take them for ever,
// where nothing bounds them.
var hostile = map[string]func(n int) string{
	"nested div":        func(n int) string { return strings.Repeat("<div>", n) + body },
	"self-closing div":  func(n int) string { return strings.Repeat("<div/>", n) + body },
	"nested b":          func(n int) string { return strings.Repeat("<p><b class=x><i id=y>a ", n) },
	"nested a":          func(n int) string { return strings.Repeat("<a href=x>a ", n) + body },
	"nested font":       func(n int) string { return manyFonts(n) },
	"nested blockquote": func(n int) string { return strings.Repeat("<blockquote>", n) + body },
	"nested tables":     func(n int) string { return strings.Repeat("<table><tr><td>", n) + body },
	"nested lists":      func(n int) string { return strings.Repeat("<ul><li>", n) + body },
	"nested ins":        func(n int) string { return strings.Repeat("<ins>", n) + body },
	"nested svg":        func(n int) string { return strings.Repeat("<svg><g>", n) + body },
	"huge attribute": func(n int) string {
		return `<img src="data:image/png;base64,` + strings.Repeat("A", 20*n) + `">` + body
	},
	"many attributes":     func(n int) string { return "<p " + manyAttributes(n) + ">" + body },
	"end tags":            func(n int) string { return strings.Repeat("</div></p>", n) + body },
	"brs":                 func(n int) string { return body + strings.Repeat("<br>", n) },
	"open angle":          func(n int) string { return body + strings.Repeat("<", n) },
	"entities":            func(n int) string { return body + strings.Repeat("&amp;&#x41;", n) },
	"comments":            func(n int) string { return body + strings.Repeat("<!--x-->", n) },
	"one-word paragraphs": func(n int) string { return strings.Repeat("<p>a", n) },
	"long word":           func(n int) string { return "<p>" + strings.Repeat("a", 10*n) + "</p>" + body },
	"paragraphs": func(n int) string {
		return strings.Repeat("<p>The mine reopened on Monday, six weeks after it closed.</p>", n/10)
	},
	"unclosed comment": func(n int) string { return body + "<!--" + strings.Repeat("x", n) },
	"links":            func(n int) string { return strings.Repeat(`<p><a href="/x">The mine reopened on Monday</a></p>`, n/5) },
	"json-ld": func(n int) string {
		return `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, n) + `</script>` + body
	},
}

func manyFonts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p><font color=%d>a", i)
	}
	return b.String()
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d=x ", i)
	}
	return b.String()
}

// Time grows with the length of a page, not with its square: four times the
// page may take at most three times as long as four times the time, with a
// floor under which a measurement says nothing.
func TestHostilePagesAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, make := range hostile {
		took := func(n int) time.Duration {
			start := cputime.Used()
			page.Read(make(n), "", limit.Set{})
			return cputime.Used() - start
		}
		small, large := took(5_000), took(20_000)
		if large > 12*small && large > 2*time.Second {
			t.Errorf("%s: %v for 5,000, %v for 20,000", name, small, large)
		}
		t.Logf("%-20s %10v %10v", name, small.Round(time.Millisecond), large.Round(time.Millisecond))
	}
}

// Depth that no parser's stack would stand is cut, and the text under it kept.
func TestDeepNesting(t *testing.T) {
	p, err := page.Read(strings.Repeat("<div>", 100_000)+body, "", limit.Set{})
	if err != nil || !strings.Contains(text(p), "Inspectors signed") {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("<article>" + body + "</article>")
	for _, make := range hostile {
		f.Add(make(30))
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := page.Read(source, "https://n.example/a", limit.Set{})
		if err != nil {
			return
		}
		for _, b := range p.Blocks {
			if strings.TrimSpace(b.Text) == "" || b.Kind == "" {
				t.Fatalf("empty block %+v", b)
			}
		}
		again, err := page.Read(source, "https://n.example/a", limit.Set{})
		if err != nil || text(again) != text(p) {
			t.Fatal("a second reading differs")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	source := "<html><head><title>Mine</title></head><body><nav>" + strings.Repeat(`<a href="/x">Section</a> `, 200) + "</nav><article>" + strings.Repeat(body, 10) + "</article></body></html>"
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		page.Read(source, "", limit.Set{})
	}
}
