package cli

import "testing"

// TestShareFor wants a build to have room while it holds little, and to take little more
// than it holds when that is much: each byte more that is held has less room.
func TestShareFor(t *testing.T) {
	room := func(held, least int) int { return held / 100 * shareFor(held, least) }
	for _, least := range []int{leanShare, 100} {
		for held := 1 << 20; held < 1<<30; held += 1 << 20 {
			if all := held + room(held, least); all > max(heapFor, held+held*least/100) {
				t.Fatalf("of %d bytes %d may come to be, where the share is %d", held, all, least)
			}
			if room(held, least) < min(held*least/200, held/8) {
				t.Fatalf("of %d bytes there is room for %d alone", held, room(held, least))
			}
		}
	}
	if all := 20<<20 + room(20<<20, leanShare); all < heapFor*9/10 {
		t.Errorf("where little is held there is room for %d bytes", all)
	}
	if all := 400<<20 + room(400<<20, leanShare); all > 500<<20 {
		t.Errorf("where 400 MB are held %d bytes may come to be", all)
	}
}
