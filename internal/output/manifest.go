package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// The files a Writer keeps beside its output.
const (
	// ManifestName lists what readout wrote, in the form of sha256sum: it is
	// the proof that the folder is ours, and 'sha256sum -c' checks a copy.
	ManifestName = ".readout"
	// journalName lists what a run that has not ended yet is about to write.
	journalName = ".readout-journal"
	tempPrefix  = ".readout-tmp-"
)

type sum [sha256.Size]byte

// A manifest has the digests each path of ours may have. Usually that is one; a
// run that broke off leaves the one before and the one it was about to write.
type manifest map[string][]sum

// A ListError says that the list of readout's files in an output folder is none,
// so that nobody knows which files are readout's.
type ListError struct {
	File string
	Line int
}

func (e *ListError) Error() string {
	return fmt.Sprintf("%s:%d: this is no list of files as readout writes it", e.File, e.Line)
}

// parse adds the lines of a manifest or journal to m. In a journal a line may be
// torn, by a run that died or a disk that was full: what it names was not written
// yet.
func (m manifest) parse(name string, data []byte, cut bool) error {
	for n := 1; len(data) > 0; n++ {
		line, rest, ended := bytes.Cut(data, []byte("\n"))
		if !ended && cut {
			return nil
		}
		data = rest
		digest, path, ok := bytes.Cut(line, []byte("  "))
		var s sum
		k, err := hex.Decode(s[:], digest[:min(len(digest), 2*len(s))])
		switch {
		case ok && err == nil && k == len(s) && len(digest) == 2*len(s) && checkPath(string(path)) == nil:
			m[string(path)] = append(m[string(path)], s)
		case !cut:
			return &ListError{name, n}
		}
	}
	return nil
}

// format is the inverse of parse for a manifest with one digest a path.
func (m manifest) format() []byte {
	var b []byte
	for _, path := range slices.Sorted(maps.Keys(m)) {
		b = appendLine(b, path, m[path][0])
	}
	return b
}

func appendLine(b []byte, path string, s sum) []byte {
	b = hex.AppendEncode(b, s[:])
	b = append(b, "  "...)
	b = append(b, path...)
	return append(b, '\n')
}
