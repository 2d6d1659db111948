package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/plainfile"
	"readout/internal/review"
	"readout/internal/seed"
	"readout/internal/site"
	"readout/internal/slug"
)

func (a *app) whyCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "why BRIEFING[#ID]|KEY…",
		Short: "Say why an annotation is there: its rule, its words, what an editor changed",
		Long: `why tells of one thing of a briefing which rule made it and what that rule reads,
how the speaker was found, what a name stands for, and what an editor changed. ID
is the id of an element of its page (p3, p3-s2, p3-q1, key-2, note-4, as the
address of a link to it has them), one that is written in the content file (s1),
title or date, or the key of a person, organization, place or event. Without one
it tells of all annotations of the text. KEY, that of a person, organization, place
or event by itself, asks about it in each briefing that names it.`,
		Example: `  readout why the-night-ferry-returns#p1-q1
  readout why the-night-ferry-returns#teodora-vance
  readout why the-night-ferry-returns
  readout why teodora-vance`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("why needs a briefing and an id in it, such as the-night-ferry-returns#p1")
			}
			for _, arg := range args {
				if name, _, _ := strings.Cut(arg, "#"); !slug.Valid(name) {
					return usageErrorf("%q is not the slug of a briefing", name)
				}
			}
			return nil
		},
		ValidArgsFunction: a.completeWhy,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.openSite(nil)
			if err != nil {
				return err
			}
			defer s.close()
			s.asIs = true
			_, gathered, _, err := a.gather(s, false)
			if err != nil {
				return err
			}
			for _, arg := range args {
				if err := a.why(s, gathered, arg, asJSON); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func (a *app) why(s *siteFolder, gathered *site.Site, arg string, asJSON bool) error {
	known := &analysed{rules: a.rules}
	list, err := explain(s, gathered, arg, known)
	if err != nil {
		return err
	}
	for _, x := range list {
		if asJSON {
			e := json.NewEncoder(a.out)
			e.SetEscapeHTML(false)
			if err := e.Encode(x); err != nil {
				return err
			}
			continue
		}
		text := fmt.Sprintf("%s: %s #%s: “%s”\n", x.Place, x.Class, x.ID, visible(x.Words))
		for _, w := range x.Why {
			text += "    " + visible(w) + "\n"
		}
		if _, err := fmt.Fprint(a.out, text); err != nil {
			return err
		}
	}
	return nil
}

// explain tells of what arg names: a briefing, what it has under an id, or a key.
func explain(s *siteFolder, gathered *site.Site, arg string, known *analysed) ([]review.Explanation, error) {
	name, id, one := strings.Cut(arg, "#")
	if !one && gathered.Briefing(name) == nil {
		if list, err := explainKey(s, gathered, name, known); len(list) > 0 || err != nil {
			return list, err
		}
	}
	about, err := subjectOf(s, gathered, name, known)
	if err != nil {
		return nil, err
	}
	if !one {
		return about.All(), nil
	}
	x, ok := about.Why(id)
	if !ok {
		return nil, hinted("'readout why "+name+"' lists the annotations; a name is asked by its key", "the briefing %q has nothing with the id %q", name, id)
	}
	return []review.Explanation{x}, nil
}

// explainKey tells of what has the key in each briefing that names it; of nothing
// where no name has it.
func explainKey(s *siteFolder, gathered *site.Site, key string, known *analysed) ([]review.Explanation, error) {
	var list []review.Explanation
	for _, kind := range site.Kinds {
		e := gathered.Entity(kind, key)
		if e == nil {
			continue
		}
		for i := range e.Briefings() {
			about, err := subjectOf(s, gathered, e.Briefing(i).Slug, known)
			if err != nil {
				return nil, err
			}
			if x, ok := about.Why(key); ok {
				list = append(list, x)
			}
		}
	}
	return list, nil
}

// completeWhy completes a briefing, and after "#" what may be asked in it.
func (a *app) completeWhy(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	name, _, one := strings.Cut(begun, "#")
	if !one {
		return a.slugs(), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	s, err := a.openSite(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer s.close()
	src, err := plainfile.Read(s.root.FS(), contentPath(name))
	if err != nil || !slug.Valid(name) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	f, _ := s.reader().ParseBriefing(contentPath(name), src)
	// The other briefings have nothing to say here.
	alone, _ := site.Gather(site.Input{Files: []*content.File{f}})
	b, page := alone.Preview(f)
	if b == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ids := (&review.Subject{Briefing: b, Page: page, File: f}).IDs()
	for i, id := range ids {
		ids[i] = name + "#" + id
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// An analysed article is kept, for it is asked about again and again.
type analysed struct {
	rules func() (*analysis.Pipeline, error)

	mu   sync.Mutex
	sets map[string]*annotation.Set // by the digest of the seed
}

// subjectOf gathers what is known of a briefing as its file stands now.
func subjectOf(s *siteFolder, gathered *site.Site, name string, known *analysed) (*review.Subject, error) {
	src, err := plainfile.Read(s.root.FS(), contentPath(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noBriefing(name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", contentPath(name), bare(err))
	}
	f, diags := s.reader().ParseBriefing(contentPath(name), src)
	for _, d := range diags {
		if d.Severity == diag.Error {
			return nil, &hintError{d, cmp.Or(d.Hint, "mend the file first")}
		}
	}
	b, page := gathered.Preview(f)
	if b == nil {
		return nil, noBriefing(name)
	}
	about := &review.Subject{Briefing: b, Page: page, File: f}
	if base, err := readFile(s, briefing.BasePath(name)); err == nil && base != nil {
		if f, diags := s.reader().ParseBriefing(briefing.BasePath(name), base); len(f.Blocks) > 0 || diags.Errors() == 0 {
			about.Base = f
		}
	}
	about.Set, err = known.set(s, f.Meta.Article.Path)
	return about, err
}

// set analyses the article of a seed; nil where there is none.
func (k *analysed) set(s *siteFolder, seedPath string) (*annotation.Set, error) {
	entries, _ := seed.List(s.root.FS(), "seeds", s.limits)
	for _, e := range entries {
		if e.Path != seedPath {
			continue
		}
		art, _ := readSeed(s, e)
		if art == nil {
			return nil, nil
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		if set := k.sets[art.SHA256]; set != nil && set.Article.Meta.Date == art.Meta.Date {
			return set, nil
		}
		pipeline, err := k.rules()
		if err != nil {
			return nil, err
		}
		if len(k.sets) >= 16 || k.sets == nil {
			k.sets = map[string]*annotation.Set{}
		}
		set := pipeline.Run(art)
		k.sets[art.SHA256] = set
		return set, nil
	}
	return nil, nil
}
