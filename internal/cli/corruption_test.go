package cli

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"readout/internal/verify"
)

// long asks for the long forms of the tests of this package, those that
// docs/reliability.md gives figures of.
var long = flag.Bool("long", false, "run the long forms of the reliability tests")

// A corruption is a way to spoil a file of a site. What is spoiled is the first
// group of find, or all it matches, at a place taken at random.
type corruption struct {
	name  string
	files string // pattern of paths
	find  string
	with  func(r *rand.Rand, old string) string
	// alone says that it is found without making the pages anew, by the readers
	// of package verify, though the list of digests was forged to fit.
	alone bool
}

// corruptions are the kinds that TestCorruptions tries in turn.
var corruptions = []corruption{
	// Articles: any byte counts.
	{"a letter of an article", "seeds/*", `[a-z]`, letter, true},
	{"a word of an article", "seeds/*", ` [a-z]+\b`, as(""), true},
	{"a line of an article", "seeds/*", `[^\n]+\n`, as(""), true},
	{"an article that goes on", "seeds/*", `\n`, as("\nand so on\n"), true},
	{"an article cut short", "seeds/*", `(?s).{40}$`, as(""), true},
	{"an article empty", "seeds/*", `(?s)^.+$`, as(""), true},

	// Content: what stands in the annotated text, and what is said of it.
	{"a letter of the text", "content/briefings/*.md", inText(`[a-z]`), letter, true},
	{"a word of the text", "content/briefings/*.md", inText(` [a-z]+ `), as(" "), true},
	{"a figure of the text", "content/briefings/*.md", inText(` [0-9]`), as(" 7x"), true},
	{"the case of a letter", "content/briefings/*.md", inText(`[a-z]`), func(_ *rand.Rand, old string) string { return strings.ToUpper(old) }, true},
	{"a mark in another script", "content/briefings/*.md", inText(`[aeo]`), func(_ *rand.Rand, old string) string {
		return map[string]string{"a": "а", "e": "е", "o": "о"}[old]
	}, true},
	{"a hidden character", "content/briefings/*.md", inText(`[a-z]`), func(_ *rand.Rand, old string) string { return old + "\u200b" }, true},
	{"straight quotation marks made curly", "content/briefings/*.md", `\n?\[(")[A-Z]`, as("“"), true},
	{"a paragraph of the text", "content/briefings/*.md", `\n(\n[^\n#:>-][^\n]{40,}\n)`, as(""), true},
	{"a paragraph twice", "content/briefings/*.md", `\n(\n[^\n#:>-][^\n]{40,}\n)`, func(_ *rand.Rand, old string) string { return old + old }, true},
	{"a paragraph added", "content/briefings/*.md", `\.\n(\n)[^\n:#-]`, as("\nIt was a good day for all.\n\n"), true},
	{"two paragraphs joined", "content/briefings/*.md", `\.(\n\n)[^\n:#-]`, as("\n"), true},
	{"an opening bracket lost", "content/briefings/*.md", inText(`\[`), as(""), true},
	{"a closing bracket lost", "content/briefings/*.md", `(\])\{\.`, as(""), true},
	{"a closing brace lost", "content/briefings/*.md", `\]\{[^}\n]+(\})`, as(""), true},
	{"an unknown kind", "content/briefings/*.md", `\]\{\.([a-z-]+)`, as("persan"), true},
	{"a reference to nothing", "content/briefings/*.md", ` by=(s[0-9]+)`, as("s99"), true},
	{"an id given twice", "content/briefings/*.md", `(#s[2-9]) `, as("#s1"), true},
	{"an unknown naming", "content/briefings/*.md", ` naming=([a-z-]+)`, as("known"), true},
	{"a role the article does not have", "content/briefings/*.md", ` role=("[^"\n]+"|[A-Za-z]+)`, as(`"Minister of the Sea"`), true},
	{"a year from nowhere", "content/briefings/*.md", ` value=(2[0-9]{3})(?:-[0-9-]+)? anchor`, as("1999"), true},
	{"a reason taken away", "content/briefings/*.md", `( reason="[^"\n]+")\}\nDisclaimer`, as(""), true},
	{"a fence lost", "content/briefings/*.md", `\n(:::)\n`, as(""), true},
	{"set aside no more", "content/briefings/*.md", `::: \{\.(set-aside reason=[^\n}]+)`, as("caption"), false},
	{"the heading of the text", "content/briefings/*.md", `## (Annotated) text`, as("The"), true},
	{"the end of the front matter", "content/briefings/*.md", `\n(---\n)`, as(""), true},
	{"a date from nowhere", "content/briefings/*.md", `\ndate: "?([0-9-]{10})`, as("2001-02-03"), true},
	{"a date without a basis", "content/briefings/*.md", `\n(date_basis: [a-z]+\n)`, as(""), true},
	{"another basis of the date", "content/briefings/*.md", `\ndate_basis: ([a-z]+)\n`, as("rumour"), true},
	{"another digest", "content/briefings/*.md", `sha256: [0-9a-f]{20}([0-9a-f]{10})`, as("0000000000"), true},
	{"another article", "content/briefings/*.md", `path: (seeds/[^\n]+)`, func(_ *rand.Rand, old string) string {
		if old == "seeds/crews.md" {
			return "seeds/letter.html"
		}
		return "seeds/crews.md"
	}, true},
	{"a point that leads nowhere", "content/briefings/*.md", `\(#(p[0-9]+)\)`, as("p99"), true},
	{"a point that leads elsewhere", "content/briefings/*.md", `\[¶[1-3]\]\(#(p[1-3])\)`, func(_ *rand.Rand, old string) string {
		if old == "p1" {
			return "p2"
		}
		return "p1"
	}, true},
	{"a quotation from nowhere in a point", "content/briefings/*.md", `\n- ([^\n]+) \[¶`, as(`"We shall never sail again," said Vance.`), true},
	{"a byte that is not UTF-8", "content/briefings/*.md", inText(`[a-z]`), as("\xff"), true},
	// These an editor may well do: it is the pages that are no longer what the
	// content says.
	{"another speaker", "content/briefings/port*.md", ` by=(s1)\b`, as("s2"), false},
	{"another kind", "content/briefings/*.md", `\]\{\.(person|place)\b`, as("organization"), false},
	{"another naming", "content/briefings/*.md", ` naming=(described|named)\b`, as("bare"), false},
	{"another value", "content/briefings/*.md", `\.quantity value=([0-9]+)`, as("17"), false},
	{"an annotation lost", "content/briefings/*.md", `(\[)[A-Z][a-z]+ [A-Z][a-z]+\]\{\.person[^}]*\}`, nil, false},
	{"another title", "content/briefings/*.md", `\ntitle: ([^\n]+)`, as("Quite another title"), false},
	{"another publisher", "content/briefings/*.md", `\npublisher: ([^\n]+)`, as("The Daily Else"), false},
	{"a point reworded", "content/briefings/*.md", `\n- ([^\n]+) \[¶`, as("All went well."), false},
	{"another slug", "content/briefings/*.md", `\nslug: ([^\n]+)`, as("elsewhere"), false},

	// Pages, with a list of digests that fits them.
	{"a letter of a paragraph on its page", "public/briefings/*.html", `(?:<p id="p[0-9]+">|<span id="p[0-9]+-s[0-9]+" class="s [a-z]+">)[^<]*([a-z])`, letter, true},
	{"a paragraph lost on its page", "public/briefings/*.html", `<p id="p[0-9]+">[^\n]*</p>\n`, as(""), true},
	{"a paragraph made another on its page", "public/briefings/*.html", `<p id="(p1)">`, as("p77"), true},
	{"a letter of a quotation", "public/*/*.html", `<blockquote><p>[^<]*([a-z])`, letter, true},
	{"a letter of a key point on its page", "public/briefings/*.html", `<li id="key-[0-9]+">(?:<bdi[^>]*>)?[^<]*([a-z])`, letter, true},
	{"a letter of the headline on its page", "public/briefings/*.html", `<h1>[^<]*([a-z])`, letter, true},
	{"the day on its page", "public/briefings/*.html", `<time datetime="([0-9-]{10})`, as("2001-02-03"), true},
	{"who said it", "public/briefings/*.html", `<p class="src">(?:<a [^>]*>)?<bdi>([^<]+)</bdi>`, as("Nobody At All"), true},
	{"how a source is named here", "public/briefings/*.html", `<p class="src"><a [^>]*><bdi>[^<]+</bdi></a>, “([^”]+)”`, as("the envoy"), true},
	{"the words of a note", "public/briefings/*.html", `<li id="note-[0-9]+".*<span class="w">(?:<bdi>)?[^<]*([a-z])`, letter, true},
	{"whose word a note says", "public/briefings/*.html", `On the word of ([^,.<“]+)`, as("Nobody At All"), true},
	{"a reason on its page", "public/briefings/*.html", `(a disclaimer of opinions)`, as("an advertisement"), true},
	{"the text set aside on its page", "public/briefings/*.html", `Disclaimer: The (views)`, as("visions"), true},
	{"a link to nothing", "public/*/*.html", `href="#(p[0-9]+-[a-z][0-9]+)"`, as("p88-q1"), true},
	{"a link to no page", "public/*/*.html", `href="(\.\./people/[a-z-]+)\.html"`, as("../people/nobody"), true},
	{"an id twice on a page", "public/briefings/*.html", `<p id="(p2)">`, as("p1"), true},
	{"a script in a page", "public/*.html", `(</main>)`, as("<script>alert(1)</script></main>"), true},
	{"a script from elsewhere", "public/*/*.html", `(</main>)`, as(`<script src="https://evil.example/x.js"></script></main>`), true},
	{"a picture from elsewhere", "public/*/*.html", `(</main>)`, as(`<img src="//evil.example/x.png" alt=""></main>`), true},
	{"a picture set from elsewhere", "public/*.html", `(</main>)`, as(`<img srcset="https://evil.example/x.png 2x" alt=""></main>`), true},
	{"an event handler", "public/*/*.html", `<p( )id=`, as(` onclick="alert(1)" `), true},
	{"a style", "public/*/*.html", `<p( )id=`, as(` style="background:url(https://evil.example)" `), true},
	{"a link that runs", "public/*/*.html", `<a class="cite" href="([^"]+)"`, as("java&#x0a;script:alert(1)"), true},
	{"a frame", "public/*.html", `(</main>)`, as(`<iframe srcdoc="x"></iframe></main>`), true},
	{"a page that leads away", "public/*.html", `(<meta charset="utf-8">)`, as(`<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://evil.example/">`), true},
	{"another base", "public/*.html", `(<meta charset="utf-8">)`, as(`<meta charset="utf-8"><base href="https://evil.example/">`), true},
	{"no policy", "public/*.html", `<meta http-equiv="Content-Security-Policy"[^\n]*\n`, as(""), true},
	{"a loose policy", "public/*.html", `(script-src 'self')`, as("script-src 'self' 'unsafe-inline'"), true},
	{"a policy for a host", "public/*.html", `(connect-src 'self')`, as("connect-src 'self' evil.example"), true},
	{"a picture that runs", "public/assets/*.svg", `(</svg>)`, as(`<script>alert(1)</script></svg>`), true},
	{"a stylesheet from elsewhere", "public/assets/site.*.css", `^`, as(`@import "https://evil.example/x.css";`), true},
	{"a quotation in the metadata", "public/briefings/*.html", `"@type":"Quotation","url":"[^"]+","text":"(?:\\"|[^"\\])*?([a-z]{3})`, as("zzz"), true},
	{"a page cut short", "public/briefings/*.html", `(?s)<div class="prose">.{400}(.*)$`, as(""), true},
	{"a page lost", "public/briefings/*.html", `(?s)^.+$`, gone, true},

	// The annotations and the plain text for machines.
	{"a letter of an exact quotation", "public/briefings/*.jsonld", `"exact":"[^"\\]*?([a-z])`, letter, true},
	{"where an annotation starts", "public/briefings/*.jsonld", `"start":([1-9][0-9]*),`, more, true},
	{"where an annotation ends", "public/briefings/*.jsonld", `"end":([1-9][0-9]*)\}`, more, true},
	{"what an annotation is of", "public/briefings/*.jsonld", `"source":"([a-z0-9-]+)\.txt"`, as("elsewhere"), true},
	{"the kind of an annotation", "public/briefings/*.jsonld", `"purpose":"classifying","value":"(person|place|organization|statement|quote)"`, as("quantity"), true},
	{"an annotation's naming", "public/briefings/*.jsonld", `"value":"naming: ([a-z-]+)"`, as("bare-faced"), true},
	{"an annotation's page", "public/briefings/*.jsonld", `"scope":"[^"#]+#([^"]+)"`, as("p88-n1"), true},
	{"whom an annotation identifies", "public/briefings/*.jsonld", `"purpose":"identifying","source":"([^"]+)"`, as("../people/nobody.html"), true},
	{"an annotation lost for machines", "public/briefings/*.jsonld", `\{"id":"[^"]+","type":"Annotation".*?\}\]\}\},`, as(""), true},
	{"annotations cut short", "public/briefings/*.jsonld", `(?s).{60}$`, as(""), true},
	{"annotations lost", "public/briefings/*.jsonld", `(?s)^.+$`, gone, true},
	{"a letter of the plain text", "public/briefings/*.txt", `[a-z]`, letter, true},
	{"the plain text cut short", "public/briefings/*.txt", `(?s).{30}$`, as(""), true},
	{"the plain text lost", "public/briefings/*.txt", `(?s)^.+$`, gone, true},

	// What else is published.
	{"a letter of a feed", "public/feed.*", `"?title"?[>:]"?[^<"]*([a-z])`, letter, false},
	{"a letter of the map of the site", "public/sitemap.xml", `<loc>[^<]*([a-z])</loc>`, letter, false},
	{"a letter of the search", "public/search/*", `[a-z]{3}([a-z])`, letter, false},
	{"a letter of a script", "public/assets/*.js", `[a-z]{4}([a-z])`, letter, false},
	{"a digest", "public/.readout", `[0-9a-f]`, func(_ *rand.Rand, old string) string {
		if old == "0" {
			return "1"
		}
		return "0"
	}, false},
}

func as(s string) func(*rand.Rand, string) string {
	return func(*rand.Rand, string) string { return s }
}

// gone stands for the removal of a file.
func gone(*rand.Rand, string) string { return "" }

func letter(r *rand.Rand, old string) string {
	for {
		if c := string(rune('a' + r.IntN(26))); c != old {
			return c
		}
	}
}

func more(_ *rand.Rand, old string) string { return old + "1" }

// inText marks a pattern that is to match in the annotated text alone, outside
// of what stands in braces.
func inText(pattern string) string { return "TEXT" + pattern }

// spoil changes one file of a site, and returns which and how it reads now.
// It reports false where the kind finds nothing to spoil.
func (c *corruption) spoil(r *rand.Rand, site map[string]string) (name, now string, ok bool) {
	pattern, text := strings.CutPrefix(c.find, "TEXT")
	find := regexp.MustCompile(pattern)
	type place struct {
		name string
		at   [2]int
	}
	var places []place
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if match, _ := path.Match(c.files, name); !match || strings.HasSuffix(name, "/index.md") {
			continue
		}
		source := site[name]
		for _, m := range find.FindAllStringSubmatchIndex(source, -1) {
			at := [2]int{m[0], m[1]}
			if len(m) > 2 && m[2] >= 0 {
				at = [2]int{m[2], m[3]}
			}
			if start := strings.Index(source, "## Annotated text\n\n"); text && (at[0] < start+len("## Annotated text\n\n") || inAttributes(source, at[0]) || inAttributes(source, at[1])) {
				continue
			}
			places = append(places, place{name, at})
		}
	}
	if len(places) == 0 {
		return "", "", false
	}
	p := places[r.IntN(len(places))]
	source := site[p.name]
	if c.with == nil { // the brackets of an annotation and its attributes
		rest := source[p.at[1]:]
		words, after, _ := strings.Cut(rest, "]{")
		_, after, _ = strings.Cut(after, "}")
		return p.name, source[:p.at[0]] + words + after, true
	}
	now = source[:p.at[0]] + c.with(r, source[p.at[0]:p.at[1]]) + source[p.at[1]:]
	return p.name, now, now != source
}

// TestCorruptions spoils files of a site one at a time: articles, content,
// pages, annotations. Each time verify says that a promise is broken, and names
// the file, or the page or the briefing that belongs to it. What can be found
// without making the pages anew is found so as well, by readers that share no
// code with what wrote them, though the digests were forged to fit.
func TestCorruptions(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/corruptions.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		writeFiles(t, dir, map[string]string{f.Name: string(f.Data)})
	}
	if status, out := run("build", "-C", dir); status != exitOK {
		t.Fatal(out)
	}
	site := files(t, dir, "seeds", "content", "public")
	site["public/.readout"] = string(must(os.ReadFile(filepath.Join(dir, "public/.readout")))(t))
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Fatalf("before anything is spoiled: %s", out)
	}
	r := rand.New(rand.NewPCG(7, 11))
	rounds := 1
	order := r.Perm(len(corruptions))
	switch {
	case *long:
		rounds = 4
	case testing.Short():
		order = order[:40]
	}
	tried, alone := 0, 0
	for range rounds {
		for _, k := range order {
			c := &corruptions[k]
			name, now, ok := c.spoil(r, site)
			if !ok {
				t.Errorf("%s: nothing to spoil", c.name)
				continue
			}
			tried++
			full := filepath.Join(dir, filepath.FromSlash(name))
			if removed := now == "" && strings.HasPrefix(name, "public/"); removed {
				err = os.Remove(full)
			} else {
				err = os.WriteFile(full, []byte(now), 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			status, out := run("verify", "-C", dir)
			if status != exitBroken && status != exitFailed {
				t.Errorf("%s in %s: not found (status %d)\n%s", c.name, name, status, differ(site[name], now))
			} else if !nameIn(out, name) {
				t.Errorf("%s in %s: found, but not named:\n%s", c.name, name, out)
			}
			if c.alone {
				alone++
				if found := checkForged(site, name, now); !slices.ContainsFunc(found, func(s string) bool { return nameIn(s, name) }) {
					t.Errorf("%s in %s: not found by the independent readers\n%s%q", c.name, name, differ(site[name], now), found)
				}
			}
			if err := os.WriteFile(full, []byte(site[name]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Fatalf("after all was put back: %s", out)
	}
	t.Logf("%d corruptions of %d kinds, %d of them looked at by the independent readers alone", tried, len(order), alone)
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// nameIn reports whether out names the file, or the briefing's page for one of
// the files that belong to it.
func nameIn(out, name string) bool {
	if strings.Contains(out, name) || strings.HasPrefix(name, "public/") && strings.Contains(out, path.Base(name)) {
		return true
	}
	if strings.HasPrefix(name, "seeds/") {
		return strings.Contains(out, "content/briefings/")
	}
	if name == "public/.readout" { // its line names the file that was not changed
		return strings.Contains(out, "was changed after readout wrote it")
	}
	slug, _, _ := strings.Cut(path.Base(name), ".")
	return strings.HasPrefix(name, "content/") && strings.Contains(out, "public/briefings/"+slug)
}

// checkForged looks at the site with one file spoiled by the readers of package
// verify alone, and returns what they find. The list of digests fits.
func checkForged(site map[string]string, name, now string) []string {
	root, public := fstest.MapFS{}, fstest.MapFS{}
	list := ""
	for _, n := range slices.Sorted(maps.Keys(site)) {
		data := site[n]
		if n == name {
			data = now
		}
		sub, isPublic := strings.CutPrefix(n, "public/")
		switch {
		case isPublic && n == name && now == "", sub == ".readout":
		case isPublic:
			public[sub] = &fstest.MapFile{Data: []byte(data)}
			list += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(data)), sub)
		default:
			root[n] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	public[".readout"] = &fstest.MapFile{Data: []byte(list)}
	in := verify.Input{Site: root, OutputName: "public"}
	if strings.HasPrefix(name, "public/") {
		in.Output = fs.FS(public)
	}
	var found []string
	for _, d := range verify.Run(in).Findings {
		found = append(found, d.Error())
	}
	return found
}

// differ shows where two versions of a file part.
func differ(was, now string) string {
	n := 0
	for n < len(was) && n < len(now) && was[n] == now[n] {
		n++
	}
	from := max(0, n-60)
	return fmt.Sprintf("\twas %q\n\tnow %q\n", was[from:min(len(was), n+60)], now[min(from, len(now)):min(len(now), n+60)])
}
