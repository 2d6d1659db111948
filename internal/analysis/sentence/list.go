package sentence

import (
	"strings"

	"readout/internal/token"
)

// A lister follows the enumerators of a list that is written in one line:
// "1.) The first item 2.) The second item".
type lister struct {
	text string
	toks []token.Token
	last enumerator // the enumerator the sentence at hand began with
}

// An enumerator is "1.", "1)", "1.)", "(1)", "a.", "(iv)" and the like.
type enumerator struct {
	form string // what is around the value: "(#)", "#)", "#.)", "#."
	kind byte   // 1 figure, a or A letter, i or I roman; 0 when there is none
	n    int
	end  int // token after it
}

func newLister(text string, toks []token.Token) *lister {
	return &lister{text: text, toks: toks}
}

// begins reports whether a new item of a list begins at token i, in a sentence
// that began at token start.
func (l *lister) begins(i, start int) bool {
	t := l.toks[i]
	if i == start || !t.Space {
		return false
	}
	if isBullet(t.Norm) {
		return true
	}
	if l.last.kind == 0 {
		return false
	}
	e := l.at(i)
	return l.follows(e)
}

// marker returns the end of the enumerator that begins the sentence at token i,
// or i when there is none.
func (l *lister) marker(i, start int) int {
	if i != start {
		return i
	}
	prev := l.last
	l.last = enumerator{}
	k := i
	for k < len(l.toks) && k < i+2 && (isBullet(l.toks[k].Norm) || l.toks[k].Norm == "-" || l.toks[k].Norm == "*") {
		k++
	}
	e := l.at(k)
	if e.kind == 0 || e.end >= len(l.toks) {
		return i
	}
	// A figure or letter with a stop alone must be small or go on a list;
	// "1988." and "A." at the start of a line are more often words.
	if e.form == "#." {
		l2 := lister{text: l.text, toks: l.toks, last: prev}
		if !(e.kind == '1' && e.n <= 99) && !(e.n == 1 && l.laterNext(e)) && !l2.follows(e) {
			return i
		}
	}
	l.last = e
	return e.end
}

// laterNext reports whether the successor of e stands later in the block.
func (l *lister) laterNext(e enumerator) bool {
	saved := l.last
	l.last = e
	defer func() { l.last = saved }()
	for k := e.end; k < len(l.toks) && k < e.end+200; k++ {
		if l.toks[k].Space && l.follows(l.at(k)) {
			return true
		}
	}
	return false
}

// follows reports whether e is the next enumerator of the list at hand.
func (l *lister) follows(e enumerator) bool {
	if e.kind == 0 || e.form != l.last.form {
		return false
	}
	if e.kind == l.last.kind && e.n == l.last.n+1 {
		return true
	}
	// "i" may be a letter or a roman figure.
	alt := func(k byte) byte { return k &^ 0x20 } // upper case of the kind
	return alt(e.kind) != alt(l.last.kind) && e.kind != '1' && l.last.kind != '1' && l.valueAs(e, l.last.kind) == l.last.n+1
}

// valueAs returns the value of e read as another kind of letter enumerator.
func (l *lister) valueAs(e enumerator, kind byte) int {
	w := ""
	for k := e.end - 1; k >= 0 && k > e.end-4; k-- {
		if l.toks[k].Kind == token.Word {
			w = l.toks[k].Norm
			break
		}
	}
	if kind == 'i' || kind == 'I' {
		return roman(w)
	}
	if len(w) == 1 {
		return int(w[0]-'a') + 1
	}
	return 0
}

// at reads the enumerator at token i.
func (l *lister) at(i int) enumerator {
	norm := func(k int) string {
		if k < len(l.toks) {
			return l.toks[k].Norm
		}
		return ""
	}
	glued := func(k int) bool { return k < len(l.toks) && !l.toks[k].Space }
	k, form := i, ""
	if norm(k) == "(" {
		if !glued(k + 1) {
			return enumerator{}
		}
		form, k = "(", k+1
	}
	if k >= len(l.toks) {
		return enumerator{}
	}
	kind, n := value(l.toks[k], l.toks[k].Span.In(l.text))
	if kind == 0 {
		return enumerator{}
	}
	form += "#"
	k++
	if norm(k) == "." && glued(k) && form == "#" {
		form, k = "#.", k+1
	}
	if norm(k) == ")" && glued(k) {
		form, k = form+")", k+1
	}
	switch form {
	case "(#)", "#)", "#.)", "#.":
	default:
		return enumerator{}
	}
	if k < len(l.toks) && !l.toks[k].Space {
		return enumerator{}
	}
	return enumerator{form: form, kind: kind, n: n, end: k}
}

// value returns the kind and value of the word of an enumerator.
func value(t token.Token, word string) (kind byte, n int) {
	switch {
	case t.Kind == token.Number && len(word) <= 3:
		for _, c := range []byte(word) {
			if c < '0' || c > '9' {
				return 0, 0
			}
			n = n*10 + int(c-'0')
		}
		return '1', n
	case t.Kind != token.Word || len(word) > 5:
		return 0, 0
	}
	upper := t.Is(token.AllUpper)
	if !upper && !t.Is(token.AllLower) {
		return 0, 0
	}
	if r := roman(t.Norm); r > 0 && (len(word) > 1 || r == 1) {
		if upper {
			return 'I', r
		}
		return 'i', r
	}
	if len(word) == 1 && t.Norm[0] >= 'a' && t.Norm[0] <= 'z' {
		if upper {
			return 'A', int(t.Norm[0]-'a') + 1
		}
		return 'a', int(t.Norm[0]-'a') + 1
	}
	return 0, 0
}

// roman returns the value of a small roman figure in lower case, or 0.
func roman(w string) int {
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	n := 0
	for i := 0; i < len(w); i++ {
		v := value[w[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(w) && value[w[i+1]] > v {
			n -= v
		} else {
			n += v
		}
	}
	return n
}

// isBullet reports whether sign stands before the items of a list.
func isBullet(sign string) bool {
	return sign != "" && strings.Contains("•⁃‣◦▪●■", sign)
}
