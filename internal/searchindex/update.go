package searchindex

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/internal/packed"
	"readout/internal/stable"
)

// Of a site that changes a little nearly all docs are as they were. An Update writes
// the index anew from what is known of it: the places of the terms of docs that are
// others, new or gone are put into the shards that have these terms, and only the
// shards of texts with such docs are made again. What comes of it is what an Index
// would write, byte for byte; where that is in doubt, or much has changed, it is an
// Index that writes it.

// A Known is a doc under its name, which is the same from one run to the next.
type Known struct {
	Name   string
	Number int
}

// A Source has what was known when the index was last written.
type Source interface {
	// Was returns what Pack returned for a doc then; nil where nobody knows.
	Was(name string) []byte
	// Again returns what Pack returns for docs[i], which is as it was.
	Again(i int) ([]byte, error)
	// File returns a file of the index as it was written then.
	File(name string) ([]byte, error)
	// Keep says that files of the index that were written then are part of it again.
	// It reports false, and keeps none, where one of them is not as it was.
	Keep(names []string) bool
}

// An Update takes docs in any order, from any number of goroutines: all of a site,
// each by Same or by Add.
type Update struct {
	dir   string
	emit  func(path string, data []byte) error
	docs  []Known
	past  *State
	from  Source
	aside Aside

	mu    sync.Mutex
	err   error
	is    []docState
	added map[int][]byte // what Pack returned, of docs that are not as they were
	held  int            // bytes in added
	whole *Index         // takes all docs, where much has changed
	files []string       // that were emitted
	sums  []Sum          // of docs that were added
}

type docState uint8

const (
	unseen docState = iota
	same
	added
)

// A Sum stands for what Pack returns.
type Sum [16]byte

func sumOf(pack []byte) Sum {
	s := sha256.Sum256(pack)
	return Sum(s[:16])
}

// A State is what is known of an index that was written.
type State struct {
	docs   []Known
	sums   []Sum // of each doc
	terms  []termShard
	texts  []textShard
	facets facets
}

// mostAdded bounds the bytes of docs that are held until all are there: of more all
// places are put together anew.
const mostAdded = 16 << 20

// NewUpdate returns an update of an index in the folder dir that hands files to emit.
// Past is what Close returned when it was last written; nil where nobody knows. Aside is
// that of an Index.
func NewUpdate(docs []Known, dir string, emit func(path string, data []byte) error, past *State, from Source, aside Aside) *Update {
	u := &Update{aside: aside, dir: dir, docs: docs, past: past, from: from, is: make([]docState, len(docs)), added: map[int][]byte{}, sums: make([]Sum, len(docs))}
	u.emit = func(path string, data []byte) error {
		u.files = append(u.files, strings.TrimPrefix(path, dir+"/")) // one file at a time
		return emit(path, data)
	}
	if past == nil {
		u.writeWhole()
	}
	return u
}

// Patches reports whether the index is to be made of what is known of it.
func (u *Update) Patches() bool { return u.past != nil }

// Same says that docs[i] is as it was.
func (u *Update) Same(i int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.is[i] = same
	if u.whole != nil {
		u.put(i)
	}
}

// Add puts in docs[i], as Pack returned it.
func (u *Update) Add(i int, pack []byte) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.is[i], u.sums[i] = added, sumOf(pack)
	if u.whole != nil {
		u.addWhole(i, pack)
		return
	}
	u.added[i] = pack
	if u.held += len(pack); u.held > mostAdded {
		u.writeWhole()
	}
}

func (u *Update) addWhole(i int, pack []byte) {
	if !u.whole.AddPacked(i, pack) && u.err == nil {
		u.err = errNotPacked
	}
}

// writeWhole has an Index take all docs, those that came before among them.
func (u *Update) writeWhole() {
	numbers := make([]int, len(u.docs))
	for i, d := range u.docs {
		numbers[i] = d.Number
	}
	u.whole = New(numbers, u.dir, u.emit)
	u.whole.Aside = u.aside
	for i := range u.docs {
		u.put(i)
	}
	u.added = nil
}

// put gives the Index a doc that is there.
func (u *Update) put(i int) {
	switch u.is[i] {
	case added:
		u.addWhole(i, u.added[i])
	case same:
		if pack := u.from.Was(u.docs[i].Name); pack != nil && u.whole.AddPacked(i, pack) {
			u.sums[i] = sumOf(pack)
			return
		}
		pack, err := u.from.Again(i)
		if err == nil {
			u.sums[i] = sumOf(pack)
			u.addWhole(i, pack)
		} else if u.err == nil {
			u.err = err
		}
	}
}

// Close writes what is not written yet. It returns what is known of the index, and the
// names of all its files; no State where not all docs are there. The error is the first
// that emit returned.
func (u *Update) Close() (*State, []string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.whole == nil {
		if s, files, ok := u.patch(); ok || u.err != nil {
			return s, files, u.err
		}
		u.files = nil
		u.writeWhole()
	}
	if err := u.whole.Close(); u.err == nil {
		u.err = err
	}
	if u.err != nil || slices.Contains(u.is, unseen) {
		return nil, nil, u.err
	}
	return &State{u.docs, u.sums, u.whole.words, u.whole.texts.done, u.whole.facet}, u.files, nil
}

// An edit puts a doc among the places of a term, or takes it away.
type edit struct {
	doc    int
	blocks string // as code writes them
	gone   bool
}

// patch writes the index from what is known of it. It reports false where it must be
// written as a whole.
func (u *Update) patch() (*State, []string, bool) {
	p := patch{Update: u, edits: map[string][]edit{}, texts: map[int]bool{}, data: map[int][]byte{}, facets: facets{}}
	for name, of := range u.past.facets {
		p.facets[name] = maps.Clone(of)
	}
	if !p.compare() || !p.writeTerms() || !p.writeTexts() {
		return nil, nil, false
	}
	if !u.from.Keep(p.kept) {
		return nil, nil, false
	}
	for _, f := range p.made {
		if err := u.emit(u.dir+"/"+f.name, f.data); err != nil {
			u.err = err
			return nil, nil, false
		}
	}
	err := writeDirectory(func(name string, data []byte) {
		if err := u.emit(u.dir+"/"+name, data); u.err == nil {
			u.err = err
		}
	}, len(u.docs), p.newTerms, p.newTexts, p.facets)
	if u.err == nil {
		u.err = err
	}
	return &State{u.docs, u.sums, p.newTerms, p.newTexts, p.facets}, append(p.kept, u.files...), u.err == nil
}

// A patch is an update while it is written from what is known.
type patch struct {
	*Update
	edits  map[string][]edit // by term
	texts  map[int]bool      // shards of texts that are made again, by their numbers over together
	data   map[int][]byte    // what results show of the docs in those, by their numbers
	facets facets

	kept     []string
	made     []file
	newTerms []termShard
	newTexts []textShard
}

type file struct {
	name string
	data []byte
}

// compare finds what has changed.
func (p *patch) compare() bool {
	was := make(map[string]int, len(p.past.docs))
	for k, d := range p.past.docs {
		was[d.Name] = k
	}
	if len(was) != len(p.past.docs) {
		return false
	}
	most := len(p.docs)/4 + 16
	for i, d := range p.docs {
		k, had := was[d.Name]
		var pack []byte
		switch {
		case p.is[i] == unseen, p.is[i] == same && !had:
			return false
		case p.is[i] == same:
			p.sums[i] = p.past.sums[k]
		default:
			pack = p.added[i]
		}
		if had {
			delete(was, d.Name)
			if p.past.docs[k].Number == d.Number && p.past.sums[k] == p.sums[i] {
				continue
			}
		}
		is := unpack(pack)
		if pack == nil {
			is = p.packOf(d.Name, p.sums[i])
		}
		if most--; most < 0 || is == nil {
			return false
		}
		ok := true
		switch {
		case !had:
			ok = p.change(d.Number, nil, is)
		case p.past.docs[k].Number == d.Number:
			before := p.packOf(d.Name, p.past.sums[k])
			ok = before != nil && p.change(d.Number, before, is)
		default:
			ok = p.leave(k) && p.change(d.Number, nil, is)
		}
		if !ok {
			return false
		}
	}
	for _, k := range was {
		if most--; most < 0 || !p.leave(k) {
			return false
		}
	}
	return true
}

// packOf returns what Pack returned for a doc when the index was last written; nil where
// that is not known.
func (p *patch) packOf(name string, sum Sum) *unpacked {
	pack := p.from.Was(name)
	if pack == nil || sumOf(pack) != sum {
		return nil
	}
	return unpack(pack)
}

// leave takes out a doc of the past.
func (p *patch) leave(k int) bool {
	d := p.past.docs[k]
	was := p.packOf(d.Name, p.past.sums[k])
	return was != nil && p.change(d.Number, was, nil)
}

// change puts in a doc of that number, takes it out, or has another in its place. What
// is the same in both stays.
func (p *patch) change(number int, was, is *unpacked) bool {
	had := map[string]string{} // terms with their blocks
	if was != nil {
		p.facets.add(was.facets, -1)
		for i, t := range was.terms {
			had[t] = was.blocks[i]
		}
	}
	if is != nil {
		p.facets.add(is.facets, 1)
		for i, t := range is.terms {
			blocks, ok := had[t]
			if ok && blocks == is.blocks[i] {
				delete(had, t)
			} else if !p.edit(t, edit{number, is.blocks[i], false}) {
				return false
			}
		}
	}
	for t, blocks := range had {
		if !p.edit(t, edit{number, blocks, true}) {
			return false
		}
	}
	if was == nil || is == nil || !bytes.Equal(was.data, is.data) {
		p.texts[number/together] = true
		if is != nil {
			p.data[number] = is.data
		}
	}
	return true
}

func (p *patch) edit(term string, e edit) bool {
	p.edits[term] = append(p.edits[term], e)
	return !strings.Contains(term, "\n")
}

func (p *patch) file(name string, data []byte) { p.made = append(p.made, file{name, data}) }

// writeTexts makes the shards of texts that have a doc that changed.
func (p *patch) writeTexts() bool {
	c := textCutter{out: p.file}
	old := p.past.texts
	for _, s := range old {
		if p.texts[s.first/together] && !p.shown(s) {
			return false
		}
	}
	keep := func(before int) { // those of lower numbers
		for len(old) > 0 && old[0].first/together < before {
			if !p.texts[old[0].first/together] {
				c.done = append(c.done, old[0])
				p.kept = append(p.kept, old[0].name())
			}
			old = old[1:]
		}
	}
	for _, d := range p.docs {
		if !p.texts[d.Number/together] {
			continue
		}
		if len(c.buf) > 0 && d.Number/together != c.first/together {
			c.flush()
		}
		keep(d.Number / together)
		data := p.data[d.Number]
		if data == nil {
			return false
		}
		c.put(d.Number, data)
	}
	c.flush()
	keep(int(^uint(0) >> 1))
	p.newTexts = c.done
	return true
}

// shown takes from a shard of texts what it shows of docs that are as they were.
func (p *patch) shown(s textShard) bool {
	data, err := p.from.File(s.name())
	if err != nil || digest(data, textDigest) != s.sum {
		return false
	}
	list, ok := bytes.CutPrefix(data, []byte("R.texts("+strconv.Itoa(s.first)+",["))
	if !ok {
		return false
	}
	if list, ok = bytes.CutSuffix(list, []byte("]);\n")); !ok {
		return false
	}
	// No string of JSON has a line break in it.
	for i, doc := range bytes.Split(list, []byte(",\n")) {
		if n := s.first + i; p.data[n] == nil && string(doc) != "null" {
			p.data[n] = doc
		}
	}
	return true
}

// A termLine is a term and its places.
type termLine struct {
	term   string
	places []byte
}

// writeTerms makes the shards of terms that have changed, and those whose ends that
// moves.
func (p *patch) writeTerms() bool {
	old := p.past.terms
	if len(old) == 0 {
		return false
	}
	touched := make([]string, 0, len(p.edits))
	for t := range p.edits {
		touched = append(touched, t)
	}
	slices.Sort(touched)
	c := termCutter{out: p.file}
	for i := range old {
		// What belongs to this shard, and whether it is as it was, as is its end: that is
		// decided by the term that comes next.
		n, end := len(touched), ""
		if i+1 < len(old) {
			end = old[i+1].from
			n, _ = slices.BinarySearch(touched, end)
		}
		changed := n > 0 || n < len(touched) && touched[n] == end && end != ""
		if len(c.lines) == 0 && !changed {
			c.done = append(c.done, old[i])
			p.kept = append(p.kept, old[i].name())
			continue
		}
		lines, ok := p.lines(old[i], end)
		if ok {
			lines, ok = p.edited(lines, touched[:n])
		}
		if !ok {
			return false
		}
		if len(lines) > 0 && c.ends(lines[0].term, lines[0].places) {
			c.flush()
		}
		touched = touched[n:]
		if len(c.lines) == 0 && !changed {
			c.done = append(c.done, old[i])
			p.kept = append(p.kept, old[i].name())
			continue
		}
		for _, l := range lines {
			c.put(l.term, l.places)
		}
	}
	c.flush()
	p.newTerms = c.done
	return true
}

// lines reads a shard of terms, all of which come before end.
func (p *patch) lines(s termShard, end string) ([]termLine, bool) {
	data, err := p.from.File(s.name())
	if err != nil {
		return nil, false
	}
	quoted, ok := bytes.CutPrefix(data, []byte(`R.terms("`+s.sum+`",`))
	if !ok {
		return nil, false
	}
	if quoted, ok = bytes.CutSuffix(quoted, []byte(");\n")); !ok || digest(quoted, termDigest) != s.sum {
		return nil, false
	}
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return nil, false
	}
	var out []termLine
	for line := range strings.Lines(text) {
		line, ok := strings.CutSuffix(line, "\n")
		at := strings.LastIndexByte(line, ' ')
		if !ok || at < 0 {
			return nil, false
		}
		l := termLine{line[:at], []byte(line[at+1:])}
		if len(out) == 0 && l.term != s.from || len(out) > 0 && l.term <= out[len(out)-1].term || end != "" && l.term >= end {
			return nil, false
		}
		out = append(out, l)
	}
	return out, len(out) > 0
}

// edited returns lines with the changes of some terms.
func (p *patch) edited(lines []termLine, touched []string) ([]termLine, bool) {
	if len(touched) == 0 {
		return lines, true
	}
	out := make([]termLine, 0, len(lines)+len(touched))
	for _, t := range touched {
		n := 0
		for n < len(lines) && lines[n].term < t {
			n++
		}
		out = append(out, lines[:n]...)
		lines = lines[n:]
		var places []byte
		if len(lines) > 0 && lines[0].term == t {
			places, lines = lines[0].places, lines[1:]
		}
		places, ok := editPlaces(places, p.edits[t])
		if !ok {
			return nil, false
		}
		if len(places) > 0 {
			out = append(out, termLine{t, places})
		}
	}
	return append(out, lines...), true
}

// editPlaces returns the places of a term with some changes, which it puts in order. It
// reports false where they do not fit, or what is needed for them is not known.
func editPlaces(places []byte, edits []edit) ([]byte, bool) {
	// What goes from a doc goes before what comes to it.
	stable.Sort(edits, func(a, b edit) int {
		if a.doc == b.doc && a.gone != b.gone {
			if a.gone {
				return -1
			}
			return 1
		}
		return a.doc - b.doc
	})
	was := 0
	if len(places) > 0 {
		was = bytes.Count(places, []byte(",")) + 1
	}
	now := was
	for _, e := range edits {
		if now++; e.gone {
			now -= 2
		}
	}
	if was > common && now <= common {
		return nil, false // the blocks are not known
	}
	const room = 24 // for what a doc takes, but for many blocks
	out := make([]byte, 0, len(places)+room*len(edits))
	doc, last := 0, 0 // of the places as they were, and of out
	put := func(doc int, blocks string) {
		if len(out) > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(doc-last), 36)
		if last = doc; now > common {
			blocks = titleOnly(blocks)
		}
		out = append(out, blocks...)
	}
	for rest := places; len(rest) > 0; {
		group := rest
		if at := bytes.IndexByte(rest, ','); at >= 0 {
			group, rest = rest[:at], rest[at+1:]
		} else {
			rest = nil
		}
		before := doc
		step, digits := distance(group)
		if digits == 0 {
			return nil, false
		}
		doc += step
		for len(edits) > 0 && edits[0].doc < doc {
			if edits[0].gone || edits[0].doc == last && len(out) > 0 {
				return nil, false
			}
			put(edits[0].doc, edits[0].blocks)
			edits = edits[1:]
		}
		switch {
		case len(edits) > 0 && edits[0].doc == doc:
			if !edits[0].gone {
				return nil, false
			}
			if edits = edits[1:]; len(edits) > 0 && edits[0].doc == doc {
				if edits[0].gone {
					return nil, false
				}
				put(doc, edits[0].blocks)
				edits = edits[1:]
			}
		case last == before && (len(out) > 0 || before == 0) && (now > common) == (was > common):
			// It stands as far from the one before as it did.
			if len(out) > 0 {
				out = append(out, ',')
			}
			out = append(out, group...)
			last = doc
		default:
			put(doc, string(group[digits:]))
		}
		if len(edits) > 0 && edits[0].doc == doc {
			return nil, false
		}
	}
	for _, e := range edits {
		if e.gone || e.doc == last && len(out) > 0 {
			return nil, false
		}
		put(e.doc, e.blocks)
	}
	return out, true
}

// distance reads the number in base 36 that a group begins with, and tells how many
// digits it has; none where it has no number.
func distance(group []byte) (n, digits int) {
	for digits < len(group) && digits < 10 {
		c := group[digits]
		switch {
		case c >= '0' && c <= '9':
			n = 36*n + int(c-'0')
		case c >= 'a' && c <= 'z':
			n = 36*n + int(c-'a') + 10
		default:
			return n, digits
		}
		digits++
	}
	return n, digits
}

// Pack writes the state.
func (s *State) Pack(w *packed.Writer) { (&stateCoder{w: w}).state(s) }

// UnpackState reads what Pack wrote; nil where it is not that.
func UnpackState(r *packed.Reader) *State {
	s := &State{facets: facets{}}
	(&stateCoder{r: r}).state(s)
	if !r.Whole() || r.More() {
		return nil
	}
	return s
}

// A stateCoder writes a State where it has a writer, and else reads one.
type stateCoder struct {
	w *packed.Writer
	r *packed.Reader
}

func (c *stateCoder) text(s *string) {
	if c.w != nil {
		c.w.Bytes([]byte(*s))
	} else {
		*s = string(c.r.Bytes())
	}
}

func (c *stateCoder) number(n *int) {
	if c.w != nil {
		c.w.Int(*n)
	} else {
		*n = c.r.Int()
	}
}

// count codes how many things follow, each of which takes a byte at least.
func (c *stateCoder) count(n int) int {
	if c.w != nil {
		c.w.Uint(uint64(n))
		return n
	}
	return c.r.Count()
}

func (c *stateCoder) state(s *State) {
	n := c.count(len(s.docs))
	if c.r != nil {
		s.docs, s.sums = make([]Known, n), make([]Sum, n)
	}
	for i := range s.docs {
		c.text(&s.docs[i].Name)
		c.number(&s.docs[i].Number)
		if c.w != nil {
			c.w.Raw(s.sums[i][:])
		} else {
			copy(s.sums[i][:], c.r.Raw(len(Sum{})))
		}
	}
	if n = c.count(len(s.terms)); c.r != nil {
		s.terms = make([]termShard, n)
	}
	for i := range s.terms {
		c.text(&s.terms[i].from)
		c.text(&s.terms[i].sum)
	}
	if n = c.count(len(s.texts)); c.r != nil {
		s.texts = make([]textShard, n)
	}
	for i := range s.texts {
		c.number(&s.texts[i].first)
		c.text(&s.texts[i].sum)
	}
	// Facets come in no order.
	var list []string
	for name, of := range s.facets {
		for value := range of {
			list = append(list, name+":"+value)
		}
	}
	n = c.count(len(list))
	for i := range n {
		var x string
		docs := 0
		if c.w != nil {
			x = list[i]
			name, value, _ := strings.Cut(x, ":")
			docs = s.facets[name][value]
		}
		c.text(&x)
		if c.number(&docs); c.r != nil && docs > 0 {
			s.facets.add([]string{x}, docs)
		}
	}
}
