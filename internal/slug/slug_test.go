package slug

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestMake(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""},
		{"…!", ""},
		{"Zabihullah Mujahid", "zabihullah-mujahid"},
		{"Tehreek-e-Taliban Pakistan (TTP)", "tehreek-e-taliban-pakistan-ttp"},
		{"Lt. Gen. Asim Malik", "lt-gen-asim-malik"},
		{"Élysée", "elysee"},
		{"Łódź", "lodz"},
		{"Straße", "strasse"},
		{"Sana'a", "sanaa"},
		{"Sana’a", "sanaa"},
		{"İstanbul", "istanbul"},
		{"Алексей Навальный", "алексей-навальный"},
		{"محمد", "محمد"},
		{"東京", "東京"},
		{"../../etc/passwd", "etc-passwd"},
		{"CON", "con-0"},
		{"Lpt1", "lpt1-0"},
		{"com1.txt", "com1-txt"},
		{"a\u200db", "ab"},
		{"a\x00b", "a-b"},
		{"ﬁne", "fine"},
	} {
		if got := Make(c[0]); got != c[1] {
			t.Errorf("Make(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestMakeLong(t *testing.T) {
	got := Make(strings.Repeat("word ", 60))
	if len(got) > Max || strings.HasSuffix(got, "-") || !strings.HasSuffix(got, "word") {
		t.Errorf("Make = %q (%d bytes)", got, len(got))
	}
}

// The slug of a slug is the slug, for every character there is.
func TestMakeEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "b"} {
			if got := Make(s); Make(got) != got {
				t.Errorf("Make(%q) = %q, whose slug is %q", s, got, Make(got))
			}
		}
	}
}

// The quick way and the general one agree.
func TestMakePlain(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 20000 {
		b := make([]byte, r.IntN(12))
		if r.IntN(50) == 0 {
			b = make([]byte, 100)
		}
		for i := range b {
			b[i] = byte(r.IntN(utf8.RuneSelf))
		}
		if got, ok := makePlain(string(b)); !ok || got != makeAny(string(b)) {
			t.Fatalf("%q: %q, %v, want %q", b, got, ok, makeAny(string(b)))
		}
	}
	for _, s := range []string{"con", "COM1", "it's", "a--b"} {
		if got, _ := makePlain(s); got != makeAny(s) {
			t.Errorf("%q: %q, want %q", s, got, makeAny(s))
		}
	}
}

func FuzzMake(f *testing.F) {
	for _, s := range []string{"a b", "CON", "é", "й", "क्ष", "\xff", "ẛ̣", "ʼ", "ŉ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Make(s)
		if len(got) > Max+2 || !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Errorf("Make(%q) = %q: too long or not NFC", s, got)
		}
		if Make(got) != got {
			t.Errorf("Make(%q) = %q, whose slug is %q", s, got, Make(got))
		}
		if strings.ToLower(got) != got || strings.ContainsAny(got, `/\:*?"<>| .`) || strings.HasPrefix(got, "-") || strings.HasSuffix(got, "-") {
			t.Errorf("Make(%q) = %q is not safe", s, got)
		}
	})
}
