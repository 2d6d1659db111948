package cli

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile are articles by people who mean harm, for what payloads.txt has no
// field for: whole files that are built to break something.
var hostile = map[string]string{
	"seeds/script.txt": "<script>alert(1)</script> strikes town\n\n<img src=x onerror=alert(1)> said \"<b>we won</b>\" on Monday, <a href=\"javascript:alert(1)\">he</a> said.\n\n</p></main><script src=https://evil.example/x.js></script>\n",
	"seeds/attr.txt":   "Quote \" onmouseover=\"alert(1)\" x='y\n\n\"' onfocus=alert(1) autofocus='\" said Mayor Eve \"]{.person onclick=alert(1)} Mallory.\n",
	"seeds/spans.txt":  "A [headline]{.person role=\"x\"} in braces\n\n[Mallory]{.quote by=s1} said {#p1 .source} \\[this\\] ]{.person} and ::: {.set-aside} and \\\\ more.\n\n::: {.set-aside reason=\"none\"}\nnot set aside\n:::\n\n## Annotated text\n\n## Key points\n",
	"seeds/front.txt":  "---\ntitle: \"from the body\"\nslug: ../../etc/passwd\n---\n\nThis is a text that begins as front matter does, the mayor said.\n",
	"seeds/long.txt":   strings.Repeat("Very long headline ", 40) + "\n\nThe council met, the mayor said.\n",
	"seeds/nul.txt":    "A headline with\x01 controls\n\nThe \x01\x02\x7fcouncil met, the mayor\u0085 said.\r\nIt met again.\r\n" + strings.Repeat("The council of the town met on Monday to decide on the ferry. ", 20),
	"seeds/nfc.txt":    "Caf\u00e9 opens in \u00c9lys\u00e9e quarter\n\nThe caf\u00e9 opened on Monday, its owner said.\n",
	"seeds/nfd.txt":    "Cafe\u0301 opens in E\u0301lyse\u0301e quarter\n\nThe cafe\u0301 opened on Monday, its owner said again.\n",
	"seeds/case.txt":   "CAF\u00c9 OPENS IN \u00c9LYS\u00c9E QUARTER\n\nThe caf\u00e9 opened on Monday, its owner said a third time.\n",
	"seeds/page.html":  "<!doctype html><html><head><title>Page</title><base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'><link rel=canonical href='javascript:alert(1)'><meta name=author content='\"><script>alert(1)</script>'><script>document.write(1)</script></head><body onload=alert(1)><article><h1>Page <svg><script>alert(1)</script></svg> headline</h1><p style='background:url(https://evil.example/x)'>The council of the town met on Monday to decide on the ferry, the mayor said in a statement to reporters.</p><p>\"We <a href='data:text/html,<script>alert(1)</script>'>decided</a>,\" Mayor Eve Mallory said. &lt;script&gt;alert(1)&lt;/script&gt;</p><object data=https://evil.example/></object></article></body></html>",
	"seeds/nest.txt":   strings.Repeat("[", 300) + "deep" + strings.Repeat("]", 300) + "\n\n" + strings.Repeat("> ", 200) + "quoted\n\n" + strings.Repeat("*_", 300) + "x\n",
	// Names of files.
	"seeds/\x1b[31mred\u202egnp.txt":             "An odd name\n\nThe council met on Tuesday, the mayor said.\n",
	"seeds/-rf --output=x.txt":                   "Another odd name\n\nThe council met on Wednesday, the mayor said.\n",
	"seeds/a#b%2e%2e?c&d=<e>'f\".txt":            "A third odd name\n\nThe council met on Thursday, the mayor said.\n",
	"seeds/" + strings.Repeat("n", 240) + ".txt": "A long name\n\nThe council met on Friday, the mayor said.\n",
	"seeds/{{.}}\n${x}.txt":                      "A fourth odd name\n\nThe council met on Saturday, the mayor said.\n",
}

// payloads reads the pieces of text that are put into every field.
func payloads(t *testing.T) []string {
	t.Helper()
	f, err := os.Open("testdata/hostile/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		p, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if !utf8.ValidString(p) { // \x9b stands for the control character
			p = strings.ReplaceAll(p, "\x9b", "\u009b")
		}
		list = append(list, p)
	}
	return list
}

// Positions are the ways a piece of text gets into an article. Each returns
// files by their name.
var positions = map[string]func(n int, p string) map[string]string{
	"text": func(n int, p string) map[string]string {
		return file("t%02d.txt", n, fmt.Sprintf("Council %d hears %s\n\nBy %s\n\nThe council of the town met on Monday to decide on the ferry, and it will meet again in three weeks, the mayor said. %s opened the session in %s. \"%s,\" said Mayor Eve %s. It cost 41 %s on Monday.\n\n- %s\n\n> %s\n\n%s\n", n, p, p, p, p, p, p, p, p, p, strings.Repeat("It was the third time that the council of the town met on the ferry. ", 25)))
	},
	"front matter": func(n int, p string) map[string]string {
		q := yamlQuoted(p)
		return file("m%02d.md", n, fmt.Sprintf("---\ntitle: %s\ndek: %s\nbyline: %s\npublisher: %s\nurl: %s\nlanguage: %s\n---\n\n# Council %d\n\nThe council heard %s on Monday, the mayor said.\n\n[link](<%s>) \"%s,\" said Eve Mallory.\n", q, q, q, q, q, q, n, p, strings.NewReplacer("<", "", ">", "", "\n", " ").Replace(p), p))
	},
	"sidecar": func(n int, p string) map[string]string {
		q := yamlQuoted(p)
		files := file("s%02d.txt", n, fmt.Sprintf("Council %d meets again\n\nThe council met on Monday, the mayor said.\n", n))
		files[fmt.Sprintf("seeds/s%02d.yaml", n)] = fmt.Sprintf("title: %s\ndek: %s\nbyline: [%s, %s]\npublisher: %s\nurl: %s\n", q, q, q, q, q, q)
		return files
	},
	"page": func(n int, p string) map[string]string {
		a, j := html.EscapeString(p), must2(json.Marshal(p))
		head := fmt.Sprintf(`<title>%[1]s</title><meta name="author" content="%[1]s"><meta name="description" content="%[1]s"><meta property="og:title" content="%[1]s"><meta property="og:site_name" content="%[1]s"><meta property="og:url" content="%[1]s"><meta property="article:published_time" content="%[1]s"><link rel="canonical" href="%[1]s"><script type="application/ld+json">{"@type":"NewsArticle","headline":%[2]s,"author":{"name":%[2]s},"publisher":{"name":%[2]s},"datePublished":%[2]s,"url":%[2]s}</script>`, a, j)
		body := fmt.Sprintf(`<h1>Council %[1]d hears %[2]s</h1><p class="byline">By %[2]s</p><p title="%[2]s">The council of the town heard %[2]s on Monday and will meet again soon, the mayor said in a statement to reporters.</p><p>"We heard %[2]s," said <a href="%[2]s">Mayor Eve Mallory</a>. <img src="%[2]s" alt="%[2]s"></p><blockquote>%[2]s</blockquote>%[3]s<p>It was the third time that the council of the town met on this, and the last one this year, the mayor said.</p>`, n, a, p)
		return file("h%02d.html", n, "<!doctype html><html lang=en><head>"+head+"</head><body><article>"+body+"</article></body></html>")
	},
}

func must2(b []byte, err error) string {
	if err != nil {
		panic(err)
	}
	return string(b)
}

func file(format string, n int, data string) map[string]string {
	return map[string]string{"seeds/" + fmt.Sprintf(format, n): data}
}

// yamlQuoted writes p as YAML reads it in double quotation marks.
func yamlQuoted(p string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range p {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hostileSite writes the seeds of all payloads in all positions, and a setting
// that makes feeds and the map of the site.
func hostileSite(t *testing.T) (dir string, seeds int) {
	t.Helper()
	dir = t.TempDir()
	writeFiles(t, dir, hostile)
	writeFiles(t, dir, map[string]string{"content/index.md": "---\ntitle: Desk\nbase_url: https://desk.example/\ncontact: desk@desk.example\n---\n"})
	seeds = len(hostile)
	for n, p := range payloads(t) {
		if testing.Short() && n%5 != 0 {
			continue
		}
		for _, make := range positions {
			writeFiles(t, dir, make(n, p))
			seeds++
		}
	}
	return dir, seeds
}

// printable fails where what the command prints would steer a terminal.
func printable(t *testing.T, out string) {
	t.Helper()
	for _, r := range out {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is printed raw", r)
			return
		}
	}
}

// onlyErrors leaves out what is only a warning: there is one for each piece.
func onlyErrors(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if strings.Contains(line, "error: ") || strings.Contains(line, "BROKEN") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestHostileSeeds builds a site of hostile articles. Nothing is lost, nothing
// is written elsewhere, what is for machines is well formed, and nothing reaches
// the terminal raw. TestHostilePages opens it in a browser.
func TestHostileSeeds(t *testing.T) {
	dir, seeds := hostileSite(t)
	status, out := run("build", "-C", dir, "--verbose")
	if status == exitUsage || strings.Contains(out, "fault of readout") || strings.Contains(out, "panic") {
		t.Fatalf("status %d\n%s", status, out)
	}
	printable(t, out)
	names, err := filepath.Glob(filepath.Join(dir, "content/briefings/*.md"))
	if err != nil || len(names) != seeds {
		t.Errorf("%d briefings of %d articles\n%s", len(names), seeds, onlyErrors(out))
	}
	status, out = run("verify", "-C", dir)
	if status != exitOK {
		t.Errorf("verify: status %d\n%s", status, onlyErrors(out))
	}
	printable(t, out)
	// Nothing was written outside the site's own folders.
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); n != "seeds" && n != "content" && n != "public" && n != cacheFolder {
			t.Errorf("%s was made", n)
		}
	}
	n := 0
	for name, data := range files(t, dir, "public") {
		switch filepath.Ext(name) {
		case ".atom", ".xml", ".svg":
			err = wellFormed(data)
		case ".json", ".jsonld":
			if !json.Valid([]byte(data)) {
				err = errors.New("is not JSON")
			}
		default:
			continue
		}
		n++
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Logf("%d articles; %d files for machines are well formed", seeds, n)
}

// wellFormed reads XML to its end.
func wellFormed(data string) error {
	d := xml.NewDecoder(strings.NewReader(data))
	for {
		switch _, err := d.Token(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}
