package cli

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"readout/internal/diag"
	"readout/internal/verify"
)

// seedsSite builds the site of the repository's own seeds in a new folder.
func seedsSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), os.DirFS(filepath.Join(repository(t), "seeds"))); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	if status := Main([]string{"build", "-C", dir}, strings.NewReader(""), io.Discard, &stderr); status != exitOK {
		t.Fatalf("build: status %d\n%s", status, stderr.String())
	}
	return dir
}

// run runs the command and returns its status and all it printed.
func run(args ...string) (status int, out string) {
	var b strings.Builder
	status = Main(args, strings.NewReader(""), &b, &b)
	return status, b.String()
}

// TestVerifyCatchesEveryCharacter changes characters of each annotated text, one
// at a time. Every change is found, and on its line.
func TestVerifyCatchesEveryCharacter(t *testing.T) {
	dir := seedsSite(t)
	seeds := fstest.MapFS{}
	copyInto(t, seeds, dir, "seeds")
	names, err := filepath.Glob(filepath.Join(dir, "content/briefings/*.md"))
	if err != nil || len(names) == 0 {
		t.Fatal("no briefings", err)
	}
	tried := 0
	for _, file := range names {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source := string(data)
		name := "content/briefings/" + filepath.Base(file)
		findings := func(text string) diag.List {
			site := fstest.MapFS{name: {Data: []byte(text)}}
			for n, f := range seeds {
				if strings.Contains(source, n) {
					site[n] = f
				}
			}
			return verify.Run(verify.Input{Site: site, OutputName: "public"}).Findings
		}
		if list := findings(source); len(list) > 0 {
			t.Fatalf("untouched: %v", list)
		}
		start := strings.Index(source, "## Annotated text\n\n") + len("## Annotated text\n\n")
		step := 11 // every eleventh, from another start in each file
		if testing.Short() {
			step = 47
		}
		for i := start; i < len(source); {
			r, n := utf8.DecodeRuneInString(source[i:])
			at := i
			i += n
			if r == '\n' || tried%step != 0 {
				tried++
				continue
			}
			tried++
			with := "x"
			if r == 'x' {
				with = "y"
			}
			changed := source[:at] + with + source[i:]
			line, column := diag.Position(source, at)
			list := findings(changed)
			found := false
			for _, d := range list {
				found = found || d.File == name && d.Line == line
			}
			if !found && !inAttributes(source, at) {
				t.Errorf("%s:%d:%d: %q became %q: findings %v", name, line, column, r, with, list)
			}
		}
	}
	t.Logf("%d characters", tried)
}

// inAttributes reports whether the byte at offset i stands between the braces
// of an annotation: which source a quotation has is for an editor to say.
func inAttributes(source string, i int) bool {
	line := source[strings.LastIndexByte(source[:i], '\n')+1 : i]
	open := strings.LastIndex(line, "]{")
	return open >= 0 && !strings.Contains(line[open:], "}") || strings.HasPrefix(line, ":::")
}

func copyInto(t *testing.T, to fstest.MapFS, dir, sub string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), sub, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		to[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
