// Package site is the sixth stage: it gathers the content files into a Site,
// which holds everything a page shows as typed values, without any HTML. Package
// render and the templates turn these into pages; package output writes them.
//
// A Site holds a digest of each briefing (type Briefing) and all that is derived
// across briefings: the entities, the indexes, the stories. What only the page
// of one briefing shows (the annotated text, its notes, the sourcing strip) is a
// Page, made from a Briefing and its content file when that page is rendered, so
// that memory does not grow with the texts:
//
//	g := site.NewGatherer()
//	for each file {
//		g.Add(file)
//	}
//	s, diags := g.Site(input)
//	for _, b := range s.Briefings {
//		page := s.Page(b, load(b.Slug))
//	}
//
// Everything in a Site is sorted and depends on the content alone: not on the
// order in which files are given, the clock, or the number of cores. Nothing
// changes a Site once it is gathered, so pages may be made concurrently.
package site

import (
	"cmp"
	"sort"
	"sync"

	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
)

// Input is what a Site is gathered from, beside the briefings.
type Input struct {
	Index    content.Index   // its zero value where there is no content/index.md
	Files    []*content.File // the briefings, for Gather; a Gatherer has them already
	Entities []*content.Entity
	Stories  []*content.Story
	Pages    []*content.Page
	// Faulty has the paths of the content files that are left out for a fault of
	// their own.
	Faulty map[string]bool
	// Load returns the file of a briefing, by slug, where a Gatherer has to look
	// at its text again.
	Load Loader
	// Only has the slugs of the briefings that are to be on the site; nil for
	// all.
	Only map[string]bool
	// Labels are the words of the site's own; English where nil.
	Labels *label.Set
}

// A Loader returns the content file of the briefing with that slug: the one that
// was gathered.
type Loader func(slug string) (*content.File, error)

// A Site is everything that is published.
type Site struct {
	Config content.Config // Title, Language and Text are never empty here
	Labels *label.Set     // the words of the site's own
	Intro  string         // CommonMark: the editor's words for the home page
	// IntroLine is the line of Intro in content/index.md.
	IntroLine int
	// Faulty has the paths of the content files that are left out for a fault of
	// their own.
	Faulty map[string]bool

	// Briefings are in order of date, newest first, those without a date after
	// all others; within a day by slug.
	Briefings []*Briefing
	// Stories are in order of their newest member.
	Stories []*Story
	// Pages are the editor's own, by the paths of their files. None has the path
	// of another page of the site.
	Pages []*OwnPage

	// The entities of each kind, by name (see Letter). An entity is on its list
	// when at least one briefing mentions it or an editor's file names it.
	People, Organizations, Places, Events []*Entity

	Times      Times // of all briefings
	Glossary   []*GlossaryEntry
	Publishers []*Publisher // by name; briefings without a publisher last
	Totals     Totals

	quotations []position // all but scare quotes; by briefing, then by place in the text

	entities map[entityKey]*Entity // by kind and slug
	briefing map[string]*Briefing  // by slug
	likes    sync.Pool             // of *likes, for Across
	recent   recent

	shownOnce sync.Once
	shownSums [][16]byte // see shownOf
}

// newSite returns a Site with nothing in it.
func newSite(config content.Config, labels *label.Set) *Site {
	s := &Site{Config: config, Labels: labels.Or(), entities: map[entityKey]*Entity{}, briefing: map[string]*Briefing{}}
	s.Times.site = s
	s.Config.Title = cmp.Or(s.Config.Title, s.Labels.Text("nav.briefings"))
	s.Config.Language = cmp.Or(s.Config.Language, "en")
	s.Config.Text = cmp.Or(s.Config.Text, "full")
	return s
}

// Totals counts what the home page tells at a glance, and what the lists of the
// site have.
type Totals struct {
	Briefings, Stories, People, Organizations, Places, Events int
	Quotations, Sentences, Glossary                           int
	Sourcing                                                  SentenceCounts
}

// Kinds lists the kinds of entity in the order in which a site shows them.
var Kinds = [...]dialect.Class{dialect.Person, dialect.Organization, dialect.Place, dialect.Event}

// EntitiesOf returns the site's list of the given kind.
func (s *Site) EntitiesOf(kind dialect.Class) []*Entity {
	switch kind {
	case dialect.Person:
		return s.People
	case dialect.Organization:
		return s.Organizations
	case dialect.Place:
		return s.Places
	case dialect.Event:
		return s.Events
	}
	return nil
}

// Briefing returns the briefing with the given slug, or nil.
func (s *Site) Briefing(slug string) *Briefing { return s.briefing[slug] }

// Quotations returns a part of the site's list of quotations: all but scare quotes,
// by briefing, then by place in the text. It has Totals.Quotations.
func (s *Site) Quotations(from, to int) []*Quotation {
	out := make([]*Quotation, 0, to-from)
	for _, p := range s.quotations[from:to] {
		out = append(out, s.quotation(p))
	}
	return out
}

func (s *Site) quotation(p position) *Quotation {
	return s.Briefings[p.order].quotation(int(p.at))
}

// Dated returns how many of the briefings have a date: the first ones.
func (s *Site) Dated() int {
	return sort.Search(len(s.Briefings), func(i int) bool { return !s.Briefings[i].Header.Date.Known() })
}

// DatedQuotations returns how many of the quotations are of briefings with a date: the
// first ones.
func (s *Site) DatedQuotations() int {
	n := s.Dated()
	return sort.Search(len(s.quotations), func(i int) bool { return int(s.quotations[i].order) >= n })
}

// Entity returns the entity of that kind and slug, or nil.
func (s *Site) Entity(kind dialect.Class, slug string) *Entity {
	return s.entities[entityKey{kind, slug}]
}

type entityKey struct {
	kind dialect.Class
	slug string
}
