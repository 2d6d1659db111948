package wordlist_test

import (
	"maps"
	"slices"
	"testing"

	"readout/internal/wordlist"
)

const list = "# Origin: nobody.\n\n one two \r\n#three\nfour: five six\nseven"

func TestRows(t *testing.T) {
	if got := slices.Collect(wordlist.Rows(list)); !slices.Equal(got, []string{"one two", "four: five six", "seven"}) {
		t.Errorf("got %q", got)
	}
	for range wordlist.Rows(list) {
		break
	}
}

func TestNamed(t *testing.T) {
	if got := maps.Collect(wordlist.Named(list)); !maps.Equal(got, map[string]string{"four": "five six"}) {
		t.Errorf("got %q", got)
	}
}

func TestSet(t *testing.T) {
	if got := slices.Sorted(maps.Keys(wordlist.Set("# a\nb c\nd"))); !slices.Equal(got, []string{"b", "c", "d"}) {
		t.Errorf("got %q", got)
	}
}

func TestLists(t *testing.T) {
	l := wordlist.ListsOf("# of one\none: a b\ntwo: c\n")
	if got := l.Words("one"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	if got := l.Set("two"); !maps.Equal(got, map[string]bool{"c": true}) {
		t.Errorf("got %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a list that is none is no fault")
		}
	}()
	l.Words("three")
}
