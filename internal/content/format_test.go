package content

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"readout/internal/dialect"
)

var example = regexp.MustCompile("(?ms)^```markdown (text|file=(\\S+))\n(.*?)^```$")

// TestFormatExamples reads the examples of the description of the format, and
// checks that it names every class and attribute.
func TestFormatExamples(t *testing.T) {
	src, err := os.ReadFile("../../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := example.FindAllStringSubmatch(string(src), -1)
	if len(examples) < 4 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, x := range examples {
		if x[1] != "text" {
			var tree Tree
			for _, d := range tree.Add(x[2], []byte(x[3])) {
				t.Errorf("%s", d.Error())
			}
			continue
		}
		doc, diags := dialect.Read([]byte(x[3]), 1)
		for _, d := range diags {
			t.Errorf("%s\n%s", d.Error(), x[3])
		}
		again, err := dialect.Write(doc)
		if err != nil || string(again) != x[3] {
			t.Errorf("written again: %v\n%s\nthe example\n%s", err, again, x[3])
		}
	}
	for _, c := range dialect.Classes() {
		row := regexp.MustCompile("(?m)^\\| [^|]*`" + string(c) + "`[^|]*\\|.*$").FindString(string(src))
		if row == "" {
			t.Errorf("class %s is not described", c)
		}
		for _, a := range c.Attributes() {
			if !strings.Contains(row, "`"+a+"`") {
				t.Errorf("attribute %s of %s is not described", a, c)
			}
		}
	}
}
