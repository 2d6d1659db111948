// Package output takes the files a build makes and puts them where they belong:
// a Sink accepts one file after another, from any number of goroutines, so that
// no build holds its whole output.
//
// There are two sinks: a Tree keeps files in memory, for the bundle and for
// tests; a Writer puts them into a folder such as public/, writes only what
// changed, each file atomically, and removes what an earlier run wrote and this
// one did not. A Writer never touches a file that readout did not make.
package output

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"

	"readout/internal/stable"
)

// A File is one file of the output.
type File struct {
	Path string // slash-separated, relative to the output folder
	Data []byte
}

// A Sink accepts the files of a build in any order. Add may be called by
// several goroutines at once; it does not keep data after it returns. A path added twice, or two that differ in case only, is an
// error, since some file systems would take one for the other.
type Sink interface {
	Add(path string, data []byte) error
}

// A Tree is a Sink that keeps the files in memory.
type Tree struct {
	Files []File // sorted by path once Sort was called

	mu    sync.Mutex
	paths paths
}

// Add keeps a copy of a file.
func (t *Tree) Add(path string, data []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.paths.add(path); err != nil {
		return err
	}
	t.Files = append(t.Files, File{path, bytes.Clone(data)})
	return nil
}

// Sort puts the files in order of their paths.
func (t *Tree) Sort() {
	stable.Sort(t.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
}

// paths are the paths of an output, each by its folded form.
type paths map[string]string

func (p *paths) add(path string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	if *p == nil {
		*p = paths{}
	}
	folded := strings.ToLower(path)
	switch other, ok := (*p)[folded]; {
	case ok && other == path:
		return fmt.Errorf("two pages have the path %s", path)
	case ok:
		return fmt.Errorf("the paths %s and %s differ in case only", other, path)
	}
	(*p)[folded] = path
	return nil
}

// maxName is the longest name of a file or folder in bytes that every common
// file system takes, less what the name of a temporary file adds.
const maxName = 255 - len(tempPrefix)

// checkPath refuses paths that would leave the output folder, hide in it, or
// mean something else on another system.
func checkPath(path string) error {
	bad := func(why string) error { return fmt.Errorf("the path %q cannot be written: %s", path, why) }
	if path == "." || !fs.ValidPath(path) {
		return bad("it leads out of its folder")
	}
	for _, r := range path {
		if !unicode.IsPrint(r) || strings.ContainsRune(`\:*?"<>|`, r) {
			return bad(fmt.Sprintf("%q has a meaning of its own on some systems", r))
		}
	}
	for name := range strings.SplitSeq(path, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(name), ".")
		switch {
		case len(name) > maxName:
			return bad("a name in it is too long")
		case strings.HasPrefix(name, ".readout"):
			return bad("names that begin with .readout are kept for readout's own")
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return bad("a name in it ends with a dot or a space")
		case slices.Contains([]string{"con", "prn", "aux", "nul"}, stem),
			len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9':
			return bad("Windows keeps that name for a device")
		}
	}
	return nil
}
