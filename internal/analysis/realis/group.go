package realis

import (
	"strings"

	"readout/internal/annotation"
	"readout/internal/token"
	"readout/internal/verb"
)

// group reads the verb group that begins at token k.
func (s *scanner) group(k int) (group, bool) {
	t := &s.toks[k]
	if t.Kind != token.Word || !t.Is(token.AllLower) && k != s.s0 || !*leads.Of(t) {
		return group{}, false
	}
	switch w := t.Norm; {
	case w == "be" || w == "been" || w == "being" || w == "having":
		return group{}, false // of a group that is none: "believes her to be", "work to be published"
	case verb.Of(t).Auxiliary():
		if (w == "may" || w == "might" || w == "can" || w == "will") && !t.Is(token.AllLower) {
			return group{}, false
		}
		return s.auxiliary(k)
	case w == "born" && k == s.s0:
		return s.past(k) // "Born in 1927, she left in 1946"
	case w == "'s" && (s.forms(k+1).Past() || s.norm(k+1) == "been" || s.norm(k+1) == "not"):
		return group{}, false // a possessive more often than "is"
	case w == "to":
		return s.infinitive(k)
	case (s.norm(k+1) == "for" || s.norm(k+1) == "on") && s.cue(k)&scheduled != 0 && w != "set" && w != "due":
		// "a vote scheduled for Friday"
		return group{from: k, to: k + 1, realis: annotation.Scheduled, rule: "scheduled"}, true
	case w == "set" && (s.norm(k+1) == "up" || s.norm(k+1) == "off" || s.norm(k+1) == "out") && !s.forms(k-1).Auxiliary() && s.norm(k-1) != "to",
		s.forms(k).Past(), s.samePast(k):
		return s.past(k)
	case w[len(w)-1] == 's' && opening[w]:
		return s.present(k)
	}
	return group{}, false
}

// unchanged are verbs whose past is their base form.
var unchanged = wordSet("unchanged")

// samePast reports whether token k is such a verb where it can be nothing but the
// verb of its clause: "A quake hit the town", "A storm cut power to the coast". In
// "tax cut talks began" another verb is.
func (s *scanner) samePast(k int) bool {
	if k == s.s0 || k+1 >= s.s1 || !unchanged[s.norm(k)] || !s.toks[k].Is(token.AllLower) {
		return false
	}
	prev, next := &s.toks[k-1], &s.toks[k+1]
	if prev.Kind != token.Word || modifierLead[prev.Norm] || preposition[prev.Norm] || s.forms(k-1).Auxiliary() {
		return false
	}
	switch next.Norm {
	case "the", "a", "an", "its", "his", "her", "their", "some", "several":
		return true
	}
	if next.Kind != token.Word && next.Kind != token.Number || preposition[next.Norm] {
		return false
	}
	other := func(at int) bool { return s.forms(at).Finite() && s.toks[at].Is(token.AllLower) }
	for at := k - 1; at >= s.s0 && s.norm(at) != ","; at-- {
		if other(at) {
			return false
		}
	}
	for at := k + 1; at < s.s1 && s.norm(at) != ","; at++ {
		if other(at) {
			return false
		}
	}
	return true
}

// leads tells whether a verb group may begin with a word.
var leads = token.NewMemo(func(w string) bool {
	return verb.Auxiliary(w) || w == "'s" || w == "to" || cueList()[w]&scheduled != 0 || verb.Past(w) || opening[w] || unchanged[w] || w == "born"
})

// opening are verbs whose present tells of an appointed event.
var opening = wordSet("opening")

// adverb reports whether token k is a word that may stand inside a verb group.
func (s *scanner) adverb(k int) bool {
	w := s.norm(k)
	switch w {
	case "also", "still", "already", "now", "then", "just", "ever", "only", "yet", "soon", "again", "once", "long", "even", "since", "all", "both", "so", "later", "further", "almost", "always", "often", "reportedly", "n't":
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "ly") && w != "family" && w != "only" && w != "italy" && w != "rally" && w != "ally" && w != "likely" && w != "unlikely" && w != "reply" && w != "supply" && w != "apply"
}

// negative reports whether w denies.
func negative(w string) bool {
	switch w {
	case "not", "never", "neither", "nor", "no", "hardly", "cannot":
		return true
	}
	return strings.HasSuffix(w, "n't")
}

// auxiliary reads a group that begins with an auxiliary or modal at token k.
func (s *scanner) auxiliary(k int) (group, bool) {
	const longest = 12
	g := group{from: k, to: k + 1, realis: annotation.Occurred, rule: "past"}
	neg := negative(s.norm(k)) || s.negativeSubject(k)
	modal, doubt := "", false
	if s.forms(k).Modal() {
		modal = s.norm(k)
	}
	be := s.forms(k).Be()
	for at := k + 1; at < s.s1 && at < k+longest; at++ {
		w := s.norm(at)
		t := &s.toks[at]
		if t.Kind != token.Word || !t.Is(token.AllLower) {
			break
		}
		c, f := s.cue(at), verb.Of(t)
		switch {
		case negative(w):
			neg = true
			continue
		case c&doubtful != 0:
			doubt = true
			continue
		case s.adverb(at):
			continue
		case f.Auxiliary() && w != "having":
			be = f.Be()
			g.to = at + 1
			continue
		case be && c&(scheduled|expected) != 0 && s.norm(at+1) == "to":
			return s.towards(g, at, c, neg, modal)
		case be && w == "to" && s.norm(at+1) == "have" && (s.norm(k) == "was" || s.norm(k) == "were"):
			// "was to have opened": it did not, or not then
			g.to = s.verbEnd(at + 1)
			return s.finish(g, annotation.Hypothetical, "modal", neg), true
		case !be && at == k+1 && w == "to" && s.forms(k).Have() && s.base(at+1):
			// "has to find"
			g.to = s.verbEnd(at + 1)
			return s.finish(g, annotation.Expected, "expected", neg), true
		case be && w == "to" && s.base(at+1):
			// "is to meet"
			g.to = s.verbEnd(at + 1)
			return s.finish(g, annotation.Scheduled, "scheduled", neg), true
		case be && c&scheduled != 0 && (s.norm(at+1) == "for" || s.norm(at+1) == "on" || s.norm(at+1) == "in"):
			g.to = at + 1
			return s.finish(g, annotation.Scheduled, "scheduled", neg), true
		case be && c&expected != 0 && c&asked == 0 && (w == "likely" || w == "unlikely" || w == "expected" || w == "planned"):
			g.to = at + 1
			return s.finish(g, annotation.Expected, "expected", neg || w == "unlikely"), true
		case be && (f.Past() || strings.HasSuffix(w, "ing") || participle[w]),
			!be && !(s.forms(at-1).Have() && !f.Past() && !participle[w]):
			g.to = at + 1
		}
		break
	}
	switch modal {
	case "":
	case "will", "shall", "won't":
		g.future = true
		return s.finish(g, annotation.Expected, "future", neg), true
	case "would", "wouldn't":
		if s.reported(k) && !s.conditional(k) {
			g.future = true
			return s.finish(g, annotation.Expected, "reported-future", neg), true
		}
		return s.finish(g, annotation.Hypothetical, "modal", neg), true
	case "may", "might", "could":
		return s.finish(g, annotation.Hypothetical, "modal", false), true
	case "cannot", "can't", "couldn't":
		return s.finish(g, annotation.Negated, "negated", true), true
	default:
		if strings.HasSuffix(modal, "'ll") {
			g.future = true
			return s.finish(g, annotation.Expected, "future", neg), true
		}
		return s.finish(g, annotation.Hypothetical, "modal", neg), true
	}
	if doubt {
		return s.finish(g, annotation.Hypothetical, "doubtful", neg), true
	}
	g.state = neg && be && g.to == k+1
	return s.finish(g, annotation.Occurred, "past", neg), true
}

// towards ends a group such as "is expected to meet", whose cue stands at token
// at before "to".
func (s *scanner) towards(g group, at int, c class, neg bool, modal string) (group, bool) {
	g.to = s.verbEnd(at + 2)
	realis, rule := annotation.Expected, "expected"
	if c&scheduled != 0 {
		realis, rule = annotation.Scheduled, "scheduled"
	}
	if s.norm(at) == "unlikely" {
		neg = true
	}
	if modal == "would" || modal == "could" || modal == "might" || modal == "may" {
		realis, rule = annotation.Hypothetical, "modal"
	}
	return s.finish(g, realis, rule, neg), true
}

// base reports whether token k may be the base form of a verb.
func (s *scanner) base(k int) bool {
	if k >= s.s1 || s.toks[k].Kind != token.Word || !s.toks[k].Is(token.AllLower) {
		return false
	}
	w := s.norm(k)
	return s.forms(k).Base() || w == "be" || w == "have"
}

// verbEnd returns the end of an infinitive that begins at token k: "be held",
// "have left".
func (s *scanner) verbEnd(k int) int {
	const longest = 5
	end := min(k+1, s.s1)
	if k >= s.s1 {
		return s.s1
	}
	for at := k; at < s.s1 && at < k+longest; at++ {
		w := s.norm(at)
		switch {
		case w == "be" || w == "have" || w == "been" || w == "not":
			end = at + 1
			continue
		case s.adverb(at):
			continue
		case at > k && !(s.forms(at).Past() || strings.HasSuffix(w, "ing") || participle[w]):
			return end
		}
		return at + 1
	}
	return end
}

// participle are past participles that are no pasts.
var participle = wordSet("participle")

// infinitive reads "to meet" after a verb or noun that says whether it will be.
func (s *scanner) infinitive(k int) (group, bool) {
	if !s.base(k+1) || s.norm(k+2) == "-" && !s.toks[k+2].Space { // "due to cross-border raids"
		return group{}, false
	}
	g := group{from: k, to: s.verbEnd(k + 1)}
	// The governor stands right before, or before a short object: "urged the
	// group to leave".
	const reach = 6
	for at := k - 1; at >= s.s0 && at >= k-reach; at-- {
		w := s.norm(at)
		c := s.cue(at)
		near := at == k-1
		switch {
		case w == "," || w == ";" || w == ":":
			return group{}, false
		case c&failed != 0 && near:
			return s.finish(g, annotation.Negated, "failed", false), true
		case c&scheduled != 0 && near:
			return s.finish(g, annotation.Scheduled, "scheduled", false), true
		case c&expected != 0 && near:
			return s.finish(g, annotation.Expected, "expected", s.norm(at-1) == "not"), true
		case c&asked != 0:
			return s.finish(g, annotation.Hypothetical, "asked", false), true
		case c&expected != 0 && !near && (w == "wants" || w == "want" || w == "expects" || w == "expected"):
			return s.finish(g, annotation.Hypothetical, "asked", false), true
		case s.forms(at).Finite() && !near:
			return group{}, false
		}
	}
	return group{}, false
}

// past reads a simple past at token k.
func (s *scanner) past(k int) (group, bool) {
	prev, next := s.norm(k-1), s.norm(k+1)
	if (s.norm(k) == "dated" || s.norm(k) == "translated") && !s.forms(k-1).Auxiliary() {
		return group{}, false // "imagery dated 3 February"
	}
	if prev == "be" || prev == "been" || prev == "being" || prev == "having" {
		return group{}, false // "work to be published this year"
	}
	if next == "by" && prev == "," {
		return group{}, false // "The homeowners, led by Lee, sued"
	}
	if prev == "-" && !s.toks[k].Space || s.norm(k) == "involved" && !s.forms(k-1).Auxiliary() {
		return group{}, false // "solar-powered", "the managers involved"
	}
	if f := s.forms(k); f.Regular() && !f.Irregular() {
		// "the proposed deal", "of armed men": a participle before its noun.
		if modifierLead[prev] && k+1 < s.s1 && s.toks[k+1].Kind == token.Word && !preposition[next] && next != "by" && next != "to" && next != "that" {
			return group{}, false
		}
		// "officials briefed on the talks": a participle after its noun.
		if next == "by" && !s.forms(k-1).Be() {
			return group{}, false
		}
	}
	if s.cue(k)&(scheduled|expected|asked|failed) != 0 && next == "to" {
		return group{}, false // the infinitive has the event
	}
	g := group{from: k, to: k + 1}
	neg := s.negativeSubject(k)
	if prev == "never" {
		g.from, neg = k-1, true
	}
	if prev == "allegedly" || prev == "reportedly" || prev == "purportedly" || prev == "supposedly" {
		return s.finish(g, annotation.Hypothetical, "doubtful", neg), true
	}
	return s.finish(g, annotation.Occurred, "past", neg), true
}

// modifierLead are words after which a participle stands before its noun.
var modifierLead = map[string]bool{
	"the": true, "a": true, "an": true, "of": true, "its": true, "his": true, "her": true, "their": true, "our": true, "this": true, "that": false,
	"these": true, "those": true, "in": true, "with": true, "for": true, "by": true, "on": true, "and": false, "more": true, "some": true,
	"many": true, "other": true, "all": true, "no": true, "from": true, "against": true, "'s": true, "newly": true, "recently": true, "so": true, "to": true, "as": true,
}

// present reads a present that tells of an appointed event at token k.
func (s *scanner) present(k int) (group, bool) {
	prev := s.norm(k - 1)
	if k == s.s0 || modifierLead[prev] || preposition[prev] {
		return group{}, false
	}
	g := group{from: k, to: k + 1, future: true}
	return s.finish(g, annotation.Expected, "present", false), true
}

// finish settles the realis of a group by what governs its clause.
func (s *scanner) finish(g group, r annotation.Realis, rule string, neg bool) group {
	g.realis, g.rule = r, rule
	switch {
	case s.underDenial(g.from):
		// What is denied is not; what is denied not to be is asserted to be.
		if neg {
			g.realis, g.rule = annotation.Hypothetical, "denied"
		} else {
			g.realis, g.rule = annotation.Negated, "denied"
		}
	case neg:
		g.realis, g.rule = annotation.Negated, "negated"
	case s.conditional(g.from):
		g.realis, g.rule = annotation.Hypothetical, "condition"
	}
	return g
}

// clause walks back from token k to the beginning of its clause and calls f with
// each token until f returns true, which clause then returns.
func (s *scanner) clause(k int, f func(at int, w string) bool) bool {
	const reach = 20
	for at := k - 1; at >= s.s0 && at > k-reach; at-- {
		w := s.norm(at)
		if f(at, w) {
			return true
		}
		switch w {
		case ";", ":", ",", "but", "“", "”", `"`, "—", "–":
			return false
		}
	}
	return false
}

// conditional reports whether the clause of token k stands under a condition.
func (s *scanner) conditional(k int) bool {
	// "If the talks fail, the union will strike."
	if first := s.norm(s.s0); (first == "if" || first == "unless") && s.forms(k).Modal() {
		return true
	}
	return s.clause(k, func(at int, w string) bool {
		return s.cue(at)&condition != 0 && w != "until" && w != "otherwise"
	})
}

// reported reports whether the clause of token k is what somebody said.
func (s *scanner) reported(k int) bool {
	return s.clause(k, func(_ int, w string) bool { return saying(w) || telling(w) }) || s.saidAfter(k)
}

// telling reports whether w is a verb of saying in -ing: "cut the rate, saying it would".
func telling(w string) bool {
	switch w {
	case "saying", "adding", "announcing", "promising", "confirming", "warning", "stating", "vowing":
		return true
	}
	return false
}

// saidAfter reports whether the words that attribute stand at the end of the sentence of
// token k, after a comma: "Results would be published on Thursday, she said".
func (s *scanner) saidAfter(k int) bool {
	const longest = 8
	for at := s.s1 - 1; at > k && at > s.s1-longest; at-- {
		if n := s.norm(at); n != "said" && n != "says" && n != "added" {
			continue
		}
		for j := at - 1; j > k && j > at-longest; j-- {
			switch n := s.norm(j); {
			case n == ",":
				return true
			case s.forms(j).Finite() && s.toks[j].Is(token.AllLower):
				return false
			}
		}
		return false
	}
	return false
}

// saying reports whether w is a verb that reports what somebody said.
func saying(w string) bool {
	switch w {
	case "said", "says", "say", "told", "announced", "confirmed", "added", "stated", "promised", "vowed", "agreed", "reported", "revealed", "warned":
		return true
	}
	return false
}

// underDenial reports whether the clause of token k is what somebody denied:
// "denied that it had attacked", "rejected claims that he knew".
func (s *scanner) underDenial(k int) bool {
	that := false
	return s.clause(k, func(at int, w string) bool {
		if w == "that" || w == "claims" || w == "reports" || w == "allegations" || w == "suggestions" || w == "rumours" || w == "rumors" || w == "accusations" {
			that = true
		}
		c := s.cue(at)
		if c&denied == 0 || at == k {
			return false
		}
		if w == "ruled" {
			return s.norm(at+1) == "out"
		}
		return that || w == "denied" || w == "denies" || w == "deny" || w == "denying"
	})
}

// negativeSubject reports whether the subject before token k denies: "no one",
// "nobody", "none of the ships", "no soldier".
func (s *scanner) negativeSubject(k int) bool {
	const reach = 5
	for at := k - 1; at >= s.s0 && at >= k-reach; at-- {
		switch w := s.norm(at); {
		case w == "no" && s.ordinal(at):
			// "No. 10": a number
		case w == "nobody", w == "none", w == "no", w == "neither", w == "nothing":
			return true
		case w == ",", w == ";", w == "that", w == "and", w == "but", s.forms(at).Finite() && s.toks[at].Is(token.AllLower) && !s.forms(at).Third():
			return false
		}
	}
	return false
}

// ordinal reports whether the "no" at token k is short for number: "No. 10".
func (s *scanner) ordinal(k int) bool {
	k++
	if s.norm(k) == "." {
		k++
	}
	return k < s.s1 && s.toks[k].Kind == token.Number
}
