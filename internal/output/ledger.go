package output

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/numbered"
)

// A ledger has what a Writer knows of the files of its folder: the digests that
// each may have from earlier runs, and that with which it was added in this one.
// There may be very many, so that it has few pointers.
type ledger struct {
	paths *numbered.Strings
	files []fileState    // by the numbers of paths
	forms map[int][]sum  // all earlier digests of files that may have several
	fresh map[int]sum    // how files were added that had another digest before
	small map[string]int // files that were added with capital letters in their path, by the path in small ones
}

// A fileState is what is known of one file.
type fileState struct {
	sum   sum // its first earlier digest; that with which it was added where it had none
	was   was
	added added
}

// was says how many earlier digests a file has. Usually that is one; a run that
// broke off leaves the one before and the one it was about to write.
type was byte

const (
	unknown was = iota
	oneForm
	severalForms
)

// added says with which digest a file was added.
type added byte

const (
	notAdded added = iota
	asBefore       // that in its fileState
	anew           // that in ledger.fresh
)

func newLedger() *ledger {
	return &ledger{paths: new(numbered.Strings), forms: map[int][]sum{}, fresh: map[int]sum{}, small: map[string]int{}}
}

// of returns what is known of the file with that number, for as long as no other
// file comes.
func (l *ledger) of(n int) *fileState {
	if n >= len(l.files) {
		l.files = append(l.files, make([]fileState, n+1-len(l.files))...)
	}
	return &l.files[n]
}

// known notes a digest from an earlier run.
func (l *ledger) known(path string, s sum) {
	n := l.paths.Number(path)
	switch f := l.of(n); f.was {
	case unknown:
		f.sum, f.was = s, oneForm
	case oneForm:
		l.forms[n], f.was = []sum{f.sum, s}, severalForms
	case severalForms:
		l.forms[n] = append(l.forms[n], s)
	}
}

// earlier returns the digests of a file from earlier runs.
func (l *ledger) earlier(n int) []sum {
	switch f := l.of(n); f.was {
	case oneForm:
		return []sum{f.sum}
	case severalForms:
		return l.forms[n]
	}
	return nil
}

// taken returns the path of a file that was added and has this path but for
// capital letters.
func (l *ledger) taken(path string) (other string, ok bool) {
	folded := strings.ToLower(path)
	if n, ok := l.small[folded]; ok {
		return l.paths.String(n), true
	}
	if n := l.paths.Find(folded); n >= 0 && l.of(n).added != notAdded {
		return folded, true
	}
	return "", false
}

// plain reports whether no other file may have the path of that number but for capital
// letters: it has none, nor has any file that was added.
func (l *ledger) plain(n int) bool {
	return len(l.small) == 0 && !bytes.ContainsFunc(l.paths.Bytes(n), func(r rune) bool { return r >= utf8.RuneSelf || 'A' <= r && r <= 'Z' })
}

// add notes that a file is one of this run.
func (l *ledger) add(path string, s sum) error {
	if err := checkPath(path); err != nil {
		return err
	}
	switch other, ok := l.taken(path); {
	case ok && other == path:
		return fmt.Errorf("two pages have the path %s", path)
	case ok:
		return fmt.Errorf("the paths %s and %s differ in case only", other, path)
	}
	n := l.paths.Number(path)
	if folded := strings.ToLower(path); folded != path {
		l.small[folded] = n
	}
	l.enter(n, s)
	return nil
}

// enter notes the digest with which a file is one of this run.
func (l *ledger) enter(n int, s sum) {
	f := l.of(n)
	switch {
	case f.was == unknown:
		f.sum, f.added = s, asBefore
	case f.sum == s:
		f.added = asBefore
	default:
		l.fresh[n], f.added = s, anew
	}
}

// left returns the numbers of the files of earlier runs that were not added, by
// path.
func (l *ledger) left() []int {
	return l.which(func(f *fileState) bool { return f.was != unknown && f.added == notAdded })
}

// which returns the numbers of some files, by path.
func (l *ledger) which(of func(*fileState) bool) []int {
	var list []int
	for n := range l.files {
		if of(&l.files[n]) {
			list = append(list, n)
		}
	}
	byPath := func(a, b int) int { return bytes.Compare(l.paths.Bytes(a), l.paths.Bytes(b)) }
	// Those of a list that was read are in order, and few come between them.
	known := 1
	for known < len(list) && byPath(list[known-1], list[known]) < 0 {
		known++
	}
	if known >= len(list) {
		return list
	}
	more := slices.Clone(list[known:])
	slices.SortFunc(more, byPath)
	for at := len(list); len(more) > 0; {
		n := len(more) - 1
		for ; known > 0 && byPath(list[known-1], more[n]) > 0; known-- {
			at--
			list[at] = list[known-1]
		}
		at--
		list[at], more = more[n], more[:n]
	}
	return list
}

// write writes the manifest of the files that were added.
func (l *ledger) write(w io.Writer) error {
	var line []byte
	for _, n := range l.which(func(f *fileState) bool { return f.added != notAdded }) {
		s := l.files[n].sum
		if l.files[n].added == anew {
			s = l.fresh[n]
		}
		line = appendLine(line[:0], l.paths.String(n), s)
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// writeEarlier writes all earlier digests as a journal has them.
func (l *ledger) writeEarlier(w io.Writer) error {
	for _, n := range l.which(func(f *fileState) bool { return f.was != unknown }) {
		for _, s := range l.earlier(n) {
			if _, err := w.Write(appendLine(nil, l.paths.String(n), s)); err != nil {
				return err
			}
		}
	}
	return nil
}
