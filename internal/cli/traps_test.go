package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"golang.org/x/net/html"
)

// traps are the inputs that what readout is built from is known to fall for,
// each with what readout has against it. A text of the size within is read, in
// bounded time and memory; one of the size beyond is refused with the words of
// that guard before it is parsed.
var traps = []struct {
	name           string
	make           func(n int) string
	within, beyond int
	seed, own      string // what a Markdown seed, and an editor's section, are told; "" where they are no trap
}{
	{
		"goldmark: nested quotations", // 80 kB took 4 s
		func(n int) string { return strings.Repeat(strings.Repeat("> ", n)+"deep\n\n", 200) },
		12, 61, "quotations or lists nest more than 60 deep", "lists or quotations nest too deep",
	},
	{
		"goldmark: nested quotations, bare",
		func(n int) string { return strings.Repeat(strings.Repeat(">", n)+"deep\n\n", 200) },
		12, 61, "quotations or lists nest more than 60 deep", "lists or quotations nest too deep",
	},
	{
		"goldmark: nested lists",
		func(n int) string { return strings.Repeat(strings.Repeat("- ", n)+"deep\n\n", 200) },
		12, 61, "quotations or lists nest more than 60 deep", "lists or quotations nest too deep",
	},
	{
		"goldmark: a wide table", // 40 kB took 15 s and gigabytes
		func(n int) string { return strings.Repeat("|a", n) + "\n" + strings.Repeat("|-", n) + "\n" },
		200, 201, "", "table with more than 200 columns",
	},
	{
		"goldmark: a table of short rows", // 128 kB took more than 20 s
		func(n int) string {
			return strings.Repeat("|a", 150) + "\n" + strings.Repeat("|-", 150) + "\n" + strings.Repeat("|a\n", n/150)
		},
		99_000, 110_000, "", "table with more than 100,000 cells",
	},
	{
		"goldmark: open links", // 200 kB took 47 s
		func(n int) string { return strings.Repeat("[a](", n) },
		1000, 1001, "a paragraph with more than 1,000 links", "a paragraph with more than 1,000 links",
	},
	{
		"goldmark: definitions of footnotes", // 256 kB took 1 s, 1 MB 16 s
		func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "[^%d]: x\n", i)
			}
			return b.String()
		},
		1000, 1001, "a paragraph with more than 1,000 links", "a paragraph with more than 1,000 links",
	},
	{
		"goldmark: mixed emphasis in one paragraph",
		func(n int) string { return strings.Repeat("*a **b ", n/7) },
		250 << 10, 257 << 10, "a paragraph of more than 256 kB", "",
	},
	{
		"goldmark: mixed emphasis in one section",
		func(n int) string { return strings.Repeat("*a **b ", n/7) },
		1000 << 10, 1025 << 10, "", "the section is larger than 1 MB",
	},
}

// TestTraps builds a site of each.
func TestTraps(t *testing.T) {
	const briefing = "---\ntitle: Council\nslug: a\narticle:\n  path: seeds/gone.txt\n---\n\n## Annotated text\n\nThe council met.\n"
	places := []struct {
		name string
		put  func(text string) map[string]string
	}{
		{"seed", func(s string) map[string]string { return map[string]string{"seeds/a.md": council + "\n\n" + s} }},
		{"section", func(s string) map[string]string {
			return map[string]string{"content/briefings/a.md": briefing + "\n## Mine\n\n" + s}
		}},
		{"page", func(s string) map[string]string {
			return map[string]string{"content/desk.md": "---\ntitle: Desk\n---\n\n" + s}
		}},
	}
	costs(t, map[string]string{"seeds/a.md": council}) // what is loaded once
	for _, trap := range traps {
		for _, p := range places {
			want := trap.own
			if p.name == "seed" {
				want = trap.seed
			}
			if want == "" {
				continue
			}
			t.Run(trap.name+", "+p.name, func(t *testing.T) {
				if bytes, spent := costs(t, p.put(trap.make(trap.within))); bytes > 1<<30 || spent > 10*time.Second {
					t.Errorf("within the limit it takes %v and %.0f MB", spent, bytes/(1<<20))
				}
				dir := t.TempDir()
				writeFiles(t, dir, p.put(trap.make(trap.beyond)))
				status, out := run("build", "-q", "-C", dir)
				if status != exitFailed || !strings.Contains(out, want) || !strings.Contains(out, "hint: ") {
					t.Errorf("beyond the limit: status %d, want %q\n%.2000s", status, want, out)
				}
			})
		}
	}
}

// TestTrapsOfFrontMatter: adrg/frontmatter takes front matter for the body after
// a byte order mark and where its end is missing, and ends it at an indented
// fence.
func TestTrapsOfFrontMatter(t *testing.T) {
	const rest = "slug: a\narticle:\n  path: seeds/gone.txt\n"
	const body = "\n## Annotated text\n\nThe council met on Monday.\n"
	for _, tt := range []struct {
		name, file, text, want string
	}{
		{"a mark, content", "content/briefings/a.md", "\ufeff---\ntitle: Council\n" + rest + "---\n" + body, ""},
		{"a mark, seed", "seeds/a.md", "\ufeff---\ntitle: Council\n---\n\n" + council, ""},
		{"no end, content", "content/briefings/a.md", "---\ntitle: Council\n" + rest + body, "content/briefings/a.md:1:1: front matter is never closed"},
		{"no end, seed", "seeds/a.md", "---\ntitle: Council\n\n" + council, "seeds/a.md:1: the front matter opened here is never closed"},
		{"no end, TOML", "seeds/a.md", "+++\ntitle = \"Council\"\n\n" + council, "seeds/a.md:1: the front matter opened here is never closed"},
		{"indented, content", "content/briefings/a.md", "---\ntitle: |\n  Council\n  ---\n  meets\n" + rest + "---\n" + body, "content/briefings/a.md:4:1: a line of the front matter that is \"---\" but for white space"},
		{"indented, seed", "seeds/a.md", "---\ntitle: |\n  Council\n  ---\n  meets\n---\n\n" + council, "seeds/a.md:4: an indented \"---\" inside the front matter would end it here"},
	} {
		dir := t.TempDir()
		writeFiles(t, dir, map[string]string{tt.file: tt.text})
		status, out := run("build", "-q", "-C", dir)
		if tt.want != "" {
			if status != exitFailed || !strings.Contains(out, tt.want) || !strings.Contains(out, "hint: ") {
				t.Errorf("%s: status %d, want %q\n%s", tt.name, status, tt.want, out)
			}
			continue
		}
		var all strings.Builder
		for _, data := range files(t, dir, "content/briefings") {
			all.WriteString(data)
		}
		if status != exitOK || !strings.Contains(all.String(), "title: Council\n") || strings.Contains(all.String(), "\ntitle: Council\n---\n\ntitle") {
			t.Errorf("%s: status %d\n%s%s", tt.name, status, out, all.String())
		}
	}
}

// encoded are addresses that run something, as CommonMark lets one write them,
// and those that goldmark lets through as pictures.
func encoded() []string {
	var all []string
	for _, scheme := range []string{"javascript", "JaVaScRiPt", "vbscript", "data", "file"} {
		first, rest := scheme[:1], scheme[1:]
		tail := map[string]string{"data": "text/html,<script>alert(1)</script>", "file": "///etc/passwd"}[scheme]
		if tail == "" {
			tail = "alert(1)"
		}
		tail = strings.NewReplacer("<", "%3C", ">", "%3E").Replace(tail)
		for _, s := range []string{
			scheme + ":", fmt.Sprintf("&#%d;%s:", first[0], rest), fmt.Sprintf("&#x%x;%s:", first[0], rest), fmt.Sprintf("&#X%X;%s:", first[0], rest),
			fmt.Sprintf("&#%07d;%s:", first[0], rest), scheme + "&colon;", scheme + "&#58;", scheme + "&#x3a;", scheme + `\:`,
			first + "&Tab;" + rest + ":", first + "&NewLine;" + rest + ":", "&#1;" + scheme + ":", "&nbsp;" + scheme + ":", "&#32;" + scheme + ":",
		} {
			all = append(all, s+tail)
		}
	}
	return append(all, "data:image/png;base64,AAAA", "data:image/svg+xml,x", "ms-word:ofe%7Cu%7Chttps://evil.example", "intent://x#Intent;end")
}

// TestTrapEncodedLinks is about CVE-2026-5160: goldmark before 1.7.17 looked at
// addresses before it decoded them. Each stands in each place a link may stand
// in, of each text that an editor may write; of none is a link made, and the
// words of all are there. The library itself is tried too, so that an older one
// is found whatever readout does.
func TestTrapEncodedLinks(t *testing.T) {
	var links, words strings.Builder
	n := 0
	for _, a := range encoded() {
		for _, form := range []string{"[w%d](%s)", "[w%d](<%s>)", "[w%d](%s \"title\")", "![w%d](%s)", "[![w%d](%s)](https://n.example)", "[w%d][r%[1]d]\n\n[r%[1]d]: %s"} {
			n++
			fmt.Fprintf(&links, form+"\n\n", n, a)
			fmt.Fprintf(&words, "w%d ", n)
		}
		if !strings.ContainsAny(a, "<> ") {
			fmt.Fprintf(&links, "<%s>\n\n", a)
		}
	}
	text := links.String()
	var b strings.Builder
	if err := goldmark.Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	if bad := runs(b.String(), "javascript", "vbscript", "file"); len(bad) > 0 {
		t.Errorf("goldmark lets through %q", bad)
	}
	dir := t.TempDir()
	const base = "title: Council\n"
	writeFiles(t, dir, map[string]string{
		"content/index.md":                 "---\n" + base + "---\n\n" + text,
		"content/desk.md":                  "---\n" + base + "---\n\n" + text,
		"content/briefings/a.md":           "---\n" + base + "slug: a\narticle:\n  path: seeds/gone.txt\n---\n\n## Annotated text\n\nThe council met with [Jane Roe]{.person}.\n\n## Mine\n\n" + text,
		"content/briefings/b.md":           "---\ntitle: Harbour\nslug: b\narticle:\n  path: seeds/lost.txt\n---\n\n## Annotated text\n\nThe harbour is closed.\n",
		"content/stories/talks.md":         "---\n" + base + "members:\n  - a\n  - b\n---\n\n" + text,
		"content/people/jane-roe.md":       "---\nname: Jane Roe\n---\n\n" + text,
		"seeds/c.md":                       "# Ferry to stay\n\n" + council + "\n\n" + text,
		"content/organizations/council.md": "---\nname: Council\n---\n\n" + text,
	})
	if status, out := run("build", "-q", "-C", dir); status != exitOK {
		t.Fatalf("status %d\n%s", status, out)
	}
	want := strings.Fields(words.String())
	with := 0
	for name, data := range files(t, dir, "public") {
		if !strings.HasSuffix(name, ".html") && !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".json") {
			continue
		}
		if bad := runs(data, "javascript", "vbscript", "data", "file", "ms-word", "intent"); len(bad) > 0 {
			t.Errorf("%s has links to %q", name, bad)
		}
		// Of a seed's pictures nothing is shown.
		if !strings.HasSuffix(name, ".html") || !strings.Contains(data, "w1<") || strings.Contains(name, "ferry-to-stay") {
			continue
		}
		with++
		for _, w := range want {
			if !regexp.MustCompile(`\b` + w + `\b`).MatchString(data) {
				t.Errorf("%s lacks the words %s", name, w)
				break
			}
		}
	}
	if with < 5 {
		t.Errorf("the links stand on %d pages", with)
	}
}

// runs returns the addresses of a page whose scheme, as a browser finds it, is
// one of those given.
func runs(page string, schemes ...string) (bad []string) {
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			switch a.Key {
			case "href", "src", "action", "formaction", "xlink:href", "srcset", "poster", "cite", "data":
			default:
				continue
			}
			bare := strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val)
			scheme, _, ok := strings.Cut(strings.ToLower(bare), ":")
			for _, s := range schemes {
				if ok && scheme == s {
					bad = append(bad, a.Val)
				}
			}
		}
	}
	return bad
}

// TestTrapMendedVersions wants nothing older than the version in which a fault that
// an article could reach was mended.
func TestTrapMendedVersions(t *testing.T) {
	mended := map[string]string{
		"github.com/yuin/goldmark": "1.7.17", // CVE-2026-5160: encoded links that run scripts
		"go.yaml.in/yaml/v3":       "3.0.1",  // CVE-2022-28948: a panic, as in gopkg.in/yaml.v3, of which it is the continuation
		"golang.org/x/net":         "0.38.0", // CVE-2024-45338, CVE-2025-22872: the parser of HTML
		"golang.org/x/text":        "0.3.8",  // CVE-2022-32149: language tags of quadratic cost
		"golang.org/x/image":       "0.18.0", // CVE-2024-24792: a panic
		"gopkg.in/yaml.v2":         "2.2.8",  // CVE-2019-11254: quadratic cost
	}
	mod, err := os.ReadFile(filepath.Join(repository(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for module, least := range mended {
		m := regexp.MustCompile(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(module) + ` v([0-9.]+)`).FindStringSubmatch(string(mod))
		if m == nil {
			t.Errorf("go.mod does not require %s: take it out of this list", module)
			continue
		}
		have, want := strings.Split(m[1], "."), strings.Split(least, ".")
		for i := range want {
			h, _ := strconv.Atoi(have[i])
			w, _ := strconv.Atoi(want[i])
			if h != w {
				if h < w {
					t.Errorf("%s %s is older than %s, in which a fault is mended", module, m[1], least)
				}
				break
			}
		}
	}
}
