package quote

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"readout/internal/annotation"
	shared "readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/wordlist"
)

// wordsPacked is the list of words, packed for it is the longest of them; the
// comment of the file tells its origin and licence.
//
//go:embed data/words.txt.gz
var wordsPacked []byte

//go:embed data/irregular.txt
var irregularData string

//go:embed data/cues.txt
var cuesData string

//go:embed data/nouns.txt
var nounsData string

//go:embed data/closed.txt
var closedData string

// Forms a verb can stand in.
const (
	formBase uint8 = 1 << iota
	formS
	formPast
	formPart
	formIng
)

// A word is what the lexicon knows of one lemma.
type word struct {
	noun, verb, adj, adv uint16 // occurrences in the concordance, plus one; zero where it is no such word
	nounClass            byte   // 'p' person, 'g' group, 'c' communication, 't' time, 'q' possibly a person
	verbClass            byte   // 'c' communication, 'k' cognition, 'd' possibly communication
}

// A frame is one construction in which a cue takes its content.
type frame uint16

// The frames. A cue verb names those it takes in data/cues.txt.
const (
	frameQuote     frame = 1 << iota // a direct quotation: "…," she said
	frameThat                        // a clause with that
	frameBare                        // a clause without it: she said he left
	frameWh                          // a question: asked whether …
	frameNoun                        // a noun phrase that is the content: criticized the plan
	frameTo                          // an infinitive: vowed to fight
	frameAddressee                   // an object before the content: told reporters that
	frameIng                         // a gerund: denied taking part
	frameAs                          // an object and its description: described it as
	framePrep                        // a prepositional phrase: warned of floods
	frameParen                       // stands after or inside its content: X, she said, Y
	frameSubjectIs                   // its subject is mostly a document: the poll shows
)

var frameNames = map[string]frame{
	"quote": frameQuote, "that": frameThat, "bare": frameBare, "wh": frameWh,
	"np": frameNoun, "to": frameTo, "addressee": frameAddressee, "ing": frameIng,
	"as": frameAs, "paren": frameParen,
}

// A cue is a verb or noun that attributes.
type cue struct {
	lemma  string
	frames frame
	preps  []string // prepositions that lead to the content
	stance annotation.Stance
	weak   bool // attributes only where content and source leave no doubt
}

// sourceClass is what a common noun says of the source it heads.
type sourceClass uint8

const (
	classNone       sourceClass = iota
	classRole                   // an office or function: spokesman, minister
	classAnon                   // a source and nothing more: source, insider
	classCollective             // many at once: critics, residents
	classOrg                    // a body: ministry, company
	classOutlet                 // newspaper, magazine
	classDoc                    // report, poll
	classPerson                 // a person otherwise: man, mother
)

// A lexicon is the data files, read once.
type lexicon struct {
	words     shared.Words[word]
	irregular shared.Words[irregular]
	verbs     shared.Words[verbForm] // forms of the cue verbs
	nounCues  map[string]*cue
	classes   shared.Words[sourceClass]
	closed    shared.Words[tag]
	leading   map[string]bool // "'em", "'til": words with an apostrophe in front
	media     map[string]bool // what something is said in: interview, statement
	times     map[string]bool // days and times
	entries   *token.Memo[entry]
	// outletNames are last words of the names of news outlets, platforms are
	// where people post, acts are nouns for speaking whose owner speaks.
	// unique are offices that one person holds.
	// genres and headings are words for pieces that stand before a colon and are
	// no source.
	// occasions are events at which people speak.
	outletNames, platforms, acts, unique, genres, headings, occasions map[string]bool
}

type irregular struct {
	lemma string
	forms uint8
}

type verbForm struct {
	cue   *cue
	forms uint8
}

// An entry is all that the lexicon has on one written word.
type entry struct {
	closed    tag // where isClosed
	isClosed  bool
	class     sourceClass
	nounClass byte // of the word as a lemma
	lemmaNoun bool // it is a noun as it stands
	verb      verbForm
	reading   reading
}

// of returns what the lexicon has on t.
func (lx *lexicon) of(t *token.Token) *entry { return lx.entries.Of(t) }

func (lx *lexicon) entry(s string) entry {
	e := entry{class: lx.classes.Get(s), verb: lx.verbs.Get(s), reading: lx.read(s)}
	e.closed, e.isClosed = lx.closed.Find(s)
	w := lx.words.Get(s)
	e.nounClass, e.lemmaNoun = w.nounClass, w.noun > 0
	return e
}

// inUse is the lexicon while it is held.
var inUse struct {
	mu      sync.Mutex // held while it is read
	lexicon atomic.Pointer[lexicon]
}

func theLexicon() *lexicon {
	if lx := inUse.lexicon.Load(); lx != nil {
		return lx
	}
	inUse.mu.Lock()
	defer inUse.mu.Unlock()
	lx := inUse.lexicon.Load()
	if lx == nil {
		lx = loadLexicon()
		inUse.lexicon.Store(lx)
	}
	return lx
}

// Forget lets go of what the analyzer has read, some 4 MB. It is read again on its next
// use.
func Forget() { inUse.lexicon.Store(nil) }

func lines(data string, do func(fields []string)) {
	for row := range wordlist.Rows(data) {
		do(strings.Fields(row))
	}
}

func loadLexicon() *lexicon {
	lx := &lexicon{
		nounCues: map[string]*cue{},
		leading:  map[string]bool{},
		media:    map[string]bool{},
		times:    map[string]bool{},

		outletNames: map[string]bool{}, platforms: map[string]bool{}, acts: map[string]bool{}, unique: map[string]bool{},
		genres: map[string]bool{}, headings: map[string]bool{}, occasions: map[string]bool{},
	}
	lx.entries = token.NewMemo(lx.entry)
	lx.words.Grow(32000)
	loadWords(lx)
	past := map[string][]string{}
	lines(irregularData, func(f []string) { past[f[1]] = append(past[f[1]], f[0]) })
	lines(irregularData, func(f []string) {
		forms := formPast | formPart
		if len(past[f[1]]) > 1 {
			// Of two forms the one in -n is the participle.
			hasN := false
			for _, p := range past[f[1]] {
				hasN = hasN || participle(p)
			}
			if hasN {
				forms = formPast
				if participle(f[0]) {
					forms = formPart
				}
			}
		}
		if f[0] == f[1] {
			forms |= formBase
		}
		lx.irregular.Put(f[0], irregular{f[1], forms})
	})
	loadCues(lx, past)
	classNames := map[string]sourceClass{
		"role": classRole, "anon": classAnon, "collective": classCollective,
		"org": classOrg, "outlet": classOutlet, "doc": classDoc, "person": classPerson,
	}
	list := ""
	lines(nounsData, func(f []string) {
		for _, w := range f {
			switch name, isName := strings.CutSuffix(w, ":"); {
			case isName:
				list = name
			case list == "medium":
				lx.media[w] = true
			case list == "time":
				lx.times[w] = true
			case list == "outletname":
				lx.outletNames[w] = true
			case list == "platform":
				lx.platforms[w] = true
			case list == "unique":
				lx.unique[w] = true
			case list == "genre":
				lx.genres[w] = true
			case list == "occasion":
				lx.occasions[w] = true
			case list == "heading":
				lx.headings[w] = true
			case list == "act":
				lx.acts[w] = true
			default:
				lx.classes.Put(w, classNames[list])
			}
		}
	})
	t := tagNone
	lines(closedData, func(f []string) {
		for _, w := range f {
			if strings.HasSuffix(w, ":") {
				t = tagNames[strings.TrimSuffix(w, ":")]
				continue
			}
			if t == tagNone {
				lx.leading[w] = true
				continue
			}
			lx.closed.Put(w, t)
		}
	})
	return lx
}

// unpacked returns the text of an embedded file, which can be read.
func unpacked(file []byte) string {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		panic(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func loadWords(lx *lexicon) {
	data := unpacked(wordsPacked)
	for len(data) > 0 {
		i := strings.IndexByte(data, '\n')
		line := data[:i]
		data = data[i+1:]
		if line == "" || line[0] == '#' {
			continue
		}
		lemma, rest, _ := strings.Cut(line, " ")
		var w word
		for rest != "" {
			pos := rest[0]
			n, k := 0, 1
			for k < len(rest) && '0' <= rest[k] && rest[k] <= '9' {
				n = n*10 + int(rest[k]-'0')
				k++
			}
			count := uint16(min(n+1, 65535))
			var class byte
			if k < len(rest) && rest[k] != ' ' {
				class = rest[k]
				k++
			}
			switch pos {
			case 'n':
				w.noun, w.nounClass = count, class
			case 'v':
				w.verb, w.verbClass = count, class
			case 'a':
				w.adj = count
			case 'r':
				w.adv = count
			}
			rest = strings.TrimPrefix(rest[k:], " ")
		}
		lx.words.Put(lemma, w)
	}
}

// loadCues reads lines "lemma stance frames… preposition…"; a lemma with a
// leading "n:" is a noun, and "weak" marks one that needs more evidence.
func loadCues(lx *lexicon, past map[string][]string) {
	stances := map[string]annotation.Stance{
		"asserts": annotation.Asserts, "denies": annotation.Denies, "alleges": annotation.Alleges,
		"expects": annotation.Expects, "hints": annotation.Hints,
	}
	lines(cuesData, func(f []string) {
		c := &cue{lemma: f[0], stance: stances[f[1]]}
		for _, w := range f[2:] {
			switch fr, ok := frameNames[w]; {
			case w == "weak":
				c.weak = true
			case w == "shows":
				c.frames |= frameSubjectIs
			case ok:
				c.frames |= fr
			default:
				c.frames |= framePrep
				c.preps = append(c.preps, w)
			}
		}
		if noun, ok := strings.CutPrefix(c.lemma, "n:"); ok {
			c.lemma = noun
			lx.nounCues[noun] = c
			lx.nounCues[plural(noun)] = c
			return
		}
		for form, bits := range inflect(c.lemma, past[c.lemma]) {
			v := lx.verbs.Get(form)
			if v.cue != nil && v.cue != c {
				continue // the first of two lemmas that share a form
			}
			lx.verbs.Put(form, verbForm{c, v.forms | bits})
		}
	})
}

func plural(noun string) string {
	switch {
	case strings.HasSuffix(noun, "y") && !isVowel(noun[len(noun)-2]):
		return noun[:len(noun)-1] + "ies"
	case strings.HasSuffix(noun, "s") || strings.HasSuffix(noun, "sh") || strings.HasSuffix(noun, "ch"):
		return noun + "es"
	}
	return noun + "s"
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// participle reports whether an irregular form of a verb with several is its
// participle by its ending: "shown", "gone", and "begun" but not "began".
func participle(form string) bool {
	return (strings.HasSuffix(form, "n") || strings.HasSuffix(form, "ne")) && !strings.HasSuffix(form, "an")
}

// inflect returns the forms of a regular or irregular verb. Where a final
// consonant may be doubled both spellings are returned.
func inflect(lemma string, irregular []string) map[string]uint8 {
	out := map[string]uint8{lemma: formBase}
	onlyPart := true // "shown" is irregular, "showed" is not
	for _, p := range irregular {
		if p == lemma+"t" {
			continue // "learnt" beside "learned"
		}
		onlyPart = onlyPart && participle(p)
	}
	n := len(lemma)
	last := lemma[n-1]
	stem, ed := lemma, lemma+"ed"
	switch {
	case last == 'e':
		stem, ed = lemma[:n-1], lemma+"d"
		if strings.HasSuffix(lemma, "ee") {
			stem = lemma
		}
	case last == 'y' && !isVowel(lemma[n-2]):
		ed = lemma[:n-1] + "ied"
	}
	out[plural(lemma)] |= formS
	out[stem+"ing"] |= formIng
	if onlyPart {
		out[ed] |= formPast | formPart
	}
	if n >= 3 && !isVowel(last) && isVowel(lemma[n-2]) && !isVowel(lemma[n-3]) && strings.IndexByte("wxy", last) < 0 {
		out[lemma+string(last)+"ing"] |= formIng
		if len(irregular) == 0 {
			out[lemma+string(last)+"ed"] |= formPast | formPart
		}
	}
	for _, p := range irregular {
		if len(irregular) > 1 && participle(p) {
			out[p] |= formPart
		} else {
			out[p] |= formPast
			if len(irregular) == 1 {
				out[p] |= formPart
			}
		}
	}
	return out
}

// A reading is what the lexicon makes of one written word.
type reading struct {
	noun, verb, adj, adv int // weights; zero where it cannot be one
	forms                uint8
	nounClass, verbClass byte
	plural               bool
	known                bool
}

func (r *reading) add(w word) {
	r.known = true
	r.noun += int(w.noun)
	r.adj += int(w.adj)
	r.adv += int(w.adv)
	if r.nounClass == 0 {
		r.nounClass = w.nounClass
	}
}

func (r *reading) addVerb(w word, forms uint8) {
	if w.verb == 0 {
		return
	}
	r.known = true
	r.verb += int(w.verb)
	r.forms |= forms
	if r.verbClass == 0 {
		r.verbClass = w.verbClass
	}
}

func (r *reading) addPlural(w word) {
	if w.noun == 0 {
		return
	}
	r.known, r.plural = true, true
	r.noun += int(w.noun)
	if r.nounClass == 0 {
		r.nounClass = w.nounClass
	}
}

// read looks up the lower-case word s.
func (lx *lexicon) read(s string) reading {
	var r reading
	if w, ok := lx.words.Find(s); ok {
		r.add(w)
		r.addVerb(w, formBase)
	}
	if ir, ok := lx.irregular.Find(s); ok {
		r.addVerb(lx.words.Get(ir.lemma), ir.forms)
	}
	var buf [40]byte
	n := len(s)
	if n < 4 || n > len(buf)-2 {
		return r
	}
	stem := func(cut int, add string) (word, bool) {
		b := append(append(buf[:0], s[:n-cut]...), add...)
		w, ok := lx.words.Find(string(b))
		return w, ok
	}
	switch {
	case s[n-1] == 's' && s[n-2] != 's':
		w, ok := stem(1, "")
		if !ok && s[n-2] == 'e' {
			if s[n-3] == 'i' {
				w, ok = stem(3, "y")
			} else {
				w, ok = stem(2, "")
			}
		}
		if ok {
			r.addPlural(w)
			r.addVerb(w, formS)
		}
	case s[n-1] == 'd' && s[n-2] == 'e':
		w, ok := stem(1, "")
		if !ok || w.verb == 0 {
			w, ok = stem(2, "")
		}
		if (!ok || w.verb == 0) && s[n-3] == 'i' {
			w, ok = stem(3, "y")
		}
		if (!ok || w.verb == 0) && n > 5 && s[n-3] == s[n-4] {
			w, ok = stem(3, "")
		}
		if ok {
			r.addVerb(w, formPast|formPart)
		}
	case n > 4 && s[n-3:] == "ing":
		w, ok := stem(3, "")
		if !ok || w.verb == 0 {
			w, ok = stem(3, "e")
		}
		if (!ok || w.verb == 0) && n > 6 && s[n-4] == s[n-5] {
			w, ok = stem(4, "")
		}
		if ok {
			r.addVerb(w, formIng)
		}
	case s[n-1] == 'n' && n > 5 && s[n-3:] == "men":
		if w, ok := stem(3, "man"); ok {
			r.addPlural(w)
		}
	}
	return r
}
