// Package reference finds what pronouns and noun phrases such as "the minister"
// stand for, where the article leaves no doubt. It belongs to the analysis
// stage; its result is annotation.Set.References, which package quote reads to
// tell whose words a sentence gives.
//
// A reference is made only on evidence: agreement in gender and kind, a single
// candidate or the subject of the sentence before. Anything else is left
// unresolved.
package reference

import (
	"slices"
	"strings"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

// Analyzer finds what pronouns and noun phrases refer to.
var Analyzer = &analysis.Analyzer{
	Name:     "reference",
	Doc:      "finds which entity a pronoun or a noun phrase stands for, where that is clear",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, entity.Analyzer},
	Run:      run,
}

// An entry is one entity as the resolver sees it.
type entry struct {
	key    string
	typ    annotation.EntityType
	gender lexicon.Gender
	name   string // of an organization, in lower case
	named  bool   // it has been named already
}

// A place is one naming or reference in reading order.
type place struct {
	entry   int
	token   int
	subject bool // begins its sentence as the subject
}

// A resolver reads one article from its beginning.
type resolver struct {
	pass    *analysis.Pass
	toks    []token.Token
	entries []entry
	byKey   map[string]int
	perToken
	places []place
	out    []annotation.Reference
	// roles and kinds tell whom a noun may stand for: persons given a role
	// that it heads, organizations with it in their name, both as named so
	// far and without doubles.
	roles, kinds map[string][]int
	pending      []pending
}

// perToken is what a resolver knows of each token.
type perToken struct {
	mention         []int32 // the mention that begins there, plus one
	sentence        []int32
	first           []int32 // the first token of its sentence
	covered, quoted []bool  // in a mention; between quotation marks
}

// rooms have the slices of resolvers for those to come.
var rooms = sync.Pool{New: func() any { return new(perToken) }}

// cleared returns n zero values, in the room of s where it is enough.
func cleared[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

func run(pass *analysis.Pass) annotation.Set {
	if !pass.English() || len(pass.Set.Mentions) == 0 {
		return annotation.Set{}
	}
	room := rooms.Get().(*perToken)
	r := &resolver{pass: pass, toks: pass.Tokens, byKey: map[string]int{}, roles: map[string][]int{}, kinds: map[string][]int{}, perToken: *room}
	defer func() {
		*room = r.perToken
		rooms.Put(room)
	}()
	r.prepare()
	for i := range r.toks {
		if k := r.mention[i]; k != 0 {
			r.name(i, &pass.Set.Mentions[k-1])
			continue
		}
		if !r.quoted[i] && !r.covered[i] {
			r.refer(i)
		}
	}
	r.later()
	return annotation.Set{References: r.out}
}

func (r *resolver) prepare() {
	for _, e := range r.pass.Set.Entities {
		x := entry{key: e.Key, typ: e.Type}
		switch e.Type {
		case annotation.Person:
			if words := strings.Fields(strings.ToLower(e.Name)); len(words) > 1 {
				x.gender = lexicon.GenderOf(words[0])
				if x.gender == lexicon.UnknownGender && len(words) > 2 {
					x.gender = lexicon.GenderOf(words[1])
				}
			}
		case annotation.Organization:
			x.name = strings.ToLower(e.Name)
		}
		r.byKey[e.Key] = len(r.entries)
		r.entries = append(r.entries, x)
	}
	n := len(r.toks)
	r.mention, r.sentence, r.first = cleared(r.mention, n), cleared(r.sentence, n), cleared(r.first, n)
	r.quoted, r.covered = cleared(r.quoted, n), cleared(r.covered, n)
	k := 0
	for i, m := range r.pass.Set.Mentions {
		for k < n && r.toks[k].Span.Start < m.Span.Start {
			k++
		}
		if k < n && r.toks[k].Span.Start < m.Span.End {
			r.mention[k] = int32(i + 1)
			r.title(k, m.Key)
			for j := k; j < n && r.toks[j].Span.Start < m.Span.End; j++ {
				r.covered[j] = true
			}
		}
	}
	sentences := r.pass.Set.Sentences
	s, first := 0, 0
	for i := range r.toks {
		for s < len(sentences) && sentences[s].Span.End <= r.toks[i].Span.Start {
			s++
			first = i
		}
		r.sentence[i], r.first[i] = int32(s), int32(first)
	}
	for _, b := range r.pass.Blocks {
		open := ""
		for i := b[0]; i < b[1]; i++ {
			switch t := r.toks[i].Norm; {
			case r.toks[i].Kind != token.Punct: // no quotation mark
			case open == "" && (t == "“" || t == "\"" || t == "«" || t == "„"):
				open = t
			case open != "" && (t == "”" || t == "\"" && open == "\"" || t == "»" || t == "“" && open == "„"):
				open = ""
			}
			r.quoted[i] = open != ""
		}
	}
}

// title takes the gender of the person named at token k from a title before
// the name, which is surer than the name itself.
func (r *resolver) title(k int, key string) {
	e, ok := r.byKey[key]
	if !ok || r.entries[e].typ != annotation.Person {
		return
	}
	for i := k - 1; i >= 0 && i >= k-2; i-- {
		if r.toks[i].Norm == "." || r.toks[i].Norm == "," && i == k-1 {
			continue
		}
		if g := kinGender(r.toks[i].Norm); g != lexicon.UnknownGender {
			r.entries[e].gender = g // "her husband, Jan Lee"
		}
		if g := lexicon.TitleGender(r.toks[i].Norm); g != lexicon.UnknownGender {
			r.entries[e].gender = g
		}
		return
	}
}

// kinGender returns the gender that a word for a relative tells.
func kinGender(n string) lexicon.Gender {
	switch n {
	case "husband", "father", "son", "brother", "uncle", "nephew", "grandfather", "grandson", "widower", "stepson", "stepfather", "boyfriend":
		return lexicon.Male
	case "wife", "mother", "daughter", "sister", "aunt", "niece", "grandmother", "granddaughter", "widow", "stepdaughter", "stepmother", "girlfriend":
		return lexicon.Female
	}
	return lexicon.UnknownGender
}

// name records that a mention begins at token i.
func (r *resolver) name(i int, m *annotation.Mention) {
	e, ok := r.byKey[m.Key]
	if !ok {
		return
	}
	if !m.Role.Empty() && r.entries[e].typ == annotation.Person {
		words := roleWords(m.Role.In(r.pass.Article.Text))
		if len(words) > 1 && ownOffice(words[1]) {
			words = words[1:]
		}
		for _, h := range words {
			if !slices.Contains(r.roles[h], e) && len(r.roles[h]) < maxHolders {
				r.roles[h] = append(r.roles[h], e)
			}
		}
	}
	if x := &r.entries[e]; x.typ == annotation.Organization && !x.named {
		x.named = true
		// The noun that heads the name, where the name is more than that.
		if h := roleWords(x.name); len(h) > 0 && strings.Contains(x.name, " ") && !slices.Contains(r.kinds[h[0]], e) && len(r.kinds[h[0]]) < 2 {
			r.kinds[h[0]] = append(r.kinds[h[0]], e)
		}
	}
	if !r.quoted[i] {
		r.places = append(r.places, place{e, i, r.begins(i)})
	}
}

// roleWords returns what a role may be taken up by: the noun that heads it,
// its last word before a preposition, and that noun with the word before.
func roleWords(role string) []string {
	var words []string
loop:
	for _, w := range strings.Fields(strings.ToLower(role)) {
		w = strings.Trim(w, ",.’'\"")
		switch w {
		case "of", "for", "to", "on", "in", "at", "from", "with":
			break loop
		}
		words = append(words, w)
	}
	switch n := len(words); n {
	case 0:
		return nil
	case 1:
		return words
	default:
		return []string{words[n-1], words[n-2] + " " + words[n-1]}
	}
}

// ownOffice reports whether an office of two words is another than that of its last
// word alone: a chief minister is never called "the minister", nor a vice president
// "the president".
func ownOffice(role string) bool {
	before, of, _ := strings.Cut(role, " ")
	switch before {
	case "chief", "prime":
		return of == "minister"
	case "vice", "deputy", "under", "assistant", "lieutenant":
		return of != "general"
	}
	return false
}

// maxHolders bounds how many people are kept of those who are given one role.
const maxHolders = 4

// lately returns the one of several people who alone is named in this sentence or in
// the two before it, or -1.
func (r *resolver) lately(i int, people []int) int {
	const back = 2
	found := -1
	for k := len(r.places) - 1; k >= max(0, len(r.places)-maxPlaces) && r.sentence[i]-r.sentence[r.places[k].token] <= back; k-- {
		if e := r.places[k].entry; slices.Contains(people, e) {
			if found >= 0 && found != e {
				return -1
			}
			found = e
		}
	}
	return found
}

// A pending is a noun phrase for the holder of an office whom the article has not
// named yet, as tokens.
type pending struct {
	first, last int
	office      string
}

// soleOffice reports whether n is an office that one person holds at a time, so
// that who holds it may be named later.
func soleOffice(n string) bool {
	switch n {
	case "president", "premier", "chancellor", "mayor", "governor", "sheriff", "king", "queen", "pope", "emperor", "sultan", "emir", "prime minister", "chief minister", "foreign minister",
		"defence minister", "defense minister", "finance minister", "interior minister", "health minister", "education minister", "justice minister", "home minister", "attorney general":
		return true
	}
	return false
}

// later resolves the offices whose one holder the article names only afterwards.
func (r *resolver) later() {
	if len(r.pending) == 0 {
		return
	}
	for _, p := range r.pending {
		if people := r.roles[p.office]; len(people) == 1 && len(r.kinds[p.office]) == 0 {
			r.out = append(r.out, annotation.Reference{
				Span: span.New(r.toks[p.first].Span.Start, r.toks[p.last-1].Span.End), Key: r.entries[people[0]].key, Rule: "reference/role",
			})
		}
	}
	stable.Sort(r.out, func(a, b annotation.Reference) int { return a.Span.Start - b.Span.Start })
}

// begins reports whether the noun phrase at token i is the subject with which
// its sentence begins, a title, an article or an opening phrase before it apart.
func (r *resolver) begins(i int) bool {
	for k, n := i-1, 0; k >= max(0, i-400) && r.sentence[k] == r.sentence[i] && n < 14; k, n = k-1, n+1 {
		t := &r.toks[k]
		if r.quoted[k] {
			n-- // "'…,' he said": the subject of the clause
			continue
		}
		if t.Kind == token.Punct && (t.Norm == "”" || t.Norm == "\"" || t.Norm == "»") {
			continue
		}
		if t.Kind == token.Punct && t.Norm == "," {
			// "On Friday, Lee …": the phrase before must be short.
			return k-int(r.first[i]) < 8
		}
		if t.Kind == token.Word && !t.Is(token.Initial) {
			switch t.Norm {
			case "the", "a", "an", "but", "and", "president", "minister", "secretary", "spokesman", "spokeswoman", "former", "prime", "foreign", "general":
				continue
			}
			if officeWord(t.Norm) {
				continue // "In court, prosecutor Ann Lee said"
			}
			return false
		}
	}
	return true
}

// refer resolves the pronoun or noun phrase that begins at token i, if one
// does.
func (r *resolver) refer(i int) {
	switch r.toks[i].Norm {
	case "he", "him", "his", "himself":
		r.pronoun(i, lexicon.Male)
	case "she", "her", "hers", "herself":
		r.pronoun(i, lexicon.Female)
	case "it":
		r.neuter(i)
	case "the":
		r.definite(i)
	}
}

// reach is how many sentences back an antecedent may stand.
const reach = 3

// maxPlaces bounds how many names are looked at for one pronoun.
const maxPlaces = 64

// pronoun resolves a personal pronoun of gender g.
func (r *resolver) pronoun(i int, g lexicon.Gender) {
	subject := r.begins(i)
	// The nearest sentence that names a person of that gender, or of none
	// known.
	best, rule := -1, ""
	for k := len(r.places) - 1; k >= max(0, len(r.places)-maxPlaces) && best < 0; {
		s := r.sentence[r.places[k].token]
		if int(r.sentence[i]-s) > reach {
			break
		}
		var sure, open []int
		first, firstSubject := -1, -1
		for ; k >= max(0, len(r.places)-maxPlaces) && r.sentence[r.places[k].token] == s; k-- {
			p := &r.places[k]
			e := &r.entries[p.entry]
			if e.typ != annotation.Person || e.gender != lexicon.UnknownGender && e.gender != g || r.apart(i, p.token, g) || r.done(i, p.token) {
				continue
			}
			list := &open
			if e.gender == g {
				list = &sure
			}
			if !slices.Contains(*list, p.entry) {
				*list = append(*list, p.entry)
			}
			first = p.entry
			if p.subject {
				firstSubject = p.entry
			}
		}
		switch {
		case len(sure) == 1 && (len(open) == 0 || len(open) == 1 && open[0] == sure[0]):
			best, rule = sure[0], "reference/gender"
		case len(sure)+len(open) == 1:
			best, rule = first, "reference/only"
		case len(sure)+len(open) > 1:
			// Several: only where one is known to be meant by gender and
			// the subject stays the subject.
			if len(sure) != 1 || sure[0] != firstSubject || !subject && !r.possessive(i) {
				return
			}
			best, rule = firstSubject, "reference/subject"
		}
	}
	if best < 0 {
		return
	}
	if e := &r.entries[best]; e.gender == lexicon.UnknownGender {
		e.gender = g
	}
	r.add(i, i+1, best, rule, subject)
}

// apart reports whether the person named at token k is another than the pronoun of
// gender g at token i: the name stands in its sentence after such a pronoun as the
// subject ("she married Jo Berg"), or after the "by" of those who ask ("asked by Ann
// Lee why, she said").
func (r *resolver) apart(i, k int, g lexicon.Gender) bool {
	subject := "he"
	if g == lexicon.Female {
		subject = "she"
	}
	if r.sentence[k] == r.sentence[i] && k < i && r.questioned(k, i) {
		return true
	}
	for j := k - 1; j >= int(r.first[k]) && j > k-60; j-- {
		if r.quoted[j] {
			continue
		}
		switch n := r.toks[j].Norm; {
		case n == "," || n == ";" || n == "—":
			return false // "Though she left, Jo Berg stayed": she may be she
		case n == subject:
			return true
		case n == "by" && r.sentence[k] == r.sentence[i]:
			return j == k-1 || j == k-2 && r.toks[k-1].Is(token.Initial)
		}
	}
	return false
}

// questioned reports whether token k stands in the question with which the sentence of
// token i opens: "Asked by Kim what Lee had said, he answered".
func (r *resolver) questioned(k, i int) bool {
	switch r.toks[r.first[k]].Norm {
	case "asked", "pressed", "questioned", "quizzed", "challenged":
	default:
		return false
	}
	for j := k; j < i; j++ {
		if r.toks[j].Norm == "," && !r.quoted[j] {
			return true
		}
	}
	return false
}

// done reports whether the pronoun at token i is the object of what the person named at
// token k does in a clause with "who", and so is another: "Anjali Rao, who trained under
// him".
func (r *resolver) done(i, k int) bool {
	if r.toks[i].Norm != "him" || k >= i || r.sentence[k] != r.sentence[i] {
		return false
	}
	who := false
	for j := k + 1; j < i; j++ {
		switch n := r.toks[j].Norm; {
		case r.covered[j] && !who:
		case n == "who":
			who = true
		case n == "," && !who && r.toks[j+1].Norm == "who":
		case !who:
			return false
		case n == "," || n == "that" || n == "they" || n == "he" || n == "she" || n == "it" || n == "said" || n == "says" || n == "and" || r.covered[j]:
			return false
		}
	}
	return who
}

func (r *resolver) possessive(i int) bool { n := r.toks[i].Norm; return n == "his" || n == "her" }

// neuter resolves "it" at the beginning of a sentence to the organization that
// is the subject of the one before.
func (r *resolver) neuter(i int) {
	if !r.begins(i) || i+1 >= len(r.toks) {
		return
	}
	switch r.toks[i+1].Norm {
	case "is", "was", "seems", "appears", "remains", "'s", "will", "would", "may", "might", "could":
		return // often stands for nothing: "it is unclear"
	}
	best := -1
	for k := len(r.places) - 1; k >= max(0, len(r.places)-maxPlaces); k-- {
		p := &r.places[k]
		d := r.sentence[i] - r.sentence[p.token]
		if d > 1 {
			break
		}
		if d == 1 && p.subject && r.entries[p.entry].typ == annotation.Organization {
			best = p.entry
		}
	}
	if best >= 0 {
		r.add(i, i+1, best, "reference/organization-subject", true)
	}
}

// definite resolves "the minister" to the one person given that role so far,
// and "the ministry" to the one organization with that word in its name.
func (r *resolver) definite(i int) {
	// The noun phrase: up to three words in small letters or of an office.
	end := i + 1
	for end < len(r.toks) && end < i+4 && r.toks[end].Kind == token.Word && (r.toks[end].Is(token.AllLower) || officeWord(r.toks[end].Norm)) && !r.covered[end] && r.sentence[end] == r.sentence[i] {
		end++
	}
	for e := end; e > i+1; e-- {
		head := r.toks[e-1].Norm
		if len(head) < 4 {
			continue
		}
		// "the minister of": some other one, told apart.
		if e < len(r.toks) {
			switch r.toks[e].Norm {
			case "of", "for", "who", "-", "in", "at", "from":
				continue
			}
			if r.covered[e] && !r.toks[e].Is(token.AllUpper) {
				continue // "the minister Ann Lee": part of a mention's words
			}
		}
		persons, orgs := r.roles[head], r.kinds[head]
		if e > i+2 {
			// "the foreign minister" where there are several ministers.
			if both := r.roles[r.toks[e-2].Norm+" "+head]; len(both) > 0 {
				persons = both
			} else if len(persons)+len(orgs) > 0 && another(r.toks[i+1:e-1]) {
				return
			}
		}
		if len(persons) > 1 && len(orgs) == 0 {
			if k := r.lately(i, persons); k >= 0 {
				persons = []int{k}
			}
		}
		switch {
		case len(persons) == 1 && len(orgs) == 0:
			r.add(i, e, persons[0], "reference/role", r.begins(i))
			return
		case len(persons) == 0 && len(orgs) == 1 && head != "united":
			r.add(i, e, orgs[0], "reference/kind", r.begins(i))
			return
		case len(persons)+len(orgs) > 0:
			return
		}
		if office := r.office(i+1, e); office != "" {
			r.pending = append(r.pending, pending{i, e, office})
			return
		}
	}
}

// office returns the office that one person holds with which the tokens [i, e) end,
// where nothing else stands before it.
func (r *resolver) office(i, e int) string {
	head := r.toks[e-1].Norm
	switch e - i {
	case 1:
		if soleOffice(head) {
			return head
		}
	case 2:
		if two := r.toks[i].Norm + " " + head; soleOffice(two) {
			return two
		}
	}
	return ""
}

// officeWord reports whether n is a word that offices are written with, with a
// capital or without.
func officeWord(n string) bool {
	return lexicon.Shared().Word(lexicon.Hash(n))&(lexicon.Role|lexicon.RoleMod) != 0
}

// another reports whether one of the words before a noun says that it is not
// the one named before.
func another(words []token.Token) bool {
	for i := range words {
		switch words[i].Norm {
		case "former", "new", "next", "previous", "other", "late", "future", "then", "first", "second", "third",
			"deputy", "vice", "assistant", "junior", "rival", "fellow", "same", "interim", "acting", "only", "last", "current":
			return true
		}
	}
	return false
}

// add records a reference of the tokens [i, j).
func (r *resolver) add(i, j, e int, rule string, subject bool) {
	r.out = append(r.out, annotation.Reference{
		Span: span.New(r.toks[i].Span.Start, r.toks[j-1].Span.End),
		Key:  r.entries[e].key,
		Rule: rule,
	})
	r.places = append(r.places, place{e, i, subject})
}
