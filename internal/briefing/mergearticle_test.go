package briefing

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/standard"
	"readout/internal/article"
	"readout/internal/content"
)

// A report is an article in sentences, which changes as articles do.
type report struct {
	headline   string
	paragraphs [][]string
}

var reportSentences = []string{
	"The council of Port Ellery decided on Tuesday to open the old terminal again.",
	"Mayor Teodora Vance said the town had waited long enough.",
	"“Nobody has shown us where the money is to come from,” said Marek Dunne, who voted against the plan.",
	"The work is to cost 4.2 million crowns, an official familiar with the budget said.",
	"The Harbour Safety Board (HSB) expects the first boat to leave in April.",
	"“We are at the table again,” she told reporters in Tarnby. “It will take weeks.”",
	"According to a report by Northgrid, some 40,000 homes were without power.",
	"Piet Holm, head of the control room, denied that anybody had been warned.",
	"The talks in Doha broke down on 3 May 2024, sources close to the delegation said.",
	"Fishermen keep the northern quay, where eleven boats lie.",
	"Dunne declined to comment.",
	"Police said two people were hurt, and that the road stays closed until Friday.",
}

func newReport(rng *rand.Rand) *report {
	r := &report{headline: "Old terminal to open again"}
	order := rng.Perm(len(reportSentences))
	for at := 0; at < len(order); {
		n := min(1+rng.IntN(3), len(order)-at)
		var p []string
		for _, i := range order[at : at+n] {
			p = append(p, reportSentences[i])
		}
		r.paragraphs = append(r.paragraphs, p)
		at += n
	}
	return r
}

func (r *report) copy() *report {
	c := &report{headline: r.headline}
	for _, p := range r.paragraphs {
		c.paragraphs = append(c.paragraphs, slices.Clone(p))
	}
	return c
}

// change makes one change as a newsroom makes them.
func (r *report) change(rng *rand.Rand, word string) {
	i := rng.IntN(len(r.paragraphs))
	p := r.paragraphs[i]
	j := rng.IntN(len(p))
	switch rng.IntN(8) {
	case 0: // a new paragraph
		r.paragraphs = slices.Insert(r.paragraphs, i, []string{"Minister Ida Berg said on Monday that " + word + " was in sight."})
	case 1: // a new sentence
		r.paragraphs[i] = slices.Insert(p, j, "The "+word+" arrived in Oslo.")
	case 2: // a sentence reworded
		words := strings.Fields(p[j])
		words[rng.IntN(len(words))] = word
		p[j] = strings.Join(words, " ")
	case 3: // a sentence taken out
		if len(p) > 1 {
			r.paragraphs[i] = slices.Delete(p, j, j+1)
		}
	case 4: // a paragraph taken out
		if len(r.paragraphs) > 2 {
			r.paragraphs = slices.Delete(r.paragraphs, i, i+1)
		}
	case 5: // two paragraphs exchanged
		k := rng.IntN(len(r.paragraphs))
		r.paragraphs[i], r.paragraphs[k] = r.paragraphs[k], r.paragraphs[i]
	case 6: // a paragraph parted in two
		if len(p) > 1 && j > 0 {
			r.paragraphs = slices.Insert(r.paragraphs, i+1, p[j:])
			r.paragraphs[i] = slices.Clone(p[:j])
		}
	case 7:
		r.headline = "Old terminal to " + word + " again"
	}
}

// generate makes the briefing of a report as a run does.
func (r *report) generate(t *testing.T, pipeline *analysis.Pipeline) string {
	t.Helper()
	var paragraphs []string
	for _, p := range r.paragraphs {
		paragraphs = append(paragraphs, strings.Join(p, " "))
	}
	text := r.headline + "\n\n" + strings.Join(paragraphs, "\n\n") + "\n"
	art := article.FromText("seeds/x.txt", text, article.Meta{})
	art.SHA256 = fmt.Sprintf("%064x", len(text))
	file, err := Compose(pipeline.Run(art), "x").Markdown()
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

var (
	innermost = regexp.MustCompile(`\[([^\[\]]+)\]\{[^{}]*\}`)
	aPerson   = regexp.MustCompile(`\{\.person( role=("[^"]*"|[^ }"]+))?`)
	plainWord = regexp.MustCompile(` ([a-z]{3,}) `)
)

// edit makes one change in a content file as an editor does. It reports whether
// there was something to change.
func editing(rng *rand.Rand, file, word string) (string, bool) {
	head, text, _ := strings.Cut(file, "## Annotated text\n")
	lines := strings.Split(text, "\n")
	var prose []int
	for i, l := range lines {
		if l != "" && !strings.HasPrefix(l, ":::") && !strings.HasPrefix(l, "#") {
			prose = append(prose, i)
		}
	}
	at := prose[rng.IntN(len(prose))]
	whole := func() string { return head + "## Annotated text\n" + strings.Join(lines, "\n") }
	var points []string
	for l := range strings.Lines(head) {
		if strings.HasPrefix(l, "- ") {
			points = append(points, l)
		}
	}
	switch rng.IntN(9) {
	case 0: // the text
		lines[at] += " " + word
		return whole(), true
	case 1: // a key point
		if len(points) == 0 {
			return file, false
		}
		p := points[rng.IntN(len(points))]
		link := strings.LastIndex(p, " [¶")
		head = strings.Replace(head, p, "- In "+word+" words."+p[link:], 1)
		return whole(), true
	case 2: // one more
		if len(points) == 0 {
			return file, false
		}
		p := points[rng.IntN(len(points))]
		head = strings.Replace(head, p, p+"- And "+word+"."+p[strings.LastIndex(p, " [¶"):], 1)
		return whole(), true
	case 3: // a section of one's own
		section := "## On " + word + "\n\nOur *own* words, " + word + ".\n"
		if rng.IntN(2) == 0 {
			head += section + "\n"
			return whole(), true
		}
		return strings.TrimRight(whole(), "\n") + "\n\n" + section, true
	case 4: // the front matter
		if rng.IntN(2) == 0 {
			return strings.Replace(file, "slug: x\n", "slug: x\ndek: The "+word+" dek\n", 1), !strings.Contains(file, "dek: ")
		}
		from := strings.Index(file, "title: ")
		return file[:from] + "title: Another " + word + file[from+strings.IndexByte(file[from:], '\n'):], true
	case 5: // an attribute
		x := aPerson.FindAllStringIndex(lines[at], -1)
		if len(x) == 0 {
			return file, false
		}
		m := x[rng.IntN(len(x))]
		lines[at] = lines[at][:m[0]] + "{.person role=" + word + lines[at][m[1]:]
		return whole(), true
	case 6: // a mark
		x := plainWord.FindAllStringSubmatchIndex(lines[at], -1)
		if len(x) == 0 {
			return file, false
		}
		m := x[rng.IntN(len(x))]
		// Not within the braces of another one.
		if open := strings.LastIndexAny(lines[at][:m[2]], "{}"); open >= 0 && lines[at][open] == '{' {
			return file, false
		}
		lines[at] = lines[at][:m[2]] + "[" + lines[at][m[2]:m[3]] + "]{.organization ref=" + word + "}" + lines[at][m[3]:]
		return whole(), true
	case 7: // a mark less
		x := innermost.FindAllStringSubmatchIndex(lines[at], -1)
		if len(x) == 0 {
			return file, false
		}
		m := x[rng.IntN(len(x))]
		lines[at] = lines[at][:m[0]] + lines[at][m[2]:m[3]] + lines[at][m[1]:]
		return whole(), true
	default: // a paragraph of one's own
		lines = slices.Insert(lines, at+1, "", "A "+word+" paragraph.")
		return whole(), true
	}
}

// TestMergeOfArticles makes random edits in briefings as they are really made,
// and random changes of their articles. Each word that the editor wrote is in
// the merged file, which can be read, and is the same after another run; what
// the edits stand in the way of is reported; and where nothing is, all that is
// new in the article is in.
func TestMergeOfArticles(t *testing.T) {
	pipeline, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	cases := 300
	if os.Getenv("CI") != "" && !testing.Short() {
		cases = 3000
	}
	rng := rand.New(rand.NewPCG(3, 5))
	edits, conflicted, whole := 0, 0, 0
	for n := range cases {
		before := newReport(rng)
		after := before.copy()
		for range rng.IntN(5) {
			after.change(rng, fmt.Sprintf("news%d", rng.IntN(10000)))
		}
		base, generated := before.generate(t, pipeline), after.generate(t, pipeline)
		edited := base
		for range 1 + rng.IntN(6) {
			if next, ok := editing(rng, edited, fmt.Sprintf("edit%d", rng.IntN(10000))); ok {
				if _, diags := content.ParseBriefing("content/briefings/x.md", []byte(next)); diags.Errors() == 0 {
					edited = next
					edits++
				}
			}
		}
		merged, conflicts := Merge([]byte(base), []byte(edited), []byte(generated))
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("case %d: %s\nbase\n%s\nedited\n%s\ngenerated\n%s\nmerged\n%s\nconflicts %+v", n, fmt.Sprintf(format, args...), base, edited, generated, merged, conflicts)
		}
		for _, w := range strings.FieldsFunc(edited, func(r rune) bool { return !wordRune(r) }) {
			if strings.HasPrefix(w, "edit") && !strings.Contains(string(merged), w) {
				fail("the edit %q is lost", w)
			}
		}
		if len(conflicts) == 0 {
			for _, w := range strings.FieldsFunc(generated, func(r rune) bool { return !wordRune(r) }) {
				// A heading that an editor gave stays as it is.
				if strings.HasPrefix(w, "news") && !strings.Contains(string(merged), w) {
					fail("the news %q is lost, and nothing is said", w)
				}
			}
		} else {
			conflicted++
			if conflicts[0].Kind == FileConflict {
				whole++
			}
		}
		if _, diags := content.ParseBriefing("content/briefings/x.md", merged); diags.Errors() > 0 {
			fail("the merged file has faults: %v", diags)
		}
		next := NextBase([]byte(base), []byte(generated), conflicts)
		if again, more := Merge(next, merged, []byte(generated)); string(again) != string(merged) || len(more) != len(conflicts) {
			fail("after another run there are %d conflicts %+v\n%s\nnext\n%s", len(more), more, again, next)
		}
		// Whoever loses the base loses no edit.
		if kept, reported := Merge(nil, []byte(edited), []byte(generated)); edited != generated && (string(kept) != edited || len(reported) != 1) {
			fail("without a base: %+v\n%s", reported, kept)
		}
	}
	t.Logf("%d cases with %d edits, %d with a conflict, %d left whole", cases, edits, conflicted, whole)
	if whole > cases/50 {
		t.Errorf("%d files of %d could not be merged", whole, cases)
	}
}
