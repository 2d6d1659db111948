package article

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v3"

	"readout/internal/diag"
	"readout/internal/limit"
)

// A field is one entry of front matter or of a sidecar.
type field struct {
	key    string // in lower case
	line   int    // 1-based; 0 when unknown
	values []string
	// unread counts the values that are no text: mappings without a name.
	unread int
}

// A matter is the front matter of a Markdown seed.
type matter struct {
	fields []field
	body   int // offset of the body in the text
	ok     bool
}

// splitMatter cuts the front matter off a Markdown text and reads it.
func splitMatter(path, text string, limits limit.Set) (matter, diag.List) {
	var raw []byte
	format := ""
	keep := func(name string) frontmatter.UnmarshalFunc {
		return func(data []byte, _ any) error {
			raw, format = append([]byte{}, data...), name
			return nil
		}
	}
	formats := []*frontmatter.Format{
		frontmatter.NewFormat("---", "---", keep("yaml")),
		frontmatter.NewFormat("---yaml", "---", keep("yaml")),
		frontmatter.NewFormat("+++", "+++", keep("toml")),
		frontmatter.NewFormat("---toml", "---", keep("toml")),
	}
	fail := func(line int, id, message, hint string) (matter, diag.List) {
		return matter{}, diag.List{{File: path, Line: line, ID: id, Message: message, Hint: hint}}
	}
	opened, start := openFence(text)
	if opened == "" {
		if line := nearlyOpened(text); line > 0 {
			return matter{ok: true}, diag.List{{
				File: path, Line: line, ID: "matter-fence", Severity: diag.Warning,
				Message: "front matter begins and ends with a line of three hyphens; this is read as text", Hint: `write "---" before its first key and after its last`,
			}}
		}
		return matter{ok: true}, nil
	}
	fenceLine := 1 + strings.Count(text[:start], "\n") - 1
	closing := "---"
	if opened == "+++" {
		closing = "+++"
	}
	end, body := closeFence(text, start, closing)
	switch {
	case end < 0 && !looksKeyed(text[start:]):
		return matter{ok: true}, nil // a dividing line
	case end < 0:
		return fail(fenceLine, "matter-unclosed", "the front matter opened here is never closed", fmt.Sprintf("put a line %q after its last key", closing))
	case int64(end-start) > limits.Of(limit.SeedMatterSize):
		e := limits.Passed(limit.SeedMatterSize)
		return fail(fenceLine, "matter-size", e.Message, e.Hint)
	case closing == "---" && opened == "---" && !looksKeyed(text[start:end]) && strings.TrimSpace(text[start:end]) != "":
		return matter{ok: true}, nil // text between two dividing lines
	}
	rest, err := frontmatter.Parse(strings.NewReader(text[:body]), &struct{}{}, formats...)
	if err != nil {
		return fail(fenceLine, "matter-broken", "the front matter cannot be read: "+err.Error(), "")
	}
	// The library ends at the first line that holds the fence alone, indented
	// or not; YAML ends at one that is not indented.
	if len(strings.TrimSpace(string(rest))) > 0 {
		early := fenceLine + 1 + strings.Count(string(raw), "\n")
		return fail(early, "matter-fence", fmt.Sprintf("an indented %q inside the front matter would end it here", closing), "word the line otherwise, or put it in quotation marks")
	}
	m := matter{body: body, ok: true}
	var diags diag.List
	if format == "toml" {
		m.fields, diags = tomlFields(path, string(raw), fenceLine, limits)
	} else {
		m.fields, diags = yamlFields(path, string(raw), fenceLine, limits)
	}
	m.ok = diags.Errors() == 0
	return m, diags
}

// openFence returns the fence that text opens with and the offset of the line
// after it. Blank lines may stand before it.
func openFence(text string) (fence string, after int) {
	offset := 0
	for line := range strings.Lines(text) {
		offset += len(line)
		switch t := strings.TrimSpace(line); t {
		case "":
			continue
		case "---", "+++", "---yaml", "---toml":
			if t == strings.TrimRight(line, " \t\r\n") {
				return t, offset
			}
		}
		break
	}
	return "", 0
}

// nearlyOpened returns the 1-based line of a fence that is not three hyphens
// ("----", "--", "—") where keys that are understood follow it, up to another
// such line; else 0.
func nearlyOpened(text string) int {
	const most = 100 // lines
	n, fence, keyed := 0, 0, false
	for line := range strings.Lines(text) {
		t := strings.TrimSpace(line)
		key, _, ok := strings.Cut(t, ":")
		switch n++; {
		case n > most:
			return 0
		case t == "":
		case t != "-" && strings.Trim(t, "-–—") == "":
			if keyed {
				return fence
			}
			fence = n
		case fence == 0:
			return 0
		case !keyed:
			if matterKeys[strings.ToLower(key)] == 0 || !ok {
				return 0
			}
			keyed = true
		case t[0] != '-' && t[0] != '#' && (!ok || strings.Contains(key, " ")):
			return 0
		}
	}
	return 0
}

// closeFence returns the offsets of the closing fence that is not indented, and
// of the line after it; -1 where there is none.
func closeFence(text string, start int, fence string) (end, after int) {
	offset := start
	for line := range strings.Lines(text[start:]) {
		if strings.TrimRight(line, " \t\r\n") == fence {
			return offset, offset + len(line)
		}
		offset += len(line)
	}
	return -1, -1
}

// looksKeyed reports whether the first line of text with something on it is a
// key of YAML or TOML, or a comment.
func looksKeyed(text string) bool {
	for line := range strings.Lines(text) {
		t := strings.TrimSpace(line)
		if t == "" {
			continue
		}
		if t[0] == '#' || t[0] == '[' || t[0] == '{' {
			return true
		}
		i := strings.IndexAny(t, ":=")
		return i > 0 && !strings.ContainsAny(strings.TrimRight(t[:i], " "), " \t") && (t[i] == '=' || i+1 == len(t) || t[i+1] == ' ')
	}
	return false
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// yamlFields reads a YAML mapping. Lines are counted from the one after line
// before.
func yamlFields(path, raw string, before int, limits limit.Set) ([]field, diag.List) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(raw), &doc); err != nil {
		line, message := before+1, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(message); m != nil {
			n, _ := strconv.Atoi(m[1])
			line = before + n
			message = strings.Replace(message, m[0], "", 1)
		}
		return nil, diag.List{{File: path, Line: max(line, 1), ID: "matter-broken", Message: "the YAML cannot be read: " + message, Hint: "put values with a colon or a quotation mark in quotation marks"}}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	top := doc.Content[0]
	if line := deepNode(top, limits.Of(limit.SeedMatterDepth)); line > 0 {
		return nil, tooDeep(path, before+line, limits)
	}
	if top.Kind != yaml.MappingNode {
		return nil, diag.List{{File: path, Line: before + top.Line, ID: "matter-broken", Message: "want keys with values, one a line", Hint: "write \"title: …\""}}
	}
	var fields []field
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		f := field{key: strings.ToLower(key.Value), line: before + key.Line}
		f.add(value, 0)
		fields = append(fields, f)
	}
	return fields, nil
}

// deepNode returns the line of the first node that stands in more than most
// others; 0 where none does.
func deepNode(n *yaml.Node, most int64) int {
	if most < 0 {
		return n.Line
	}
	for _, c := range n.Content {
		if line := deepNode(c, most-1); line > 0 {
			return line
		}
	}
	return 0
}

func tooDeep(path string, line int, limits limit.Set) diag.List {
	e := limits.Passed(limit.SeedMatterDepth)
	return diag.List{{File: path, Line: line, ID: "matter-depth", Message: e.Message, Hint: e.Hint}}
}

// add collects the scalars of a node: of a list all of them, of a mapping those
// under "name". Aliases are not followed.
func (f *field) add(n *yaml.Node, depth int) {
	switch {
	case depth > 4:
	case n.Kind == yaml.ScalarNode:
		if v := strings.TrimSpace(n.Value); v != "" && n.Tag != "!!null" {
			f.values = append(f.values, v)
		}
	case n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			f.add(c, depth+1)
		}
	case n.Kind == yaml.MappingNode:
		before := len(f.values)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if strings.EqualFold(n.Content[i].Value, "name") && n.Content[i+1].Kind == yaml.ScalarNode {
				f.values = append(f.values, strings.TrimSpace(n.Content[i+1].Value))
			}
		}
		if len(f.values) == before {
			f.unread++
		}
	}
}

// tomlFields reads a TOML table.
func tomlFields(path, raw string, before int, limits limit.Set) ([]field, diag.List) {
	if deepTOML(raw, limits.Of(limit.SeedMatterDepth)) {
		return nil, tooDeep(path, before+1, limits)
	}
	values := make(map[string]any)
	meta, err := toml.Decode(raw, &values)
	if err != nil {
		d := diag.Diagnostic{File: path, Line: before, ID: "matter-broken", Message: "the TOML cannot be read: " + err.Error()}
		var pe toml.ParseError
		if errors.As(err, &pe) {
			d.Line, d.Message = before+pe.Position.Line, "the TOML cannot be read: "+pe.Message
		}
		return nil, diag.List{d}
	}
	var fields []field
	for _, k := range meta.Keys() {
		if len(k) > 1 {
			continue
		}
		f := field{key: strings.ToLower(k[0]), line: before + tomlLine(raw, k[0])}
		f.addTOML(values[k[0]], 0)
		fields = append(fields, f)
	}
	return fields, nil
}

// deepTOML reports whether brackets and braces outside of strings nest deeper
// than most: the parser of TOML takes a frame of its stack for each.
func deepTOML(raw string, most int64) bool {
	depth, quote := int64(0), byte(0)
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quote != 0:
			switch {
			case c == '\\' && quote == '"':
				i++
			case c == quote || c == '\n':
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			if depth++; depth > most {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

func (f *field) addTOML(v any, depth int) {
	switch v := v.(type) {
	case nil:
	case []any:
		for _, e := range v {
			if depth < 4 {
				f.addTOML(e, depth+1)
			}
		}
	case []map[string]any:
		for _, e := range v {
			f.addTOML(e, depth+1)
		}
	case map[string]any:
		if n, ok := v["name"].(string); ok {
			f.values = append(f.values, strings.TrimSpace(n))
		} else {
			f.unread++
		}
	case time.Time:
		layout := "2006-01-02T15:04:05Z07:00"
		if strings.HasSuffix(v.Location().String(), "-local") { // no zone is stated
			layout = time.DateOnly
		}
		f.values = append(f.values, v.Format(layout))
	default:
		if s := strings.TrimSpace(fmt.Sprint(v)); s != "" {
			f.values = append(f.values, s)
		}
	}
}

// tomlLine returns the 1-based line on which key is set.
func tomlLine(raw, key string) int {
	n := 0
	for line := range strings.Lines(raw) {
		n++
		t := strings.TrimLeft(line, " \t[\"'")
		if rest, ok := strings.CutPrefix(t, key); ok && strings.ContainsAny(cut(strings.TrimLeft(rest, " \t\"'"), 1), "=].") {
			return n
		}
	}
	return 1
}
