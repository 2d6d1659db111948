// Package quality measures the analyzers on texts with gold that may be
// committed, and holds each to a floor that may only rise. Its tests print the
// table:
//
//	go test ./... -run Quality -v
//
// Its central type is Table; the measures are those of the field and are defined
// where they are computed. What the texts are and whence they come stands in
// testdata/README.md.
package quality

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"readout/internal/span"
)

// A Row is one line of the table.
type Row struct {
	What    string  // the task: "sentences, news"
	Measure string  // "inner F1"
	Value   float64 // per cent, or a count
	Floor   float64 // below it (or above it, with Most) the test fails
	Most    bool    // the floor is a ceiling: a count of faults
	N       int     // how many gold items it rests on
}

// Holds reports whether r keeps to its floor.
func (r Row) Holds() bool {
	if r.Most {
		return r.Value <= r.Floor
	}
	return r.Value >= r.Floor
}

// A Table is the result of one run.
type Table []Row

// String sets the table in columns.
func (t Table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-36s %-24s %8s %8s %6s\n", "what", "measure", "value", "floor", "n")
	for _, r := range t {
		fmt.Fprintf(&b, "%-36s %-24s %8.2f %8.2f %6d\n", r.What, r.Measure, r.Value, r.Floor, r.N)
	}
	return b.String()
}

// A Doc is one text with its gold. Spans are byte ranges of Text.
type Doc struct {
	ID        string       `json:"id"`
	Text      string       `json:"text"`
	Title     string       `json:"title"`
	Date      string       `json:"dct"`
	Sentences []span.Span  `json:"sentences"`
	Times     []GoldTime   `json:"timex"`
	Entities  []GoldEntity `json:"entities"`
	Summaries []string     `json:"human_summaries"`
}

// A GoldTime is a time expression with its value.
type GoldTime struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Value string `json:"value"`
}

// A GoldEntity is a mention with its type: PER, ORG, LOC or MISC.
type GoldEntity struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

// Read reads JSON Lines of Docs.
func Read(r io.Reader) ([]Doc, error) {
	var docs []Doc
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		var d Doc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("quality: document %d: %w", len(docs)+1, err)
		}
		docs = append(docs, d)
	}
	return docs, sc.Err()
}

// F1 returns the balanced F-measure in per cent of true positives among what was
// found and what is gold.
func F1(hits, found, gold int) float64 {
	if found+gold == 0 {
		return 100
	}
	return 200 * float64(hits) / float64(found+gold)
}

// Share returns a part of a whole in per cent, 100 of nothing.
func Share(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}
