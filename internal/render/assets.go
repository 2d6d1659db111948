package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"readout/internal/diag"
	"readout/internal/label"
)

// assets are the files beside the pages. Each name carries a digest of the
// content, so that a browser may keep a file for ever.
type assets struct {
	files  map[string][]byte // by path in the output
	style  string            // paths
	script string
	search string
	icon   string
	sheets []marginSheet // by size
}

// A marginSheet is the stylesheet that ties that many notes to their markers.
// The rules must name each pair, and a strict policy allows no style in the
// page, so pages share a small sheet and a large one.
type marginSheet struct {
	notes int
	path  string
}

// maxMarginNotes is the most notes a page puts into its margin: as many as keep
// the sheet and the stylesheet within what a page may weigh. Those beyond are
// shown as sheets.
const maxMarginNotes = 256

func loadAssets(templates fs.FS, labels *label.Set) (*assets, error) {
	a := &assets{files: map[string][]byte{}}
	names, err := fs.Glob(templates, "assets/*")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	paths := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(templates, name)
		if err != nil {
			return nil, err
		}
		base := path.Base(name)
		if strings.HasPrefix(base, ".") {
			continue
		}
		switch path.Ext(base) {
		case ".css":
			data = []byte(squeezeCSS(string(data)))
		case ".js":
			if data, err = scriptLabels(base, squeezeJS(string(data)), labels); err != nil {
				return nil, err
			}
		}
		paths[base] = a.add(base, data)
	}
	for _, n := range []struct {
		name string
		to   *string
	}{{"site.css", &a.style}, {"site.js", &a.script}, {"search.js", &a.search}, {"icon.svg", &a.icon}} {
		p, ok := paths[n.name]
		if !ok {
			return nil, fmt.Errorf("templates/assets/%s is missing", n.name)
		}
		*n.to = p
	}
	for _, n := range []int{64, maxMarginNotes} {
		p := a.add("margin-"+strconv.Itoa(n)+".css", []byte(marginRules(n)))
		a.sheets = append(a.sheets, marginSheet{n, p})
	}
	return a, nil
}

// inScript is how a script names a label.
var inScript = regexp.MustCompile(`\blabel\("([^"]*)"\)`)

// scriptLabels puts labels into a script, as strings.
func scriptLabels(name, script string, labels *label.Set) ([]byte, error) {
	var err error
	out := inScript.ReplaceAllStringFunc(script, func(call string) string {
		key := inScript.FindStringSubmatch(call)[1]
		if !labels.Has(key) {
			err = diag.Diagnostic{File: "templates/assets/" + name, ID: "label", Message: fmt.Sprintf("there is no label %q", key), Hint: "'readout templates copy labels/en.yaml' has all labels"}
			return call
		}
		return labels.Script(key)
	})
	return []byte(out), err
}

// add keeps a file under a name with its digest and returns its path.
func (a *assets) add(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	p := "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.files[p] = data
	return p
}

// margins returns the path of the smallest sheet for that many notes.
func (a *assets) margins(notes int) string {
	if notes == 0 {
		return ""
	}
	for _, s := range a.sheets {
		if notes <= s.notes {
			return s.path
		}
	}
	return a.sheets[len(a.sheets)-1].path
}

// marginRules names n notes and their markers. The stylesheet makes anchors of
// the names: a note is level with its marker or, where that is higher, below the
// note before it, the last that is named --n there.
func marginRules(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		k := strconv.Itoa(i)
		b.WriteString(".m" + k + "{--m:--m" + k + "}")
	}
	return b.String()
}

// squeezeCSS leaves out comments, line ends and the spaces that only please the
// eye; strings stay as they are. It does not parse: a string must not hold
// comment marks.
func squeezeCSS(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "/*")
		b.WriteString(before)
		if !ok {
			break
		}
		if _, s, ok = strings.Cut(rest, "*/"); !ok {
			break
		}
	}
	// What stands between quotation marks is every second part.
	parts := strings.Split(joinLines(b.String(), "\n"), `"`)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = cssSpaces.Replace(parts[i])
	}
	return strings.Join(parts, `"`)
}

var cssSpaces = strings.NewReplacer(" {\n", "{", " { ", "{", " {", "{", ";\n}", "}", "; }", "}", " }", "}", ";\n", ";", "; ", ";", ",\n", ",", ", ", ",", ": ", ":")

// squeezeJS leaves out lines that are comments and indentation.
func squeezeJS(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if t := strings.TrimSpace(line); !strings.HasPrefix(t, "//") {
			lines = append(lines, t)
		}
	}
	return joinLines(strings.Join(lines, "\n"), "\n")
}

func joinLines(s, sep string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if t := strings.TrimSpace(line); t != "" {
			b.WriteString(t)
			b.WriteString(sep)
		}
	}
	return b.String()
}
