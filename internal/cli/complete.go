package cli

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/briefing"
)

// What follows a word on the command line is completed from the site's own
// files, read without its lock: a shell asks while nothing runs.

type completion = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// completeValue completes the value of a flag with the slugs of the files that
// match a pattern.
func (a *app) completeValue(pattern string) completion {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return a.filesNamed(pattern), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeUnits completes the slug of a briefing in conflict, and then what is
// in conflict in it.
func (a *app) completeUnits(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return a.filesNamed(proposalPath("*")), cobra.ShellCompDirectiveNoFileComp
	}
	s, err := a.openSite(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer s.close()
	if strings.ContainsAny(args[0], `/\`) || !fs.ValidPath(args[0]) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	have, proposal, err := versions(s, args[0])
	base, baseErr := readFile(s, briefing.BasePath(args[0]))
	if err != nil || baseErr != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var units []string
	_, conflicts := briefing.Merge(base, have, proposal)
	for _, c := range conflicts {
		if c.Unit != "" && !slices.Contains(args[1:], c.Unit) && !slices.Contains(units, c.Unit) {
			units = append(units, c.Unit)
		}
	}
	return units, cobra.ShellCompDirectiveNoFileComp
}

// filesNamed returns the slugs of the site's files that match a pattern.
func (a *app) filesNamed(pattern string) []string {
	s, err := a.openSite(nil)
	if err != nil {
		return nil
	}
	defer s.close()
	names, err := fs.Glob(s.root.FS(), pattern)
	if err != nil {
		return nil
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".md")
	}
	return names
}

// completeFolder completes the folder of a site.
func completeFolder(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveFilterDirs
}
