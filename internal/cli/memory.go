package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Of a site with more than leanFrom files in content/ memory is asked for sparingly:
// the collector looks for what is of use no more when leanAt per cent have come to
// what is held, and not as much again; and it comes sooner where the program would
// have more of the system than is in use and some room beside (see limitFor). It costs
// the time that is saved by holding little.
const (
	leanFrom = 4000
	leanAt   = 50
)

// lean sets the collector for a large site, unless somebody has (GOGC, GOMEMLIMIT).
func (s *siteFolder) lean() {
	const usual = 100
	if s.saw.content.Files.Len() <= leanFrom {
		return
	}
	if was := debug.SetGCPercent(leanAt); was != usual {
		debug.SetGCPercent(was)
		return
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		follow()
	}
}

// limitFor is how much memory the program may have of the system where so much is in
// use: of little a larger share, as there is always some that lies between what is
// used and cannot be given back.
func limitFor(live uint64) int64 { return int64(live + live/4 + 24<<20) }

// follow has the limit of memory follow what is in use. It is told so by the collector,
// each time it has looked.
var follow = sync.OnceFunc(func() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	type round struct{ _ [64]byte } // not one of the small ones that share a place
	var done func(*round)
	done = func(r *round) {
		metrics.Read(live)
		debug.SetMemoryLimit(limitFor(live[0].Value.Uint64()))
		runtime.SetFinalizer(r, done)
	}
	runtime.SetFinalizer(new(round), done)
})
