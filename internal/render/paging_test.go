package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"readout/internal/label"
	"readout/internal/site"
)

// TestPaging wants each item of a list on one page, whatever its length, and
// each page to be reached from the first.
func TestPaging(t *testing.T) {
	for _, undated := range []int{-1, 0, 1, 7, 10, 25, 1199} {
		for items := range 1200 {
			p := paging{path: site.QuotationsPath, items: items, each: 10, newest: undated >= 0, undated: min(items, max(0, undated))}
			next, paths := 0, map[string]bool{}
			for n := 1; n <= p.pages(); n++ {
				from, to := p.bounds(n)
				if from != next || to < from || n > 1 && to == from {
					t.Fatalf("%+v: page %d has the items from %d to %d", p, n, from, to)
				}
				next = to
				paths[p.at(n)] = true
			}
			if next != items || len(paths) != p.pages() {
				t.Fatalf("%+v: %d items on %d pages", p, next, len(paths))
			}
		}
	}
}

// TestPagingIsStable wants a list that grows by an item at its head to change its
// first page, and beside that only the few pages that lead to one that is new.
func TestPagingIsStable(t *testing.T) {
	type page struct {
		items []int
		pager PagerView
	}
	r := &Renderer{l: label.English()}
	of := func(n, undated int) map[string]page {
		var list []int
		for i := n; i > -undated; i-- {
			list = append(list, i)
		}
		p := paging{site.QuotationsPath, n + undated, 10, true, undated}
		out := map[string]page{}
		for k := 1; k <= p.pages(); k++ {
			out[p.at(k)] = page{itemsOf(p, list, k), r.pager(p, k)}
		}
		return out
	}
	was := of(1500, 33)
	for n := 1501; n < 1600; n++ {
		is := of(n, 33)
		changed := 0
		for path, p := range was {
			if path != site.QuotationsPath && !(slices.Equal(p.items, is[path].items) && slices.Equal(p.pager.Pages, is[path].pager.Pages)) {
				changed++
			}
		}
		if changed > 0 && n%10 != 0 || changed > 2*len(steps) {
			t.Errorf("of %d items: %d older pages changed", n, changed)
		}
		was = is
	}
}

// TestPagingOfUndated wants what comes to the items without a date to change no page of
// the others, but the few that lead to a page that is new.
func TestPagingOfUndated(t *testing.T) {
	pages := func(undated int) map[string][2]int {
		p := paging{site.QuotationsPath, 1500 + undated, 10, true, undated}
		out := map[string][2]int{}
		for n := 1; n <= p.dated(); n++ {
			from, to := p.bounds(n)
			out[p.at(n)] = [2]int{from, to}
		}
		return out
	}
	want := pages(1)
	for n := 2; n < 40; n++ {
		if got := pages(n); !maps.Equal(got, want) {
			t.Errorf("%d items without a date: %v, want %v", n, got, want)
		}
	}
}

// Of a publisher with many briefings the newest are listed, and how many more there are.
func TestManyOfAPublisher(t *testing.T) {
	files := map[string]string{}
	for i := range mostOfPublisher + 8 {
		name := fmt.Sprintf("b%02d", i)
		day := fmt.Sprintf("publisher: Daily\ndate: 2031-01-%02d\ndate_basis: metadata\n", 1+i%28)
		if i >= 28 {
			day = strings.Replace(day, "-01-", "-02-", 1)
		}
		files["content/briefings/"+name+".md"] = briefingFile(name, "Report "+name, day, "It rained.")
	}
	s, load := gatherFiles(t, files)
	for _, f := range build(t, s, load, Options{}).Files {
		if f.Path != site.SourcingPath {
			continue
		}
		page := string(f.Data)
		if n := strings.Count(page, `<li><a href="briefings/b`); n != fewOfPublisher {
			t.Errorf("%d briefings are listed", n)
		}
		if want := `and 13 more in the list <a href="briefings.html">Briefings</a>`; !strings.Contains(page, want) {
			t.Errorf("nothing says %q", want)
		}
		if !strings.Contains(page, "b32.html") || strings.Contains(page, "b00.html") {
			t.Error("those listed are not the newest")
		}
	}
}
