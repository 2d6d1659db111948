package render

import (
	"testing"

	"github.com/jba/templatecheck"

	"readout/internal/label"
	"readout/templates"
)

func TestTemplatesFitTheirStructs(t *testing.T) {
	pages, _, err := parseTemplates(templates.FS, label.English())
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
