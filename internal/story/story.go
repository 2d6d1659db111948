// Package story relates articles to one another, in three ways that are not the
// same: an article that repeats another (a copy), the reports of one event, and
// the events of one storyline. Its central function is Relate. Package site
// makes story pages of what it finds; the command's relate prints it.
//
// Precision comes before recall: what is unsure stays apart. The time it takes
// grows nearly in proportion to the number of articles: pairs are looked at only
// where they share rare terms, or a part of their wording.
package story

import (
	"slices"
	"time"

	"readout/internal/stable"
)

// A Doc is an article to be related.
type Doc struct {
	ID    string
	Title string
	Text  string
	Date  string // ISO 8601; "" when unknown
	// Publisher is who published it; "" when unknown. An article that names
	// another's publisher repeats that one rather than the other way about.
	Publisher string
	// Credits is text of the article that is no part of what it tells, such as
	// a line that says where it was first published.
	Credits string
}

// A Relation says where a Doc belongs. Cluster and Storyline are the ID of the
// first document (by date, then ID) of the event and of the storyline.
type Relation struct {
	ID        string `json:"id"`
	Cluster   string `json:"cluster"`
	Storyline string `json:"storyline"`
	CopyOf    string `json:"copy_of,omitempty"` // the document this one repeats
}

const unknownDay = -1 << 31

// day returns the number of the day of an ISO date, unknownDay where there is
// none.
func day(date string) int {
	if len(date) < len(time.DateOnly) {
		return unknownDay
	}
	t, err := time.Parse(time.DateOnly, date[:len(time.DateOnly)])
	if err != nil {
		return unknownDay
	}
	return int(t.Unix() / 86400)
}

// Relate relates the documents. The result has one Relation for each, in their
// order; what it says does not depend on that order.
func Relate(docs []Doc) []Relation {
	v := NewVocabulary()
	digests := make([]*Digest, len(docs))
	at := make(map[string]int, len(docs))
	for i, d := range docs {
		digests[i] = v.Digest(d)
		at[d.ID] = i
	}
	return v.Relate(digests, func(id string) Doc { return docs[at[id]] })
}

// withCopies joins the events of which one has a copy of an article of the
// other.
func withCopies(events [][]int, origin []int) [][]int {
	of := make([]int, len(origin)) // of a document: its event
	for e, members := range events {
		for _, i := range members {
			of[i] = e
		}
	}
	into := make([]int, len(events))
	for e := range into {
		into[e] = e
	}
	root := func(e int) int {
		for into[e] != e {
			e = into[e]
		}
		return e
	}
	for i, o := range origin {
		a, b := root(of[i]), root(of[o])
		into[max(a, b)] = min(a, b)
	}
	joined := map[int][]int{}
	for e, members := range events {
		joined[root(e)] = append(joined[root(e)], members...)
	}
	var out [][]int
	for e := range events {
		if members := joined[e]; members != nil {
			slices.Sort(members)
			out = append(out, members)
		}
	}
	stable.Sort(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// whole makes one document of several, which are of use no more.
func whole(ds []document, members []int) document {
	w := ds[members[0]]
	w.rare = nil // it tells events apart
	for _, k := range members[1:] {
		w.words, w.names = w.words.plus(ds[k].words), w.names.plus(ds[k].names)
		w.from, w.to = hull(w.from, w.to, ds[k].from, ds[k].to)
	}
	for _, k := range members {
		ds[k] = document{}
	}
	w.words, w.names = unit(w.words), unit(w.names)
	w.matter = scale(w.words.without(w.names))
	return w
}
