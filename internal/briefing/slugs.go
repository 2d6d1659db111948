package briefing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"readout/internal/diag"
	"readout/internal/slug"
)

// A Name is one article that needs a slug.
type Name struct {
	ID    string // the seed's path
	Title string
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
// file or by an article before it, a short digest of its ID is added, which
// depends on no other article; this is reported as a warning.
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
	for i, n := range names {
		if out[i] != "" {
			continue
		}
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
				Hint:    "if it is the same article, remove one of the two; else give one another title",
			})
		}
		out[i] = s
		used[s] = n.ID
	}
	return out, diags
}
