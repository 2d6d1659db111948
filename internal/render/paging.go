package render

import (
	"slices"
	"strconv"

	"readout/internal/site"
)

// A paging says how a long list is cut into pages. The pages of one that grows at
// its head, the newest first, are numbered from the oldest: what comes to the list
// changes its first page, and the others stay as they are. Of no list does a page
// lead to all others, of which there may be very many.
type paging struct {
	path        string // of the first page
	items, each int
	newest      bool // the newest items come first
}

// pages is how many pages there are, at least one. Of a list with the newest first
// the first page has what is too little for another, too.
func (p paging) pages() int {
	if p.newest {
		return max(1, p.items/p.each)
	}
	return pagesOf(p.items, p.each)
}

// number is what page n, from 1 in the order of the list, is called.
func (p paging) number(n int) int {
	if p.newest {
		return p.pages() - n + 1
	}
	return n
}

// at is the path of page n.
func (p paging) at(n int) string {
	if n == 1 {
		return p.path
	}
	return site.ListPage(p.path, p.number(n))
}

// bounds are those of the items of page n.
func (p paging) bounds(n int) (from, to int) {
	first := p.each // items of the first page
	if p.newest {
		first = p.items - (p.pages()-1)*p.each
	}
	if n == 1 {
		return 0, min(first, p.items)
	}
	from = first + (n-2)*p.each
	return min(from, p.items), min(from+p.each, p.items)
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
		item := PagerItem{Href: site.Relative(p.at(n), p.at(m)), Text: strconv.Itoa(p.number(m)), Current: m == n}
		if p.newest && m == 1 {
			item.Text = r.l.Text("pager.newest")
		}
		v.Pages = append(v.Pages, item)
	}
	return v
}
