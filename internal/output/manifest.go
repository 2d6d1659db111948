package output

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
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

// A ListError says that the list of readout's files in an output folder is none,
// so that nobody knows which files are readout's.
type ListError struct {
	File string
	Line int
}

func (e *ListError) Error() string {
	return fmt.Sprintf("%s:%d: this is no list of files as readout writes it", e.File, e.Line)
}

// parseList calls add with each line of a manifest or journal. In a journal a line
// may be torn, by a run that died or a disk that was full: what it names was not
// written yet.
func parseList(name string, list io.Reader, cut bool, add func(path string, s sum)) error {
	lines := bufio.NewReader(list)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		switch {
		case err != nil && err != io.EOF:
			return err
		case err == io.EOF && (cut || len(line) == 0):
			return nil
		}
		digest, path, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte("  "))
		var s sum
		k, wrong := hex.Decode(s[:], digest[:min(len(digest), 2*len(s))])
		switch {
		case ok && wrong == nil && k == len(s) && len(digest) == 2*len(s) && checkPath(string(path)) == nil:
			add(string(path), s)
		case !cut:
			return &ListError{name, n}
		}
		if err == io.EOF {
			return nil
		}
	}
}

func appendLine(b []byte, path string, s sum) []byte {
	b = hex.AppendEncode(b, s[:])
	b = append(b, "  "...)
	b = append(b, path...)
	return append(b, '\n')
}
