package render

import (
	"html/template"

	"github.com/jba/templatecheck"
)

// pageStructs has the zero value of the struct that each template is for.
var pageStructs = map[string]any{
	"home": &HomePage{}, "briefing": &BriefingPage{}, "briefings": &BriefingsPage{},
	"story": &StoryPage{}, "stories": &StoriesPage{}, "entity": &EntityPage{},
	"entities": &EntitiesPage{}, "quotations": &QuotationsPage{}, "timeline": &TimelinePage{},
	"glossary": &GlossaryPage{}, "sourcing": &SourcingPage{}, "search": &SearchPage{},
	"about": &AboutPage{}, "start": &StartPage{}, "notfound": &NotFoundPage{},
	"moved": &MovedPage{}, "edition": &EditionPage{}, "own": &OwnPage{},
}

// checkTemplates returns what is wrong with templates by what they may use, by
// the name of the template: a field that its struct has not is told even where
// no page of the site comes to it.
func checkTemplates(pages map[string]*template.Template) map[string]error {
	wrong := map[string]error{}
	for name, t := range pages {
		if err := check(t, pageStructs[name]); err != nil {
			wrong[name] = err
		}
	}
	return wrong
}

// check returns what is wrong with a template. What the check cannot follow is
// told when a page is made, if it is wrong.
func check(t *template.Template, page any) (err error) {
	defer func() {
		if recover() != nil {
			err = nil
		}
	}()
	return templatecheck.CheckHTML(t, page)
}
