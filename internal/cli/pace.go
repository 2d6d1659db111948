package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// The collector comes when as much was asked for as a share of what is held. While
// little is held that is much too soon: it would come a hundred times a second, though
// there is memory enough. Where much is held the usual share, as much again, is more
// than a build should take. So the share is set after each collection, by what is held
// then (shareFor).

const (
	heapFor   = 76 << 20  // bytes that a build may take in any case
	heapSoon  = 104 << 20 // and one of which little is made
	heapMuch  = 128 << 20 // bytes held from which memory counts for more than time
	heapMost  = 480 << 20 // bytes that a build should not take though time counts
	roomMost  = 520 << 20 // bytes of the system beyond which none may lie unused
	leanShare = 33        // per cent, of more than that: memory is asked for sparingly, which costs time
	mostShare = 1600      // per cent: what is held after the next collection may be more
)

// shareFor returns the share in per cent where so many bytes are held: up to the given
// heap there is room for what comes, and above that for leanShare as far as all is no
// more than heapMost, and for half of it of what is above heapMuch.
func shareFor(held, heap int) int {
	held = max(held, 1)
	least := leanShare
	if held > heapMuch {
		half := (least*heapMuch + least/2*(held-heapMuch)) / held
		least = max(half, min(least, (heapMost-held)*100/held))
	}
	return min(max((heap-held)*100/held, least), mostShare)
}

// limitFor returns how many bytes of the system the process may have, where so many are
// held, before what lies unused between what is in use is given back at once. Otherwise
// that is given back little by little: where large lists grow, twice of what is held was
// taken. It leaves as much room again as lies unused in pages of memory that hold
// things of one size, which no haste gives back.
func limitFor(held int) int { return max(roomMost, held/5*8) }

// pacing is of the whole process, as the collector is.
var pacing struct {
	begin sync.Once
	heap  atomic.Int64 // bytes that may be taken in any case
	limit atomic.Int64 // the one that is set, as limitFor says; 0 before
}

// pace sets the collector from now on, unless somebody has (GOGC, GOMEMLIMIT), so that
// so many bytes may be taken in any case.
func pace(heap int) {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		pacing.heap.Store(int64(heap))
		pacing.begin.Do(func() { collected(100) })
	}
}

// collected is called after each collection. The share is the one that is set.
func collected(share int) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	held := int(m.NextGC) / (100 + share) * 100 // but for what is no heap, which is little
	now := shareFor(held, int(pacing.heap.Load()))
	// To set it takes a moment in which nothing else goes on.
	if d := now - share; d < -share/20 || d > share/20 {
		debug.SetGCPercent(now)
		share = now
	}
	if limit, was := int64(limitFor(held)), pacing.limit.Load(); limit > was || limit < was-was/20 {
		debug.SetMemoryLimit(limit)
		pacing.limit.Store(limit)
	}
	type mark struct{ _ [32]byte } // not so small that it would lie beside others
	runtime.AddCleanup(new(mark), collected, share)
}
