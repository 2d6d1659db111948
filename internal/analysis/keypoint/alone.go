package keypoint

import (
	"strings"

	"readout/internal/article"
	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/verb"
)

// pointers are words that, at the start of a sentence, point back to another.
var pointers = map[string]bool{}

// captions are words that, before a colon at the start, tell of a caption,
// credit or note.
var captions = map[string]bool{
	"image": true, "photo": true, "photograph": true, "picture": true, "video": true, "audio": true, "source": true, "credit": true,
	"file": true, "read": true, "related": true, "also": true, "watch": true, "listen": true, "caption": true, "graphic": true,
	"map": true, "note": true, "editor": true, "update": true, "correction": true, "tags": true, "by": true, "contact": true, "courtesy": true,
}

func init() {
	for _, w := range strings.Fields(`he she it they him her them his hers its their theirs we our us i my you your
this that these those such here there so then thus hence and but or yet nor however meanwhile moreover furthermore additionally
also therefore nevertheless nonetheless still instead otherwise besides similarly likewise consequently another both either neither
others one some many most several few few all none each latter former same simultaneously later earlier afterwards subsequently eventually finally first second third next again elsewhere`) {
		pointers[w] = true
	}
}

// spoken are words that, before a comma at the start, are talk.
var spoken = map[string]bool{
	"look": true, "well": true, "yes": true, "no": true, "yeah": true, "ok": true, "okay": true, "listen": true, "oh": true, "sure": true,
	"right": true, "exactly": true, "absolutely": true, "now": true, "so": true, "see": true, "ah": true, "frankly": true, "honestly": true,
	"actually": true, "anyway": true, "hey": true, "please": true, "indeed": true, "um": true, "er": true,
}

// openers are pointers that may open a sentence that stands alone when a noun
// follows: "Some 400 people", "Many residents", "All five ships", "One of the".
var openers = map[string]bool{
	"some": true, "many": true, "most": true, "several": true, "few": true, "all": true, "each": true, "one": true, "both": true,
	"there": true,
}

// standsAlone reports whether the sentence of the tokens [from, to) can be read
// without those around it.
func (c *collection) standsAlone(from, to int) bool {
	words := 0
	for k := from; k < to; k++ {
		if c.toks[k].Kind == token.Word {
			words++
		}
	}
	if words < 8 || words > 80 {
		return false
	}
	first := c.toks[from]
	switch {
	case first.Kind == token.Number:
	case first.Kind != token.Word:
		// A quotation may open it, but only whole.
		if first.Norm != `"` && first.Norm != "“" {
			return false
		}
	case first.Is(token.AllLower):
		return false // a fragment
	case pointers[first.Norm] && !openers[first.Norm]:
		return false
	}
	second := c.toks[from+1].Norm
	switch {
	case spoken[first.Norm] && (second == "," || second == "."):
		return false // "Look, …", "Well, …"
	case (first.Norm == "q" || first.Norm == "a") && (second == "." || second == ":") || first.Norm == "q." || first.Norm == "a.":
		return false // a turn of an interview
	}
	if second == ":" && (captions[first.Norm] || words < 12) || captions[first.Norm] && c.toks[min(from+2, to-1)].Norm == ":" {
		return false
	}
	if openers[first.Norm] && (verb.Auxiliary(second) || second == "of" && pointers[c.toks[min(from+2, to-1)].Norm]) && first.Norm != "there" {
		return false
	}
	last := c.toks[to-1]
	for k := to - 1; k > from && (last.Norm == `"` || last.Norm == "”" || last.Norm == ")" || last.Norm == "’"); k-- {
		last = c.toks[k-1]
	}
	if !strings.HasPrefix(last.Norm, ".") && last.Norm != "!" && !strings.HasSuffix(last.Norm, ".") {
		return false // a caption, a heading, a question, an ellipsis
	}
	if last.Norm == "..." || !c.finite(from, to) || !c.balanced(from, to) {
		return false
	}
	// "I", "we" and "you" outside quotation marks are the writer's own voice.
	return !c.silent(from, to) && !c.asks(from, to) && !c.pointsBack(from, to)
}

// pointsBack reports whether a pronoun that no name goes before, or a word that
// sets the sentence against the one before it, stands near its beginning.
func (c *collection) pointsBack(from, to int) bool {
	const reach = 9
	if c.toks[from].Norm == "to" && c.toks[from+1].Norm == "do" {
		return true
	}
	named := false
	for k := from + 1; k < to; k++ {
		t := &c.toks[k]
		if k > from+1 && t.Norm == ":" && captions[c.toks[k-1].Norm] {
			return true // "Image: …"
		}
		if k > from+reach {
			continue
		}
		switch t.Norm {
		case "however", "meanwhile", "moreover", "therefore":
			return true
		case "he", "she", "it", "they", "his", "her", "their", "its", "him", "them":
			if !named && c.toks[from].Norm != "the" && c.toks[from].Norm != "a" && c.toks[from].Norm != "an" {
				return true
			}
		}
		named = named || t.Is(token.Initial) && t.Kind == token.Word || k == from+1 && c.toks[from].Is(token.AllUpper)
	}
	return false
}

// nameless reports whether what is said rests on the word of a bare pronoun: "…,
// he said".
func (c *collection) nameless(from, to int) bool {
	for k := from; k+1 < to; k++ {
		switch c.toks[k].Norm {
		case "he", "she", "they", "it", "i", "we":
			switch c.toks[k+1].Norm {
			case "said", "says", "added", "told", "noted", "explained", "wrote", "continued", "stressed":
				return true
			}
		}
	}
	return false
}

// balanced reports whether every quotation mark and bracket of the tokens has
// its other half among them.
func (c *collection) balanced(from, to int) bool {
	straight, curly, round := 0, 0, 0
	for k := from; k < to; k++ {
		switch c.toks[k].Norm {
		case `"`:
			straight++
		case "“":
			curly++
		case "”":
			curly--
		case "(":
			round++
		case ")":
			round--
		}
		if curly < 0 || round < 0 {
			return false
		}
	}
	return straight%2 == 0 && curly == 0 && round == 0
}

// asks reports whether the sentence speaks to the reader: "Click here",
// "Subscribe", "Sign up".
func (c *collection) asks(from, to int) bool {
	switch c.toks[from].Norm {
	case "click", "subscribe", "sign", "follow", "read", "join", "download", "see", "visit", "share", "contact", "please", "watch", "listen":
		return true
	}
	return false
}

// afterDateline returns the token after a dateline at the start of a sentence:
// "TAIPEI, Taiwan (Agency) — The festival…".
func (c *collection) afterDateline(from, to int) (at int, rule string) {
	const reach = 14
	if c.toks[from].Kind == token.Number {
		at := c.toks[from].Span.Start
		if n := article.StampLen(c.text[at:c.toks[to-1].Span.End]); n > 0 {
			for k := from; k < to-8; k++ {
				if c.toks[k].Span.Start >= at+n {
					return k, "sentence"
				}
			}
		}
	}
	for k := from; k < to-8 && k < from+reach; k++ {
		t := &c.toks[k]
		switch t.Norm {
		case "—", "–", "--", "-":
			if k > from && t.Space && c.toks[k+1].Space && c.toks[k+1].Is(token.Initial) {
				return k + 1, "sentence"
			}
			if t.Norm != "-" {
				return from, "sentence"
			}
			continue
		case ":":
			// "PUNE: The court …"
			if k > from && k < from+4 && !t.Space && c.toks[k+1].Is(token.Initial) && c.place(from, k) {
				return k + 1, "sentence"
			}
			return from, "sentence"
		case ",", "(", ")", ".", "/":
			continue
		}
		if t.Kind == token.Word && !t.Is(token.Initial) && t.Norm != "of" {
			break
		}
	}
	return from, "sentence"
}

// place reports whether the tokens [from, to) are the name of a listed place.
func (c *collection) place(from, to int) bool {
	h := uint64(0)
	for k := from; k < to; k++ {
		h = lexicon.Join(h, lexicon.Hash(c.toks[k].Norm))
	}
	class, _ := lexicon.Shared().Phrase(h)
	return class&lexicon.Place != 0
}

// silent reports whether a sentence tells that somebody says nothing: "A
// spokesman declined to comment." It sums up no article.
func (c *collection) silent(from, to int) bool {
	for k := from; k+1 < to; k++ {
		switch n := c.toks[k+1].Norm; c.toks[k].Norm {
		case "to":
			if n == "comment" && k > from && strings.HasPrefix(c.toks[k-1].Norm, "declin") {
				return true
			}
		case "not":
			if n == "immediately" && k+2 < to {
				n = c.toks[k+2].Norm
			}
			if n == "respond" || n == "reply" || n == "comment" {
				return true
			}
		case "be":
			if n == "reached" && k > from && c.toks[k-1].Norm == "not" {
				return true
			}
		}
	}
	return false
}

// cut returns where a long sentence may end so that a whole clause is left: before
// a relative or participial clause after a comma that adds to it. What tells on
// whose word it rests, or under what condition, is never cut.
func (c *collection) cut(from, to int) int {
	const tooLong, enough = 32, 13
	words := 0
	for k := from; k < to; k++ {
		if c.toks[k].Kind == token.Word {
			words++
		}
	}
	if words <= tooLong {
		return to
	}
	for k := from; k < to; k++ {
		switch c.toks[k].Norm {
		case `"`, "“", "”", "if", "unless", "whether", "according", "not", "said", "says", "told", "reported", "alleged", "allegedly", "claimed", "claims", "reportedly":
			// Quoted, conditional and attributed sentences stay whole.
			return to
		}
	}
	n := 0
	for k := from; k+2 < to; k++ {
		t := &c.toks[k]
		if t.Kind == token.Word {
			n++
		}
		if t.Norm != "," || n < enough {
			continue
		}
		next := c.toks[k+1].Norm
		participle := strings.HasSuffix(next, "ing") && len(next) > 5 && c.toks[k+1].Is(token.AllLower) && next != "including" && next != "during"
		relative := next == "which" || next == "who" || next == "where" || next == "whose"
		if !participle && !relative {
			continue
		}
		// The clause must run to the end: no further comma with a verb after it
		// that would go on with the main clause.
		if relative && c.goesOn(k+1, to) {
			continue
		}
		if c.finite(from, k) && c.balanced(from, k) {
			return k
		}
	}
	return to
}

// goesOn reports whether a comma in the tokens closes the clause that begins at
// from, so that the main clause goes on after it.
func (c *collection) goesOn(from, to int) bool {
	for k := from; k+1 < to; k++ {
		if c.toks[k].Norm == "," {
			next := c.toks[k+1].Norm
			if verb.Finite(next) || c.toks[k+1].Is(token.Initial) {
				return true
			}
		}
	}
	return false
}
