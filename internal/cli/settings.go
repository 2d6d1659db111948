package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/output"
)

// withheldPath keeps a copy of the settings of a site that does not publish its
// articles in full, so that they are not published by mistake when
// content/index.md is lost. No briefing has a base of that name: one may well have
// the slug index.
const withheldPath = "content/.base/.index.md"

// checkSettings returns an error where it is not known what an editor wants
// published: a guess would publish what was withheld. With keep, it is noted
// what is withheld now.
func (a *app) checkSettings(s *siteFolder, tree *content.Tree, keep bool) error {
	text := tree.Index.Config.Text
	if tree.Settings == content.SettingsBroken {
		return hinted("mend the file; what was published before stays as it is",
			"no pages are made: without the settings in %s it is not known what may be published", content.IndexPath)
	}
	if text == "" {
		_, err := s.root.Lstat(withheldPath)
		if err == nil {
			return hinted(fmt.Sprintf("write the setting text: none or text: excerpts, as it was in %s, or text: full to publish the articles", withheldPath),
				"no pages are made: %s no longer says that the text of articles is withheld", content.IndexPath)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s cannot be read: %w", withheldPath, bare(err))
		}
	}
	if keep && tree.Settings == content.NoSettings {
		a.report.diagnostic(diag.Diagnostic{
			File: content.IndexPath, ID: "settings-missing", Severity: diag.Warning,
			Message: "there is no such file: the defaults hold, and the articles are published in full",
			Hint:    "write one with the settings of the site; text: none or text: excerpts withholds the articles",
		})
	}
	if !keep {
		return nil
	}
	if text == "" || text == "full" {
		if err := s.root.Remove(withheldPath); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s cannot be removed: %w", withheldPath, bare(err))
		}
		return nil
	}
	file, err := readFile(s, content.IndexPath)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", content.IndexPath, bare(err))
	}
	last := ""
	if old, err := readFile(s, withheldPath); err == nil {
		x, _ := content.ParseIndex(withheldPath, old)
		last = x.Config.Text
	}
	s.withheldAnew = text != last && last != "none"
	if _, err := output.WriteFile(s.root, withheldPath, file, true); err != nil {
		return fmt.Errorf("%s cannot be written: %w", withheldPath, bare(err))
	}
	return nil
}
