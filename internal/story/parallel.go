package story

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls a function for each number from 0 to n-1. Each worker gets one
// from begin, so that it may have room of its own.
func inParallel(n int, begin func() func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		group.Go(func() {
			do := begin()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
