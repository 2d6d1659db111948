package lexicon

import (
	"bytes"
	"os"
	"strconv"
	"testing"
)

// The embedded table is the one of the lists, and has each of their entries and
// no other word.
func TestTableIsOfTheLists(t *testing.T) {
	made, err := Make(os.DirFS("data"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, tableData) {
		t.Fatal("a list has changed since the table was made; run: go generate ./internal/lexicon")
	}
	entries, err := read(os.DirFS("data"))
	if err != nil {
		t.Fatal(err)
	}
	table := Shared()
	for h, want := range entries {
		if got := table.get(h); got != want {
			t.Fatalf("the entry %x has the classes %b, want %b", h, got, want)
		}
	}
	for i := range 200_000 {
		h := Join(0, Hash("no word "+strconv.Itoa(i)))
		if got := table.get(h); got != entries[h] {
			t.Fatalf("the hash %x is in no list and has the classes %b", h, got)
		}
	}
}

func TestReadTable(t *testing.T) {
	for _, n := range []int{0, 1, len(tableMagic), 200, len(tableData) / 2, len(tableData) - 1} {
		if _, err := readTable(tableData[:n]); err == nil {
			t.Errorf("the first %d bytes are read as a table", n)
		}
	}
	if _, err := readTable(append(bytes.Clone(tableData), 0)); err == nil {
		t.Error("a table with a byte too many is read")
	}
}
