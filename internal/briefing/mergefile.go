package briefing

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"readout/internal/dialect"
	"readout/internal/frontmatter"
)

// A version is one of the three files, taken apart.
type version struct {
	front    []entry
	sections []dialect.Section
	doc      dialect.Document
	text     int // index of the annotated text in sections
	points   int // of the key points; -1 when there are none
}

// maxSections is the greatest number of sections that are merged one by one.
const maxSections = 1000

// open takes a file apart; ok is false when it has faults.
func open(src []byte) (v version, ok bool) {
	front, body, ok := frontmatter.Cut(src)
	if !ok {
		return v, false
	}
	var meta frontmatter.Meta
	if _, diags := frontmatter.Read("", src, &meta); diags.Errors() > 0 {
		return v, false
	}
	v.front = entries(string(front))
	line := 1 + bytes.Count(src[:len(src)-len(body)], []byte("\n"))
	v.sections = dialect.Sections(body, line)
	if len(v.sections) > maxSections {
		return v, false
	}
	v.text, v.points = -1, -1
	for i, s := range v.sections {
		switch {
		case s.Title == dialect.AnnotatedTitle && v.text >= 0, s.Title == dialect.KeyPointsTitle && v.points >= 0:
			return v, false
		case s.Title == dialect.AnnotatedTitle:
			v.text = i
		case s.Title == dialect.KeyPointsTitle:
			v.points = i
		}
	}
	if v.text < 0 {
		return v, false
	}
	doc, diags := dialect.Read(v.sections[v.text].Source, v.sections[v.text].First)
	v.doc = doc
	return v, diags.Errors() == 0
}

// files merges three files; ok is false when one cannot be taken apart or the
// result cannot be read.
func (m *merger) files(base, edited, generated []byte) (merged []byte, ok bool) {
	b, okb := open(base)
	e, oke := open(edited)
	g, okg := open(generated)
	if !okb || !oke || !okg {
		return nil, false
	}
	var out bytes.Buffer
	out.WriteString("---\n")
	m.frontMatter(&out, b.front, e.front, g.front)
	out.WriteString("---\n")
	text, blocks, err := m.text(b, e, g)
	if err != nil {
		return nil, false
	}
	titles := func(v version) []string {
		var s []string
		for _, x := range v.sections {
			s = append(s, x.Title)
		}
		return s
	}
	get := func(v version, i int) (string, bool) {
		if i < 0 {
			return "", false
		}
		return strings.Trim(string(v.sections[i].Source), "\n"), true
	}
	for _, t := range sectionOrder(titles(b), titles(e), titles(g)) {
		var heading []byte
		var source string
		switch {
		case t.edited >= 0 && t.edited == e.text:
			heading, source = e.sections[t.edited].Heading, strings.Trim(text, "\n")
		case t.edited >= 0 && t.edited == e.points || t.generated >= 0 && t.generated == g.points:
			points, keep := m.keyPoints(b, e, g, blocks)
			if !keep {
				continue
			}
			heading, source = []byte("## "+dialect.KeyPointsTitle+"\n"), points
		default:
			sb, inBase := get(b, t.base)
			se, inEdited := get(e, t.edited)
			sg, inGenerated := get(g, t.generated)
			switch {
			case inEdited && m.take["## "+e.sections[t.edited].Title]:
				if !inGenerated {
					continue
				}
				heading, source = g.sections[t.generated].Heading, sg
			case inEdited && m.hold["## "+e.sections[t.edited].Title]:
				heading, source = e.sections[t.edited].Heading, se
			case !inEdited && inBase, // the editor took it away
				!inEdited && m.hold["## "+g.sections[t.generated].Title]:
				continue
			case !inEdited:
				heading, source = g.sections[t.generated].Heading, sg
			case inBase && se == sb && !inGenerated:
				continue
			case inBase && se == sb:
				heading, source = e.sections[t.edited].Heading, sg
			default:
				heading, source = e.sections[t.edited].Heading, se
				if inGenerated && sg != sb && sg != se || inBase && !inGenerated {
					unit := "## " + e.sections[t.edited].Title
					m.conflict(Conflict{SectionConflict, unit, e.sections[t.edited].Line, sb, se, sg, unit})
				}
			}
		}
		if len(heading) == 0 && source == "" {
			continue
		}
		out.WriteByte('\n')
		out.WriteString(strings.TrimRight(string(heading), "\n"))
		if len(heading) > 0 {
			out.WriteByte('\n')
			if source != "" {
				out.WriteByte('\n')
			}
		}
		if source != "" {
			out.WriteString(source)
			out.WriteByte('\n')
		}
	}
	v, ok := open(out.Bytes())
	return out.Bytes(), ok && len(v.doc.Blocks) > 0
}

// sectionOrder pairs sections by title, in the editor's order.
func sectionOrder(base, edited, generated []string) []triple {
	number := func(titles []string) []string {
		n := map[string]int{}
		out := make([]string, len(titles))
		for i, t := range titles {
			n[t]++
			out[i] = strings.Repeat("\x00", n[t]-1) + t
		}
		return out
	}
	base, edited, generated = number(base), number(edited), number(generated)
	index := func(titles []string, t string) int {
		for i, u := range titles {
			if t == u {
				return i
			}
		}
		return -1
	}
	var out []triple
	for j, t := range edited {
		out = append(out, triple{index(base, t), j, index(generated, t)})
	}
	// What only the generation has follows what it follows there.
	for k, t := range generated {
		if index(edited, t) >= 0 {
			continue
		}
		at := 0
		for i, o := range out {
			if k > 0 && o.generated == k-1 {
				at = i + 1
			}
		}
		out = append(out[:at], append([]triple{{index(base, t), -1, k}}, out[at:]...)...)
	}
	return out
}

// An entry is one key of the front matter with the lines that belong to it.
type entry struct {
	key   string
	lead  string // comments and empty lines before it
	value string // its lines, the key included
	line  int
}

// entries cuts front matter at its keys. What follows the last one is a lead
// without a key.
func entries(front string) []entry {
	var out []entry
	lead := ""
	line := 1
	for l := range strings.Lines(front) {
		line++
		switch {
		case l[0] == '#' || strings.TrimSpace(l) == "":
			lead += l
		case l[0] == ' ' || l[0] == '\t' || l[0] == '-':
			if len(out) > 0 {
				out[len(out)-1].value += lead + l
			} else {
				out = append(out, entry{value: lead + l, line: line})
			}
			lead = ""
		default:
			key, _, _ := strings.Cut(l, ":")
			out = append(out, entry{strings.Trim(key, " \"'"), lead, l, line})
			lead = ""
		}
	}
	if lead != "" {
		out = append(out, entry{lead: lead, line: line})
	}
	return out
}

// frontMatter merges front matter key by key, in the editor's order.
func (m *merger) frontMatter(out *bytes.Buffer, base, edited, generated []entry) {
	find := func(es []entry, key string) (string, bool) {
		for _, x := range es {
			if x.key == key {
				return x.value, true
			}
		}
		return "", false
	}
	for _, t := range sectionOrder(entryKeys(base), entryKeys(edited), entryKeys(generated)) {
		var key, lead, vg, ve string
		line := 0
		if t.generated >= 0 {
			key, vg = generated[t.generated].key, generated[t.generated].value
		}
		if t.edited >= 0 {
			x := edited[t.edited]
			key, lead, ve, line = x.key, x.lead, x.value, x.line
		}
		vb, _ := find(base, key)
		out.WriteString(lead)
		if m.hold[key] {
			out.WriteString(ve)
			continue
		}
		if ve == vb || m.take[key] {
			out.WriteString(vg)
			continue
		}
		out.WriteString(ve)
		if vg != vb && vg != ve {
			m.conflict(Conflict{FrontMatterConflict, key, line, vb, ve, vg, key})
		}
	}
}

// A point is one item of the key points.
type point struct {
	text   string // its Markdown, without the link
	label  string
	target string
	line   int
}

var pointLink = regexp.MustCompile(`\s*\[([^\[\]]*)\]\(#([A-Za-z0-9-]+)\)\s*$`)

// points cuts the key points at their items. What stands before the first item
// is an item without a link.
func points(v version) []point {
	if v.points < 0 {
		return nil
	}
	s := v.sections[v.points]
	var out []point
	line := s.First
	for l := range strings.Lines(string(s.Source)) {
		switch {
		case strings.HasPrefix(l, "- ") || len(out) == 0 && strings.TrimSpace(l) != "":
			out = append(out, point{text: l, line: line})
		case len(out) > 0:
			out[len(out)-1].text += l
		}
		line++
	}
	for i := range out {
		p := &out[i]
		p.text = strings.TrimRight(p.text, " \t\n")
		if x := pointLink.FindStringSubmatch(p.text); x != nil {
			p.text = strings.TrimSuffix(p.text, x[0])
			p.label, p.target = x[1], x[2]
		}
	}
	return out
}

// same reports whether the editor left q as it was. inBase has the ids in the
// base of the edited blocks: a link that follows its block is no edit.
func (p point) same(q point, inBase map[string]string) bool {
	return p.text == q.text && (p.target == q.target || inBase[p.target] == q.target)
}

func keyPointUnit(n int) string { return "key-point-" + strconv.Itoa(n) }

// cited returns the ids of the edited blocks that a key point of the editor's
// rests on: they stay for as long as it does.
func cited(b, e version, inBase map[string]string) map[string]bool {
	before := map[string]point{}
	for _, p := range points(b) {
		before[p.text] = p
	}
	out := map[string]bool{}
	for _, p := range points(e) {
		if q, ok := before[p.text]; !ok || !p.same(q, inBase) {
			out[p.target] = true
		}
	}
	return out
}

// keyPoints merges the key points. keep is false when the section is gone.
func (m *merger) keyPoints(b, e, g version, blocks blockNumbers) (source string, keep bool) {
	pb, pe, pg := points(b), points(e), points(g)
	if b.points >= 0 && e.points < 0 {
		return "", false // the editor took them away
	}
	var out strings.Builder
	count := 0
	// write leaves out a point whose block is gone.
	write := func(p point, target string) {
		if p.target == "" {
			out.WriteString(p.text + "\n")
			return
		}
		if target == "" {
			return
		}
		count++
		label := p.label
		if target != p.target {
			label = linkLabel(target)
		}
		out.WriteString(p.text + " [" + label + "](#" + target + ")\n")
	}
	for _, t := range mergeOrder(pointTexts(pb), pointTexts(pe), pointTexts(pg), true) {
		switch {
		case t.edited < 0 && t.base >= 0: // the editor took it away
		case t.edited < 0:
			write(pg[t.generated], blocks.generated[pg[t.generated].target])
		case m.hold[keyPointUnit(t.edited+1)]:
			// It stays in the base although its block may be gone.
			if p := pe[t.edited]; blocks.edited[p.target] == "" {
				write(point{text: p.text}, "")
			} else {
				write(p, blocks.edited[p.target])
			}
		case m.take[keyPointUnit(t.edited+1)]:
			if t.generated >= 0 {
				write(pg[t.generated], blocks.generated[pg[t.generated].target])
			}
		case t.generated < 0 && t.base >= 0 && pe[t.edited].same(pb[t.base], blocks.inBase):
			// Only the generation dropped it.
		case t.generated >= 0 && t.base >= 0 && pe[t.edited].same(pb[t.base], blocks.inBase):
			write(pg[t.generated], blocks.generated[pg[t.generated].target])
		default:
			p := pe[t.edited]
			target, ok := blocks.edited[p.target]
			if !ok {
				target = p.target // it led nowhere before
			}
			proposal := ""
			if t.generated >= 0 {
				proposal = pg[t.generated].text
			}
			if t.base >= 0 && t.generated >= 0 && p.text == pb[t.base].text {
				// The editor changed the link alone.
				p.text = proposal
			}
			write(p, target)
			if t.base < 0 {
				break
			}
			if proposal != pb[t.base].text && proposal != p.text {
				m.conflict(Conflict{KeyPointConflict, keyPointUnit(count), p.line, pb[t.base].text, p.text, proposal, keyPointUnit(t.base + 1)})
			}
		}
	}
	return strings.TrimRight(out.String(), "\n"), true
}
