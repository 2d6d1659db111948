package cli

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/output"
)

// sample holds the files of a new site. A name that begins with "dot-" stands
// for one that begins with a dot.
//
//go:embed sample
var sample embed.FS

// versioned names what the folder of a new site may hold already.
var versioned = []string{".git", ".gitattributes", ".gitignore"}

func (a *app) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new DIR",
		Short: "Make a new site with one sample article",
		Long: `new makes the folder DIR with all a site needs: seeds/ with one sample article,
and content/index.md with the name of the site and its other settings. It
writes into a new folder, or one that holds nothing but what version control keeps
there (.git, .gitignore, .gitattributes), of which it changes nothing.`,
		Example: `  readout new desk && readout -C desk build`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("new takes one folder, got %d", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.newSite(args[0]) },
	}
}

func (a *app) newSite(dir string) error {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.dir, dir)
	}
	entries, err := os.ReadDir(dir)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return slices.Contains(versioned, e.Name()) })
	switch {
	case err == nil && len(entries) > 0:
		return hinted("choose a folder that does not exist yet", "%s is not empty: it holds %s", dir, entries[0].Name())
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return hinted("choose a folder that does not exist yet", "%s cannot be a new site: %w", dir, bare(err))
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	root, err := a.open(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	err = fs.WalkDir(sample, "sample", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := sample.ReadFile(name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "sample/")
		if base, ok := strings.CutPrefix(path.Base(name), "dot-"); ok {
			name = path.Join(path.Dir(name), "."+base)
		}
		if _, err := root.Lstat(name); err == nil {
			return nil // .gitignore
		}
		_, err = output.WriteFile(root, name, data, false)
		return err
	})
	if err != nil {
		return err
	}
	a.report.say("made a site in %s", dir)
	a.report.say("put articles into %s, then run: readout -C %s build", filepath.Join(dir, "seeds"), shellWord(dir))
	return nil
}

// bare returns the cause of an error of the file system, whose path the message
// names already.
func bare(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// shellWord quotes s where a shell would take it apart.
func shellWord(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
