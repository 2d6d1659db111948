package briefing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"readout/internal/diag"
	"readout/internal/slug"
)

// A Name is one article that needs a slug.
type Name struct {
	ID        string // the seed's path
	Title     string
	Date      string // ISO 8601; "" when unknown
	Publisher string // "" when unknown
	// Credits reports whether the article names a publisher, as one that was put up
	// again does; nil for never.
	Credits func(publisher string) bool
}

// Slug returns the slug that an article of that title gets where it is free.
func Slug(title string) string {
	if s := slug.Make(title); s != "" {
		return s
	}
	return "article"
}

// Slugs returns the slug of each of names, which are sorted by ID. known has the
// slugs of the content files there are: by the seed each was made from, so that
// an address once given stays, whatever becomes of the title. taken has those of
// all content files.
//
// A new article gets the slug of its title. Where that is taken, by a content
// file or by another article, a short digest of its ID is added, which depends on
// no other article; this is reported as a warning. Of new articles of one title
// the original keeps it: the earliest; of one day, the one whose publisher the
// other names; else the first by ID.
func Slugs(names []Name, known map[string]string, taken map[string]bool) ([]string, diag.List) {
	var diags diag.List
	out := make([]string, len(names))
	used := map[string]string{} // slug → ID of an article of this run
	for i, n := range names {
		if s := known[n.ID]; s != "" && used[s] == "" {
			out[i] = s
			used[s] = n.ID
		}
	}
	for _, i := range originalsFirst(names, out) {
		n := names[i]
		base := Slug(n.Title)
		s := base
		sum := sha256.Sum256([]byte(n.ID))
		for digits := 6; used[s] != "" || taken[s]; digits += 2 {
			suffix := "-" + hex.EncodeToString(sum[:])[:min(digits, 64)]
			s = slug.Make(base[:min(len(base), slug.Max-len(suffix))] + suffix)
			if digits > 64 {
				s += "-" + fmt.Sprint(digits) // unreachable but for a forged digest
			}
		}
		if s != base {
			other := used[base]
			if other == "" {
				other = "content/briefings/" + base + ".md"
			}
			diags.Add(diag.Diagnostic{
				File: n.ID, ID: "slug-taken", Severity: diag.Warning,
				Message: fmt.Sprintf("the slug %q of its title is that of %s; this one is called %q", base, other, s),
				Hint:    "if it is the same article, remove one of the two; if not, give one of them a title of its own",
			})
		}
		out[i] = s
		used[s] = n.ID
	}
	return out, diags
}

// originalsFirst lists the names without a slug in the order in which they choose
// one.
func originalsFirst(names []Name, have []string) []int {
	var order []int
	byBase := map[string][]int{}
	for i, n := range names {
		if have[i] == "" {
			order = append(order, i)
			base := Slug(n.Title)
			byBase[base] = append(byBase[base], i)
		}
	}
	first := map[int]bool{}
	for _, group := range byBase {
		original := group[0]
		for _, i := range group[1:] {
			if names[i].before(names[original]) {
				original = i
			}
		}
		first[original] = len(group) > 1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case first[a] == first[b]:
			return 0
		case first[a]:
			return -1
		}
		return 1
	})
	return order
}

// before reports whether an article is rather the original than another, which
// has the same title.
func (n Name) before(o Name) bool {
	switch {
	case n.Date != o.Date:
		return o.Date == "" || n.Date != "" && n.Date < o.Date
	case n.Publisher == "" || n.Publisher == o.Publisher || o.Credits == nil || !o.Credits(n.Publisher):
		return false
	}
	return o.Publisher == "" || n.Credits == nil || !n.Credits(o.Publisher)
}
