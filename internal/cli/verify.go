package cli

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/plainfile"
	"readout/internal/site"
	"readout/internal/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	out := ""
	cmd := a.siteCommand("verify", "Prove that the site keeps its promises",
		`verify reads the site as it stands on the disk, by readers of its own, and proves:

  1 verbatim                  annotated text is the article's, byte for byte
  2 nothing invented          no date without a basis
  3 every claim has its place all links and references lead somewhere
  4 nothing lost              every paragraph is on its page, set-aside text with its reason
  5 same in, same out         the pages are what the content says, byte for byte
  6 no network                no page asks for anything beyond its folder
  7 a seed is data            nothing in a page runs that is not part of readout

Each failure is printed with file, line and column; the exit status is then 3.
Without seeds/ or public/ it proves what can be proved and says what cannot.`,
		`  readout verify
  readout verify -C desk`,
		func(s *siteFolder) error { return a.verify(s, out) })
	cmd.Flags().StringVarP(&out, "output", "o", "", "look at the pages in `FOLDER`, seen from where the command runs, instead of public/ in the site")
	a.withBaseURL(cmd)
	return cmd
}

func (a *app) verify(s *siteFolder, out string) error {
	if err := s.lock(); err != nil {
		return err
	}
	name := out
	if out == "" {
		out, name = filepath.Join(s.name, outputFolder), outputFolder
	}
	in := verify.Input{Site: s.root.FS(), OutputName: filepath.ToSlash(name)}
	root, err := os.OpenRoot(out)
	switch {
	case err == nil:
		defer root.Close()
		if entries, err := fs.ReadDir(root.FS(), "."); err != nil {
			return err
		} else if onlyHidden(entries) {
			in.OutputName += ", or nothing in it"
			break
		}
		in.Output = root.FS()
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s cannot be opened: %w", out, bare(err))
	}
	p := a.track("proving the site", -1)
	report := verify.Run(in)
	if in.Output != nil {
		a.renderAgain(s, in, report)
	}
	a.finish(p)
	a.report.all(report.Findings)
	return a.printReport(report)
}

// onlyHidden reports whether there is nothing but files such as .gitkeep.
func onlyHidden(entries []fs.DirEntry) bool {
	for _, e := range entries {
		if e.Name()[0] != '.' || e.Name() == ".readout" {
			return false
		}
	}
	return true
}

// renderAgain makes the site once more, in memory, file by file, and compares
// it with what stands on the disk.
func (a *app) renderAgain(s *siteFolder, in verify.Input, report *verify.Report) {
	c := &comparison{in: in}
	s.gathered = func(g *site.Site) { a.otherAddress(g, in, report) }
	defer func() { s.gathered = nil }()
	failed, err := a.render(s, false, func() target { return target{sink: c} })
	report.Findings = append(report.Findings, c.told()...)
	switch {
	case err != nil:
		report.Unchecked = append(report.Unchecked, "whether the pages are what the content says: "+err.Error())
	case failed:
		report.Unchecked = append(report.Unchecked, "whether all pages are what the content says: see above")
	}
}

// canonical is how the home page names itself where the site has an address.
var canonical = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)

// otherAddress says that the pages were made for another address than the one
// that content/index.md or --base-url gives, once, and lets the site be compared
// with them all the same.
func (a *app) otherAddress(g *site.Site, in verify.Input, report *verify.Report) {
	const home = "index.html"
	page, err := plainfile.Read(in.Output, home)
	if err != nil {
		return // that it is missing is said elsewhere
	}
	made := ""
	if m := canonical.FindSubmatch(page); m != nil {
		made = html.UnescapeString(string(m[1]))
	}
	want := g.Config.BaseURL
	if strings.TrimRight(made, "/") == strings.TrimRight(want, "/") || made != "" && !content.IsBaseURL(made) {
		return
	}
	whence := "base_url in content/index.md"
	if a.baseURL != "" {
		whence = "--base-url"
	}
	d := diag.Diagnostic{File: path.Join(in.OutputName, home), ID: verify.Deterministic.ID()}
	switch {
	case made == "":
		d.Message = fmt.Sprintf("the pages were made without an address, and %s is %s", whence, want)
		d.Hint = "run 'readout build' with it too, to make them anew"
	case want == "":
		d.Message = "the pages were made for " + made + ", which content/index.md does not say"
		d.Hint = fmt.Sprintf("prove them with the same flag, 'readout verify --base-url %s', or write base_url: %s", made, made)
	default:
		d.Message = fmt.Sprintf("the pages were made for %s, and %s is %s", made, whence, want)
		d.Hint = fmt.Sprintf("prove them with --base-url %s, or run 'readout build' to make them anew", made)
	}
	report.Findings.Add(d)
	g.Config.BaseURL = made
}

// A comparison is a Sink that compares files instead of writing them.
type comparison struct {
	in     verify.Input
	mu     sync.Mutex
	differ diag.List // the files that are not what the content says
}

// maxDiffering is how many files that are not what the content says are told one
// by one. All are where the site was built by another version of readout.
const maxDiffering = 12

// told returns what there is to say of the files that differ, the last of many
// with how many more there are.
func (c *comparison) told() diag.List {
	c.differ.Sort()
	if more := len(c.differ) - maxDiffering; more > 0 {
		c.differ = c.differ[:maxDiffering]
		last := &c.differ[maxDiffering-1]
		last.Message += fmt.Sprintf("; nor are %d more files", more)
		last.Hint = "run 'readout build' to make them anew"
	}
	return c.differ
}

func (c *comparison) Add(name string, data []byte) error {
	d := diag.Diagnostic{File: path.Join(c.in.OutputName, name), ID: verify.Deterministic.ID(), Hint: "run 'readout build' to make it anew"}
	have, err := plainfile.Read(c.in.Output, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.Message = "is part of the site and is not there"
	case err != nil:
		d.Message = "cannot be read: " + bare(err).Error()
	case bytes.Equal(have, data):
		return nil
	default:
		n := 0
		for n < len(have) && n < len(data) && have[n] == data[n] {
			n++
		}
		d.Line, d.Column = diag.Position(string(have), n)
		d.Message = "is not what the content says from here on"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.differ.Add(d)
	return nil
}

// printReport prints one line a promise.
func (a *app) printReport(r *verify.Report) error {
	facts := map[verify.Promise]string{
		verify.Verbatim:      fmt.Sprintf("%d of %d briefings compared with their articles: %d paragraphs, %d bytes", r.Compared, r.Briefings, r.Blocks, r.Bytes),
		verify.NotInvented:   fmt.Sprintf("dates of %d briefings", r.Briefings),
		verify.Placed:        fmt.Sprintf("%d claims and %d links on %d pages", r.Claims, r.Links, r.Pages),
		verify.NothingLost:   fmt.Sprintf("%d briefings on their pages", r.Briefings),
		verify.Deterministic: fmt.Sprintf("%d files", r.Files),
		verify.NoNetwork:     fmt.Sprintf("%d pages", r.Pages),
		verify.SeedIsData:    fmt.Sprintf("%d pages", r.Pages),
	}
	broken := 0
	for _, p := range verify.Promises {
		verdict := "holds "
		if r.Broken(p) > 0 {
			verdict = "BROKEN"
			broken++
		}
		if _, err := fmt.Fprintf(a.out, "%s  %d %-28s %s\n", verdict, p, p, facts[p]); err != nil {
			return err
		}
	}
	for _, what := range r.Unchecked {
		if _, err := fmt.Fprintf(a.out, "not checked: %s\n", visible(what)); err != nil {
			return err
		}
	}
	if broken > 0 {
		return &statusError{status: exitBroken}
	}
	if a.report.failed() {
		return errReported
	}
	return nil
}
