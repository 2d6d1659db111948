package cli

import (
	"cmp"
	"fmt"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/label"
	"readout/templates"
)

// labels returns the words of readout's own in the language of the site.
func (s *siteFolder) labels(language string) (*label.Set, diag.List) {
	l, diags := label.Load(templates.FS, s.templates(), cmp.Or(language, "en"))
	if !l.Found() {
		diags.Add(diag.Diagnostic{
			File: content.IndexPath, ID: "label-language", Severity: diag.Warning,
			Message: fmt.Sprintf("there are no labels of the language %q, and the English ones stand in their place", language),
			Hint:    fmt.Sprintf("write them: templates/labels/%s.yaml; 'readout templates copy labels/en.yaml' has what to translate", language),
		})
	}
	return l, diags
}
