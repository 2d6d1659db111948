package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/diag"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/templates"
)

func (a *app) templatesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "templates",
		Short: "List the templates, assets and labels, and copy those that a site wants to change",
		Long: `templates lists the built-in templates, assets and labels (the words of the pages, a
file for each language), and for each whether a file of that name in the site's
templates/ stands in for it. A file of labels there changes those it has. A file there that stands in
for nothing is reported.`,
		Example: `  readout templates
  readout templates copy home site.css`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageErrorf("unknown command %q of templates: there is copy", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return a.withSite(a.listTemplates) },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "copy NAME…",
		Short: "Copy built-in templates and assets into the site, to change them there",
		Long: `copy puts the built-in templates of those names into the site's templates/. What
is there already stays.`,
		Example: `  readout templates copy briefing pages/parts.html assets/site.css`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("templates copy needs the names of templates, such as home or site.css")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return builtIn(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return a.withSite(func(s *siteFolder) error { return a.copyTemplates(s, args) })
		},
	})
	return cmd
}

// withSite runs do on the site in the folder of -C.
func (a *app) withSite(do func(*siteFolder) error) error {
	s, err := a.openSite(nil)
	if err != nil {
		return err
	}
	defer s.close()
	return do(s)
}

// builtIn lists the built-in templates and assets: "assets/site.css",
// "pages/home.html", ….
func builtIn() []string {
	var names []string
	_ = fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names
}

func (a *app) listTemplates(s *siteFolder) error {
	names := builtIn()
	width := 0
	for _, name := range names {
		width = max(width, len(name))
	}
	for _, name := range names {
		state := "built in"
		own, err := plainfile.Read(s.templates(), name)
		switch base, _ := fs.ReadFile(templates.FS, name); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			state = "templates/" + name + " cannot be read: " + bare(err).Error()
		case bytes.Equal(own, base):
			state = "templates/" + name + ", as the built-in one"
		default:
			state = "templates/" + name
		}
		if _, err := fmt.Fprintf(a.out, "%-*s  %s\n", width, name, state); err != nil {
			return err
		}
	}
	for _, name := range filesBelow(s.root.FS(), "templates") {
		name = strings.TrimPrefix(name, "templates/")
		if slices.Contains(names, name) {
			continue
		}
		if path.Dir(name) == "assets" || path.Dir(name) == "labels" && path.Ext(name) == ".yaml" {
			// It is published beside the others, or the words of another language.
			if _, err := fmt.Fprintf(a.out, "%-*s  templates/%s, of the site’s own\n", width, name, name); err != nil {
				return err
			}
			continue
		}
		a.report.diagnostic(strayTemplate(name, names))
	}
	return nil
}

// strayTemplate says that a file of the site's templates/ stands in for nothing.
func strayTemplate(name string, names []string) diag.Diagnostic {
	d := diag.Diagnostic{
		File: "templates/" + name, ID: "template-name", Severity: diag.Warning, Message: "there is no built-in template of that name, so nothing uses it",
		Hint: "the names are " + strings.Join(names, ", "),
	}
	for _, n := range names {
		if path.Base(n) == path.Base(name) {
			d.Hint = "move it to templates/" + n
		}
	}
	return d
}

func (a *app) copyTemplates(s *siteFolder, args []string) error {
	names := builtIn()
	var wanted []string
	for _, arg := range args {
		i := slices.IndexFunc(names, func(n string) bool {
			base := path.Base(n)
			return arg == n || arg == base || arg == strings.TrimSuffix(base, ".html")
		})
		if i < 0 {
			return hinted("'readout templates' lists them", "there is no built-in template %q", arg)
		}
		wanted = append(wanted, names[i])
	}
	if err := s.lock(); err != nil {
		return err
	}
	for _, name := range wanted {
		to := path.Join("templates", name)
		if _, err := s.root.Lstat(to); err == nil {
			a.report.say("%s is there already, and stays", to)
			continue
		}
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			return err
		}
		if _, err := output.WriteFile(s.root, to, data, false); err != nil {
			return fmt.Errorf("%s cannot be written: %w", to, bare(err))
		}
		a.report.say("copied %s", to)
	}
	return nil
}
