package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/url"
	"os"
	"os/signal"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"readout/internal/article"
	"readout/internal/fetch"
	"readout/internal/frontmatter"
	"readout/internal/limit"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/internal/seed"
	"readout/internal/slug"
)

func (a *app) addCommand() *cobra.Command {
	timeout := time.Duration(0)
	cmd := &cobra.Command{
		Use:   "add URL…",
		Short: "Save articles of the web as seeds",
		Long: `add gets each address and saves what the server sends, byte for byte, to seeds/,
by the title of the article. Beside it stands a .yaml with the address where the
page was in the end and the time at which, by its own clock, the server sent it.
Nothing in seeds/ is ever overwritten.

A site's robots.txt is respected, redirects are followed ten times at most, and
only http and https are asked. This is the one command that uses the network:
build what was added with readout build.`,
		Example: `  readout add https://news.example/talks
  readout -C desk add https://news.example/talks https://other.example/talks`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("add needs the address of a page")
			}
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, args []string) error {
			if timeout <= 0 {
				return usageErrorf("--timeout takes a time such as 30s, not %s", timeout)
			}
			return a.add(args, timeout)
		},
	}
	cmd.Flags().DurationVar(&timeout, "timeout", time.Minute, "give up a page after `TIME`")
	return cmd
}

// add saves the pages at the given addresses. One that fails does not stop the
// others.
func (a *app) add(addresses []string, timeout time.Duration) error {
	s, err := a.openSite(nil)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.lock(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	client := fetch.New(version(), fetch.Limits{
		Time: timeout, Redirects: int(s.limits.Of(limit.Redirects)),
		Bytes: max(s.limits.Of(limit.TextSize), s.limits.Of(limit.PageSize)),
	})
	known, err := seedAddresses(s)
	if err != nil {
		return err
	}
	p := a.track("getting pages", len(addresses))
	defer a.finish(p)
	for _, address := range addresses {
		if err := a.addOne(ctx, s, client, known, address); err != nil {
			if ctx.Err() != nil {
				return errors.New("interrupted")
			}
			message, hint := err.Error(), ""
			if e := (*fetch.Error)(nil); errors.As(err, &e) {
				hint = e.Hint
			} else if e := (*hintError)(nil); errors.As(err, &e) {
				hint = e.hint
			}
			a.report.failure(message, hint)
		}
		p.step()
	}
	if a.report.failed() {
		return errReported
	}
	return nil
}

// addOne saves the page at an address. known has the seed by its address.
func (a *app) addOne(ctx context.Context, s *siteFolder, client *fetch.Client, known map[string]string, address string) error {
	if err := fetch.Check(address); err != nil {
		return err
	}
	there := func(name string) error {
		return hinted("to get it anew, move that file away first", "%s: is in seeds/ already, as %s", address, name)
	}
	if name := known[address]; name != "" {
		return there(name)
	}
	page, err := client.Get(ctx, address)
	if err != nil {
		return err
	}
	if name := known[page.URL]; name != "" {
		return there(name)
	}
	at, err := url.Parse(page.URL)
	if err != nil {
		return err
	}
	ending, ok := seed.Ending(page.Type, at.Path, page.Body)
	if !ok {
		return hinted("readout reads pages, text, feeds and documents", "%s: is of type %q, which readout does not read", address, page.Type)
	}
	if size := seed.SizeOf(ending); int64(len(page.Body)) > s.limits.Of(size) {
		e := s.limits.Passed(size)
		return hinted(e.Hint, "%s: %s for %s files", address, e.Message, ending)
	}
	title, err := titleOf(page, ending, s.limits)
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	name, sidecar, err := freeName(s, stem(title, at), ending)
	if err != nil {
		return err
	}
	about := "url: " + frontmatter.Quote(page.URL) + "\n"
	if !page.Retrieved.IsZero() {
		about += "retrieved: " + page.Retrieved.Format(time.RFC3339) + "\n"
	}
	if _, params, err := mime.ParseMediaType(page.Type); err == nil && params["charset"] != "" && !utf8.Valid(page.Body) {
		about += "charset: " + frontmatter.Quote(params["charset"]) + "\n"
	}
	// The sidecar first: without its page it is harmless, but not the other way.
	for _, f := range []struct {
		name string
		data []byte
	}{{sidecar, []byte(about)}, {name, page.Body}} {
		if _, err := output.WriteFile(s.root, f.name, f.data, true); err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.name, bare(err))
		}
	}
	known[address], known[page.URL] = name, name
	a.report.say("saved %s from %s", name, page.URL)
	return nil
}

// titleOf returns the title of the article in a page; "" where it has several,
// or none. The error says that there is no article to be read.
func titleOf(page *fetch.Page, ending string, limits limit.Set) (title string, err error) {
	format, _ := seed.FormatOf("x" + ending)
	if format == seed.Feed || format == seed.WARC {
		return "", nil
	}
	defer func() {
		if recover() != nil { // the build will say more of it
			title, err = "", nil
		}
	}()
	f, diags := seed.DecodeWithin(limits, "x"+ending, format, page.Body)
	if f != nil {
		art, more := article.New(f)
		if diags = append(diags, more...); art != nil {
			return art.Meta.Title, nil
		}
	}
	for _, d := range diags {
		if d.Severity == 0 {
			return "", hinted("open it in a browser; where it shows an article, save the page from there", "%s", d.Message)
		}
	}
	return "", nil
}

// stem returns the name for a seed, without its ending: from the title of the
// article, or the last part of its address that says something.
func stem(title string, at *url.URL) string {
	if s := slug.Make(title); s != "" {
		return s
	}
	parts := strings.Split(at.Path, "/")
	slices.Reverse(parts)
	for _, part := range append(parts, at.Hostname()) {
		if _, ok := seed.FormatOf(part); ok {
			part, _, _ = strings.Cut(part, ".")
		}
		if s := slug.Make(part); s != "" {
			return s
		}
	}
	return "page"
}

// freeName returns a name in seeds/ that no file has, and that of its sidecar. A
// sidecar belongs to all seeds of its name, whatever their ending: so that must
// be free too.
func freeName(s *siteFolder, stem, ending string) (name, sidecar string, err error) {
	entries, err := fs.ReadDir(s.root.FS(), "seeds")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", "", fmt.Errorf("seeds cannot be read: %w", bare(err))
	}
	taken := map[string]bool{}
	for _, e := range entries {
		// Some file systems tell no small letters from capital ones.
		before, _, _ := strings.Cut(strings.ToLower(e.Name()), ".")
		taken[before] = true
	}
	free := stem
	for n := 2; taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", stem, n)
	}
	name = path.Join("seeds", free+ending)
	return name, strings.TrimSuffix(name, path.Ext(name)) + ".yaml", nil
}

// seedAddresses returns the seeds by the addresses that their sidecars state.
func seedAddresses(s *siteFolder) (map[string]string, error) {
	known := map[string]string{}
	sidecars, err := fs.Glob(s.root.FS(), "seeds/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range sidecars {
		info, err := fs.Stat(s.root.FS(), name)
		if err != nil || info.Size() > 64<<10 {
			continue
		}
		data, err := plainfile.Read(s.root.FS(), name)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(data)) {
			value, ok := strings.CutPrefix(line, "url:")
			if !ok {
				continue
			}
			owners, _ := fs.Glob(s.root.FS(), strings.TrimSuffix(name, ".yaml")+".*")
			for _, owner := range owners {
				if _, isSeed := seed.FormatOf(owner); isSeed {
					known[strings.Trim(value, " \t\r\n'\"")] = owner
				}
			}
		}
	}
	return known, nil
}
