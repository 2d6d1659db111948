package site

// A Timeline is time expressions with what happened then.
type Timeline struct {
	// Resolved are told as facts and have a value; by time, then by briefing
	// and place in the text.
	Resolved []*TimelineEntry
	// Planned have a value but are scheduled, expected, hypothetical or
	// negated: never shown as facts. In the same order.
	Planned []*TimelineEntry
	// Unresolved have no value; by briefing and place in the text.
	Unresolved []*TimelineEntry
}

// Len returns the number of entries.
func (t Timeline) Len() int { return len(t.Resolved) + len(t.Planned) + len(t.Unresolved) }

// A TimelineEntry is one time expression and the sentence it stands in.
type TimelineEntry struct {
	Passage  Passage // the time expression
	Sentence Passage // the sentence around it
	Value    string  // ISO 8601 or TIMEX3; "" when unresolved
	From, To string  // first and last day covered, "2024-07-01"; "" when unresolved
	Anchor   string  // what a relative expression was resolved against
	Why      string  // why it is unresolved, in plain words
	// Realis is "occurred", "scheduled", "expected", "hypothetical" or
	// "negated"; "" where the text marks no event, which is then no promise
	// that it took place.
	Realis string
	// Speakers are those on whose word the sentence rests; empty for the
	// article's own.
	Speakers []*Speaker
	Class    Class
}
