package cli

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/cputime"
)

// endless are texts of about n bytes that cost a careless reader the square of
// their length, or worse.
var endless = map[string]func(n int) string{
	"nested quotations":       func(n int) string { return strings.Repeat("> ", n/2) + "deep" },
	"nested quotations, bare": func(n int) string { return strings.Repeat(">", n) + "deep" },
	"nested lists": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", 2*i%200) + "- a\n")
		}
		return b.String()
	},
	"open brackets":        func(n int) string { return strings.Repeat("[", n) },
	"open links":           func(n int) string { return strings.Repeat("[a](", n/4) },
	"closed brackets":      func(n int) string { return strings.Repeat("]", n) },
	"spans without an end": func(n int) string { return strings.Repeat("[a]{.person ", n/12) },
	"open braces":          func(n int) string { return strings.Repeat("{", n) },
	"runs of backticks": func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("`", i%500) + " ")
		}
		return b.String()
	},
	"quotation marks":       func(n int) string { return strings.Repeat(`"a `, n/3) },
	"open quotation marks":  func(n int) string { return strings.Repeat("“", n/3) },
	"quotations":            func(n int) string { return strings.Repeat(`"Yes," he said. `, n/16) },
	"a wide table":          func(n int) string { return strings.Repeat("|a", n/4) + "|\n" + strings.Repeat("|-", n/4) + "|" },
	"mixed emphasis":        func(n int) string { return strings.Repeat("*a **b ", n/7) },
	"emphasis in words":     func(n int) string { return strings.Repeat("a**b", n/4) },
	"stars and underscores": func(n int) string { return strings.Repeat("*_", n/2) },
	"footnotes": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "[^%d]: x\n", i)
		}
		return b.String()
	},
	"references": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "[%d]: x\n", i)
		}
		return b.String() + strings.Repeat("[a]", 100)
	},
	"a long word":                 func(n int) string { return strings.Repeat("x", n) },
	"a long number":               func(n int) string { return strings.Repeat("1", n) },
	"paragraphs of one character": func(n int) string { return strings.Repeat("x\n\n", n/3) },
	"short lines":                 func(n int) string { return strings.Repeat("short line here\n", n/16) },
	"dots":                        func(n int) string { return strings.Repeat(". ", n/2) },
	"initials":                    func(n int) string { return strings.Repeat("A. ", n/3) },
	"one name":                    func(n int) string { return strings.Repeat("Mary ", n/5) + "said." },
	"many names": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "Mr. Name%d Sur%d said. ", i, i)
		}
		return b.String()
	},
	"one verb":              func(n int) string { return strings.Repeat("said ", n/5) },
	"dates in one sentence": func(n int) string { return strings.Repeat("on 3 May 2020 ", n/14) },
	"figures":               func(n int) string { return strings.Repeat("1,000 ", n/6) },
	"abbreviations":         func(n int) string { return strings.Repeat("World Health Organization (WHO) ", n/32) },
	"entities":              func(n int) string { return strings.Repeat("&amp;", n/5) },
	"open tags":             func(n int) string { return strings.Repeat("<", n) },
	"nested elements":       func(n int) string { return strings.Repeat("<div>", n/5) + "x" },
	"backslashes":           func(n int) string { return strings.Repeat(`\`, n) },
	"blanks":                func(n int) string { return "a" + strings.Repeat(" ", n) + "b" },
	"fences":                func(n int) string { return strings.Repeat("::: {.set-aside}\n", n/17) },
	"dashes":                func(n int) string { return strings.Repeat("--", n/2) },
	"combining characters":  func(n int) string { return "a" + strings.Repeat("\u0301", n/2) },
	"what cannot be seen":   func(n int) string { return strings.Repeat("\u200b", n/3) + "a" },
}

// costs returns what a build of a site with these files takes: bytes of memory
// allocated, and processor time.
func costs(t *testing.T, list map[string]string) (bytes float64, spent time.Duration) {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, list)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	started := cputime.Used()
	status, out := run("build", "-q", "-C", dir)
	spent = cputime.Used() - started
	runtime.ReadMemStats(&after)
	if status != exitOK && status != exitFailed || strings.Contains(out, "panic") || strings.Contains(out, "fault of readout") {
		t.Errorf("status %d\n%.2000s", status, out)
	}
	return float64(after.TotalAlloc - before.TotalAlloc), spent
}

// TestBounded builds sites of such texts: as articles of each kind, as an
// editor's own section, as the home page. Twice the text takes about twice the
// memory and, where that can be told, twice the time, or is refused with the
// limit that it passes.
func TestBounded(t *testing.T) {
	const head = "Council of Aaa meets\n\nThe council of the town met on Monday to decide on the ferry, the mayor said.\n\n"
	const front = "---\ntitle: Council of Aaa\nslug: a\narticle:\n  path: seeds/gone.txt\n---\n\n## Key points\n\n- The council met. [¶1](#p1)\n\n## Annotated text\n\nThe council met.\n"
	places := map[string]func(text string) map[string]string{
		"text":     func(s string) map[string]string { return map[string]string{"seeds/a.txt": head + s + "\n"} },
		"Markdown": func(s string) map[string]string { return map[string]string{"seeds/a.md": head + s + "\n"} },
		"a page": func(s string) map[string]string {
			return map[string]string{"seeds/a.html": "<title>Council</title><article><h1>Council</h1><p>" + head + "<p>" + s + "</article>"}
		},
		"a section": func(s string) map[string]string {
			return map[string]string{"content/briefings/a.md": front + "\n## Mine\n\n" + s + "\n"}
		},
		"the home": func(s string) map[string]string {
			return map[string]string{"content/index.md": "---\ntitle: Desk\n---\n\n" + s + "\n"}
		},
		"annotated": func(s string) map[string]string {
			return map[string]string{"content/briefings/a.md": front + "\n" + s + "\n"}
		},
		"key points": func(s string) map[string]string {
			return map[string]string{"content/briefings/a.md": strings.Replace(front, "The council met. [", s+" [", 1)}
		},
	}
	names := make([]string, 0, len(places))
	for name := range places {
		names = append(names, name)
	}
	slices.Sort(names)
	kinds := make([]string, 0, len(endless))
	for kind := range endless {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	n := 16 << 10
	if *long {
		n = 100 << 10
	}
	tried := 0
	costs(t, map[string]string{"seeds/a.md": head}) // what is loaded once
	for p, place := range names {
		put := places[place]
		base, _ := costs(t, put("x"))
		for k, kind := range kinds {
			if !*long && (k+p)%len(names) != 0 && kind != "dates in one sentence" {
				continue // each kind in one of the places
			}
			if testing.Short() && k%3 != 0 {
				continue
			}
			tried++
			one, t1 := costs(t, put(endless[kind](n)))
			two, t2 := costs(t, put(endless[kind](2*n)))
			above := func(x float64) float64 { return max(x-base, 8<<20) }
			one, two = above(one), above(two)
			if two > 2.9*one {
				// What is kept for the next use is made again after a collection, so
				// that a build may allocate half as much again as the same build
				// before. Over a wider range that counts for less: from a quarter of
				// the text cost in proportion grows by 4, the square of it by 16.
				half, _ := costs(t, put(endless[kind](n/2)))
				if half = above(half); two > 2.9*2.9*half {
					// A buffer that grows past some size may cost a step, once: what
					// grows by the square costs it at the next doubling too.
					four, _ := costs(t, put(endless[kind](4*n)))
					if four = above(four); four > 2.9*two {
						t.Errorf("%s in %s: %d kB take %.0f MB, twice as much %.0f MB, four times as much %.0f MB, half as much %.0f MB", kind, place, n>>10, one/(1<<20), two/(1<<20), four/(1<<20), half/(1<<20))
					}
				}
			}
			if two > float64(n)*20000 {
				t.Errorf("%s in %s: %d kB take %.0f MB", kind, place, n>>9, two/(1<<20))
			}
			// Time can be told of what takes some.
			if t2 > 2*time.Second && t2 > 4*t1 || t2 > 30*time.Second {
				t.Errorf("%s in %s: %d kB take %v, twice as much %v", kind, place, n>>10, t1, t2)
			}
		}
	}
	t.Logf("%d texts of %d and %d kB", tried, n>>10, n>>9)
}
