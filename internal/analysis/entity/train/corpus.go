package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"readout/internal/analysis/entity/tagger"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
)

// A record is one annotated text of a training file.
type record struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	Genre     string   `json:"genre"`
	Sentences [][2]int `json:"sentences"`
	Entities  []struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Type  string `json:"type"`
	} `json:"entities"`
}

func readRecords(file string) ([]record, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rs []record
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 64<<20)
	for n := 1; sc.Scan(); n++ {
		var r record
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		rs = append(rs, r)
	}
	return rs, sc.Err()
}

var types = map[string]tagger.Type{
	"PER": tagger.Person, "ORG": tagger.Organization, "LOC": tagger.Place, "FAC": tagger.Place, "MISC": tagger.Other,
}

// prepare cuts a text into tokens and sentences. Where a record has no
// sentences its lines are taken.
func prepare(r record) *tagger.Text {
	spans := make([]span.Span, 0, len(r.Sentences))
	for _, s := range r.Sentences {
		spans = append(spans, span.New(s[0], s[1]))
	}
	if len(spans) == 0 {
		pos := 0
		for _, line := range strings.SplitAfter(r.Text, "\n") {
			spans = append(spans, span.New(pos, pos+len(line)))
			pos += len(line)
		}
	}
	var toks []token.Token
	var sents [][2]int
	for _, s := range spans {
		from := len(toks)
		for _, t := range token.Scan(s.In(r.Text)) {
			t.Span.Start += s.Start
			t.Span.End += s.Start
			toks = append(toks, t)
		}
		if len(toks) > from {
			sents = append(sents, [2]int{from, len(toks)})
		}
	}
	return tagger.NewText(r.Text, toks, sents)
}

// example maps the annotations of a record to names of tokens. With repair,
// names are brought to one convention: the name alone, without title, trailing
// phrase or half of a hyphened word.
func example(r record, repair bool) tagger.Example {
	t := prepare(r)
	var names []tagger.Name
	for _, e := range r.Entities {
		typ, ok := types[e.Type]
		if !ok {
			continue
		}
		n := tagger.Name{Type: typ, Start: -1}
		for i, tok := range t.Tokens {
			if tok.Span.Start < e.End && e.Start < tok.Span.End {
				if n.Start < 0 {
					n.Start = i
				}
				n.End = i + 1
			}
		}
		if n.Start < 0 {
			continue
		}
		n = trim(t, n)
		if repair {
			n = mend(t, n)
		}
		if n.End > n.Start {
			names = append(names, n)
		}
	}
	slices.SortStableFunc(names, func(a, b tagger.Name) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	kept := names[:0]
	for _, n := range names {
		if len(kept) > 0 && kept[len(kept)-1].End > n.Start {
			continue
		}
		kept = append(kept, n)
	}
	return tagger.Example{Text: t, Names: kept}
}

// trim takes an article, a possessive and outer signs off a name.
func trim(t *tagger.Text, n tagger.Name) tagger.Name {
	for n.Start < n.End {
		switch tok := t.Tokens[n.Start]; {
		case tok.Norm == "the" || tok.Norm == "a" || tok.Norm == "an", tok.Kind == token.Punct:
			n.Start++
			continue
		}
		break
	}
	for n.End > n.Start {
		switch tok := t.Tokens[n.End-1]; {
		case tok.Norm == "'s" || tok.Kind == token.Punct && tok.Norm != ".":
			n.End--
			continue
		case tok.Norm == "." && n.End-2 >= n.Start && !abbreviated(t, n.End-2):
			n.End--
			continue
		}
		break
	}
	return n
}

func abbreviated(t *tagger.Text, i int) bool {
	return t.Tokens[i].Span.Len() == 1 || t.Words[i].Is(lexicon.OrgSuffix|lexicon.NameSuffix|lexicon.Honorific)
}

// mend brings a name of GUM to the convention of news corpora.
func mend(t *tagger.Text, n tagger.Name) tagger.Name {
	norm := func(i int) string { return t.Tokens[i].Norm }
	if n.End == n.Start+1 && t.Words[n.Start].Is(lexicon.Demonym) && !t.Words[n.Start].Is(lexicon.Country) {
		n.Type = tagger.Other
		return n
	}
	// A phrase after the name is no part of it.
	for i := n.Start + 1; i < n.End; i++ {
		stop := false
		switch norm(i) {
		case ",", "(", "who", "which", "that", ";", ":":
			stop = true
		case "of", "for":
			stop = n.Type == tagger.Person || n.Type == tagger.Organization && !t.Words[i-1].Is(lexicon.OrgOf|lexicon.OrgHead|lexicon.GroupNoun|lexicon.PersonNoun)
		case "in", "at", "on", "from", "with":
			stop = n.Type != tagger.Other
		case "and", "'s":
			stop = n.Type == tagger.Person
		}
		if stop {
			n.End = i
			break
		}
	}
	if n.Type == tagger.Person {
		for n.Start < n.End-1 {
			w := &t.Words[n.Start]
			if norm(n.Start) == "." || w.Is(lexicon.Role|lexicon.RoleMod) && !w.Is(lexicon.Given|lexicon.Surname) {
				n.Start++
				continue
			}
			switch norm(n.Start) {
			case "mr", "mrs", "ms", "dr", "prof", "professor", "miss", "sir", "captain", "capt", "lt", "gen", "general", "col", "colonel", "sgt":
				n.Start++
				continue
			}
			break
		}
	}
	// Halves of hyphened words, and names cut short.
	for n.End+1 < len(t.Tokens) && norm(n.End) == "-" && !t.Tokens[n.End].Space && !t.Tokens[n.End+1].Space && n.Type == tagger.Person {
		n.End += 2
	}
	const personal = lexicon.Personal
	for n.Type == tagger.Person && n.Start > 0 && t.Tokens[n.Start].Space && sameSentence(t, n.Start-1, n.Start) {
		w := &t.Words[n.Start-1]
		if w.Initial() && w.Is(personal) && !w.Is(lexicon.Role|lexicon.RoleMod|lexicon.Honorific|lexicon.Rank|lexicon.Demonym|lexicon.Country|lexicon.Verb) {
			n.Start--
			continue
		}
		break
	}
	for n.End < len(t.Tokens) && n.Type != tagger.Other && sameSentence(t, n.End-1, n.End) {
		w := &t.Words[n.End]
		if w.Initial() && (n.Type == tagger.Person && w.Is(personal) || n.Type == tagger.Place && norm(n.Start) == "new" && n.End == n.Start+1) {
			n.End++
			continue
		}
		break
	}
	return n
}

func sameSentence(t *tagger.Text, i, j int) bool {
	for _, s := range t.Sentences {
		if s[0] <= i && j < s[1] {
			return true
		}
	}
	return false
}
