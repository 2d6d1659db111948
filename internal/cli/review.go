package cli

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/frontmatter"
	"readout/internal/plainfile"
	"readout/internal/review"
	"readout/internal/site"
)

func (a *app) reviewCommand() *cobra.Command {
	asJSON, only := false, ""
	cmd := a.siteCommand("review", "List what deserves a human eye, most valuable first",
		`review lists what an editor should look at, each with its place and what to do:
conflicts and edits whose passage is gone, speakers the rules are not sure of,
names and reports that the machine took for one, titles made from the text, dates
and times that are not known. What was decided in a file is not listed again.

It only reads. With --json each thing is one JSON object a line, with the keys
kind, title, file, line, column, briefing, id, words, message and todo.`,
		`  readout review
  readout review --briefing the-night-ferry-returns
  readout review --json | jq -r 'select(.kind == "unsure-speaker") | .file'`,
		func(s *siteFolder) error {
			s.asIs = true
			read, gathered, diags, err := a.gather(s, false)
			if err != nil {
				return err
			}
			a.report.all(diags)
			items, err := reviewOf(s, read, gathered)
			if err != nil {
				return err
			}
			if only != "" {
				if gathered.Briefing(only) == nil {
					return noBriefing(only)
				}
				items = review.Of(items, only)
			}
			for _, i := range items {
				if err := a.printItem(i, asJSON); err != nil {
					return err
				}
			}
			if len(items) == 0 {
				a.report.say("nothing needs a look")
			}
			if a.report.failed() {
				return errReported
			}
			return nil
		})
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	cmd.Flags().StringVar(&only, "briefing", "", "of the briefing `SLUG` alone")
	_ = cmd.RegisterFlagCompletionFunc("briefing", a.completeSlugs)
	return cmd
}

func noBriefing(slug string) error {
	return hinted("the slug is the name of the file in "+briefings+", without .md", "there is no briefing %q", slug)
}

func (a *app) printItem(i review.Item, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(a.out)
		e.SetEscapeHTML(false)
		return e.Encode(i)
	}
	about := i.Title
	if i.Words != "" {
		about += ": “" + i.Words + "”"
	}
	text := fmt.Sprintf("%s: %s\n", i.Place(), visible(about))
	if i.Message != "" {
		text += "    " + visible(i.Message) + "\n"
	}
	_, err := fmt.Fprintf(a.out, "%s    to do: %s\n", text, visible(i.Todo))
	return err
}

// reviewOf lists what deserves a look in a site that was gathered from what was
// read.
func reviewOf(s *siteFolder, read *contents, gathered *site.Site) ([]review.Item, error) {
	conflicts, err := conflictsOf(s)
	if err != nil {
		return nil, err
	}
	return review.List(review.Input{Site: gathered, Load: read.load, Stories: read.tree.Stories, Conflicts: conflicts, Lines: s.lineOf})
}

// lineOf returns the line of a key in the front matter of a briefing; 0 where it
// has none.
func (s *siteFolder) lineOf(slug, key string) int {
	name := contentPath(slug)
	src, err := plainfile.Read(s.root.FS(), name)
	if err != nil {
		return 0
	}
	var meta frontmatter.Meta
	part, _ := frontmatter.ReadWithin(s.limits, name, src, &meta)
	return part.Lines[key]
}

// conflictsOf returns the conflicts of each briefing that has some, by slug.
func conflictsOf(s *siteFolder) (map[string][]briefing.Conflict, error) {
	slugs, err := proposals(s)
	if err != nil {
		return nil, err
	}
	all := map[string][]briefing.Conflict{}
	for _, slug := range slugs {
		have, proposal, err := versions(s, slug)
		if err != nil {
			continue // what was proposed for a briefing that is gone waits for nobody
		}
		base, err := readFile(s, briefing.BasePath(slug))
		if err != nil {
			return nil, err
		}
		_, all[slug] = briefing.Merge(base, have, proposal)
	}
	return all, nil
}

// completeSlugs completes the slug of a briefing.
func (a *app) completeSlugs(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.slugs(), cobra.ShellCompDirectiveNoFileComp
}

// slugs lists the briefings of the site in the folder of -C.
func (a *app) slugs() []string {
	s, err := a.openSite(nil)
	if err != nil {
		return nil
	}
	defer s.close()
	paths, _ := content.Paths(s.root.FS())
	var out []string
	for _, p := range paths {
		if path.Dir(p) == briefings {
			out = append(out, strings.TrimSuffix(path.Base(p), ".md"))
		}
	}
	return out
}
