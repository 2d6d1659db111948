package cli

import "testing"

// TestShareFor wants a build to have room while it holds little, and to take little more
// than it holds when that is much: each byte more that is held has less room.
func TestShareFor(t *testing.T) {
	room := func(held, heap int) int { return held / 100 * shareFor(held, heap) }
	for _, heap := range []int{heapFor, heapSoon} {
		for held := 1 << 20; held < 1<<30; held += 1 << 20 {
			if all := held + room(held, heap); all > max(heap, held+held*leanShare/100) {
				t.Fatalf("of %d bytes %d may come to be, where there may be %d", held, all, heap)
			}
			if room(held, heap) < min(held*leanShare/200, held/8) {
				t.Fatalf("of %d bytes there is room for %d alone", held, room(held, heap))
			}
		}
		if all := 20<<20 + room(20<<20, heap); all < heap*9/10 {
			t.Errorf("where little is held there is room for %d bytes", all)
		}
	}
	if all := 400<<20 + room(400<<20, heapFor); all > 500<<20 {
		t.Errorf("where 400 MB are held %d bytes may come to be", all)
	}
}

// TestLimitFor wants the limit to lie well above whatever heap may come to be, so that it
// does not make the collector come sooner, and a build of much to stay near what it holds.
func TestLimitFor(t *testing.T) {
	for held := 1 << 20; held < 2<<30; held += 1 << 20 {
		heap := held / 100 * (100 + shareFor(held, heapFor))
		if l := limitFor(held); l < heap+heap/6 || l > max(roomMost, heap*3/2) {
			t.Fatalf("where %d bytes are held and %d may come to be, %d may be taken", held, heap, l)
		}
	}
}
