package site

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/slug"
	"readout/internal/token"
	"readout/internal/wordlist"
)

// roles compares the offices that the reports give the same person. That one
// calls a governor a candidate is no difference; that one calls a curator a
// director is, a deputy minister a minister, or a minister of defence one of the
// interior.
func (c *comparison) roles() []Dimension {
	var out []Dimension
	for _, e := range c.shared(dialect.Person) {
		d := c.row("role", c.l.Say("dimension.role", "name", e.Name))
		var all [][]office
		former, then := false, false // told as what he was, or of the time when he was it
		for _, r := range c.reports {
			var mine []office
			for _, a := range r.d.Appearances {
				if a.Entity != e {
					continue
				}
				for _, role := range a.Roles {
					if !r.inBody(role.Passage) || !plainRole(role.Text) || !r.ownRole(e, role) {
						continue
					}
					d.put(r.b, role.Text, role.Passage)
					if readOffice(role.Text).former {
						former = true
					} else if k := r.sentenceAt(blockIndex(r, role.Passage.Block), role.Passage.Span.Start); k >= 0 && k < len(r.sentences) && len(r.sentences[k].periods) > 0 {
						then = true
					}
					for part := range strings.SplitSeq(slug.Make(role.Text), "-and-") {
						mine = append(mine, readOffice(part))
					}
				}
			}
			if len(mine) > 0 {
				all = append(all, mine)
			}
		}
		if !officesDiffer(all) || heldTogether(all) || former && then {
			continue
		}
		d.judge()
		out = append(out, d)
	}
	return out
}

// inBody reports whether a passage stands in a sentence of the report and not in
// a headline.
func (r *sideReport) inBody(p Passage) bool {
	return r.sentenceAt(blockIndex(r, p.Block), p.Span.Start) >= 0
}

// plainRole reports whether a role is worded as one: a few words, none of them a
// verb with a capital, the last no preposition, no name after a common word.
func plainRole(role string) bool {
	ts := wordsOf(role)
	if len(ts) == 0 || len(ts) > 8 || lexicon.Shared().Word(lexicon.Hash(ts[len(ts)-1].Norm)) == 0 {
		return false
	}
	persons := 0
	for i, t := range ts {
		c := lexicon.Shared().Word(lexicon.Hash(t.Norm))
		if i > 0 && t.Is(token.Initial) && ts[i-1].Is(token.AllLower) && !joining[ts[i-1].Norm] && c&(lexicon.Demonym|lexicon.Country) == 0 {
			return false
		}
		if t.Is(token.AllLower) && c&lexicon.PersonNoun != 0 && officeWords()[t.Norm] == "" && ranks[t.Norm] == "" {
			persons++
		}
		if officeWords()[t.Norm] != "" && persons > 0 && !slices.ContainsFunc(ts[:i], func(t token.Token) bool { return joining[t.Norm] }) {
			return false // "candidate president": two roles run together
		}
	}
	return !joining[ts[len(ts)-1].Norm]
}

// joining are words after which a role goes on with a name.
var joining = wordSet("joining")

// An office is a role taken apart: "deputy foreign minister" is the head
// minister, for what is foreign, of the rank deputy.
type office struct {
	offices    map[string]bool // the words that say which office it is
	head       string          // its noun
	rest       string          // the role without its rank
	portfolios map[string]bool // what it is for
	matter     map[string]bool // the words of the role that say neither rank nor office
	rank       string          // "deputy", "acting" …; "" for the office itself
	former     bool
}

//go:embed data/offices.txt
var officesFile string

//go:embed data/portfolios.txt
var portfoliosFile string

// officeWords map the words that say which office somebody holds to the first of those
// that mean the same.
var officeWords = sync.OnceValue(func() map[string]string { return wordsOfLine(officesFile) })

// portfolioWords map words that say what an office is for to the first of those
// that mean the same.
var portfolioWords = sync.OnceValue(func() map[string]string { return wordsOfLine(portfoliosFile) })

// wordsOfLine maps each word of a file to the first of its line.
func wordsOfLine(file string) map[string]string {
	m := map[string]string{}
	for row := range wordlist.Rows(file) {
		ws := strings.Fields(row)
		for _, w := range ws {
			m[w] = ws[0]
		}
	}
	return m
}

// ranks are words before an office that make it another one.
var ranks = map[string]string{
	"deputy": "deputy", "vice": "deputy", "acting": "acting", "interim": "acting", "caretaker": "acting",
	"assistant": "assistant", "former": "former", "ex": "former",
}

// headsAlike are nouns for who leads a body, by the one they stand for here.
var headsAlike = map[string]string{"chief": "head", "boss": "head"}

func readOffice(role string) office {
	o := office{offices: map[string]bool{}, portfolios: map[string]bool{}}
	words := strings.Split(strings.ReplaceAll(slug.Make(role), "chief-executive", "ceo"), "-")
	o.matter = map[string]bool{}
	var rest []string
	head := len(words)
	for i, w := range words {
		if i > 0 && slices.Contains([]string{"of", "for", "at", "in", "to"}, w) {
			head = min(head, i)
		}
		if ranks[w] == "" {
			rest = append(rest, w)
		}
		if of := officeWords()[w]; of != "" {
			o.offices[of] = true
		} else if !joining[w] && ranks[w] == "" {
			o.matter[w] = true
		}
		if p := portfolioWords()[w]; p != "" {
			o.portfolios[p] = true
		}
	}
	o.head, o.rest = words[head-1], strings.Join(rest, "-")
	delete(o.matter, o.head)
	if of := headsAlike[o.head]; of != "" {
		o.head = of
	}
	for _, w := range words[:head] {
		switch r := ranks[w]; {
		case r == "former":
			o.former = true
		case r != "" && o.rank == "":
			o.rank = r
		}
	}
	return o
}

// officesDiffer reports whether two reports give offices that are not the same,
// by all that each says of it.
func officesDiffer(reports [][]office) bool {
	for i, a := range reports {
		for _, b := range reports[:i] {
			if differ(a, b) {
				return true
			}
		}
	}
	return false
}

func differ(a, b []office) bool {
	union := func(os []office) map[string]bool {
		m := map[string]bool{}
		for _, o := range os {
			for w := range o.offices {
				m[w] = true
			}
		}
		return m
	}
	if x, y := union(a), union(b); len(x) > 0 && len(y) > 0 && disjoint([]map[string]bool{x, y}) && !besideChair(x, y) && !besideChair(y, x) {
		return true
	}
	// The same office for other matters, or of another rank, where no role of
	// the two reports is the same.
	apart, like := false, false
	for _, o := range a {
		for _, p := range b {
			switch {
			case o.head != p.head:
			case len(o.portfolios) > 0 && len(p.portfolios) > 0 && disjoint([]map[string]bool{o.portfolios, p.portfolios}):
				apart = true
			case o.rank != p.rank && (o.rest == p.rest || o.former == p.former && ofOne(o.matter, p.matter)), o.rank == p.rank && o.former != p.former && o.rest == p.rest:
				apart = true
			case o.rank != p.rank, o.former != p.former:
			default:
				like = true
			}
		}
	}
	return apart && !like
}

// ofOne reports whether of what two roles are for the one says part of what the other does:
// the port, and the port authority.
func ofOne(a, b map[string]bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

// boards are offices of one body beside its chair, which one person does not hold at once.
var boards = []string{"ceo", "president", "director", "secretary", "treasurer", "manager", "principal"}

// besideChair reports whether one is told as a chair alone and the other as what may well
// chair something too: a minister, a bishop.
func besideChair(x, y map[string]bool) bool {
	if !x["chair"] || len(x) > 1 {
		return false
	}
	for w := range y {
		if slices.Contains(boards, w) {
			return false
		}
	}
	return true
}

// ownRole reports whether a role is sure to be that of the person: the words that
// name him hold his last name, and the role does not end where a clause begins
// ("the president Smith worked for").
func (r *sideReport) ownRole(e *Entity, role RoleWording) bool {
	parts := strings.Split(slug.Make(e.Name), "-")
	named := strings.Split(slug.Make(role.Passage.Text), "-")
	if !slices.Contains(named, parts[len(parts)-1]) && len(parts) > 1 && !slices.ContainsFunc(named, func(p string) bool { return romanisedAlike(p, parts[len(parts)-1]) }) {
		return false
	}
	before := oneLine(r.text[max(0, role.Passage.Span.Start-len(role.Text)-8):role.Passage.Span.Start])
	return len(named) > 1 || !strings.HasSuffix(before, " the "+role.Text)
}

// heldTogether reports whether one report gives somebody the offices together
// that others give him one by one: "president and general manager".
func heldTogether(reports [][]office) bool {
	all := map[string]bool{}
	for _, os := range reports {
		for _, o := range os {
			for w := range o.offices {
				all[w] = true
			}
			if o.rank != "" || o.former {
				return false
			}
		}
	}
	return len(all) > 1 && slices.ContainsFunc(reports, func(os []office) bool {
		mine := map[string]bool{}
		for _, o := range os {
			for w := range o.offices {
				mine[w] = true
			}
		}
		return len(mine) == len(all)
	})
}
