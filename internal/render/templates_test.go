package render

import (
	"testing"

	"github.com/jba/templatecheck"

	"readout/internal/label"
	"readout/templates"
)

// pageStructs has the zero value of the struct that each template is for.
var pageStructs = map[string]any{
	"home": &HomePage{}, "briefing": &BriefingPage{}, "briefings": &BriefingsPage{},
	"story": &StoryPage{}, "stories": &StoriesPage{}, "entity": &EntityPage{},
	"entities": &EntitiesPage{}, "quotations": &QuotationsPage{}, "timeline": &TimelinePage{},
	"glossary": &GlossaryPage{}, "sourcing": &SourcingPage{}, "search": &SearchPage{},
	"about": &AboutPage{}, "start": &StartPage{}, "notfound": &NotFoundPage{},
	"moved": &MovedPage{}, "edition": &EditionPage{},
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	pages, err := parseTemplates(templates.FS, label.English())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pageTemplates {
		page, ok := pageStructs[name]
		if !ok {
			t.Errorf("template %s has no struct", name)
			continue
		}
		if err := templatecheck.CheckHTMLStrict(pages[name], page); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(pageStructs) != len(pageTemplates) {
		t.Errorf("%d structs for %d templates", len(pageStructs), len(pageTemplates))
	}
}
