// Package diag has the messages readout gives about its input: what is wrong,
// where, and what to do. A finding about input is a Diagnostic, collected and
// reported while the work goes on; an error is a failure of the program's own
// work. All Diagnostics of a run are printed in one place, by package cli.
package diag

import (
	"cmp"
	"fmt"
	"strings"

	"readout/internal/stable"
)

// Severity tells what a Diagnostic means for the exit status.
type Severity uint8

const (
	// Error means that an input was left out or a promise does not hold: the
	// run ends with a non-zero status.
	Error Severity = iota
	// Warning means that the output is complete but deserves a look.
	Warning
)

// A Diagnostic is one message about one place in one input.
type Diagnostic struct {
	File     string // slash-separated path relative to the site, or as given
	Line     int    // 1-based; 0 when the message is about the whole file
	Column   int    // 1-based, in code points; 0 when unknown
	ID       string // stable identifier, such as "seed-encoding"
	Severity Severity
	Message  string // lower case, no full stop: what is wrong
	Hint     string // what to do; may be empty
	Excerpt  string // the line concerned; may be empty
}

// Error formats d as "file:line:col: message", leaving out what is unknown.
func (d Diagnostic) Error() string {
	var b strings.Builder
	if d.File != "" {
		b.WriteString(d.File)
		if d.Line > 0 {
			fmt.Fprintf(&b, ":%d", d.Line)
			if d.Column > 0 {
				fmt.Fprintf(&b, ":%d", d.Column)
			}
		}
		b.WriteString(": ")
	}
	b.WriteString(d.Message)
	return b.String()
}

// A List is a collection of Diagnostics. The zero value is ready to use.
type List []Diagnostic

// Add appends d.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// Errors counts the Diagnostics of severity Error.
func (l List) Errors() int {
	n := 0
	for _, d := range l {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// Sort orders l by file, place and message, so that reports do not depend on
// the order in which the work was done.
func (l List) Sort() {
	stable.Sort(l, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			strings.Compare(a.ID, b.ID),
			strings.Compare(a.Message, b.Message),
		)
	})
}

// Position returns the 1-based line and column (in code points) of the byte
// offset i in text. A line ends with "\n".
func Position(text string, i int) (line, column int) {
	i = min(max(i, 0), len(text))
	line = 1 + strings.Count(text[:i], "\n")
	start := strings.LastIndexByte(text[:i], '\n') + 1
	return line, 1 + len([]rune(text[start:i]))
}
