package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestFormats builds a site of files that programs of their kinds made, among
// files that cannot be read. Each of those is named with what to do, the rest is
// built and proved, and the memory that takes is bounded.
func TestFormats(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("pdftotext is not installed (Debian: poppler-utils)")
		}
		t.Skip("NOT CHECKED: pdftotext is not installed (Debian: poppler-utils)")
	}
	dir := t.TempDir()
	good, err := filepath.Glob("../seed/testdata/formats/*")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{"content/index.md": "---\ntitle: Desk\n---\n", "seeds/rain.txt": "Rain delays harvest\n\nFarmers lost two weeks to rain, the ministry said.\n"}
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	n := 1
	for _, name := range good {
		if base := filepath.Base(name); filepath.Ext(base) != ".want" {
			list["seeds/"+base] = read(name)
			// They tell of one thing under one title, which would be refused.
			list["seeds/"+base+".yaml"] = fmt.Sprintf("title: Report %d on the terminal\n", n)
			n++
		}
	}
	if n < 16 {
		t.Fatalf("only %d files", n-1)
	}
	list["seeds/hugo.xml"] = read("../seed/testdata/hugo.xml")
	n += 2
	bad := map[string]string{ // what is said of each
		"locked.pdf": "protected by a password", "scanned.pdf": "no text, only pictures", "cut.pdf": "damaged",
		"bomb.docx": "larger than 32 MB when unpacked", "old.docx": "protected by a password, or of an old kind",
		"long.xml": "more than 1,000 entries", "broken.json": "cannot be read as JSON", "none.eml": "cannot be read as a message",
	}
	list["seeds/locked.pdf"] = read("../seed/testdata/locked.pdf")
	list["seeds/scanned.pdf"] = read("../seed/testdata/scanned.pdf")
	list["seeds/cut.pdf"] = "%PDF-1.7\n1 0 obj\n"
	list["seeds/bomb.docx"] = bomb(t)
	list["seeds/old.docx"] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"
	list["seeds/long.xml"] = "<rss><channel>" + strings.Repeat("<item><title>a</title><description>Words of an entry.</description></item>", 10_000) + "</channel></rss>"
	list["seeds/broken.json"] = "{\n\"headline\": x}"
	list["seeds/none.eml"] = "no header here\n\nat all"
	// A wrong charset costs a warning, not the message.
	list["seeds/charset.eml"] = "From: Jane Roe <jane@example.org>\r\nSubject: Ferry sinks\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nLe bateau a coul\xe9 pr\xe8s de la c\xf4te, a d\xe9clar\xe9 la pr\xe9fecture.\r\n"
	n++
	writeFiles(t, dir, list)

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "build", "-C", dir)
	cmd.Env = append(os.Environ(), asReadout+"=1")
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.Run()
	out := said.String()
	if status := cmd.ProcessState.ExitCode(); status != exitFailed {
		t.Fatalf("status %d\n%s", status, out)
	}
	for name, want := range bad {
		if !strings.Contains(out, "readout: error: seeds/"+name+": ") && !strings.Contains(out, "readout: error: seeds/"+name+":2:") || !strings.Contains(out, want) {
			t.Errorf("%s: want %q in\n%s", name, want, out)
		}
	}
	if !strings.Contains(out, "warning: seeds/charset.eml: in the message's text byte 0xe9 is not UTF-8") {
		t.Errorf("nothing is said of the wrong charset:\n%s", out)
	}
	if got := strings.Count(out, "readout: error: "); got != len(bad) {
		t.Errorf("%d errors, want %d\n%s", got, len(bad), out)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "content/briefings/*.md")); len(names) != n {
		t.Errorf("%d briefings, want %d\n%s", len(names), n, out)
	}
	if most := maxMemory(cmd.ProcessState) >> 20; runtime.GOOS == "linux" && (most == 0 || most > 300*raceMemory) {
		t.Errorf("the build took %d MB", most)
	} else {
		t.Logf("the build took %d MB", most)
	}
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Errorf("verify: status %d\n%s", status, out)
	}
}

// bomb is a document that unpacks to eight times what is read.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	for range 256 {
		if err == nil {
			_, err = w.Write(make([]byte, 1<<20))
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
