package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
)

// auxiliaries stand between a subject and the verb that tells what it did.
var auxiliaries = wordList("auxiliaries")

// governing are words that make what follows them no subject: "a strike by 2,500
// workers".
var governing = wordList("governing")

// subjectOf returns the term of the verb that follows what is counted at s: "walk"
// for "1,500 miners had walked out"; "" where no verb does.
func (r *sideReport) subjectOf(s span.Span) string {
	ts := r.rightOf(s.End)
	for i := 0; i < len(ts); i++ {
		if ts[i].Span.End > verbReach {
			ts = r.scan(r.text[s.End:min(len(r.text), s.End+verbReach)])
			if i >= len(ts) {
				break
			}
		}
		t := ts[i]
		if t.Kind != token.Word {
			return ""
		}
		if slices.Contains(auxiliaries, t.Norm) {
			continue
		}
		if !t.Is(token.AllLower) || !finite(t.Norm) {
			return ""
		}
		if terms := baseTerms(&t); len(terms) > 0 {
			return terms[0].term
		}
		return ""
	}
	return ""
}

// finite reports whether a word is a verb's past, which no noun is alike.
func finite(w string) bool {
	if _, ok := bases()[w]; ok {
		return true
	}
	return strings.HasSuffix(w, "ed") && lexicon.Shared().Word(lexicon.Hash(w))&lexicon.Adjective == 0
}

// doesOther reports whether two figures count people of whom different things are
// told, and neither by a word for what is counted: those who walked out, and those
// who returned to work.
func (f *figure) doesOther(g *figure) bool {
	return f.ofPeople() && g.ofPeople() && !f.measured() && !g.measured() && f.does != "" && g.does != "" && f.does != g.does
}

// asked reports whether the text at an offset of a block is part of a question:
// its sentence ends as one, or the block is an interviewer's.
func (r *sideReport) asked(block, at int) bool {
	whole := strings.TrimSpace(r.file.Blocks[block].Span.In(r.text))
	if s := r.sentenceAt(block, at); s >= 0 && question(r.maker.sentences[s].span.In(r.text)) {
		return true
	}
	who, _, ok := strings.Cut(whole[:min(len(whole), maxAsker)], ":")
	if !ok || strings.Count(who, " ") > 3 || strings.ContainsAny(who, ".,?!") {
		return false
	}
	return slices.Contains(askers, strings.ToLower(who)) || question(whole)
}

// maxAsker is the number of bytes within which who asks is named.
const maxAsker = 60

// askers stand before a question.
var askers = []string{"q", "question", "interviewer", "frage"}

// question reports whether a text ends with a question mark.
func question(text string) bool {
	return strings.HasSuffix(strings.TrimRight(strings.TrimSpace(text), "\"”’)"), "?")
}

// ofAnotherOutlet reports whether mark i is a statement that another outlet is said
// to have reported.
func (r *sideReport) ofAnotherOutlet(i int) bool {
	if r.file.Marks[i].Class != dialect.Statement || r.voiceOf[i] < 0 {
		return false
	}
	v := r.voices[r.voiceOf[i]]
	if v.naming != "outlet" || v.mark < 0 {
		return false
	}
	name := outletKey(oneLine(r.mark(v.mark).Span.In(r.text)))
	return name != outletKey(r.b.Header.Publisher) && name != outletKey(r.agency)
}
