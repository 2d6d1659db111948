package jsonout

import (
	"encoding/json"
	"testing"
)

func FuzzString(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c/", "<script>&", "\x00\b\f\n\r\t\x1f\x7f", "é \u2028\u2029\ufffd \xff\xe2\x80", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(String(nil, s)); got != string(want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}

func TestMember(t *testing.T) {
	b := []byte{'{'}
	b = Member(b, "a", "x")
	b = Optional(b, "b", "")
	b = Optional(b, "c", "y")
	b = append(Key(b, "n"), '3', '}')
	if got := string(b); got != `{"a":"x","c":"y","n":3}` {
		t.Error(got)
	}
}
