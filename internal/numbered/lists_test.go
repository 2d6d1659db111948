package numbered

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestLists(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var l Lists
	want := map[int][]byte{}
	for range 60_000 {
		n := int(random.ExpFloat64() * 300)
		switch random.IntN(300) {
		case 0:
			l.Clear(n)
			delete(want, n)
		case 1:
			long := bytes.Repeat([]byte("long"), random.IntN(3000))
			l.Append(n, long)
			want[n] = append(want[n], long...)
		default:
			text := fmt.Appendf(nil, "%d", random.IntN(1_000_000))
			l.Append(n, text)
			want[n] = append(want[n], text...)
		}
	}
	for n := range 5000 {
		if got := l.AppendTo(nil, n); !bytes.Equal(got, want[n]) {
			t.Fatalf("list %d is %q, want %q", n, got, want[n])
		}
	}
	if got := l.AppendTo([]byte("before "), 100_000); string(got) != "before " {
		t.Errorf("a list that never came has %q", got)
	}
}

// What is cleared is used again.
func TestListsUseRoomAgain(t *testing.T) {
	var l Lists
	for i := range 100 {
		for range 1000 {
			l.Append(i, []byte("0123456789"))
		}
		l.Clear(i)
	}
	if len(l.chunks) > 1 {
		t.Errorf("%d chunks for lists of which one at a time has bytes", len(l.chunks))
	}
}

func FuzzLists(f *testing.F) {
	f.Add([]byte("\x00abc\x01de\x00f"))
	f.Fuzz(func(t *testing.T, what []byte) {
		var l Lists
		var want [4][]byte
		for len(what) > 1 {
			n, size := int(what[0]%4), int(what[0])*int(what[1])/4
			if what[0] == 255 {
				l.Clear(n)
				want[n] = nil
			}
			data := bytes.Repeat(what[1:2], size)
			l.Append(n, data)
			want[n] = append(want[n], data...)
			what = what[2:]
		}
		for n := range want {
			if got := l.AppendTo(nil, n); !bytes.Equal(got, want[n]) {
				t.Fatalf("list %d is %q, want %q", n, got, want[n])
			}
		}
	})
}
