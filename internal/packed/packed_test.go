package packed

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func write(w *Writer) {
	w.Uint(0)
	w.Uint(math.MaxUint64)
	w.Int(-1)
	w.Int(math.MinInt)
	w.Int(math.MaxInt)
	w.Bool(true)
	w.Bool(false)
	w.Float(1.5)
	w.Fixed(1 << 31)
	w.Part(func() { w.String("passed over") })
	w.Part(func() { w.String("read") })
	w.Raw([]byte("abc"))
	w.Bytes([]byte{1, 2})
	for range 2 {
		w.String("")
		w.String("a name")
		w.String(strings.Repeat("long ", 40))
	}
}

func read(t *testing.T, r *Reader) {
	t.Helper()
	if r.Uint() != 0 || r.Uint() != math.MaxUint64 || r.Int() != -1 || r.Int() != math.MinInt || r.Int() != math.MaxInt ||
		!r.Bool() || r.Bool() || r.Float() != 1.5 || r.Fixed() != 1<<31 || !r.Part().More() || r.Part().String() != "read" || string(r.Raw(3)) != "abc" || string(r.Bytes()) != "\x01\x02" {
		t.Error("a number is not as it was written")
	}
	for range 2 {
		if r.String() != "" || r.String() != "a name" || r.String() != strings.Repeat("long ", 40) {
			t.Error("a string is not as it was written")
		}
	}
	if r.More() || !r.Whole() {
		t.Error("there should be no more, and nothing amiss")
	}
}

func TestRoundTrip(t *testing.T) {
	var w Writer
	write(&w)
	r, ok := Open(w.Seal("form"), "form")
	if !ok {
		t.Fatal("not whole")
	}
	read(t, r)
	if r.Uint(); r.Whole() {
		t.Error("read beyond the end")
	}
}

func TestPlain(t *testing.T) {
	w := Writer{Plain: true}
	w.String("dropped")
	w.Reset()
	w.String("a")
	w.Int(-7)
	w.String("")
	w.String("a")
	data := bytes.Clone(w.Unsealed())
	r := NewPlain(data)
	if a, n, none, again := r.String(), r.Int(), r.String(), r.String(); a != "a" || n != -7 || none != "" || again != "a" || !r.Whole() || r.More() {
		t.Errorf("read %q, %d, %q, %q", a, n, none, again)
	}
	for n := range data {
		if r := NewPlain(data[:n]); r.String() == "a" && r.Int() == -7 && r.String() == "" && r.String() == "a" || r.Whole() {
			t.Errorf("%d bytes of %d are whole", n, len(data))
		}
	}
}

// A file that is not as it was written is not opened.
func TestDamage(t *testing.T) {
	var w Writer
	write(&w)
	file := w.Seal("form")
	if _, ok := Open(file, "another"); ok {
		t.Error("a file of another form was opened")
	}
	for n := range file {
		if _, ok := Open(file[:n], "form"); ok {
			t.Fatalf("opened when cut to %d bytes", n)
		}
		other := append([]byte(nil), file...)
		other[n] ^= byte(1 << rand.IntN(8))
		if _, ok := Open(other, "form"); ok {
			t.Fatalf("opened with byte %d changed", n)
		}
	}
}

// Whatever the bytes are, reading ends and does not fail.
func FuzzOpen(f *testing.F) {
	var w Writer
	write(&w)
	f.Add(w.Seal("form")[4:])
	f.Fuzz(func(t *testing.T, body []byte) {
		r := &Reader{data: body}
		for r.More() {
			_ = r.String()
			_ = r.Bytes()
			if n := r.Count(); n > len(body) {
				t.Fatal(n)
			}
			r.Int()
			r.Bool()
			r.Float()
			_ = r.Part().String()
		}
	})
}
