// Package wordlist reads the lists of words that stand as text files beside the
// code that asks for them. It is a leaf.
//
// A list has a row a line. Rows that begin with "#" are comments, among them the
// origin and the licence of the list; they and empty rows are passed over. What a
// row says is the reader's: words, "name: words", or fields.
package wordlist

import (
	"iter"
	"strings"
)

// Rows returns the rows of a list in order, without white space around them.
func Rows(data string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for row := range strings.Lines(data) {
			row = strings.TrimSpace(row)
			if row != "" && row[0] != '#' && !yield(row) {
				return
			}
		}
	}
}

// Named returns the rows of the form "name: words" in order.
func Named(data string) iter.Seq2[string, string] {
	return func(yield func(name, words string) bool) {
		for row := range Rows(data) {
			name, words, ok := strings.Cut(row, ":")
			if ok && !yield(name, strings.TrimSpace(words)) {
				return
			}
		}
	}
}

// Set returns the words of all rows.
func Set(data string) map[string]bool {
	set := map[string]bool{}
	for row := range Rows(data) {
		for w := range strings.FieldsSeq(row) {
			set[w] = true
		}
	}
	return set
}

// Lists are the lists of one file, a row each, "name: words". What asks for a list that is
// none is wrong, and panics.
type Lists map[string][]string

// ListsOf reads the lists of a file.
func ListsOf(data string) Lists {
	l := Lists{}
	for name, words := range Named(data) {
		l[name] = strings.Fields(words)
	}
	return l
}

// Words returns the words of a list in their order. They are not to be changed.
func (l Lists) Words(name string) []string {
	words, ok := l[name]
	if !ok {
		panic("wordlist: there is no list " + name)
	}
	return words
}

// Set returns the words of a list.
func (l Lists) Set(name string) map[string]bool {
	words := l.Words(name)
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
