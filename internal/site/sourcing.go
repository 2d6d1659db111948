package site

import "readout/internal/label"

// Class says whose word a sentence, a quotation or a statement rests on.
type Class string

// The classes, from the one a reader can check best to the one least.
const (
	// ByName: a person who is named.
	ByName Class = "named"
	// ByBody: an organization, an outlet or a document that is named.
	ByBody Class = "body"
	// Unnamed: a source whose name the article keeps to itself.
	Unnamed Class = "unnamed"
	// OwnWord: nobody but the article itself.
	OwnWord Class = "own"
)

// Classes lists the classes in the order in which legends show them.
var Classes = [...]Class{ByName, ByBody, Unnamed, OwnWord}

// Label names the class for a legend: "named source".
func (c Class) Label(l *label.Set) string { return l.Text("class." + string(c)) }

// Explain says in one sentence what the class means.
func (c Class) Explain(l *label.Set) string { return l.Text("class.explain." + string(c)) }

func (s *Speaker) class() Class {
	if s == nil {
		return OwnWord
	}
	return classOf(s.Naming)
}

// classOf returns the class of a source that is named in the given way, as the
// attribute naming of the content files has it.
func classOf(naming string) Class {
	switch naming {
	case "named":
		return ByName
	case "organization", "outlet", "document":
		return ByBody
	}
	return Unnamed
}

// SentenceCounts counts sentences by class.
type SentenceCounts struct {
	Named, Body, Unnamed, Own int
}

// Total returns the number of sentences.
func (c SentenceCounts) Total() int { return c.Named + c.Body + c.Unnamed + c.Own }

// Of returns the number of sentences of a class.
func (c SentenceCounts) Of(class Class) int {
	switch class {
	case ByName:
		return c.Named
	case ByBody:
		return c.Body
	case Unnamed:
		return c.Unnamed
	}
	return c.Own
}

func (c *SentenceCounts) add(class Class) {
	switch class {
	case ByName:
		c.Named++
	case ByBody:
		c.Body++
	case Unnamed:
		c.Unnamed++
	default:
		c.Own++
	}
}

func (c *SentenceCounts) sum(d SentenceCounts) {
	c.Named += d.Named
	c.Body += d.Body
	c.Unnamed += d.Unnamed
	c.Own += d.Own
}

// Sourcing is the source summary statement of a briefing, in the vocabulary of
// ICD 206: who the sources are, how they know, why some are not named.
type Sourcing struct {
	// Each group lists a source once, in order of first use.
	People        []SourceUse // named
	Organizations []SourceUse
	Outlets       []SourceUse
	Documents     []SourceUse
	Unnamed       []SourceUse // by their wording
	Unresolved    []SourceUse // pronouns of which it is not known whom they mean
	SecondHand    []SourceUse // those that reached the article through another
	Reasons       []SourceUse // with a reason for anonymity
}

// A SourceUse is one source and what rests on it.
type SourceUse struct {
	Speaker *Speaker // at its first use
	Count   int      // quotations and statements
}

// A Segment is one sentence of the sourcing strip.
type Segment struct {
	Number   int    // from 1
	ID       string // of the sentence's element: "p3-s2"
	Class    Class
	Direct   bool // at least a part is a direct quotation
	Words    int  // for a segment's width
	Text     string
	Speakers []*Speaker // on whose word it rests; the first decided the class
	// Label is what a segment says aloud: "Sentence 4: named source, Jane Roe,
	// quoted".
	Label string
}

// A Publisher is one outlet with its sourcing over all its briefings. No grade
// is given.
type Publisher struct {
	Name      string // "" for briefings that name no publisher
	ID        string // on the sourcing page
	Briefings []*Briefing
	Sentences SentenceCounts
	// Examples has up to three passages of each class but OwnWord.
	Examples map[Class][]Passage
}
