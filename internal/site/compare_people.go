package site

import "slices"

// A figure of people is told of by the words around it: how many were in a crowd, lost
// their jobs or may be aboard. This file reads what those words say.

// crowdNouns are words for people in a crowd.
var crowdNouns = wordSet("crowdNouns")

// gathers are verbs that make the people before them a crowd.
var gathers = wordList("gathers")

// leastCrowd is the number from which on people who gather are a crowd.
const leastCrowd = 50

// responders are words for those who are sent to an event.
var responders = wordSet("responders")

// leastSent is the number from which on they are those who were sent, and not some of them.
const leastSent = 10

// posts are words for work that somebody has.
var posts = map[string]bool{"jobs": true, "posts": true, "positions": true}

// ends are words by which work ends, and works what those lose who lose it.
var (
	endsWork = []string{"cut", "cuts", "cutting", "lose", "loses", "lost", "losing", "loss", "shed", "shedding", "axe", "axed", "axing", "eliminate", "eliminated", "slash", "slashed", "scrap", "scrapped", "threatened", "risk", "away", "gone"}
	works    = []string{"work", "job", "jobs", "livelihood", "livelihoods", "employment"}
)

// holds are words before the number for which a vessel or a hall is made.
var holds = wordList("holds")

// holdsBefore is how far before the number such a word may stand.
const holdsBefore = 4

// peopleMeasure returns what the words around a figure of people tell of them, "" where
// they tell nothing that this file knows.
func peopleMeasure(f *figure, before, after []string) string {
	has := func(ws []string, n int, of []string) bool {
		return slices.ContainsFunc(ws[:min(len(ws), n)], func(w string) bool { return slices.Contains(of, w) })
	}
	begins := func(ws []string, with ...string) bool {
		return len(ws) >= len(with) && slices.Equal(ws[:len(with)], with)
	}
	switch {
	case posts[f.unit]:
		if has(before, 6, endsWork) || has(after, 4, endsWork) {
			return "dismissed"
		}
		return ""
	case capacityOf(before):
		return "capacity"
	case has(after, 4, []string{"lose", "lost", "losing"}) && has(after, len(after), works), begins(after, "laid", "off"), begins(before, "off", "lay"), begins(before, "off", "laying"):
		return "dismissed"
	case len(before) > 1 && (before[0] == "away" || before[0] == "off") && slices.Contains([]string{"took", "led", "hauled", "dragged", "drove"}, before[1]):
		return "arrested" // "police took away 14 people"
	case len(before) > 1 && before[0] == "up" && (before[1] == "locked" || before[1] == "rounded" || before[1] == "picked"):
		return "arrested"
	case begins(after, "spent", "the", "night"), begins(after, "slept", "in"):
		return "evacuated"
	case len(before) > 0 && slices.Contains([]string{"employs", "employing", "employ"}, before[0]), begins(before, "of", "workforce"):
		return "employed"
	}
	if responders[f.unit] && f.of == "" && f.value >= leastSent {
		return "deployed"
	}
	if f.value >= leastCrowd && (crowdNouns[f.unit] || has(after, 2, gathers) || begins(after, "turned", "out") || begins(after, "took", "to", "the") || begins(after, "stood", "outside")) {
		return "crowd"
	}
	return ""
}

// capacityOf reports whether the words before a number say for how many something is
// made: "licensed for 60", "certified to carry 80".
func capacityOf(before []string) bool {
	if len(before) < 2 {
		return false
	}
	for i, w := range before[:min(len(before), holdsBefore)] {
		if i > 0 && slices.Contains(holds, w) {
			return slices.Contains([]string{"for", "to", "of"}, before[i-1])
		}
	}
	return false
}

// servesTime reports whether the words around a length of time say that it is one in
// prison: "sentenced to 12 years", "must go to jail for 15 years", "a ten-year sentence".
func servesTime(before, after []string) bool {
	if len(after) > 0 && after[0] == "sentence" {
		return true
	}
	if len(before) < 2 {
		return false
	}
	lead := before[1]
	switch before[0] {
	case "to":
		return lead == "sentenced" || lead == "condemned" || (lead == "him" || lead == "her" || lead == "them") && slices.Contains(before, "sentenced")
	case "for":
		return slices.Contains([]string{"jail", "jailed", "prison", "imprisoned", "bars", "locked"}, lead)
	case "of":
		return lead == "sentence"
	}
	return false
}
