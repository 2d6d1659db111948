package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Print the manual page",
		Long: `man prints the manual page of readout and all its commands, in the form that man
reads.`,
		Example: `  readout man > /usr/local/share/man/man1/readout.1
  readout man | man -l -`,
		Args:              atMost(0),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return manual(a.out, cmd.Root())
		},
	}
}

// manual writes the manual page of a command and its subcommands.
func manual(w io.Writer, root *cobra.Command) error {
	var b strings.Builder
	m := &roff{&b}
	m.line(`.TH READOUT 1 "" "readout %s" "User Commands"`, roffText(version()))
	m.line(".SH NAME")
	m.line(`readout \- %s`, roffText(lowerFirst(root.Short)))
	m.line(".SH SYNOPSIS")
	m.line(`.B readout`)
	m.line(`[\fICOMMAND\fR] [\fIFLAGS\fR] [\fIARGUMENTS\fR]`)
	m.line(".SH DESCRIPTION")
	m.prose(root.Long)
	m.line(".SH FLAGS OF ALL COMMANDS")
	m.flags(root.PersistentFlags())
	m.line(".SH COMMANDS")
	for _, c := range root.Commands() {
		if c.Hidden || !c.IsAvailableCommand() {
			continue
		}
		m.line(".SS %s", roffText(root.Name()+" "+c.Use))
		if c.Long != "" {
			m.prose(c.Long)
		} else {
			m.prose(c.Short + ".")
		}
		local := c.LocalNonPersistentFlags()
		m.flags(local)
		m.example(c.Example)
	}
	m.line(".SH EXIT STATUS")
	for _, s := range []struct {
		code int
		what string
	}{
		{exitOK, "done"},
		{exitFailed, "something failed, or was left out and named"},
		{exitUsage, "wrong use"},
		{exitBroken, "a promise of the site does not hold (verify)"},
		{exitInterrupted, "interrupted"},
	} {
		m.line(".TP\n%d\n%s", s.code, roffText(s.what))
	}
	m.line(".SH FILES")
	for _, f := range [][2]string{
		{"seeds/", "the articles, and what is known of them in .yaml files beside them"},
		{"content/", "the briefings and stories, which may be edited; index.md has the settings"},
		{"content/.base/", "what was last generated, by which edits are known"},
		{"templates/", "files that stand in for the built-in templates"},
		{"public/", "the website"},
	} {
		m.line(".TP\n.I %s\n%s", roffText(f[0]), roffText(f[1]))
	}
	m.line(".SH EXAMPLES")
	m.example(root.Example)
	_, err := io.WriteString(w, b.String())
	return err
}

// A roff writes the language of manual pages.
type roff struct{ b *strings.Builder }

func (m *roff) line(format string, args ...any) { fmt.Fprintf(m.b, format+"\n", args...) }

// prose writes paragraphs. Lines that are indented stand as they are.
func (m *roff) prose(text string) {
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		m.line(".PP")
		if strings.HasPrefix(p, " ") {
			m.example(p)
			continue
		}
		for l := range strings.Lines(p) {
			m.line("%s", roffText(strings.TrimRight(l, "\n")))
		}
	}
}

func (m *roff) example(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	m.line(".PP\n.RS\n.nf")
	for l := range strings.Lines(text) {
		m.line("%s", roffText(strings.TrimRight(strings.TrimPrefix(l, "  "), "\n")))
	}
	m.line(".fi\n.RE")
}

func (m *roff) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		m.line(".TP")
		flag := `\fB\-\-` + roffText(f.Name) + `\fR`
		if f.Shorthand != "" {
			flag = `\fB\-` + roffText(f.Shorthand) + `\fR, ` + flag
		}
		if name != "" {
			flag += ` \fI` + roffText(name) + `\fR`
		}
		m.line("%s", flag)
		m.line("%s", roffText(usage))
	})
}

// roffText escapes what means something in manual pages. A line must not begin
// with a dot or an apostrophe, and a hyphen is one that can be copied.
func roffText(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", `\[u2026]`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
