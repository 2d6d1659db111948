package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"readout/internal/briefing"
	"readout/internal/frontmatter"
)

// followRenamed finds the briefings whose file an editor gave another name: those
// without a base, where the base of the same article is that of a file that is no
// more. The base gets the new name too, so that the merge knows what was edited.
func (a *app) followRenamed(s *siteFolder, old *oldContent) error {
	entries, err := fs.ReadDir(s.root.FS(), path.Dir(briefing.BasePath("x")))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return bare(err)
	}
	based := map[string]bool{}
	left := map[string]string{} // slugs of bases without a file, by the article's path
	for _, e := range entries {
		slug, ok := strings.CutSuffix(e.Name(), ".md")
		if !ok || strings.HasPrefix(slug, ".") || e.IsDir() {
			continue
		}
		based[slug] = true
		if old.slugs[slug] {
			continue
		}
		base, err := readFile(s, briefing.BasePath(slug))
		if err != nil || base == nil {
			continue
		}
		var meta frontmatter.Meta
		if frontmatter.ReadWithin(s.limits, "", base, &meta); meta.Article.Path != "" {
			left[meta.Article.Path] = slug
		}
	}
	for _, seed := range slices.Sorted(maps.Keys(old.bySeed)) {
		slug := old.bySeed[seed]
		was := left[seed]
		if was == "" || based[slug] {
			continue
		}
		if err := s.root.Rename(briefing.BasePath(was), briefing.BasePath(slug)); err != nil {
			return fmt.Errorf("%s cannot be renamed: %w", briefing.BasePath(was), bare(err))
		}
		a.report.say("%s is %s now, and so is its page", contentPath(was), contentPath(slug))
	}
	return nil
}
