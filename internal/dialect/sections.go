package dialect

import (
	"bytes"
	"strings"
)

// The headings of the sections of a briefing that readout writes.
const (
	KeyPointsTitle = "Key points"
	AnnotatedTitle = "Annotated text"
)

// A Section is a heading of the second level and what stands below it.
type Section struct {
	Title   string
	Heading []byte // the line of the heading; empty before the first one
	Source  []byte // from the line after the heading to the next one
	Line    int    // 1-based line of the heading; of the first line when there is none
	First   int    // 1-based line of Source in the file
}

// Sections cuts a body, which begins on the given line of its file, at its
// headings of the second level. What stands before the first one is a section
// without a title. Headings inside fenced code do not count.
func Sections(body []byte, line int) []Section {
	sections := []Section{{Line: line, First: line}}
	start, at := 0, 0
	fence := ""
	for l := range bytes.Lines(body) {
		if fence == "" && !bytes.HasPrefix(l, []byte("##")) && !mayOpenFence(l) {
			at += len(l)
			line++
			continue
		}
		trimmed := strings.TrimRight(string(l[:min(len(l), 1000)]), "\r\n")
		begin := at
		at += len(l)
		line++
		switch title, isHeading := strings.CutPrefix(trimmed, "## "); {
		case fence != "":
			if closesFence(trimmed, fence) {
				fence = ""
			}
		case isHeading || trimmed == "##":
			sections[len(sections)-1].Source = body[start:begin]
			sections = append(sections, Section{Title: headingText(title), Heading: l, Line: line - 1, First: line})
			start = at
		default:
			fence = opensFence(trimmed)
		}
	}
	sections[len(sections)-1].Source = body[start:]
	return sections
}

func headingText(s string) string {
	s = strings.Trim(s, " \t")
	if t := strings.TrimRight(s, "#"); t == "" || t != s && strings.HasSuffix(t, " ") {
		s = strings.TrimRight(t, " ") // closing hashes
	}
	return Unescape(s)
}

// mayOpenFence reports whether opensFence need be asked.
func mayOpenFence(line []byte) bool {
	for i, c := range line[:min(len(line), 4)] {
		if c != ' ' {
			return line[i] == '`' || line[i] == '~'
		}
	}
	return false
}

// opensFence returns the fence that a line of code begins with, or "".
func opensFence(line string) string {
	s := strings.TrimLeft(line, " ")
	if len(line)-len(s) > 3 || s == "" || s[0] != '`' && s[0] != '~' {
		return ""
	}
	n := len(s) - len(strings.TrimLeft(s, s[:1]))
	if n < 3 || s[0] == '`' && strings.Contains(s[n:], "`") {
		return ""
	}
	return s[:n]
}

func closesFence(line, fence string) bool {
	s := strings.Trim(line, " \t")
	return len(s) >= len(fence) && strings.Trim(s, fence[:1]) == ""
}
