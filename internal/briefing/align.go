package briefing

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// matchEqual pairs equal elements of a and b in order: it returns for each
// element of a the index of its partner in b, or -1. What begins and ends alike
// is paired first, then what occurs once in both, then, between those, the
// longest common subsequence where the gap is small. It takes little more than
// linear time.
func matchEqual(a, b []string) []int {
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	matchRange(a, b, 0, len(a), 0, len(b), match, 0)
	return match
}

func matchRange(a, b []string, a0, a1, b0, b1 int, match []int, depth int) {
	for a0 < a1 && b0 < b1 && a[a0] == b[b0] {
		match[a0] = b0
		a0++
		b0++
	}
	for a0 < a1 && b0 < b1 && a[a1-1] == b[b1-1] {
		a1--
		b1--
		match[a1] = b1
	}
	if a0 == a1 || b0 == b1 {
		return
	}
	if (a1-a0)*(b1-b0) <= 1<<16 {
		longest(a, b, a0, a1, b0, b1, match, func(x, y string) int {
			if x == y {
				return 1
			}
			return 0
		})
		return
	}
	if depth > 12 {
		return
	}
	// Elements that occur once on both sides, in the longest run that keeps
	// their order, cut the rest into smaller gaps.
	type place struct{ a, b, na, nb int }
	places := map[string]*place{}
	for i := a0; i < a1; i++ {
		p := places[a[i]]
		if p == nil {
			p = &place{}
			places[a[i]] = p
		}
		p.a = i
		p.na++
	}
	for j := b0; j < b1; j++ {
		if p := places[b[j]]; p != nil {
			p.b = j
			p.nb++
		}
	}
	var unique []place
	for i := a0; i < a1; i++ {
		if p := places[a[i]]; p.na == 1 && p.nb == 1 {
			unique = append(unique, *p)
		}
	}
	run := increasing(len(unique), func(i int) int { return unique[i].b })
	if len(run) == 0 {
		return
	}
	for _, u := range run {
		p := unique[u]
		match[p.a] = p.b
		matchRange(a, b, a0, p.a, b0, p.b, match, depth+1)
		a0, b0 = p.a+1, p.b+1
	}
	matchRange(a, b, a0, a1, b0, b1, match, depth+1)
}

// increasing returns the indices of a longest run with increasing values.
func increasing(n int, value func(int) int) []int {
	var tails []int // index of the last of the best run of each length
	before := make([]int, n)
	for i := range n {
		k, _ := slices.BinarySearchFunc(tails, value(i), func(t, v int) int { return value(t) - v })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	var run []int
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			run = append(run, i)
		}
	}
	slices.Reverse(run)
	return run
}

// longest pairs elements of the two ranges in order so that the sum of their
// scores is greatest. A score of 0 pairs nothing.
func longest(a, b []string, a0, a1, b0, b1 int, match []int, score func(x, y string) int) {
	n, m := a1-a0, b1-b0
	best := make([]int, (n+1)*(m+1))
	scores := make([]int, n*m)
	at := func(i, j int) int { return i*(m+1) + j }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := score(a[a0+i], b[b0+j])
			scores[i*m+j] = s
			best[at(i, j)] = max(best[at(i+1, j)], best[at(i, j+1)])
			if s > 0 {
				best[at(i, j)] = max(best[at(i, j)], s+best[at(i+1, j+1)])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch s := scores[i*m+j]; {
		case s > 0 && best[at(i, j)] == s+best[at(i+1, j+1)]:
			match[a0+i] = b0 + j
			i++
			j++
		case best[at(i, j)] == best[at(i+1, j)]:
			i++
		default:
			j++
		}
	}
}

// matchTexts pairs the texts of a with those of b: equal ones first, in order,
// then equal ones that moved, then those between that have most words in common.
func matchTexts(a, b []string) []int {
	match := matchEqual(a, b)
	taken := make([]bool, len(b))
	for _, j := range match {
		if j >= 0 {
			taken[j] = true
		}
	}
	free := map[string][]int{}
	for j, t := range b {
		if !taken[j] {
			free[t] = append(free[t], j)
		}
	}
	moved := map[int]bool{}
	for i, t := range a {
		if js := free[t]; match[i] < 0 && len(js) > 0 {
			match[i] = js[0]
			taken[js[0]] = true
			moved[i] = true
			free[t] = js[1:]
		}
	}
	// The gaps lie between pairs that kept their order.
	for i, from := 0, 0; i <= len(a); i++ {
		if i < len(a) && (match[i] < 0 || moved[i]) {
			continue
		}
		to := len(b)
		if i < len(a) {
			to = match[i]
		}
		start := i
		for start > 0 && (match[start-1] < 0 || moved[start-1]) {
			start--
		}
		matchAlike(a, b, start, i, from, to, match, taken)
		if i < len(a) {
			from = match[i] + 1
		}
	}
	return match
}

// matchPlaces pairs what is left between pairs, in order. match has the partners
// of one list in another one of m elements.
func matchPlaces(match []int, m int) {
	taken := make([]bool, m)
	for _, j := range match {
		if j >= 0 {
			taken[j] = true
		}
	}
	from := 0
	for i := 0; i < len(match); {
		if match[i] >= 0 {
			from = max(from, match[i]+1)
			i++
			continue
		}
		end := i
		for end < len(match) && match[end] < 0 {
			end++
		}
		to := m
		if end < len(match) && match[end] >= from {
			to = match[end]
		}
		for ; i < end; i++ {
			for from < to && taken[from] {
				from++
			}
			if from < to {
				match[i] = from
				taken[from] = true
			}
		}
		i = end
	}
}

// matchAlike pairs what is free in the two ranges by the words in common.
func matchAlike(a, b []string, a0, a1, b0, b1 int, match []int, taken []bool) {
	var as, bs []int
	for i := a0; i < a1; i++ {
		if match[i] < 0 {
			as = append(as, i)
		}
	}
	for j := b0; j < b1; j++ {
		if !taken[j] {
			bs = append(bs, j)
		}
	}
	if len(as) == 0 || len(bs) == 0 || len(as)*len(bs) > 1<<14 {
		return
	}
	at, bt := make([]string, len(as)), make([]string, len(bs))
	for k, i := range as {
		at[k] = a[i]
	}
	for k, j := range bs {
		bt[k] = b[j]
	}
	words := map[string]map[string]int{}
	count := func(t string) map[string]int {
		m := words[t]
		if m == nil {
			m = map[string]int{}
			for _, w := range strings.Fields(t) {
				m[w]++
			}
			words[t] = m
		}
		return m
	}
	pairs := make([]int, len(as))
	for k := range pairs {
		pairs[k] = -1
	}
	longest(at, bt, 0, len(at), 0, len(bt), pairs, func(x, y string) int {
		wx, wy := count(x), count(y)
		common, all := 0, 0
		for w, n := range wx {
			common += min(n, wy[w])
			all += n
		}
		for _, n := range wy {
			all += n
		}
		if all == 0 || 5*common < all { // two fifths of the words
			return 0
		}
		return 1 + 100*common/all
	})
	if len(as) == 1 && len(bs) == 1 {
		pairs[0] = 0 // what stands in the place of the other
	}
	for k, p := range pairs {
		if p >= 0 {
			match[as[k]] = bs[p]
			taken[bs[p]] = true
		}
	}
}

// A textMap carries places of one text over to another one.
type textMap struct {
	same     bool
	from, to []token
	match    []int
	a, b     string
}

type token struct{ start, end int }

func mapText(a, b string) *textMap {
	m := &textMap{a: a, b: b, same: a == b}
	if m.same {
		return m
	}
	var as, bs []string
	m.from, as = tokens(a)
	m.to, bs = tokens(b)
	m.match = matchEqual(as, bs)
	return m
}

// tokens cuts s into words and single other characters.
func tokens(s string) (ts []token, words []string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		end := i + n
		if wordRune(r) {
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !wordRune(r) {
					break
				}
				end += n
			}
		}
		ts = append(ts, token{i, end})
		words = append(words, s[i:end])
		i = end
	}
	return ts, words
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// span carries start and end of a stretch over. It fails unless both ends are
// in the other text and, between them, at least half of the tokens.
func (m *textMap) span(start, end int) (int, int, bool) {
	if m.same {
		return start, end, true
	}
	find := func(i int) int {
		k, _ := slices.BinarySearchFunc(m.from, i, func(t token, i int) int {
			if t.end <= i {
				return -1
			}
			return 1
		})
		return k
	}
	if start >= end {
		return 0, 0, false
	}
	first, last := find(start), find(end-1)
	if m.match[first] < 0 || m.match[last] < 0 || m.match[last] < m.match[first] {
		return 0, 0, false
	}
	found := 0
	for k := first; k <= last; k++ {
		if m.match[k] >= 0 {
			found++
		}
	}
	if 2*found < last-first+1 {
		return 0, 0, false
	}
	s := m.to[m.match[first]].start + start - m.from[first].start
	e := m.to[m.match[last]].start + end - m.from[last].start
	return s, e, s < e
}

// A triple pairs what is the same element in the base, the edited and the
// generated list: their indices, -1 where it is missing.
type triple struct{ base, edited, generated int }

// mergeOrder pairs three lists of texts and puts the elements in the order of
// the generated list, or of the edited one; what the other one adds follows the
// element it follows there. In a list that an editor orders an element may be
// reworded throughout: there what has no word in common is paired by its place.
func mergeOrder(base, edited, generated []string, byEdited bool) []triple {
	baseToEdited, baseToGenerated := matchTexts(base, edited), matchTexts(base, generated)
	if byEdited {
		matchPlaces(baseToEdited, len(edited))
		matchPlaces(baseToGenerated, len(generated))
	}
	editedTo, generatedTo := make([]int, len(edited)), make([]int, len(generated)) // base
	for j := range editedTo {
		editedTo[j] = -1
	}
	for j := range generatedTo {
		generatedTo[j] = -1
	}
	for i, j := range baseToEdited {
		if j >= 0 {
			editedTo[j] = i
		}
	}
	for i, j := range baseToGenerated {
		if j >= 0 {
			generatedTo[j] = i
		}
	}
	// What both added alike is one element.
	partner := make([]int, len(generated)) // index in edited
	added := map[string][]int{}
	for j, t := range edited {
		if editedTo[j] < 0 {
			added[t] = append(added[t], j)
		}
	}
	taken := make([]bool, len(edited))
	for k, t := range generated {
		partner[k] = -1
		switch i := generatedTo[k]; {
		case i >= 0:
			partner[k] = baseToEdited[i]
		case len(added[t]) > 0:
			partner[k] = added[t][0]
			added[t] = added[t][1:]
		}
		if partner[k] >= 0 {
			taken[partner[k]] = true
		}
	}
	ofEdited := make([]int, len(edited)) // index in generated
	for j := range ofEdited {
		ofEdited[j] = -1
	}
	for k, j := range partner {
		if j >= 0 {
			ofEdited[j] = k
		}
	}
	forEdited := func(j int) triple { return triple{editedTo[j], j, ofEdited[j]} }
	forGenerated := func(k int) triple { return triple{generatedTo[k], partner[k], k} }
	// follow[j] lists what is only in the other list and comes after j there;
	// what comes first of all is at -1.
	follow := map[int][]triple{}
	anchor := -1
	var out []triple
	if byEdited {
		for k := range generated {
			if partner[k] >= 0 {
				anchor = partner[k]
				continue
			}
			follow[anchor] = append(follow[anchor], forGenerated(k))
		}
		out = append(out, follow[-1]...)
		for j := range edited {
			out = append(append(out, forEdited(j)), follow[j]...)
		}
		return out
	}
	for j := range edited {
		if ofEdited[j] >= 0 {
			anchor = ofEdited[j]
			continue
		}
		follow[anchor] = append(follow[anchor], forEdited(j))
	}
	out = append(out, follow[-1]...)
	for k := range generated {
		out = append(append(out, forGenerated(k)), follow[k]...)
	}
	return out
}
