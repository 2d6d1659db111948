package cli

import (
	"bufio"
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "readout"

// leaves may be imported by all; they import leaves only.
var leaves = []string{"fetch", "span", "diag", "token", "frontmatter", "dialect", "lexicon", "slug", "numeral", "verb", "cputime", "plainfile", "watch", "atlas", "corpusgen", "stamp", "packed", "numbered", "browsertest", "limit", "compiled", "label", "langname", "edit", "jsonout", "wordlist", "stable"}

// stages are in the order of the path. A package imports earlier stages only;
// packages below a stage (analysis/quote) stand where it stands.
var stages = []string{"seed", "article", "annotation", "analysis", "briefing", "content", "story", "site", "review", "export", "searchindex", "output", "render", "live", "bundle", "verify", "cli"}

// rank returns the place of a package, given as its path below internal/: 0 for
// a leaf, 1 and up for a stage, -1 for one that has no place.
func rank(pkg string) int {
	first, _, _ := strings.Cut(pkg, "/")
	if slices.Contains(leaves, first) {
		return 0
	}
	if i := slices.Index(stages, first); i >= 0 {
		return i + 1
	}
	return -1
}

// repository returns the top folder of the repository.
func repository(t *testing.T) string {
	t.Helper()
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return top
}

// packages returns the import paths that the Go files of each package of the
// repository import, by its path below internal/; tests are left out.
func packages(t *testing.T, top string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(filepath.Join(top, "internal"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && (d.Name() == "testdata" || d.Name() == "standin") {
				return filepath.SkipDir // test data, and modules of their own
			}
			return err
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(filepath.Join(top, "internal"), filepath.Dir(name))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		imports[pkg] = append(imports[pkg], "")
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[pkg] = append(imports[pkg], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// TestImportsGoOneWay holds the packages to their order: seeds become articles
// become pages, and nothing looks back.
func TestImportsGoOneWay(t *testing.T) {
	for pkg, imports := range packages(t, repository(t)) {
		r := rank(pkg)
		if r < 0 {
			t.Errorf("internal/%s has no place in the order of packages: add it to leaves or stages in this test", pkg)
			continue
		}
		for _, p := range imports {
			rel, ours := strings.CutPrefix(p, module+"/internal/")
			if !ours {
				continue
			}
			to := rank(rel)
			same := strings.Split(pkg, "/")[0] == strings.Split(rel, "/")[0]
			switch {
			case to < 0, r == 0 && to == 0, same:
			case to >= r:
				t.Errorf("internal/%s imports internal/%s, which is not before it", pkg, rel)
			}
		}
	}
}

// TestDriverKnowsNoAnalyzer keeps the list of analyzers in one place.
func TestDriverKnowsNoAnalyzer(t *testing.T) {
	for _, p := range packages(t, repository(t))["analysis"] {
		if strings.HasPrefix(p, module+"/internal/analysis/") {
			t.Errorf("internal/analysis imports %s: only internal/analysis/standard lists analyzers", p)
		}
	}
}

// TestVerifyIsIndependent keeps the proofs apart from what they are about.
func TestVerifyIsIndependent(t *testing.T) {
	built := []string{"dialect", "briefing", "content", "site", "render", "analysis"}
	for _, p := range packages(t, repository(t))["verify"] {
		rel, ours := strings.CutPrefix(p, module+"/internal/")
		if ours && slices.Contains(built, strings.Split(rel, "/")[0]) {
			t.Errorf("internal/verify imports internal/%s, whose work it is to prove", rel)
		}
	}
}

// TestOnlyAddAsksTheNetwork holds the promise that a build asks for nothing: one
// package can, and one file uses it. The server of serve listens only.
func TestOnlyAddAsksTheNetwork(t *testing.T) {
	asks := map[string]*regexp.Regexp{
		"net/http": regexp.MustCompile(`^(Get|Head|Post|PostForm|NewRequest|NewRequestWithContext|Client|Transport|Default(Client|Transport)|RoundTripper)$`),
		"net":      regexp.MustCompile(`^(Dial|Lookup|Resolve|DefaultResolver$)`),
	}
	internal := filepath.Join(repository(t), "internal")
	used := false
	err := filepath.WalkDir(internal, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(internal, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		names := map[string]string{} // package in this file → its path
		for _, spec := range f.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			as := path.Base(p)
			if spec.Name != nil {
				as = spec.Name.Name
			}
			names[as] = p
			if p == module+"/internal/fetch" {
				if used = true; rel != "cli/add.go" {
					t.Errorf("internal/%s imports internal/fetch: only the command add asks the network", rel)
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || path.Dir(rel) == "fetch" {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok {
				if asked := asks[names[x.Name]]; asked != nil && asked.MatchString(sel.Sel.Name) {
					t.Errorf("internal/%s uses %s.%s: only internal/fetch asks the network", rel, x.Name, sel.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !used {
		t.Error("nothing imports internal/fetch")
	}
}

// TestArchitectureListsPackages keeps docs/architecture.md and the folders the
// same.
func TestArchitectureListsPackages(t *testing.T) {
	top := repository(t)
	doc, err := os.ReadFile(filepath.Join(top, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile("`internal/([a-z/]+)`").FindAllSubmatch(doc, -1) {
		listed[string(m[1])] = true
	}
	found := packages(t, top)
	for pkg := range found {
		if !listed[pkg] {
			t.Errorf("docs/architecture.md does not name `internal/%s`", pkg)
		}
	}
	for pkg := range listed {
		if _, ok := found[pkg]; !ok {
			t.Errorf("docs/architecture.md names `internal/%s`, which is not there", pkg)
		}
	}
}

// TestNoMachinePaths keeps folders of one machine out of the repository.
func TestNoMachinePaths(t *testing.T) {
	top := repository(t)
	machine := regexp.MustCompile(`(^|[^A-Za-z0-9_.])/(` + strings.Join([]string{"work", "root", "tmp/wt", "home/[a-z]+", "Users/[A-Za-z]+"}, "|") + `)/`)
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "node_modules", "public"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || d.Name() == ".git" || d.Name() == "architecture_test.go" {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil || bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 || len(data) > 1<<20 {
			return err
		}
		for i, line := range bytes.Split(data, []byte("\n")) {
			if m := machine.Find(line); m != nil {
				rel, _ := filepath.Rel(top, name)
				t.Errorf("%s:%d: %q is a path of one machine", rel, i+1, bytes.TrimSpace(m))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// licences tells a licence by words that only it has.
var licences = []struct{ name, words string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License"},
	{"BSD-3-Clause", "Neither the name of"},
	{"BSD-3-Clause", "The names of its contributors may not"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"Unlicense", "This is free and unencumbered software"},
}

// TestDependenciesAreListed reads the licence of each module that is part of
// the program or of its tests and wants it in docs/dependencies.md.
func TestDependenciesAreListed(t *testing.T) {
	top := repository(t)
	doc, err := os.ReadFile(filepath.Join(top, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./...")
	cmd.Dir = top
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dirs := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if p, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			dirs[p] = dir
		}
	}
	rows := map[string]string{} // module → its row
	lines := bufio.NewScanner(bytes.NewReader(doc))
	for lines.Scan() {
		if m := regexp.MustCompile("^\\| `([^`]+)` \\|").FindStringSubmatch(lines.Text()); m != nil {
			rows[m[1]] = lines.Text()
		}
	}
	for mod, dir := range dirs {
		row, ok := rows[mod]
		if !ok {
			t.Errorf("docs/dependencies.md has no row for `%s` (%s)", mod, licenceOf(t, dir))
			continue
		}
		found := licenceOf(t, dir)
		if found == "" {
			t.Errorf("%s: no licence found in the module", mod)
		}
		for name := range strings.SplitSeq(found, " and ") {
			if !strings.Contains(row, name) {
				t.Errorf("%s is under %s, but its row says: %s", mod, found, row)
			}
		}
	}
	mod, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range rows {
		if !bytes.Contains(mod, []byte(name+" v")) {
			t.Errorf("docs/dependencies.md lists `%s`, which go.mod does not require", name)
		}
	}
}

// licenceOf names the licences found at the top of a module.
func licenceOf(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		stem := strings.ToUpper(strings.TrimSuffix(e.Name(), path.Ext(e.Name())))
		if e.IsDir() || !slices.Contains([]string{"LICENSE", "LICENCE", "COPYING", "UNLICENSE"}, stem) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(data)), " ")
		for _, l := range licences {
			if strings.Contains(text, l.words) && !slices.Contains(names, l.name) {
				if l.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause") {
					continue
				}
				names = append(names, l.name)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}
