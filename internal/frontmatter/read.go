package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v3"

	"readout/internal/diag"
	"readout/internal/limit"
)

// Part is a file split in two.
type Part struct {
	Found bool
	Body  []byte // what stands after the front matter
	Line  int    // 1-based line of the file at which Body begins
	// Lines has the line of each key at the top level, and of each element of
	// a list there as "key[0]".
	Lines map[string]int
}

// Read reads the front matter of the file named file, whose bytes are src, into
// the struct that v points to. A byte order mark is passed over. A file without
// front matter is no error here: Part.Found tells. When a Diagnostic of severity
// Error is returned, v may be filled in part.
func Read(file string, src []byte, v any) (Part, diag.List) {
	return ReadWithin(limit.Set{}, file, src, v)
}

// ReadWithin is Read with limits other than the defaults.
func ReadWithin(limits limit.Set, file string, src []byte, v any) (Part, diag.List) {
	var diags diag.List
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	part := Part{Body: src, Line: 1, Lines: map[string]int{}}
	report := func(line, column int, id, message, hint string) {
		diags.Add(diag.Diagnostic{File: file, Line: line, Column: column, ID: id, Message: message, Hint: hint, Excerpt: lineOf(src, line)})
	}
	block, ok := scan(src)
	if !ok {
		if line := unopened(src, reflect.TypeOf(v).Elem()); line > 0 {
			report(line, 1, "frontmatter-unopened", `front matter does not begin with a line "---"`, `write a line of three hyphens before its first key`)
		}
		return part, diags
	}
	switch {
	case block.close < 0:
		report(block.openLine, 1, "frontmatter-unclosed", `front matter is never closed: no line "---" after this one`, `end the front matter with a line "---"`)
		return part, diags
	case block.indented > 0:
		report(block.indented, 1, "frontmatter-fence", `a line of the front matter that is "---" but for white space`,
			`it would end the front matter early: write the value on one line, in quotation marks`)
		return part, diags
	case int64(block.close-block.open) > limits.Of(limit.MatterSize):
		e := limits.Passed(limit.MatterSize)
		report(block.openLine, 1, "frontmatter-size", e.Message, e.Hint)
		return part, diags
	case !utf8.Valid(src[block.open:block.close]):
		report(block.openLine, 1, "frontmatter-encoding", "front matter is not valid UTF-8", "save the file as UTF-8")
		return part, diags
	}
	part.Found = true
	d := decoder{limits: limits, offset: block.openLine, report: report, lines: part.Lines}
	format := frontmatter.NewFormat("---", "---", d.unmarshal)
	// The library is given the front matter alone, as it would copy the body.
	body, err := frontmatter.Parse(bytes.NewReader(src[:block.body]), v, format)
	part.Body, part.Line = src[block.body:], block.bodyLine
	if err != nil && !errors.Is(err, errReported) {
		report(block.openLine, 1, "frontmatter", err.Error(), "")
	} else if err == nil && len(body) > 0 {
		// The library and the scan above must agree on where the body begins.
		report(block.openLine, 1, "frontmatter-fence", "front matter is ambiguous", `begin it with a line "---" and end it with a line "---"`)
	}
	return part, diags
}

// A fenced is the place of the front matter in a file.
type fenced struct {
	open, close int // bytes between the fences; close is -1 when unclosed
	body        int // where the body begins
	openLine    int // 1-based line of the opening fence
	bodyLine    int
	indented    int // line of an indented "---" before the end; 0 when none
	_           struct{}
}

// scan finds the fences. ok is false when the first line that is not blank is
// not "---".
func scan(src []byte) (f fenced, ok bool) {
	f.close = -1
	line, at := 0, 0
	for l := range bytes.Lines(src) {
		line++
		start := at
		at += len(l)
		trimmed := bytes.TrimSpace(l)
		switch {
		case f.openLine == 0 && len(trimmed) == 0:
		case f.openLine == 0 && !bytes.Equal(trimmed, []byte("---")):
			return f, false
		case f.openLine == 0:
			f.openLine, f.open = line, at
		case bytes.Equal(bytes.TrimRight(l, " \t\r\n"), []byte("---")):
			f.close, f.body, f.bodyLine = start, at, line+1
			return f, true
		case bytes.Equal(trimmed, []byte("---")) && f.indented == 0:
			f.indented = line
		}
	}
	return f, f.openLine > 0
}

// unopened returns the 1-based line at which front matter begins whose opening
// fence is lost, or is not three hyphens; 0 where what src begins with is text.
// Its first key has to be one of the struct t, and a line of hyphens has to end it
// with nothing but keys, elements of lists and comments before.
func unopened(src []byte, t reflect.Type) int {
	const most = 100 // lines
	fields, _ := fieldsOf(t)
	line, first := 0, 0
	for l := range bytes.Lines(src) {
		if line++; line > most {
			return 0
		}
		trimmed := bytes.TrimSpace(l)
		key, _, keyed := bytes.Cut(trimmed, []byte(":"))
		switch {
		case len(trimmed) == 0:
			if first > 0 {
				return 0
			}
		case len(bytes.Trim(trimmed, "-–—")) == 0:
			if first > 0 {
				return first
			}
		case first == 0:
			if _, ok := fields[string(key)]; !ok || !keyed {
				return 0
			}
			first = line
		case trimmed[0] != '#' && trimmed[0] != '-' && (!keyed || bytes.ContainsAny(key, " \t")):
			return 0
		}
	}
	return 0
}

// Cut splits src at the fences of its front matter. front is the YAML between
// them. ok is false when there is none or it is not closed.
func Cut(src []byte) (front, body []byte, ok bool) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	f, ok := scan(src)
	if !ok || f.close < 0 {
		return nil, src, false
	}
	return src[f.open:f.close], src[f.body:], true
}

func lineOf(src []byte, line int) string {
	for l := range bytes.Lines(src) {
		if line--; line == 0 {
			l = bytes.TrimRight(l, "\r\n")
			return strings.ToValidUTF8(string(l[:min(len(l), 200)]), "")
		}
	}
	return ""
}

var errReported = errors.New("reported")

// A decoder turns YAML into a struct, reporting each fault by line and column.
type decoder struct {
	offset int // lines before the YAML
	report func(line, column int, id, message, hint string)
	lines  map[string]int
	limits limit.Set
	nodes  int64
	failed bool
	of     []int // for each line as YAML counts them, the line of the front matter
}

// line returns the line of the file for one of the front matter as YAML counts
// them.
func (d *decoder) line(n int) int {
	if n < 1 || len(d.of) == 0 {
		return d.offset + n
	}
	last := len(d.of) - 1
	return d.offset + d.of[min(n-1, last)] + max(0, n-1-last)
}

// linesOf returns for each line of data as YAML counts them the line an editor
// shows it on: YAML breaks lines at more characters.
func linesOf(data []byte) []int {
	own := 1
	of := []int{own}
	for i, r := range string(data) {
		switch r {
		case '\n':
			own++
			of = append(of, own)
		case '\u0085', '\u2028', '\u2029':
			of = append(of, own)
		case '\r':
			if i+1 == len(data) || data[i+1] != '\n' {
				of = append(of, own)
			}
		}
	}
	return of
}

func (d *decoder) fail(n *yaml.Node, id, hint, format string, args ...any) {
	d.failed = true
	d.report(d.line(n.Line), n.Column, id, fmt.Sprintf(format, args...), hint)
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)$`)

func (d *decoder) unmarshal(data []byte, v any) error {
	if d.plain(data, reflect.ValueOf(v).Elem()) {
		return nil
	}
	return d.yaml(data, v)
}

// yaml is unmarshal by the YAML library.
func (d *decoder) yaml(data []byte, v any) error {
	var root yaml.Node
	d.of = linesOf(data)
	if err := yaml.Unmarshal(data, &root); err != nil {
		d.yamlError(data, err)
		return errReported
	}
	if root.Kind == 0 {
		return nil // empty
	}
	n := root.Content[0]
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if deep := deepNode(n, d.limits.Of(limit.MatterDepth)); deep != nil {
		e := d.limits.Passed(limit.MatterDepth)
		d.fail(deep, "frontmatter-depth", e.Hint, "%s", e.Message)
		return errReported
	}
	d.value(n, reflect.ValueOf(v).Elem(), "")
	if d.failed {
		return errReported
	}
	return nil
}

// deepNode returns the first node that stands in more than most others; nil
// where none does.
func deepNode(n *yaml.Node, most int64) *yaml.Node {
	if most < 0 {
		return n
	}
	for _, c := range n.Content {
		if deep := deepNode(c, most-1); deep != nil {
			return deep
		}
	}
	return nil
}

func (d *decoder) yamlError(data []byte, err error) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
		if fromParser(message) {
			line++ // the library counts these from 0
		}
	}
	if message == "found unexpected end of stream" && line > bytes.Count(data, []byte("\n")) {
		line = 1 // the library names the end where the quotation begins on the first line
	}
	if strings.Contains(message, "tab character") {
		line = tabLine(data, line)
	}
	d.report(d.line(line), 0, "frontmatter-yaml", message, `put values with ":" or "#" or quotation marks in them into quotation marks`)
}

// fromParser reports whether a message is one of the second stage of the YAML
// library, which gives the line before the one it means.
func fromParser(message string) bool {
	for _, s := range []string{
		"did not find expected <", "did not find expected node content", "did not find expected '-' indicator", "did not find expected key",
		"did not find expected ',' or", "found undefined tag handle", "found duplicate %", "found incompatible YAML document",
	} {
		if strings.HasPrefix(message, s) {
			return true
		}
	}
	return false
}

// tabLine returns the first line of data, from the 1-based line from on, that is
// indented with a tab; or from where there is none.
func tabLine(data []byte, from int) int {
	n := 0
	for l := range bytes.Lines(data) {
		n++
		if n < from {
			continue
		}
		if indent := l[:len(l)-len(bytes.TrimLeft(l, " \t"))]; bytes.IndexByte(indent, '\t') >= 0 {
			return n
		}
	}
	return from
}

// value reads n into v. path is the key at the top level, "" above it.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	if d.nodes++; d.nodes > d.limits.Of(limit.MatterValues) {
		if d.nodes == d.limits.Of(limit.MatterValues)+1 {
			e := d.limits.Passed(limit.MatterValues)
			d.fail(n, "frontmatter-size", e.Hint, "%s", e.Message)
		}
		return
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.fail(n, "frontmatter-alias", "write the value out", "anchors and aliases are not read")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v, path)
	case reflect.Slice:
		d.sequence(n, v, path)
	case reflect.String:
		if n.Kind != yaml.ScalarNode {
			d.fail(n, "frontmatter-type", "", "%s must be one line of text, not a %s", name(path), kind(n))
			return
		}
		if n.Tag == "!!null" && n.Style == 0 {
			return
		}
		if n.Tag == "!!binary" {
			d.fail(n, "frontmatter-type", "", "%s must be text", name(path))
			return
		}
		v.SetString(n.Value)
	case reflect.Bool:
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" || n.Decode(v.Addr().Interface()) != nil {
			d.fail(n, "frontmatter-type", "", "%s must be true or false", name(path))
		}
	case reflect.Int:
		if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(v.Addr().Interface()) != nil {
			d.fail(n, "frontmatter-type", "", "%s must be a whole number", name(path))
		}
	default:
		panic("frontmatter: cannot read into " + v.Type().String())
	}
}

func name(path string) string {
	if path == "" {
		return "front matter"
	}
	return path
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "group of keys"
	case yaml.SequenceNode:
		return "list"
	}
	return "single value"
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "frontmatter-type", `write "key: value" lines`, "%s must be a group of keys, not a %s", name(path), kind(n))
		return
	}
	fields, names := fieldsOf(v.Type())
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field, ok := fields[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode:
			d.fail(key, "frontmatter-key", "", "a key must be a word")
		case seen[key.Value] > 0:
			d.fail(key, "frontmatter-key", "keep one", "key %q is given twice, first on line %d", key.Value, seen[key.Value])
		case !ok:
			d.fail(key, "frontmatter-key", "the keys here are "+strings.Join(names, ", "), "unknown key %q", key.Value)
		default:
			seen[key.Value] = d.line(key.Line)
			full := key.Value
			if path != "" {
				full = path + "." + key.Value
			} else {
				d.lines[full] = d.line(key.Line)
			}
			d.value(value, v.Field(field), full)
		}
	}
}

// fieldsOf returns the keys of a struct and the indices of their fields.
func fieldsOf(t reflect.Type) (fields map[string]int, names []string) {
	fields = map[string]int{}
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if tag != "" && tag != "-" {
			fields[tag] = i
			names = append(names, tag)
		}
	}
	return fields, names
}

func (d *decoder) sequence(n *yaml.Node, v reflect.Value, path string) {
	items := n.Content
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return
	case n.Kind == yaml.ScalarNode:
		items = []*yaml.Node{n} // one value is a list of one
	case n.Kind != yaml.SequenceNode:
		d.fail(n, "frontmatter-type", `write it as lines "- value"`, "%s must be a list, not a %s", name(path), kind(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", path, i)
		d.lines[at] = d.line(item.Line)
		d.value(item, v.Index(i), at)
	}
	if v.Type().Elem().Kind() == reflect.String && slices.Contains(v.Interface().([]string), "") {
		d.fail(n, "frontmatter-type", "take it away", "%s has an empty element", name(path))
	}
}
