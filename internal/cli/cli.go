// Package cli is the command: its subcommands, what they print, and their exit
// status. It is the only package that imports all the others.
//
// What a program would read goes to stdout, what a person reads to stderr.
// Every message about input passes through a reporter, so that all look alike.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"readout/internal/analysis"
	"readout/internal/analysis/standard"
	"readout/internal/limit"
	"readout/internal/output"
)

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitBroken = 3 // verify: a promise does not hold
)

// An app is one run of the command.
type app struct {
	in      io.Reader
	out     io.Writer
	report  *reporter
	dir     string // the site's folder, as given with -C
	quiet   bool
	verbose bool
	maxSeed int      // megabytes; 0 for the defaults
	raised  []string // settings of limits
	baseURL string   // the site's address, where it is not that of its settings
	// compress has build write compressed files beside those of text.
	compress bool
	// rules returns what finds things in articles.
	rules  func() (*analysis.Pipeline, error)
	opener output.Opener // of the folders that are written to; nil for those of the disk

	cache    bool       // what was made before, by the same program, may be used
	articles int        // of this run: in seeds/; -1 where it did not look there
	watch    *stopwatch // nil unless a run is asked where its time goes
	edited   int        // of this run: briefings that kept edits
}

// open opens a folder that is written to.
func (a *app) open(name string) (output.Folder, error) {
	if a.opener != nil {
		return a.opener(name)
	}
	return output.OpenFolder(name)
}

// limits returns the bounds of what is read: those that a site sets, but for
// what the command is told.
func (a *app) limits(of limit.Set) (limit.Set, error) {
	if a.maxSeed > 0 {
		n := int64(a.maxSeed) << 20
		of = of.With(limit.TextSize, n).With(limit.PageSize, n)
	}
	for _, setting := range a.raised {
		var err error
		if of, err = of.Set(setting); err != nil {
			return of, &statusError{exitUsage, hinted("docs/limits.md has the list of limits", "--limit: %w", err)}
		}
	}
	return of, nil
}

// set returns the limits of a command that has no site.
func (a *app) set() limit.Set {
	set, _ := a.limits(limit.Set{}) // which was tried when the flags were read
	return set
}

// A statusError ends the run with a status other than 1. A nil err prints
// nothing: what is wrong has been reported.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

// errReported ends the run with status 1 after all messages were given.
var errReported = &statusError{status: exitFailed}

// A hintError is an error with a hint what to do about it.
type hintError struct {
	err  error
	hint string
}

func (e *hintError) Error() string { return e.err.Error() }
func (e *hintError) Unwrap() error { return e.err }

func hinted(hint, format string, args ...any) error {
	return &hintError{fmt.Errorf(format, args...), hint}
}

func usageErrorf(format string, args ...any) error {
	return &statusError{exitUsage, hinted("run 'readout --help' for the commands and their flags", format, args...)}
}

// Main runs readout with args (without the program's name) and returns the exit
// status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{in: stdin, out: stdout, report: newReporter(stderr), rules: standard.Pipeline, cache: true}
	return a.main(args, stderr)
}

// execute is Main with rules of one's own, and nothing of what was made with
// others.
func execute(args []string, stdin io.Reader, stdout, stderr io.Writer, rules func() (*analysis.Pipeline, error)) int {
	a := &app{in: stdin, out: stdout, report: newReporter(stderr), rules: rules}
	return a.main(args, stderr)
}

// main runs the command.
func (a *app) main(args []string, stderr io.Writer) int {
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return exitOK
	}
	status := exitFailed
	if e := (*statusError)(nil); errors.As(err, &e) {
		status = e.status
		if e.err == nil {
			return status
		}
	}
	a.report.fault(err)
	return status
}

func (a *app) rootCommand() *cobra.Command {
	build := a.buildCommand()
	root := &cobra.Command{
		Use:   "readout",
		Short: "Turn a folder of articles into a briefing site in which every statement can be checked",
		Long: `readout reads source articles from seeds/, writes an annotated briefing for each
to content/, and renders a static website to public/. Content may be edited by
hand; what stands there is what is published. Without a command, readout builds
the site in the working directory.

stdout is for data, stderr for people. Exit status: 0 done, 1 something failed
or was left out, 2 wrong use, 3 a promise does not hold (verify).`,
		Version: version(),
		Example: `  readout new desk && cd desk   make a site with a sample article
  readout                       build the site in this folder
  readout verify                prove that it keeps its promises
  readout annotate article.txt  print what is found in an article, as JSON
  readout annotate --jsonl < articles.jsonl > annotations.jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageErrorf("unknown command %q", args[0])
			}
			return nil
		},
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(_ *cobra.Command, _ []string) error { return build.RunE(build, nil) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if e := (*pflag.InvalidValueError)(nil); errors.As(err, &e) && e.GetFlag().Value.Type() == "int" {
			return usageErrorf("--%s takes a whole number, not %q", e.GetFlag().Name, e.GetValue())
		}
		return usageErrorf("%w", err)
	})
	f := root.PersistentFlags()
	f.StringVarP(&a.dir, "dir", "C", ".", "work on the site in `DIR`")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "report errors only")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "say what is done, file by file")
	f.StringArrayVar(&a.raised, "limit", nil, "set a limit on what is read: `NAME=VALUE`, such as text-size=20MB; docs/limits.md lists them")
	f.IntVar(&a.maxSeed, "max-seed-size", 0, "short for --limit text-size=`MB`MB --limit page-size=MBMB")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		a.report.quiet = a.quiet
		if a.maxSeed < 0 {
			return usageErrorf("--max-seed-size takes a number of megabytes, not %d", a.maxSeed)
		}
		_, err := a.limits(limit.Set{})
		return err
	}
	root.AddCommand(build, a.briefCommand(), a.addCommand(), a.verifyCommand(), a.bundleCommand(), a.serveCommand(), a.reviewCommand(), a.whyCommand(), a.templatesCommand(), a.diffCommand(), a.keepCommand(), a.takeCommand(), a.newCommand(), a.annotateCommand(), a.relateCommand(), a.manCommand(), a.versionCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				if at, rest, err := root.Find(args); err != nil || at == nil || len(rest) > 0 {
					return usageErrorf("there is no command %q to give help on", strings.Join(args, " "))
				}
				return nil
			}
		case "completion":
			c.RunE = func(c *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usageErrorf("there is no completion for %q: bash, zsh, fish and powershell have one", args[0])
				}
				return c.Help()
			}
			c.Args = cobra.ArbitraryArgs
		}
	}
	return root
}

// atMost is a cobra argument check with our own error.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usageErrorf("%s takes at most %d argument(s), got %d", cmd.Name(), n, len(args))
		}
		return nil
	}
}
