package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"readout/internal/diag"
)

// A reporter prints messages for people. It may be used by several goroutines.
type reporter struct {
	mu     sync.Mutex
	w      io.Writer
	errors int
	quiet  bool
	// progress is what is being shown, so that messages do not run into it.
	progress *progress
	// heard is told each message about input besides; may be nil.
	heard func(diag.Diagnostic)
	// told are the files that were said to be unreadable: a run may meet one
	// several times.
	told map[string]bool
	list diag.List // of this run
}

func newReporter(w io.Writer) *reporter { return &reporter{w: w} }

// diagnostic prints one message about input.
func (r *reporter) diagnostic(d diag.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d.ID == "content-read" {
		if r.told[d.File] {
			return
		}
		if r.told == nil {
			r.told = map[string]bool{}
		}
		r.told[d.File] = true
	}
	if r.heard != nil {
		r.heard(d)
	}
	r.list.Add(d)
	kind := "error"
	if d.Severity == diag.Warning {
		if r.quiet {
			return
		}
		kind = "warning"
	} else {
		r.errors++
	}
	r.print(kind, d.Error(), d.Hint)
	if d.Excerpt != "" {
		fmt.Fprintf(r.w, "    %s\n", visible(d.Excerpt))
	}
}

// begin begins a new run of the same program: nothing has failed in it yet.
// heard is told each message about input besides; it may be nil.
func (r *reporter) begin(heard func(diag.Diagnostic)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors, r.heard, r.told, r.list = 0, heard, nil, nil
}

// said returns the messages of this run about input.
func (r *reporter) said() diag.List {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.list)
}

// fault prints an error, with its hint.
func (r *reporter) fault(err error) {
	hint := ""
	if e := (*hintError)(nil); errors.As(err, &e) {
		hint = e.hint
	}
	r.failure(err.Error(), hint)
}

// all prints the messages in their order and returns how many are errors.
func (r *reporter) all(list diag.List) int {
	list.Sort()
	for _, d := range list {
		r.diagnostic(d)
	}
	return list.Errors()
}

// failure prints what ended the run.
func (r *reporter) failure(message, hint string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors++
	r.print("error", message, hint)
}

// say prints a plain line for people.
func (r *reporter) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.quiet {
		return
	}
	r.clear()
	fmt.Fprintf(r.w, "readout: %s\n", visible(fmt.Sprintf(format, args...)))
}

func (r *reporter) clear() {
	if r.progress != nil {
		r.progress.clear()
	}
}

func (r *reporter) print(kind, message, hint string) {
	r.clear()
	fmt.Fprintf(r.w, "readout: %s: %s\n", kind, visible(message))
	if hint != "" {
		fmt.Fprintf(r.w, "hint: %s\n", visible(hint))
	}
}

// failed reports whether an error was printed.
func (r *reporter) failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.errors > 0
}

// visible returns s with all that could steer a terminal or reorder a line
// written as escapes: what comes from a seed is never obeyed.
func visible(s string) string {
	harmless := func(r rune) bool { return unicode.IsPrint(r) && r != unicode.ReplacementChar }
	if strings.IndexFunc(s, func(r rune) bool { return !harmless(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case harmless(r):
			b.WriteRune(r)
		case r == unicode.ReplacementChar && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == unicode.ReplacementChar:
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
