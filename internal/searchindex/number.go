package searchindex

import (
	"cmp"
	"hash/fnv"

	"readout/internal/stable"
)

// least is how many numbers are kept for documents of a kind, at the least.
const least = 256

// Room is how many numbers to keep for n documents that are numbered in the order in
// which they come. It stays the same while n does not grow to much more.
func Room(n int) int {
	of := least
	for of < n {
		of *= 2
	}
	return of
}

// Slots gives documents that come in no order a number each, by their names: another
// changes the numbers of few. They are below SlotRoom of how many there are.
func Slots(names []string) []int {
	of := uint32(slots(len(names)))
	type named struct {
		home, at int
	}
	list := make([]named, len(names))
	for i, n := range names {
		h := fnv.New32a()
		h.Write([]byte(n))
		list[i] = named{int(h.Sum32() % of), i}
	}
	stable.Sort(list, func(a, b named) int { return cmp.Or(a.home-b.home, cmp.Compare(names[a.at], names[b.at])) })
	out := make([]int, len(names))
	next := 0
	for _, n := range list {
		next = max(next, n.home)
		out[n.at] = next
		next++
	}
	return out
}

// slots is how many numbers n names spread over: half as many again at the least.
func slots(n int) int { return Room(n + n/2) }

// SlotRoom is how many numbers to keep for Slots of n names.
func SlotRoom(n int) int { return 2 * slots(n) }
