package site

import (
	"slices"
	"strings"

	"readout/internal/label"
	"readout/internal/lexicon"
)

// kindsOfUnit has for each unit the kind of quantity that it measures, which is the
// end of the key of its label.
var kindsOfUnit = map[string]string{
	"%": "share", "percentage-point": "share", "basis-point": "share",
	"km": "length", "m": "length", "cm": "length", "mm": "length", "mile": "length", "mi": "length", "nautical-mile": "length", "ft": "length", "inch": "length", "yard": "length",
	"km/h": "speed", "mph": "speed", "knot": "speed",
	"second": "duration", "minute": "duration", "hour": "duration", "day": "duration", "night": "duration", "week": "duration", "month": "duration", "year": "duration", "decade": "duration", "century": "duration",
	"kg": "weight", "g": "weight", "tonne": "weight", "ton": "weight", "pound": "weight", "ounce": "weight",
	"km2": "area", "m2": "area", "sq-mile": "area", "sq-ft": "area", "hectare": "area", "acre": "area",
	"m3": "volume", "litre": "volume", "gallon": "volume", "barrel": "volume",
	"°c": "temperature", "°f": "temperature", "degree": "temperature",
	"w": "power", "kw": "power", "mw": "power", "gw": "power",
	"magnitude": "magnitude",
}

// subject returns what a figure is of: the end of the key of a label, and the
// article's own word for what is counted or for what it is told of, "" where the
// label says all.
func (f *figure) subject() (key, noun string) {
	of := f.of
	if of == "" && f.generic() {
		of = f.before
	}
	if !tellsWhat(of) {
		of = ""
	}
	switch {
	case f.tally:
		return "tally", ""
	case f.ordinal:
		return "rank", f.unit
	case f.grade:
		return "figure", f.unit
	case f.measured():
		if f.people() || measures()[f.unit] == f.of || lasting(f.unit) {
			return f.of, ""
		}
		return f.of, f.unit
	case f.money():
		return "money", of
	case kindsOfUnit[f.unit] != "":
		if f.of == f.unit {
			return kindsOfUnit[f.unit], ""
		}
		if !tellsWhat(f.of) {
			return kindsOfUnit[f.unit], ""
		}
		return kindsOfUnit[f.unit], f.of
	case f.unit == "people" || f.unit == "persons":
		return "people", of
	case f.unit == "" || f.generic() && f.unit != "members":
		return "figure", of
	}
	return "count", f.unit
}

// tellsWhat reports whether a word beside a figure may say what is measured: a noun or a
// word that is a verb too ("rise"), and neither a unit or a time ("a year") nor a word that
// is an adjective too ("worth"). A word that no list has may be one.
func tellsWhat(word string) bool {
	if kindsOfUnit[word] != "" || kindsOfUnit[strings.TrimSuffix(word, "s")] != "" || word == "quarter" {
		return false
	}
	switch word {
	case "them", "him", "her", "us", "me", "you", "it", "itself", "themselves", "night", "today", "away", "board":
		return false
	}
	c := lexicon.Shared().Word(lexicon.Hash(word))
	return c == 0 || c&(lexicon.Noun|lexicon.Verb) != 0 && c&lexicon.Adjective == 0
}

// label names what a figure counts, in the language of the site; a word of the
// article stands in quotation marks.
func (f *figure) label(l *label.Set) string {
	key, noun := f.subject()
	what := l.Text("dimension.of." + key)
	if f.money() {
		what = l.Say("dimension.in", "what", what, "unit", f.unit)
	}
	if noun == "" {
		return what
	}
	return l.Say("dimension.noun", "what", what, "noun", l.Quote(noun))
}

// figureRow makes a row for figures of what f is of, or of what it is told of
// where framed asks for that.
func (c *comparison) figureRow(f *figure, framed bool) Dimension {
	key, noun := f.subject()
	label := f.label(c.l)
	if framed {
		key, noun = f.frame, ""
		label = c.l.Say("dimension.in", "what", c.l.Text("dimension.of."+key), "unit", f.unit)
	}
	d := c.row("figure", label)
	d.Key = "dimension.of." + key
	if noun != "" {
		d.Nouns = []string{noun}
	}
	return d
}

// eitherRow makes a row for what one report calls by one noun and another by
// another.
func (c *comparison) eitherRow(a, b string) Dimension {
	d := c.row("figure", c.l.Say("dimension.either", "a", c.l.Quote(a), "b", c.l.Quote(b)))
	d.Key, d.Nouns = "dimension.either", []string{a, b}
	return d
}

// addNoun adds to a row a further word of an article for what is counted.
func (d *Dimension) addNoun(f *figure) {
	if _, noun := f.subject(); noun != "" && !slices.Contains(d.Nouns, noun) {
		d.Nouns = append(d.Nouns, noun)
	}
}

// nouned names a row by its key and by all words of the articles for what it counts.
func (d *Dimension) nouned(l *label.Set) {
	what := l.Text(d.Key)
	if len(d.Nouns) == 0 {
		d.Label = what
		return
	}
	var quoted []string
	for _, n := range d.Nouns {
		quoted = append(quoted, l.Quote(n))
	}
	d.Label = l.Say("dimension.noun", "what", what, "noun", strings.Join(quoted, ", "))
}
