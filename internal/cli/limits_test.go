package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/limit"
)

// council is the text of an article.
const council = "The council of the town met on Monday to decide on the ferry, the mayor said. The harbour is closed until the end of the month, and nobody knows why."

// zipOf makes a zip of files, in the order given: name, text, name, text….
func zipOf(t *testing.T, list ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(list); i += 2 {
		w, err := z.Create(list[i])
		if err == nil {
			_, err = w.Write([]byte(list[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// document makes an office document around some elements.
func document(t *testing.T, inner string) string {
	return zipOf(t, "word/document.xml", "<document><body>"+inner+"</body></document>")
}

func paragraph(text string) string { return "<p><r><t>" + text + "</t></r></p>" }

// publication makes a book of n chapters.
func publication(t *testing.T, n int) string {
	list := []string{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`}
	var items, spine string
	for i := range n {
		items += fmt.Sprintf(`<item id="c%d" href="c%[1]d.xhtml" media-type="application/xhtml+xml"/>`, i)
		spine += fmt.Sprintf(`<itemref idref="c%d"/>`, i)
		list = append(list, fmt.Sprintf("c%d.xhtml", i), "<html><body><p>"+council+"</p></body></html>")
	}
	return zipOf(t, append(list, "a.opf", `<package><metadata><title>Council</title></metadata><manifest>`+items+`</manifest><spine>`+spine+`</spine></package>`)...)
}

// capture makes a record of a web archive.
func capture(i int, text string) string {
	page := "<html><body><p>" + text + "</p></body></html>"
	response := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(page), page)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(response), response)
}

// pages makes a PDF of n pages with some lines of words.
func pages(n, lines, words int) string {
	var b strings.Builder
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range n {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, n))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for i := range n {
		// What stands on page after page would be no part of the article.
		line := strings.TrimSpace(strings.Repeat(strings.Repeat("council", i+1)+" ", words))
		text := "BT /F1 12 Tf 20 TL 50 750 Td " + strings.Repeat("("+line+") Tj T* ", lines) + "ET"
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", 5+2*i))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.String()
}

// mail makes a message of n parts that stand in depth others.
func mail(n, depth int) string {
	inner := ""
	for range n {
		inner += "--x0\r\nContent-Type: text/plain\r\n\r\n" + council + "\r\n"
	}
	inner = "Content-Type: multipart/mixed; boundary=x0\r\n\r\n" + inner + "--x0--\r\n"
	for i := 1; i < depth; i++ {
		inner = fmt.Sprintf("Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%[1]d\r\n%s--x%[1]d--\r\n", i, inner)
	}
	return "Subject: Council of Aaa\r\nFrom: a@n.example\r\n" + inner
}

func feed(entries int, inner string) string {
	return "<rss><channel><title>Harbour</title>" + strings.Repeat("<item><title>Council</title><description>"+inner+"</description></item>", entries) + "</channel></rss>"
}

// bounds has for each limit what passes it by one when it is set to at, and what
// just does not.
var bounds = map[*limit.Limit]struct {
	at   int64
	make func(t *testing.T, n int) map[string]string
	step int // beyond the limit; 1 when 0
}{
	limit.TextSize: {at: 1000, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.txt": council + strings.Repeat(" x", n)[:n-len(council)]}
	}},
	limit.PageSize: {at: 1000, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.html": "<p>" + council + strings.Repeat(" x", n)[:n-len(council)-3]}
	}},
	limit.SidecarSize: {at: 100, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.txt": council, "seeds/a.yaml": "title: Council\n#" + strings.Repeat("x", n-16)}
	}},
	limit.FolderDepth: {at: 3, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/" + strings.Repeat("d/", n) + "a.txt": council}
	}},
	limit.PageElements: {at: 20, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.html": "<article><p>" + council + strings.Repeat("<br>", n-2)}
	}},
	limit.MarkdownDepth: {at: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.md": council + "\n\n" + strings.Repeat("> ", n) + "The end.\n"}
	}},
	limit.MarkdownLinks: {at: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.md": council + strings.Repeat(" [a](https://n.example)", n) + "\n\n[b](https://n.example)\n"}
	}},
	limit.MarkdownParagraph: {at: 1000, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.md": council + strings.Repeat(" x", n)[:n-len(council)-1] + "\n\nThe end.\n"}
	}},
	limit.SeedMatterSize: {at: 100, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.md": "---\ntitle: Council\n#" + strings.Repeat("x", n-17) + "\n---\n\n" + council}
	}},
	limit.SeedMatterDepth: {at: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{
			"seeds/a.md": "---\ntitle: Council\ntags: " + strings.Repeat("[", n-1) + "a" + strings.Repeat("]", n-1) + "\n---\n\n" + council,
			"seeds/b.md": "+++\ntitle = \"Harbour [[[[[\"\ntags = " + strings.Repeat("[", n-1) + "1" + strings.Repeat("]", n-1) + "\n+++\n\n" + council,
		}
	}},
	limit.ArchiveEntries: {at: 5, make: func(t *testing.T, n int) map[string]string {
		list := []string{"word/document.xml", "<document><body>" + paragraph(council) + "</body></document>"}
		for i := 1; i < n; i++ {
			list = append(list, fmt.Sprintf("word/media/%d.png", i), "x")
		}
		return map[string]string{"seeds/a.docx": zipOf(t, list...)}
	}},
	limit.ArchiveEntrySize: {at: 2000, make: func(t *testing.T, n int) map[string]string {
		const around = len("<document><body><p><r><t></t></r></p></body></document>")
		return map[string]string{"seeds/a.docx": document(t, paragraph(council+strings.Repeat(" x", n)[:n-around-len(council)]))}
	}},
	limit.ArchiveSize: {at: 2000, make: func(t *testing.T, n int) map[string]string {
		const around = len("<document><body><p><r><t></t></r></p></body></document>")
		return map[string]string{"seeds/a.docx": document(t, paragraph(council+strings.Repeat(" x", n)[:n-around-len(council)]))}
	}},
	limit.ArchiveRatio: {at: 40, step: 400, make: func(t *testing.T, n int) map[string]string {
		// A megabyte of blanks shrinks to a thousandth.
		text := strings.Repeat("<p/>", 1<<19)
		if n <= 40 {
			text = strings.Repeat("<p/>", 1000)
		}
		return map[string]string{"seeds/a.docx": document(t, paragraph(council)+text)}
	}},
	limit.DocumentDepth: {at: 8, make: func(t *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.docx": document(t, paragraph(council)+strings.Repeat("<x>", n-2)+strings.Repeat("</x>", n-2))}
	}},
	limit.Chapters: {at: 2, make: func(t *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.epub": publication(t, n)}
	}},
	limit.MailParts: {at: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.eml": mail(n-1, 1)}
	}},
	limit.MailDepth: {at: 3, make: func(_ *testing.T, n int) map[string]string { return map[string]string{"seeds/a.eml": mail(1, n)} }},
	limit.FeedEntries: {at: 2, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.xml": feed(n, council)}
	}},
	limit.FeedDepth: {at: 6, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"seeds/a.xml": feed(1, council+strings.Repeat("<x>", n-4)+strings.Repeat("</x>", n-4))}
	}},
	limit.WARCSize: {at: 1000, make: func(_ *testing.T, n int) map[string]string {
		one := capture(1, council)
		return map[string]string{"seeds/a.warc": one + strings.Repeat("\n", n-len(one))}
	}},
	limit.WARCPages: {at: 2, make: func(_ *testing.T, n int) map[string]string {
		all := ""
		for i := range n {
			all += capture(i, fmt.Sprintf("Day %d. %s", i, council))
		}
		return map[string]string{"seeds/a.warc": all}
	}},
	limit.PDFPages: {at: 2, make: func(_ *testing.T, n int) map[string]string { return map[string]string{"seeds/a.pdf": pages(n, 3, 6)} }},
	limit.PDFLines: {at: 5, make: func(_ *testing.T, n int) map[string]string { return map[string]string{"seeds/a.pdf": pages(1, n, 6)} }},
	limit.PDFWords: {at: 12, make: func(_ *testing.T, n int) map[string]string { return map[string]string{"seeds/a.pdf": pages(1, 1, n)} }},
	limit.ContentSize: {at: 2000, make: func(_ *testing.T, n int) map[string]string {
		front, body := "---\ntitle: Desk\n---\n", "\nOn this page.\n\n"
		return map[string]string{"content/desk.md": front + body + strings.Repeat(" x", n)[:n-len(body)]}
	}},
	limit.MatterSize: {at: 100, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/desk.md": "---\ntitle: Desk\n#" + strings.Repeat("x", n-14) + "\n---\n\nOn this page.\n"}
	}},
	limit.MatterValues: {at: 8, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/people/jane.md": "---\nname: Jane\naliases:\n" + strings.Repeat("  - Jane Roe\n", n-3) + "---\n"}
	}},
	limit.KeyPointsSize: {at: 200, make: func(_ *testing.T, n int) map[string]string {
		head, tail := "\n- The council met. ", " [¶1](#p1)\n\n"
		return map[string]string{"content/briefings/a.md": "---\ntitle: Council\nslug: a\narticle:\n  path: seeds/gone.txt\n---\n\n## Key points\n" + head +
			strings.Repeat("x", n-len(head)-len(tail)) + tail + "## Annotated text\n\nThe council met.\n"}
	}},
	limit.SectionSize: {at: 1000, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/desk.md": "---\ntitle: Desk\n---\n" + strings.Repeat("x ", n)[:n-1] + "\n"}
	}},
	limit.SectionLinks: {at: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/desk.md": "---\ntitle: Desk\n---\n" + strings.Repeat("[a](https://n.example) ", n) + "\n\n[b](https://n.example)\n"}
	}},
	limit.TableCells: {at: 40, step: 4, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/desk.md": "---\ntitle: Desk\n---\n|a|b|c\n|-|-|-\n" + strings.Repeat("|a\n", n/4-2)}
	}},
	limit.TableColumns: {at: 6, make: func(_ *testing.T, n int) map[string]string {
		return map[string]string{"content/desk.md": "---\ntitle: Desk\n---\n" + strings.Repeat("|a", n-1) + "|\n" + strings.Repeat("|-", n-1) + "|\n"}
	}},
}

// elsewhere are the limits that have tests of another form.
var elsewhere = map[*limit.Limit]string{
	limit.PageDepth: "TestLimitsThatRefuseNothing", limit.PageAttributes: "TestLimitsThatRefuseNothing", limit.AttributeSize: "TestLimitsThatRefuseNothing",
	limit.Redirects: "TestLimitOfRedirects", limit.LineSize: "TestLimitOfLines", limit.PDFTime: "TestLimitOfTime", limit.MatterDepth: "TestLimitOfMatter",
}

// TestLimits holds each limit to its value: what just fits is read, what passes
// it by one is refused with a message that says how to raise it, and with that
// setting, from the command or from the site, it is read.
func TestLimits(t *testing.T) {
	for _, l := range limit.All() {
		b, ok := bounds[l]
		if !ok {
			if elsewhere[l] == "" {
				t.Errorf("the limit %s has no test", l.Name)
			}
			continue
		}
		t.Run(l.Name, func(t *testing.T) {
			if strings.HasPrefix(l.Name, "pdf-") {
				needPDF(t)
			}
			try := func(n int64, own string, flags ...string) (int, string) {
				dir := t.TempDir()
				list := b.make(t, int(n))
				list["content/.keep"], list["seeds/.keep"] = "", ""
				if own != "" {
					list["content/index.md"] = "---\nlimits:\n  - " + own + "\n---\n"
				}
				writeFiles(t, dir, list)
				command := "build"
				for name := range list {
					if strings.HasPrefix(name, "seeds/a") || strings.HasPrefix(name, "seeds/d") {
						command = "brief" // which is as far as a seed gets
					}
				}
				return run(append([]string{command, "-C", dir}, flags...)...)
			}
			step := int64(max(b.step, 1))
			low := fmt.Sprintf("%s=%d", l.Name, b.at)
			if status, out := try(b.at, "", "--limit", low); status != exitOK {
				t.Errorf("at the limit of %d: status %d\n%s", b.at, status, out)
			}
			status, out := try(b.at+step, "", "--limit", low)
			if status != exitFailed || !strings.Contains(out, l.Format(b.at)) {
				t.Errorf("over the limit of %d: status %d\n%s", b.at, status, out)
			}
			_, hint, ok := strings.Cut(out, "--limit ")
			setting, _, _ := strings.Cut(hint, "\n")
			if !ok || !strings.HasPrefix(setting, l.Name+"=") {
				t.Fatalf("over the limit of %d it is not said how to raise it:\n%s", b.at, out)
			}
			if l.Most > 0 && b.step > 1 {
				setting = fmt.Sprintf("%s=%d", l.Name, l.Most)
			}
			if status, out := try(b.at+step, "", "--limit", low, "--limit", setting); status != exitOK {
				t.Errorf("raised by --limit %s: status %d\n%s", setting, status, out)
			}
			if status, out := try(b.at+step, setting); status != exitOK {
				t.Errorf("raised by the site to %s: status %d\n%s", setting, status, out)
			}
		})
	}
}

func needPDF(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no pdftotext: install the package poppler-utils")
	}
	t.Skip("NOT TESTED: no pdftotext on this machine; install the package poppler-utils")
}

// TestLimitsThatRefuseNothing: of what nests too deep in a page the text stays,
// of attributes nothing is read that a page has beyond the limit.
func TestLimitsThatRefuseNothing(t *testing.T) {
	built := func(page string, flags ...string) string {
		t.Helper()
		dir := t.TempDir()
		writeFiles(t, dir, map[string]string{"seeds/a.html": page})
		if status, out := run(append([]string{"build", "-q", "-C", dir}, flags...)...); status != exitOK {
			t.Fatalf("status %d\n%s", status, out)
		}
		var all strings.Builder
		for _, data := range files(t, dir, "content/briefings") {
			all.WriteString(data)
		}
		return all.String()
	}
	deep := strings.Repeat("<div>", 20) + "<blockquote><p>" + council + "</p></blockquote>" + strings.Repeat("</div>", 20)
	if got := built(deep); !strings.Contains(got, "\n> ") {
		t.Errorf("a quotation in 20 elements is none:\n%s", got)
	}
	if got := built(deep, "--limit", "page-depth=10"); strings.Contains(got, "\n> ") || !strings.Contains(got, "harbour is closed") {
		t.Errorf("what nests deeper than 10 is not its text alone:\n%s", got)
	}
	head := `<html><head><title>Council</title><meta a=1 b=2 c=3 name=author content="Jane Roe"></head><body><article><p>` + council
	for flag, want := range map[string]bool{"page-attributes=5": true, "page-attributes=4": false, "attribute-size=8": true, "attribute-size=4": false} {
		if got := strings.Contains(built(head, "--limit", flag), "Jane Roe"); got != want {
			t.Errorf("with %s the author is read: %v", flag, got)
		}
	}
}

func TestLimitOfRedirects(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/to/%d", &n); {
		case err != nil:
			http.NotFound(w, r)
		case n > 0:
			http.Redirect(w, r, fmt.Sprintf("/to/%d", n-1), http.StatusFound)
		default:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>Council</title><article><p>"+council)
		}
	}))
	t.Cleanup(server.Close)
	for _, tt := range []struct {
		redirects int
		flags     []string
		want      int
		says      string
	}{
		{10, nil, exitOK, ""},
		{11, nil, exitFailed, "it redirects more than 10 times"},
		{11, nil, exitFailed, "--limit redirects=20"},
		{11, []string{"--limit", "redirects=20"}, exitOK, ""},
		{3, []string{"--limit", "redirects=2"}, exitFailed, "--limit redirects=4"},
	} {
		dir := t.TempDir()
		writeFiles(t, dir, map[string]string{"seeds/.keep": ""})
		status, out := run(append([]string{"add", "-C", dir, fmt.Sprintf("%s/to/%d", server.URL, tt.redirects)}, tt.flags...)...)
		if status != tt.want || !strings.Contains(out, tt.says) {
			t.Errorf("%d redirects %v: status %d\n%s", tt.redirects, tt.flags, status, out)
		}
	}
}

func TestLimitOfLines(t *testing.T) {
	line := func(n int) string {
		return `{"id":1,"text":"` + strings.Repeat("x", n-len(`{"id":1,"text":""}`)-1) + `"}` + "\n"
	}
	for _, command := range [][]string{{"annotate", "--jsonl"}, {"relate", "--jsonl"}} {
		for _, tt := range []struct {
			n    int
			set  string
			want int
		}{{100, "100", exitOK}, {101, "100", exitFailed}, {101, "200B", exitOK}} {
			var out, errs strings.Builder
			status := Main(append(command, "--limit", "line-size="+tt.set), strings.NewReader(line(tt.n)), &out, &errs)
			if status != tt.want || (tt.want == exitFailed) != strings.Contains(errs.String(), "--limit line-size=200B") {
				t.Errorf("%v of %d bytes with line-size=%s: status %d\n%s", command, tt.n, tt.set, status, errs.String())
			}
		}
	}
	var out, errs strings.Builder
	if status := Main([]string{"annotate", "--limit", "line-size=100"}, strings.NewReader(strings.Repeat("x", 101)), &out, &errs); status != exitFailed || out.String() != "" || !strings.Contains(errs.String(), "--limit line-size=200B") {
		t.Errorf("a text that is too long: status %d\n%s%s", status, out.String(), errs.String())
	}
}

// TestLimitOfTime: a program that reads a document for ever is ended.
func TestLimitOfTime(t *testing.T) {
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "pdftotext"), []byte("#!/bin/sh\nexec /usr/bin/tail -f /dev/null\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/usr/bin/tail"); err != nil {
		t.Skip("NOT TESTED: no tail on this machine")
	}
	t.Setenv("PATH", bin)
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/a.pdf": "%PDF-1.4\n"})
	status, out := run("build", "-q", "-C", dir, "--limit", "pdf-time=1")
	if status != exitFailed || !strings.Contains(out, "takes longer than 1 s") || !strings.Contains(out, "--limit pdf-time=2") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// TestLimitOfMatter: no key of front matter nests as deep as the limit, so that
// raising it changes only what the message says.
func TestLimitOfMatter(t *testing.T) {
	for _, tt := range []struct {
		flag  string
		depth int
		says  string
	}{
		{"matter-depth=4", 6, "--limit matter-depth=8"},
		{"matter-depth=8", 6, "must be one line of text"},
		{"matter-depth=32", 33, "--limit matter-depth=64"},
	} {
		dir := t.TempDir()
		writeFiles(t, dir, map[string]string{"content/desk.md": "---\ntitle: " + strings.Repeat("[", tt.depth) + strings.Repeat("]", tt.depth) + "\n---\n"})
		if status, out := run("build", "-q", "-C", dir, "--limit", tt.flag); status != exitFailed || !strings.Contains(out, tt.says) {
			t.Errorf("%s, %d deep: status %d\n%s", tt.flag, tt.depth, status, out)
		}
	}
}

// TestLimitsAreListed keeps docs/limits.md and the list of limits the same.
func TestLimitsAreListed(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join(repository(t), "docs", "limits.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for line := range strings.Lines(string(doc)) {
		if strings.HasPrefix(line, "| `") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	var want []string
	for _, l := range limit.All() {
		most := "any"
		if l.Most > 0 {
			most = l.Format(l.Most)
		}
		want = append(want, fmt.Sprintf("| `%s` | %s | %s | %s |", l.Name, l.Of, l.Format(l.Default), most))
	}
	if got := strings.Join(rows, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("docs/limits.md has not the rows that follow:\n%s", strings.Join(want, "\n"))
	}
}
