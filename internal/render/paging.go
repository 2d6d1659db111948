package render

import (
	"slices"
	"strconv"

	"readout/internal/site"
)

// A paging says how a long list is cut into pages. The pages of one that grows at
// its head, the newest first, are numbered from the oldest: what comes to the list
// changes its first page, and the others stay as they are. What has no date stands at
// its end, on pages that are numbered apart. Of no list does a page lead to all others,
// of which there may be very many.
type paging struct {
	path        string // of the first page
	items, each int
	newest      bool // the newest items come first
	undated     int  // the items at the end that have no date, where the newest come first
}

// apart is how many items stand on the pages of what has no date: none where all fit
// on one page, or nothing has a date.
func (p paging) apart() int {
	if p.items <= p.each || p.undated == p.items {
		return 0
	}
	return p.undated
}

// dated is how many pages there are before those. Of a list with the newest first
// the first page has what is too little for another, too.
func (p paging) dated() int {
	if p.newest && p.undated < p.items {
		return max(1, (p.items-p.apart())/p.each)
	}
	return pagesOf(p.items, p.each)
}

// pages is how many pages there are, at least one.
func (p paging) pages() int { return p.dated() + (p.apart()+p.each-1)/p.each }

// number is what page n, from 1 in the order of the list, is called, and whether it is
// one of what has no date.
func (p paging) number(n int) (k int, undated bool) {
	switch of := p.dated(); {
	case n > of:
		return n - of, true
	case p.newest && p.undated < p.items:
		return of - n + 1, false
	}
	return n, false
}

// at is the path of page n.
func (p paging) at(n int) string {
	if n == 1 {
		return p.path
	}
	k, undated := p.number(n)
	if undated {
		return site.UndatedPage(p.path, k)
	}
	return site.ListPage(p.path, k)
}

// bounds are those of the items of page n.
func (p paging) bounds(n int) (from, to int) {
	of, rest := p.dated(), p.items-p.apart()
	if n > of {
		from, rest = rest, p.items
		n -= of
	} else if p.newest && p.undated < p.items {
		first := rest - (of-1)*p.each // items of the first page
		if n == 1 {
			return 0, first
		}
		from = first
		n--
	}
	from += (n - 1) * p.each
	return min(from, rest), min(from+p.each, rest)
}

// itemsOf returns the items of page n.
func itemsOf[T any](p paging, list []T, n int) []T {
	from, to := p.bounds(n)
	return list[from:to]
}

// steps are how far from a page those are to which it leads, beside the ends.
var steps = []int{1, 2, 10, 100, 1000}

// pager leads from page n to others.
func (r *Renderer) pager(p paging, n int) PagerView {
	var v PagerView
	of := p.pages()
	if of < 2 {
		return v
	}
	to := []int{1, n, of}
	for _, s := range steps {
		to = append(to, n-s, n+s)
	}
	slices.Sort(to)
	for _, m := range slices.Compact(to) {
		if m < 1 || m > of {
			continue
		}
		k, undated := p.number(m)
		item := PagerItem{Href: site.Relative(p.at(n), p.at(m)), Text: strconv.Itoa(k), Current: m == n}
		if undated {
			item.Text = r.l.Say("pager.undated", "n", item.Text)
		} else if p.newest && m == 1 {
			item.Text = r.l.Text("pager.newest")
		}
		v.Pages = append(v.Pages, item)
	}
	return v
}
