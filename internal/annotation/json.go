package annotation

import (
	"encoding/json"
	"slices"

	"readout/internal/article"
	"readout/internal/span"
)

// A Record is a Set as machines read it: one JSON object, whose offsets are
// half-open byte ranges of Text. What is unknown is absent; lists are always
// there, if need be empty.
type Record struct {
	ID         json.RawMessage  `json:"id,omitempty"`
	Text       string           `json:"text"`
	Language   string           `json:"language,omitempty"`
	Headline   *RecordHeadline  `json:"headline,omitempty"`
	Byline     []string         `json:"byline,omitempty"`
	Publisher  string           `json:"publisher,omitempty"`
	Date       *RecordDate      `json:"date,omitempty"`
	SetAside   []RecordSetAside `json:"set_aside"`
	Sentences  []span.Span      `json:"sentences"`
	Entities   []RecordEntity   `json:"entities"`
	Quotes     []RecordQuote    `json:"quotes"`
	Times      []RecordTime     `json:"timex"`
	Terms      []RecordTerm     `json:"terms"`
	Quantities []RecordQuantity `json:"quantities"`
	KeyPoints  []span.Span      `json:"key_points"`
}

// A RecordHeadline is the title and how it is known.
type RecordHeadline struct {
	Text  string             `json:"text"`
	Basis article.TitleBasis `json:"basis"`
}

// A RecordDate is the publication date and how it is known.
type RecordDate struct {
	Value string            `json:"value"`
	Basis article.DateBasis `json:"basis"`
}

// A RecordSetAside is a block that is no part of the report.
type RecordSetAside struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Reason string `json:"reason"`
}

// A RecordEntity is one mention.
type RecordEntity struct {
	Start int        `json:"start"`
	End   int        `json:"end"`
	Type  EntityType `json:"type"`
	Key   string     `json:"key,omitempty"`
	Role  string     `json:"role,omitempty"`
	Rule  string     `json:"rule,omitempty"`
}

// A RecordQuote is one Attribution, quotation or reported statement alike.
type RecordQuote struct {
	Start   int         `json:"start"`
	End     int         `json:"end"`
	Form    Form        `json:"form"`
	Parts   []span.Span `json:"parts,omitempty"`
	Speaker *span.Span  `json:"speaker,omitempty"`
	Key     string      `json:"key,omitempty"`
	Cue     *span.Span  `json:"cue,omitempty"`
	Naming  Naming      `json:"naming,omitempty"`
	// Unresolved is set where the words are those for one person, a pronoun or
	// an office, and the article does not tell which.
	Unresolved bool   `json:"unresolved,omitempty"`
	Via        string `json:"via,omitempty"`
	Rule       string `json:"rule,omitempty"`
}

// A RecordTime is one TimeExpr; it has no value where none is known.
type RecordTime struct {
	Start int      `json:"start"`
	End   int      `json:"end"`
	Type  TimeType `json:"type"`
	Value string   `json:"value,omitempty"`
	Rule  string   `json:"rule,omitempty"`
}

// A RecordTerm is one abbreviation with its definition.
type RecordTerm struct {
	Short span.Span `json:"short"`
	Long  span.Span `json:"long"`
	Rule  string    `json:"rule,omitempty"`
}

// A RecordQuantity is one figure.
type RecordQuantity struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
	Of    string  `json:"of,omitempty"`
	Rule  string  `json:"rule,omitempty"`
}

// Record returns s in the form of its JSON. The id is any JSON value; nil
// leaves it out.
func (s *Set) Record(id json.RawMessage) *Record {
	a := s.Article
	r := &Record{
		ID:         id,
		Text:       a.Text,
		Language:   s.Language.Tag,
		Byline:     a.Meta.Byline,
		Publisher:  a.Meta.Publisher,
		SetAside:   []RecordSetAside{},
		Sentences:  make([]span.Span, 0, len(s.Sentences)),
		Entities:   make([]RecordEntity, 0, len(s.Mentions)),
		Quotes:     make([]RecordQuote, 0, len(s.Attributions)),
		Times:      make([]RecordTime, 0, len(s.Times)),
		Terms:      make([]RecordTerm, 0, len(s.Terms)),
		Quantities: make([]RecordQuantity, 0, len(s.Quantities)),
		KeyPoints:  make([]span.Span, 0, len(s.KeyPoints)),
	}
	if r.Language == "" {
		r.Language = a.Meta.Language
	}
	if a.Meta.Title != "" {
		r.Headline = &RecordHeadline{a.Meta.Title, a.Meta.TitleBasis}
	}
	if a.Meta.Date.Value != "" {
		r.Date = &RecordDate{a.Meta.Date.Value, a.Meta.Date.Basis}
	}
	for _, b := range a.Blocks {
		if b.Role == article.SetAside {
			r.SetAside = append(r.SetAside, RecordSetAside{b.Span.Start, b.Span.End, b.Reason})
		}
	}
	for _, x := range s.Sentences {
		r.Sentences = append(r.Sentences, x.Span)
	}
	for _, x := range s.Mentions {
		r.Entities = append(r.Entities, RecordEntity{x.Span.Start, x.Span.End, x.Type, x.Key, x.Role.In(a.Text), x.Rule})
	}
	for _, x := range s.Attributions {
		r.Quotes = append(r.Quotes, RecordQuote{
			Start: x.Content.Start, End: x.Content.End, Form: x.Form,
			Parts: slices.Clone(x.Parts), Speaker: known(x.Source), Key: x.Key, Cue: known(x.Cue),
			Naming: x.Naming, Unresolved: x.Naming == Named && x.Key == "", Via: x.Via.In(a.Text), Rule: x.Rule,
		})
	}
	for _, x := range s.Times {
		r.Times = append(r.Times, RecordTime{x.Span.Start, x.Span.End, x.Type, x.Value, x.Rule})
	}
	for _, x := range s.Terms {
		r.Terms = append(r.Terms, RecordTerm(x))
	}
	for _, x := range s.Quantities {
		r.Quantities = append(r.Quantities, RecordQuantity{x.Span.Start, x.Span.End, x.Value, x.Unit, x.Of, x.Rule})
	}
	for _, x := range s.KeyPoints {
		r.KeyPoints = append(r.KeyPoints, x.Span)
	}
	return r
}

func known(s span.Span) *span.Span {
	if s.Empty() {
		return nil
	}
	return &s
}
