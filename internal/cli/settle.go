package cli

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/briefing"
)

func (a *app) diffCommand() *cobra.Command {
	return a.settleCommand("diff [SLUG]", 0,
		"Show where an editor and a new generation changed the same thing",
		`diff lists the conflicts of one briefing, or of all: the version that was last
generated, the editor's, which stands, and the one that is generated now.`,
		`  readout diff
  readout diff night-ferry-returns`,
		func(s *siteFolder, args []string) error {
			slugs := args
			if len(slugs) == 0 {
				var err error
				if slugs, err = proposals(s); err != nil {
					return err
				}
			}
			for _, slug := range slugs {
				if err := a.diff(s, slug); err != nil {
					return err
				}
			}
			return nil
		})
}

func (a *app) keepCommand() *cobra.Command {
	return a.settleCommand("keep SLUG", 1,
		"Settle the conflicts of a briefing: the editor's version stays",
		`keep says that the editor's version of a briefing stands as it is; its conflicts
are not reported again.`,
		`  readout keep night-ferry-returns`,
		func(s *siteFolder, args []string) error {
			have, proposal, err := versions(s, args[0])
			if err != nil {
				return err
			}
			return writeBriefing(s, args[0], have, have, proposal, false)
		})
}

func (a *app) takeCommand() *cobra.Command {
	return a.settleCommand("take SLUG [UNIT…]", 1,
		"Settle the conflicts of a briefing: take what is generated",
		`take replaces what the editor wrote with what is generated: the units that diff
names (such as p3, title or key-point-2), or without any the whole briefing. With
units, what else is in conflict stays so until it is taken or kept.`,
		`  readout take night-ferry-returns p3 key-point-2
  readout take night-ferry-returns`,
		func(s *siteFolder, args []string) error {
			slug, units := args[0], args[1:]
			have, proposal, err := versions(s, slug)
			if err != nil {
				return err
			}
			file, err := briefing.Take(have, proposal, units...)
			if err != nil {
				return hinted("'readout diff "+slug+"' names the units", "%s: %w", contentPath(slug), err)
			}
			base, err := readFile(s, briefing.BasePath(slug))
			if err != nil {
				return err
			}
			if _, left := briefing.Merge(base, file, proposal); len(left) > 0 {
				// The base stays as it is, and with it what is left.
				return replaceBriefing(s, slug, have, file)
			}
			return writeBriefing(s, slug, have, file, proposal, true)
		})
}

// settleCommand makes a command about the conflicts of briefings.
func (a *app) settleCommand(use string, least int, short, long, example string, run func(*siteFolder, []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, ValidArgsFunction: a.completeUnits,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < least {
				return usageErrorf("%s needs the slug of a briefing", cmd.Name())
			}
			if len(args) > 0 && (strings.ContainsAny(args[0], `/\`) || !fs.ValidPath(args[0])) {
				return usageErrorf("%q is not the slug of a briefing", args[0])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.openSite(nil)
			if err != nil {
				return err
			}
			defer s.close()
			if err := s.lock(); err != nil {
				return err
			}
			if err := settle(s); err != nil {
				return err
			}
			return run(s, args)
		},
	}
}

// proposals returns the slugs of the briefings that are in conflict.
func proposals(s *siteFolder) ([]string, error) {
	names, err := fs.Glob(s.root.FS(), proposalPath("*"))
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".md")
	}
	slices.Sort(names)
	return names, err
}

// versions returns the content file of a briefing in conflict and what is
// generated for it.
func versions(s *siteFolder, slug string) (have, proposal []byte, err error) {
	if have, err = readFile(s, contentPath(slug)); err != nil {
		return nil, nil, err
	}
	if proposal, err = readFile(s, proposalPath(slug)); err != nil {
		return nil, nil, err
	}
	switch {
	case have == nil:
		return nil, nil, hinted("the slug is the name of the file in "+briefings+", without .md", "there is no briefing %q", slug)
	case proposal == nil:
		return nil, nil, hinted("'readout diff' lists those that are", "the briefing %q is not in conflict", slug)
	}
	return have, proposal, nil
}

func (a *app) diff(s *siteFolder, slug string) error {
	have, proposal, err := versions(s, slug)
	if err != nil {
		return err
	}
	base, err := readFile(s, briefing.BasePath(slug))
	if err != nil {
		return err
	}
	_, conflicts := briefing.Merge(base, have, proposal)
	for _, c := range conflicts {
		unit := c.Unit
		if unit == "" {
			unit = "the whole file"
		}
		if _, err := fmt.Fprintf(a.out, "%s:%d: %s %s\n", contentPath(slug), c.Line, c.Kind, unit); err != nil {
			return err
		}
		if c.Kind == briefing.FileConflict {
			if _, err := fmt.Fprintf(a.out, "  compare it with %s\n", proposalPath(slug)); err != nil {
				return err
			}
			continue
		}
		for _, v := range []struct{ name, text string }{{"was", c.Base}, {"yours", c.Edited}, {"now", c.Generated}} {
			for line := range strings.Lines(strings.TrimRight(v.text, "\n") + "\n") {
				if _, err := fmt.Fprintf(a.out, "  %-6s %s\n", v.name, visible(strings.TrimRight(line, "\r\n"))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
