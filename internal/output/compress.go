package output

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"path"
	"slices"
	"sync"
)

// Packed is the ending of the name of a compressed file, which stands beside the
// file itself.
const Packed = ".gz"

// compressible are the endings of files of text.
var compressible = []string{".html", ".css", ".js", ".json", ".jsonld", ".txt", ".xml", ".atom", ".svg"}

// leastPacked is from how many bytes on a file is compressed: one that travels in
// one packet anyway is not.
const leastPacked = 1200

// Compress makes w write a compressed file beside each file of text that is
// added from now on. With trust, those of files that have not changed are taken
// to be as this program makes them.
func (w *Writer) Compress(trust bool) { w.packs, w.trust = true, trust }

// level is how hard files are compressed. The highest would make them a
// hundredth smaller, and take two thirds as long again.
const level = 6

// packers are for use again: a compressor is large.
var packers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, level)
	if err != nil {
		panic(err) // the level is one
	}
	return z
}}

// pack writes the compressed file of one that was just added.
func (w *Writer) pack(name string, data []byte, unchanged bool) error {
	if !w.packs || len(data) < leastPacked || !slices.Contains(compressible, path.Ext(name)) {
		return nil
	}
	if unchanged && w.trust {
		if kept, err := w.carry(name + Packed); kept || err != nil {
			return err
		}
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(b) // the header has neither a name nor a time
	if _, err := z.Write(data); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	_, err := w.add(name+Packed, b.Bytes())
	return err
}

// carry takes a file of the last run into this one, if it is as that run wrote it.
func (w *Writer) carry(name string) (bool, error) {
	was := w.earlier(name)
	if len(was) != 1 {
		return false, nil
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	if info, err := w.dir.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return false, nil
	}
	if err := read(w.dir, name, b); err != nil || sum(sha256.Sum256(b.Bytes())) != was[0] {
		return false, nil // it is made again
	}
	return true, w.enter(name, was[0])
}
