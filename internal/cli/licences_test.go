package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// whence matches where a data file comes from, and terms under what it may be
// passed on; what was written for this project is under the project's licence.
var (
	whence = regexp.MustCompile(`(?i)origin:|for this project|made by|made from|compiled|written for|counted in`)
	terms  = regexp.MustCompile(`(?i)licen[cs]e|public domain|\bMIT\b|CC[ -]BY|CC0|Apache|PDDL|\bBSD\b|for this project`)
)

// TestDataSaysWhence wants each data file that is part of the program to say, at
// its head, where it comes from and under which licence.
func TestDataSaysWhence(t *testing.T) {
	top := repository(t)
	n := 0
	err := filepath.WalkDir(filepath.Join(top, "internal"), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Base(filepath.Dir(name)) != "data" || strings.HasSuffix(name, ".go") {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		n++
		head := string(data[:min(len(data), 2500)])
		rel, _ := filepath.Rel(top, name)
		if !whence.MatchString(head) {
			t.Errorf("%s does not say where it comes from", rel)
		}
		if !terms.MatchString(head) {
			t.Errorf("%s does not say under which licence it may be passed on", rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 20 {
		t.Errorf("%d data files", n)
	}
}
