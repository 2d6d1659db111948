package label

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"readout/internal/diag"
	"readout/internal/plainfile"
)

// folder is where the files lie, beside pages/ and assets/.
const folder = "labels"

// forms are the names of the plural forms in a file, as CLDR has them.
var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// Load reads the labels of a language, given as a BCP 47 tag: those of the files
// of builtin, and over them, label by label, those of own, which may be nil. The
// labels of de-AT are those of de and over them those of de-AT, if there are any.
// Where no file is of the language the labels are the English ones.
//
// A label that English does not have, places that differ from its, a form that
// the language needs and a label has not, and in a language that is not built in
// a label that is missing are errors; the English label stands in for it.
func Load(builtin, own fs.FS, tag string) (*Set, diag.List) {
	var diags diag.List
	english := &Set{tag: language.English, labels: map[string]*entry{}}
	read := func(s *Set, fsys fs.FS, name string, check bool) bool {
		if fsys == nil {
			return false
		}
		labels, ok := parse(fsys, path.Join(folder, name+".yaml"), &diags)
		for _, key := range sortedKeys(labels) {
			e := labels[key]
			if check {
				if m, ok := s.wrong(english, key, e); !ok {
					diags.Add(m)
					continue
				}
			}
			s.labels[key] = e
		}
		return ok
	}
	read(english, builtin, "en", false)
	s := &Set{tag: language.Make(tag), labels: map[string]*entry{}}
	for key, e := range english.labels {
		s.labels[key] = e
	}
	for _, name := range chain(s.tag) {
		if name == "en" {
			s.found = true
			read(s, own, name, true)
			continue
		}
		first := !s.found
		builtIn := read(s, builtin, name, true)
		isOwn := read(s, own, name, true)
		s.found = s.found || builtIn || isOwn
		if first && isOwn && !builtIn {
			s.missing(english, name, &diags)
		}
	}
	if !s.found {
		s.tag = language.English
		read(s, own, "en", true)
	}
	s.printer = message.NewPrinter(s.tag)
	return s, diags
}

// chain lists the names of the files of a language, the widest first: "de",
// "de-AT".
func chain(tag language.Tag) []string {
	var names []string
	for t := tag; t != language.Und; t = t.Parent() {
		if name := t.String(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Reverse(names)
	return names
}

// missing reports the labels of English that a language has not.
func (s *Set) missing(english *Set, name string, diags *diag.List) {
	var keys []string
	for _, key := range sortedKeys(english.labels) {
		if s.labels[key] == english.labels[key] {
			keys = append(keys, key)
		}
	}
	if n := len(keys); n > 0 {
		list := strings.Join(keys[:min(n, 5)], ", ")
		if n > 5 {
			list += ", …"
		}
		diags.Add(diag.Diagnostic{
			File: "templates/" + path.Join(folder, name+".yaml"), ID: "label-missing",
			Message: fmt.Sprintf("the language %s lacks %s, and the English words stand in their place: %s", name, these(n), list),
			Hint:    "'readout templates copy labels/en.yaml' has them all",
		})
	}
}

func these(n int) string {
	if n == 1 {
		return "one label"
	}
	return strconv.Itoa(n) + " labels"
}

// wrong says what is wrong with a label beside the English one of its key.
func (s *Set) wrong(english *Set, key string, e *entry) (diag.Diagnostic, bool) {
	fault := func(format string, args ...any) (diag.Diagnostic, bool) {
		return e.fault(fmt.Sprintf("label %q: ", key)+fmt.Sprintf(format, args...), ""), false
	}
	en := english.labels[key]
	switch {
	case en == nil:
		return fault("there is no such label, so nothing uses it")
	case en.list != nil && e.list == nil:
		return fault("it must be a list, as in English")
	case en.list == nil && e.list != nil:
		return fault("it must be a text, as in English, and no list")
	case en.list != nil && len(e.list) != len(en.list) && key != "numbers":
		return fault("it has %d items, and must have %d", len(e.list), len(en.list))
	case en.list != nil:
		return diag.Diagnostic{}, true
	case e.many && !en.many:
		return fault("it must be one text: nothing is counted here")
	}
	counts := []string{"n", "number"}
	places := en.places()
	counted := slices.ContainsFunc(places, func(p string) bool { return slices.Contains(counts, p) })
	for f, p := range e.forms {
		if p == nil {
			continue
		}
		has := (&entry{forms: [plural.Many + 1]*pattern{p}}).places()
		for _, name := range has {
			if !slices.Contains(places, name) && !(en.many && slices.Contains(counts, name)) {
				return fault("it has the place {%s}, which nothing fills%s", name, known(places))
			}
		}
		for _, name := range places {
			if !slices.Contains(has, name) && !slices.Contains(counts, name) {
				return fault("the place {%s} is missing", name)
			}
		}
		if plural.Form(f) == plural.Other && en.many && counted && !slices.ContainsFunc(has, func(p string) bool { return slices.Contains(counts, p) }) {
			return fault("the place {n} is missing, or {number}")
		}
	}
	if e.many {
		for _, name := range []string{"zero", "one", "two", "few", "many", "other"} {
			if f := forms[name]; e.forms[f] == nil && s.needs(f) {
				return fault("the plural form %q is missing, which the language needs", name)
			}
		}
	} else if en.many && s.needs(plural.One) && counted {
		// One text for all numbers is no mistake where the language tells them
		// not apart.
		return fault("it needs plural forms, as in English: one, other, …")
	}
	return diag.Diagnostic{}, true
}

func known(places []string) string {
	if len(places) == 0 {
		return ""
	}
	return "; there is {" + strings.Join(places, "}, {") + "}"
}

// needs reports whether a number of things from 0 to 200 takes a form.
func (s *Set) needs(f plural.Form) bool {
	for n := range 201 {
		if s.form(n) == f {
			return true
		}
	}
	return false
}

// parse reads one file. It reports false where there is none.
func parse(fsys fs.FS, name string, diags *diag.List) (map[string]*entry, bool) {
	src, err := plainfile.Read(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	file := "templates/" + name
	wrong := func(line int, format string, args ...any) {
		diags.Add(diag.Diagnostic{File: file, Line: line, ID: "label", Message: fmt.Sprintf(format, args...), Hint: "a line is 'key: text', and a text with \": \" or \"#\" in it stands between quotation marks"})
	}
	if err != nil {
		wrong(0, "cannot be read: %v", err)
		return nil, true
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		line := 1 // which goes without saying
		rest := strings.TrimPrefix(err.Error(), "yaml: ")
		if n, more, ok := strings.Cut(strings.TrimPrefix(rest, "line "), ": "); ok {
			if k, err := strconv.Atoi(n); err == nil {
				line, rest = k, more
			}
		}
		wrong(line, "%s", rest)
		return nil, true
	}
	labels := map[string]*entry{}
	if len(doc.Content) == 0 {
		return labels, true
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		wrong(root.Line, "it must have a line for each label")
		return nil, true
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i].Value, root.Content[i+1]
		e := &entry{file: file, line: root.Content[i].Line}
		if labels[key] != nil {
			wrong(e.line, "label %q stands here a second time", key)
			continue
		}
		if message := e.read(value); message != "" {
			wrong(max(value.Line, e.line), "label %q: %s", key, message)
			continue
		}
		labels[key] = e
	}
	return labels, true
}

// read fills e from a value of a file. It returns what is wrong, or "".
func (e *entry) read(value *yaml.Node) string {
	set := func(f plural.Form, n *yaml.Node) string {
		if n.Kind != yaml.ScalarNode {
			return "it must be a text"
		}
		p, message := parsePattern(n.Value)
		e.forms[f] = &p
		return message
	}
	switch value.Kind {
	case yaml.ScalarNode:
		return set(plural.Other, value)
	case yaml.SequenceNode:
		e.list = []string{}
		for _, n := range value.Content {
			e.list = append(e.list, n.Value)
		}
		return ""
	case yaml.MappingNode:
		e.many = true
		for i := 0; i+1 < len(value.Content); i += 2 {
			f, ok := forms[value.Content[i].Value]
			if !ok {
				return fmt.Sprintf("%q is no plural form: they are zero, one, two, few, many and other", value.Content[i].Value)
			}
			if message := set(f, value.Content[i+1]); message != "" {
				return message
			}
		}
		if e.forms[plural.Other] == nil {
			return "the plural form \"other\" is missing"
		}
		return ""
	}
	return "it must be a text, plural forms or a list"
}

// parsePattern cuts a text at its places.
func parsePattern(text string) (pattern, string) {
	var p pattern
	for text != "" {
		before, rest, ok := strings.Cut(text, "{")
		if strings.Contains(before, "}") {
			return nil, "a \"}\" closes nothing"
		}
		if before != "" {
			p = append(p, part{words: before})
		}
		if !ok {
			break
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok || name == "" || strings.ContainsAny(name, "{ ") {
			return nil, "a \"{\" begins no place, which is a name between braces"
		}
		p = append(p, part{place: name})
		text = after
	}
	return p, ""
}

func sortedKeys(m map[string]*entry) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func small(n int) string { return strconv.Itoa(n) }
