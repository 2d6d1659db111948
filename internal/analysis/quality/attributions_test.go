package quality_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/span"
)

// A wanted attribution is one that the writer of the text says is there.
type wanted struct {
	form, source, cue, naming string
	parts                     []span.Span
}

// A record is one text of testdata/attributions.txt with what it holds.
type record struct {
	line int
	text string
	want []wanted
}

func readQuality(t *testing.T) []record {
	t.Helper()
	data, err := os.ReadFile("testdata/attributions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []record
	var text []string
	start := 0
	for n, line := range strings.Split(string(data), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "= "):
			if len(text) > 0 {
				out = append(out, record{line: start, text: strings.TrimSpace(strings.Join(text, "\n"))})
				text = nil
			}
			r := &out[len(out)-1]
			f := strings.Split(strings.TrimPrefix(line, "= "), "|")
			for i := range f {
				f[i] = strings.TrimSpace(f[i])
			}
			var w wanted
			content := f[len(f)-1]
			switch len(f) {
			case 1:
				continue
			case 2:
				w.form = f[0]
				content = strings.Trim(content, "“”\"")
			case 5:
				w = wanted{form: f[0], source: f[1], cue: f[2], naming: f[3]}
			default:
				t.Fatalf("attributions.txt:%d: %d fields", n+1, len(f))
			}
			at := 0
			for _, c := range strings.Split(content, " / ") {
				i := strings.Index(r.text[at:], c)
				if i < 0 {
					t.Fatalf("attributions.txt:%d: %q is not in the text", n+1, c)
				}
				w.parts = append(w.parts, span.New(at+i, at+i+len(c)))
				at += i + len(c)
			}
			r.want = append(r.want, w)
		default:
			if len(text) == 0 {
				start = n + 1
			}
			text = append(text, line)
		}
	}
	return out
}

// shared returns the share of bytes that two lists of spans have in common.
func shared(a, b []span.Span) float64 {
	both, all := 0, 0
	for _, x := range a {
		all += x.Len()
		for _, y := range b {
			both += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	for _, y := range b {
		all += y.Len()
	}
	return float64(both) / float64(all-both)
}

// attributions measures who said what on invented texts whose attributions are
// known.
func attributions(t *testing.T, _ func(quality.Doc) *annotation.Set) []quality.Row {
	var want, got, found, form, source, touch, cue, naming, named int
	for _, r := range readQuality(t) {
		set := plain(t, r.text)
		var faults []string
		used := map[int]bool{}
		got += len(set.Attributions)
		want += len(r.want)
		for _, w := range r.want {
			best, share := -1, 0.6
			for i, a := range set.Attributions {
				parts := a.Parts
				if parts == nil {
					parts = []span.Span{a.Content}
				}
				if s := shared(w.parts, parts); s > share && !used[i] {
					best, share = i, s
				}
			}
			if best < 0 {
				faults = append(faults, fmt.Sprintf("missing %s by %q", w.form, w.source))
				continue
			}
			used[best] = true
			found++
			a := set.Attributions[best]
			if string(a.Form) == w.form {
				form++
			} else {
				faults = append(faults, fmt.Sprintf("form %s, want %s", a.Form, w.form))
			}
			s := a.Source.In(r.text)
			if s == w.source {
				source++
				touch++
			} else {
				if s != "" && w.source != "" && (strings.Contains(s, w.source) || strings.Contains(w.source, s)) {
					touch++
				}
				faults = append(faults, fmt.Sprintf("source %q, want %q", s, w.source))
			}
			if c := a.Cue.In(r.text); c == w.cue || w.cue != "" && strings.Contains(c, w.cue) {
				cue++
			} else {
				faults = append(faults, fmt.Sprintf("cue %q, want %q", c, w.cue))
			}
			if w.naming != "" {
				named++
				if string(a.Naming) == w.naming {
					naming++
				} else {
					faults = append(faults, fmt.Sprintf("naming %q, want %q", a.Naming, w.naming))
				}
			}
		}
		for i, a := range set.Attributions {
			if !used[i] {
				faults = append(faults, fmt.Sprintf("too much: %s %q by %q", a.Form, a.Content.In(r.text), a.Source.In(r.text)))
			}
		}
		if len(faults) > 0 {
			t.Logf("attributions.txt:%d: %s\n\t%s", r.line, r.text, strings.Join(faults, "\n\t"))
		}
	}
	row := func(measure string, n, of int, floor float64) quality.Row {
		return quality.Row{What: "attributions, invented", Measure: measure, Value: quality.Share(n, of), Floor: floor, N: of}
	}
	return []quality.Row{
		row("found, share", found, want, 99),
		row("precision", found, got, 99),
		row("form right, share", form, want, 99),
		row("speaker exact, share", source, want, 98),
		row("speaker touching, share", touch, want, 98),
		row("cue right, share", cue, want, 97),
		row("sourcing class, share", naming, named, 98),
	}
}
