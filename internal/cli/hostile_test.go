package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// hostile are articles by people who mean harm: markup, code and control
// characters wherever a text can go.
var hostile = map[string]string{
	"seeds/script.txt": "<script>alert(1)</script> strikes town\n\n<img src=x onerror=alert(1)> said \"<b>we won</b>\" on Monday, <a href=\"javascript:alert(1)\">he</a> said.\n\n</p></main><script src=https://evil.example/x.js></script>\n",
	"seeds/attr.txt":   "Quote \" onmouseover=\"alert(1)\" x='y\n\n\"' onfocus=alert(1) autofocus='\" said Mayor Eve \"]{.person onclick=alert(1)} Mallory.\n",
	"seeds/spans.txt":  "A [headline]{.person role=\"x\"} in braces\n\n[Mallory]{.quote by=s1} said {#p1 .source} \\[this\\] ]{.person} and ::: {.set-aside} and \\\\ more.\n\n::: {.set-aside reason=\"none\"}\nnot set aside\n:::\n\n## Annotated text\n\n## Key points\n",
	"seeds/tmpl.txt":   "{{.Site}} {{template \"x\"}} {% raw %} <%= 1 %> ${x}\n\nThe minister said \"{{printf `%s` .}}\" on {{now}} {{end}}.\n",
	"seeds/front.txt":  "---\ntitle: \"from the body\"\nslug: ../../etc/passwd\n---\n\nThis is a text that begins as front matter does, the mayor said.\n",
	"seeds/slug.txt":   "../../../etc/passwd\n\nThe council met, the mayor said on Monday.\n",
	"seeds/con.txt":    "CON\n\nThe device was named, the mayor said.\n",
	"seeds/long.txt":   strings.Repeat("Very long headline ", 40) + "\n\nThe council met, the mayor said.\n",
	"seeds/bidi.txt":   "Safe \u202egnp.exe\u202c headline \u2066x\u2069\n\nMayor \u202eeroT\u202c \u200bVance\u200b said \u00ad\ufeffnothing.\n",
	"seeds/ansi.txt":   "\x1b[31mRed\x1b[0m \x1b]0;title\x07 alert\n\nThe \x1b[2Jcouncil met\x08\x08, the mayor said.\n",
	"seeds/nul.txt":    "A headline with\x01 controls\n\nThe \x01\x02\x7fcouncil met, the mayor\u0085 said.\r\nIt met again.\r\n" + strings.Repeat("The council of the town met on Monday to decide on the ferry. ", 20),
	"seeds/nfc.txt":    "Caf\u00e9 opens in \u00c9lys\u00e9e quarter\n\nThe caf\u00e9 opened on Monday, its owner said.\n",
	"seeds/nfd.txt":    "Cafe\u0301 opens in E\u0301lyse\u0301e quarter\n\nThe cafe\u0301 opened on Monday, its owner said again.\n",
	"seeds/json.txt":   "</script><!-- ]]> \"}],\"x\":{\n\n\"]]></script><script>alert(1)//\" said Eve Mallory of the ]]> Group.\n",
	"seeds/csv.txt":    "=cmd|' /C calc'!A0\n\n+1+1 and @SUM(A1) said \"=HYPERLINK(1)\" on Monday.\n",
	"seeds/md.md":      "---\ntitle: \"<script>alert(1)</script>\"\npublisher: \"<img src=x onerror=alert(1)>\"\nbyline: \"</title><script>alert(1)</script>\"\nurl: \"javascript:alert(1)\"\ndate: 2024-01-02\n---\n\n# Hello <svg onload=alert(1)>\n\n[click](javascript:alert(1)) ![x](https://evil.example/x.png) <iframe src=https://evil.example></iframe>\n\n> \"Quoted <math><mi>x</mi></math>,\" said Eve Mallory.\n",
	"seeds/page.html":  "<!doctype html><html><head><title>Page</title><base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'><link rel=canonical href='javascript:alert(1)'><meta name=author content='\"><script>alert(1)</script>'><script>document.write(1)</script></head><body onload=alert(1)><article><h1>Page <svg><script>alert(1)</script></svg> headline</h1><p style='background:url(https://evil.example/x)'>The council of the town met on Monday to decide on the ferry, the mayor said in a statement to reporters.</p><p>\"We <a href='data:text/html,<script>alert(1)</script>'>decided</a>,\" Mayor Eve Mallory said. &lt;script&gt;alert(1)&lt;/script&gt;</p><object data=https://evil.example/></object></article></body></html>",
	"seeds/nest.txt":   strings.Repeat("[", 300) + "deep" + strings.Repeat("]", 300) + "\n\n" + strings.Repeat("> ", 200) + "quoted\n\n" + strings.Repeat("*_", 300) + "x\n",
}

// TestHostileSeeds builds a site of hostile articles. Nothing is lost, nothing
// runs, nothing is asked of the network, and nothing reaches the terminal raw.
func TestHostileSeeds(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, hostile)
	status, out := run("build", "-C", dir, "--verbose")
	if status == exitUsage || strings.Contains(out, "fault of readout") || strings.Contains(out, "panic") {
		t.Fatalf("status %d\n%s", status, out)
	}
	for _, r := range out {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is printed raw", r)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "content/briefings/*.md"))
	if err != nil || len(names) != len(hostile) {
		t.Errorf("%d briefings of %d articles\n%s", len(names), len(hostile), out)
	}
	status, out = run("verify", "-C", dir)
	if status != exitOK {
		t.Errorf("verify: status %d\n%s", status, out)
	}
	for _, r := range out {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is printed raw by verify", r)
		}
	}
	// Nothing was written outside the site's own folders.
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); n != "seeds" && n != "content" && n != "public" {
			t.Errorf("%s was made", n)
		}
	}
}
