package site

import "readout/internal/edit"

// edits places what an editor changed on the page, and marks the notes that it
// is about. Without whole, no words of the article are taken.
func (m *maker) edits(whole bool, notes []Note, numbers []int) []Edit {
	if len(m.file.Edits) == 0 {
		return nil
	}
	type at struct{ line, column int }
	marks := map[at]int{}
	for i, mk := range m.file.Marks {
		marks[at{mk.Line, mk.Column}] = i
	}
	blocks := map[string]int{}
	for i, b := range m.file.Blocks {
		blocks[b.ID] = i
	}
	touched := map[int]bool{} // marks
	out := make([]Edit, 0, len(m.file.Edits))
	for _, e := range m.file.Edits {
		x := Edit{Edit: e}
		block, there := blocks[e.Block]
		switch i, marked := marks[at{e.Line, e.Column}]; {
		case e.Kind == edit.Mark && e.Change != edit.Removed && marked:
			touched[i] = true
			x.Passage = m.passage(i)
		case there:
			b := m.file.Blocks[block]
			x.Passage = m.place(b.Span, block, b.ID)
		}
		if !whole && e.Kind != edit.Key && e.Kind != edit.Section {
			x.Words, x.Was, x.Now, x.Passage.Text = "", "", "", ""
		}
		out = append(out, x)
	}
	sources := map[string]bool{} // that were touched
	for i := range touched {
		if id := m.file.Marks[i].ID; id != "" {
			sources[id] = true
		}
	}
	for i, mk := range m.file.Marks {
		if n := numbers[i]; n > 0 {
			notes[n-1].Edited = touched[i] || sources[mk.Get("by")]
		}
	}
	return out
}
