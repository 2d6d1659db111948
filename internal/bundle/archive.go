// Package bundle makes of a site what can be handed over: an Archive, the very
// files of the website in one zip; a single HTML file that holds all pages; and
// a book in EPUB. Its central type is Archive, a sink as those of package
// output are. It stands beside package output, which puts the same files into a
// folder, and is used by the command alone.
//
// Nothing but the files decides the bytes that come out: times are fixed, and
// entries stand in the order of their paths.
package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"sync"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"readout/internal/output"
	"readout/internal/stable"
)

// ManifestName is the file of an archive that lists the digests of the others,
// in the form of sha256sum.
const ManifestName = "SHA256SUMS"

// maxPath is the longest path in an archive, in UTF-16 code units: Windows ends
// at 260, and the folder it is unpacked to comes before.
const maxPath = 150

// modified is the date of every entry, the first that a zip can tell: the first
// day of the first month of 1980.
const modified = 1<<5 | 1

// An Archive is an output.Sink that packs the files of a site. Files are
// compressed as they come and kept in a temporary file, so that the memory it
// takes does not grow with their content.
type Archive struct {
	folder string

	mu      sync.Mutex
	names   output.Tree // without content: it refuses what no folder can hold
	spool   *os.File
	removed bool // the spool has no name any more
	end     int64
	entries []entry
	sorted  bool
}

// An entry is a file that waits in the spool.
type entry struct {
	name   string
	at     int64
	packed uint64
	size   uint64
	crc    uint32
	sum    [sha256.Size]byte
}

// NewArchive returns an archive whose files stand in one folder of that name.
func NewArchive(folder string) (*Archive, error) {
	spool, err := os.CreateTemp("", "readout-bundle-")
	if err != nil {
		return nil, err
	}
	// Where an open file may be removed it is, so that a run that is killed
	// leaves nothing; elsewhere Close removes it.
	a := &Archive{folder: folder, spool: spool}
	a.removed = os.Remove(spool.Name()) == nil
	return a, nil
}

// Add packs a file. A path that some system would not take is an error.
func (a *Archive) Add(name string, data []byte) error {
	if full := a.folder + "/" + name; !norm.NFC.IsNormalString(name) {
		return fmt.Errorf("the path %q cannot be packed: it is not in Unicode's form NFC", name)
	} else if n := len(utf16.Encode([]rune(full))); n > maxPath {
		return fmt.Errorf("the path %q cannot be packed: it has %d characters, and %d are the most that unpack everywhere", full, n, maxPath)
	}
	if name == ManifestName {
		return fmt.Errorf("the path %q is kept for the list of digests", name)
	}
	e, packed, err := pack(name, data)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.names.Add(name, nil); err != nil {
		return err
	}
	e.at = a.end
	n, err := a.spool.WriteAt(packed, a.end)
	a.end += int64(n)
	a.entries, a.sorted = append(a.entries, e), false
	return err
}

// level is how hard files are compressed: the highest would make the zip a
// hundredth smaller, and packing take two thirds as long again.
const level = 6

// packers are in use again and again: each holds a megabyte.
var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, level)
	if err != nil { // only for a level that does not exist
		panic(err)
	}
	return w
}}

func pack(name string, data []byte) (entry, []byte, error) {
	e := entry{name: name, size: uint64(len(data)), crc: crc32.ChecksumIEEE(data), sum: sha256.Sum256(data)}
	var b bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	_, err := w.Write(data)
	err = errors.Join(err, w.Close())
	e.packed = uint64(b.Len())
	return e, b.Bytes(), err
}

// Len returns the number of files added so far.
func (a *Archive) Len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.entries)
}

// Names returns the paths of the files, sorted.
func (a *Archive) Names() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sort()
	names := make([]string, len(a.entries))
	for i, e := range a.entries {
		names[i] = e.name
	}
	return names
}

// Read returns the content of a file.
func (a *Archive) Read(name string) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sort()
	i, ok := slices.BinarySearchFunc(a.entries, name, func(e entry, name string) int { return cmp.Compare(e.name, name) })
	if !ok {
		return nil, fmt.Errorf("there is no file %s in the site", name)
	}
	e := a.entries[i]
	data := make([]byte, e.size)
	_, err := io.ReadFull(flate.NewReader(io.NewSectionReader(a.spool, e.at, int64(e.packed))), data)
	return data, err
}

// sort puts the files in order of their paths, once all were added.
func (a *Archive) sort() {
	if !a.sorted {
		stable.Sort(a.entries, func(x, y entry) int { return cmp.Compare(x.name, y.name) })
		a.sorted = true
	}
}

// WriteTo writes the zip: all files and the list of their digests.
func (a *Archive) WriteTo(w io.Writer) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sort()
	var list bytes.Buffer
	for _, e := range a.entries {
		fmt.Fprintf(&list, "%x  %s\n", e.sum, e.name)
	}
	manifest, packed, err := pack(ManifestName, list.Bytes())
	if err != nil {
		return 0, err
	}
	count := &counter{w: w}
	z := zip.NewWriter(count)
	put := func(e entry, from io.Reader) error {
		f, err := z.CreateRaw(&zip.FileHeader{
			Name: a.folder + "/" + e.name, Method: zip.Deflate, ModifiedDate: modified, //lint:ignore SA1019 a fixed date
			CRC32: e.crc, CompressedSize64: e.packed, UncompressedSize64: e.size,
			Flags:          utf8Name,
			CreatorVersion: unix<<8 | 20, ReaderVersion: 20, ExternalAttrs: 0o100644 << 16,
		})
		if err == nil {
			_, err = io.Copy(f, from)
		}
		return err
	}
	if err := put(manifest, bytes.NewReader(packed)); err != nil {
		return count.n, err
	}
	for _, e := range a.entries {
		if err := put(e, io.NewSectionReader(a.spool, e.at, int64(e.packed))); err != nil {
			return count.n, err
		}
	}
	return count.n, z.Close()
}

// From the description of the zip format.
const (
	utf8Name = 0x800 // the name of the entry is in UTF-8
	unix     = 3     // the system whose permissions the entry carries
)

// Close removes the temporary file.
func (a *Archive) Close() error {
	err := a.spool.Close()
	if !a.removed {
		err = errors.Join(err, os.Remove(a.spool.Name()))
	}
	return err
}

// A counter counts what is written through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
