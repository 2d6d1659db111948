package render

import (
	"html/template"
	"strconv"
	"strings"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/site"
)

// A proseWriter writes the annotated text of one briefing as HTML.
type proseWriter struct {
	markup
	l       *label.Set
	from    string                // path of the page
	notes   map[int]*site.Note    // by number
	anchors map[int]int           // by a note's number its place in the margin, from 1
	backs   map[string][]backLink // by block: the digests that cite it
	led     map[string]bool       // sentences that something leads to; nil for all
	inA     bool                  // inside a link, where no other may stand
	inDfn   bool
	later   []int // markers that wait: for the end of a link, for punctuation
}

// A backLink leads from a paragraph to what cites it.
type backLink struct {
	id, label string
}

// blocks writes the blocks of a text, list items gathered into lists.
func (w *proseWriter) blocks(blocks []site.Block) template.HTML {
	list := false
	for i := range blocks {
		b := &blocks[i]
		if item := b.Role == article.ListItem; item != list {
			if item {
				w.raw("<ul>")
			} else {
				w.raw("</ul>")
			}
			list = item
		}
		w.block(b)
		w.raw("\n")
	}
	if list {
		w.raw("</ul>")
	}
	return w.html()
}

func (w *proseWriter) block(b *site.Block) {
	name, class, outer := "p", "", ""
	switch b.Role {
	case article.Headline, article.Dek, article.Byline, article.Dateline, article.Caption:
		class = string(b.Role)
	case article.Heading:
		name = "h3"
	case article.ListItem:
		name = "li"
		if b.Level > 1 {
			class = "l" + strconv.Itoa(min(b.Level, 6))
		}
	case article.Quotation:
		outer = "blockquote"
	}
	if outer != "" {
		w.open(outer)
	}
	w.open(name, "id", b.ID, "class", class)
	w.inlines(b.Inlines)
	w.markers()
	if n, ok := strings.CutPrefix(b.ID, "p"); ok {
		// The number is drawn by the stylesheet, so that the element's text is
		// the article's alone.
		w.element("a", "", "class", "pn", "href", "#"+b.ID, "aria-label", w.l.Say("paragraph", "n", n))
		for _, back := range w.backs[b.ID] {
			w.element("a", "", "class", "pn up", "href", "#"+back.id, "aria-label", back.label)
		}
	}
	w.close(name)
	if outer != "" {
		w.close(outer)
	}
}

func (w *proseWriter) inlines(list []site.Inline) {
	for i := range list {
		w.inline(&list[i])
	}
}

func (w *proseWriter) inline(n *site.Inline) {
	switch n.Kind {
	case site.TextInline:
		w.words(n.Text)
	case site.SentenceInline:
		if n.Class == site.OwnWord && w.led != nil && !w.led[n.ID] {
			// Nothing is said of it, and nothing leads to it.
			w.words(n.Text)
			w.inlines(n.Children)
			break
		}
		w.wrap(n, "span", "id", n.ID, "class", "s "+string(n.Class))
	case site.MarkInline:
		w.mark(n)
	default:
		w.inlines(n.Children)
	}
	if n.Note > 0 {
		w.later = append(w.later, n.Note)
	}
}

// closing is the punctuation that a marker stands after, as printers have it.
const closing = ".,;:!?…)]”’»\"'"

// words writes a piece of text, and the markers that wait for it after the
// punctuation it begins with.
func (w *proseWriter) words(s string) {
	if len(w.later) > 0 && !w.inA && s != "" {
		rest := strings.TrimLeft(s, closing)
		w.text(s[:len(s)-len(rest)])
		w.markers()
		s = rest
	}
	w.text(s)
}

// markers writes the markers that wait.
func (w *proseWriter) markers() {
	if w.inA {
		return
	}
	for _, k := range w.later {
		w.marker(k)
	}
	w.later = w.later[:0]
}

func (w *proseWriter) wrap(n *site.Inline, name string, attrs ...string) {
	w.markers() // they belong to what stands before this element
	w.open(name, attrs...)
	w.words(n.Text)
	w.inlines(n.Children)
	w.markers()
	w.close(name)
}

func (w *proseWriter) mark(n *site.Inline) {
	switch n.Mark {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		class := "ent " + string(n.Mark)
		if n.Entity == nil || w.inA {
			w.wrap(n, "span", "id", n.ID, "class", class)
			return
		}
		w.inA = true
		w.wrap(n, "a", "id", n.ID, "class", class, "href", n.Entity.Link().From(w.from))
		w.inA = false
	case dialect.Quote, dialect.Statement:
		class := "claim " + string(n.Mark)
		if n.Mark == dialect.Quote && n.Form == "scare" {
			class = "claim scare"
		}
		w.wrap(n, "span", "id", n.ID, "class", class)
	case dialect.Source:
		w.wrap(n, "span", "id", n.ID, "class", "source")
	case dialect.Time:
		if n.Machine != "" {
			w.wrap(n, "time", "id", n.ID, "class", "time", "datetime", n.Machine)
		} else {
			w.wrap(n, "span", "id", n.ID, "class", "time")
		}
	case dialect.Quantity:
		w.wrap(n, "span", "id", n.ID, "class", "quantity")
	case dialect.Term:
		if w.inDfn {
			w.wrap(n, "span", "id", n.ID)
			return
		}
		w.inDfn = true
		w.wrap(n, "dfn", "id", n.ID)
		w.inDfn = false
	default:
		// Cues and predicates carry nothing a reader sees.
		if n.ID != "" {
			w.wrap(n, "span", "id", n.ID)
			return
		}
		w.words(n.Text)
		w.inlines(n.Children)
	}
}

// marker writes the link that leads to a note.
func (w *proseWriter) marker(number int) {
	note := w.notes[number]
	if note == nil {
		return
	}
	n, class := strconv.Itoa(number), "ref "+noteClass(note.Kind)
	if k := w.anchors[number]; k > 0 {
		class += " m" + strconv.Itoa(k)
	}
	w.element("a", n, "class", class, "id", note.RefID, "href", "#"+note.ID,
		"role", "doc-noteref", "aria-label", w.l.Say("note", "n", n, "kind", note.Kind.Label(w.l)))
}

// noteClass is the look of a note's kind.
func noteClass(kind site.NoteKind) string {
	switch kind {
	case site.NoteNamed:
		return "named"
	case site.NoteBody:
		return "body"
	case site.NoteUnnamed, site.NoteUnclear, site.NoteUnattributed:
		return "unnamed"
	}
	return "open"
}
