package render

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
)

// A mistake in a template is told with its place in that template, the page it
// failed on, and the line it stands in. The template engine gives the place in
// the text of its errors alone.
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:]+\.html):(\d+)(?::(\d+))?: (.*)$`)

// executing is how the template engine leads to the action that failed.
var executing = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: (.*)$`)

// checking is how the check of templates leads to what is wrong.
var checking = regexp.MustCompile(`^checking "[^"]*" at <(.*?)>: (.*)$`)

// A pageError is a failure to make a page.
type pageError struct {
	path string
	diag diag.Diagnostic
}

func (e *pageError) Error() string { return e.diag.Error() }

// fault returns the failure of a job. Where a template is to blame, it leads
// there; else to the content file the page is of.
func (r *Renderer) fault(j job, err error) *pageError {
	if e := (*pageError)(nil); errors.As(err, &e) {
		return e
	}
	if d, ok := templateFault(r.templates, err); ok {
		return &pageError{j.path, d}
	}
	return &pageError{j.path, diag.Diagnostic{File: j.file, ID: "render", Message: err.Error()}}
}

// templateFault makes a Diagnostic of an error of the template engine. It
// reports false for other errors.
func templateFault(templates fs.FS, err error) (diag.Diagnostic, bool) {
	if err == nil {
		return diag.Diagnostic{}, false
	}
	m := templatePlace.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return diag.Diagnostic{}, false
	}
	name := "pages/" + m[1]
	d := diag.Diagnostic{
		File: "templates/" + name, ID: "template", Message: m[4],
		Hint: "'readout templates' names the built-in templates and copies them",
	}
	d.Line, _ = strconv.Atoi(m[2])
	src, err := fs.ReadFile(templates, name)
	if err != nil {
		return diag.Diagnostic{}, false
	}
	if lines := strings.Split(string(src), "\n"); d.Line > 0 && d.Line <= len(lines) {
		line := lines[d.Line-1]
		if at, err := strconv.Atoi(m[3]); err == nil && at <= len(line) {
			d.Column = utf8.RuneCountInString(line[:at]) + 1
		}
		d.Excerpt = excerpt(line)
	}
	if at := executing.FindStringSubmatch(m[4]); at != nil {
		d.Message = "{{" + at[1] + "}}: " + at[2]
	} else if at := checking.FindStringSubmatch(m[4]); at != nil {
		d.Message = "{{" + at[1] + "}}: " + strings.Replace(at[2], "can't use field", "can't evaluate field", 1)
	}
	return d, true
}

// excerpt returns a line short enough to be shown.
func excerpt(line string) string {
	const most = 120
	line = strings.TrimSpace(line)
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	return string([]rune(line)[:most]) + "…"
}

// pageFaults makes one Diagnostic of all pages that failed by the same mistake.
func pageFaults(failed []*pageError) diag.List {
	slices.SortFunc(failed, func(a, b *pageError) int { return strings.Compare(a.path, b.path) })
	var diags diag.List
	at := map[diag.Diagnostic]int{}
	var pages [][]string
	for _, e := range failed {
		// The struct of the page is all that differs from one type of page to
		// another.
		same := e.diag
		same.Message, _, _ = strings.Cut(same.Message, " in type ")
		i, ok := at[same]
		if !ok {
			i = len(diags)
			at[same] = i
			diags.Add(e.diag)
			pages = append(pages, nil)
		}
		pages[i] = append(pages[i], e.path)
	}
	for i := range diags {
		which := pages[i][0]
		switch n := len(pages[i]) - 1; n {
		case 0:
		case 1:
			which += " and another page"
		default:
			which += fmt.Sprintf(" and %d other pages", n)
		}
		diags[i].Message = "cannot make " + which + ": " + diags[i].Message
		if diags[i].Hint == "" {
			diags[i].Hint = "the other pages are made"
		}
	}
	return diags
}
