package content

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/limit"
	"readout/internal/slug"
)

// A Page is a page of the editor's own, read from content/<slug>.md.
type Page struct {
	Path   string
	Slug   string
	Title  string
	Source string // CommonMark, verbatim
	Line   int    // 1-based line of Source in the file
}

// Folders has the folder of content/ that holds the editor's files of each kind
// of entity.
var Folders = map[dialect.Class]string{
	dialect.Person: "people", dialect.Organization: "organizations",
	dialect.Place: "places", dialect.Event: "events",
}

// A reading is what the files with front matter and the editor's own Markdown
// have in common.
type reading struct {
	limits limit.Set
	file   string
	slug   string
	part   frontmatter.Part
	diags  diag.List
}

func (rd Reader) read(file string, src []byte, v any) *reading {
	r := &reading{limits: rd.Limits, file: file, slug: strings.TrimSuffix(path.Base(file), ".md")}
	r.part, r.diags = frontmatter.ReadWithin(rd.Limits, file, src, v)
	if int64(len(r.part.Body)) > rd.Limits.Of(limit.ContentSize) {
		e := rd.Limits.Passed(limit.ContentSize)
		r.wrong("", "content-size", e.Message, e.Hint)
		r.part.Body = nil
	}
	if !slug.Valid(r.slug) {
		r.wrong("", "content-name", fmt.Sprintf("%q cannot name a page", r.slug), slugHint(r.slug))
	}
	return r
}

// wrong reports a fault at the line of a key.
func (r *reading) wrong(key, id, message, hint string) {
	r.diags.Add(diag.Diagnostic{File: r.file, Line: max(r.part.Lines[key], 1), ID: id, Message: message, Hint: hint})
}

// source returns the Markdown after the front matter and its first line.
func (r *reading) source() (string, int) {
	checkMarkdown(r.limits, r.part.Body, r.part.Line, func(line, column int, id, message, hint string) {
		r.diags.Add(diag.Diagnostic{File: r.file, Line: line, Column: column, ID: id, Message: message, Hint: hint})
	})
	body := strings.TrimRight(string(r.part.Body), " \t\r\n")
	line := r.part.Line
	for {
		first, rest, ok := strings.Cut(body, "\n")
		if !ok || strings.TrimSpace(first) != "" {
			break
		}
		body = rest
		line++
	}
	return body, line
}

func (r *reading) done() diag.List {
	r.diags.Sort()
	return r.diags
}

// ParseIndex reads content/index.md.
func ParseIndex(file string, src []byte) (*Index, diag.List) {
	return Reader{}.ParseIndex(file, src)
}

// ParseIndex is ParseIndex with the limits of rd.
func (rd Reader) ParseIndex(file string, src []byte) (*Index, diag.List) {
	x := &Index{Path: file}
	r := rd.read(file, src, &x.Config)
	x.Source, x.Line = r.source()
	c := x.Config
	switch c.Text {
	case "", "full", "excerpts", "none":
	default:
		r.wrong("text", "frontmatter-value", fmt.Sprintf("unknown text %q", c.Text), "the values are full, excerpts, none")
	}
	if c.BaseURL != "" && !IsBaseURL(c.BaseURL) {
		r.wrong("base_url", "frontmatter-value", fmt.Sprintf("base_url %q is not the address of a site", c.BaseURL), "write it as https://example.org/desk/")
	}
	if c.Contact != "" && !isContact(c.Contact) {
		r.wrong("contact", "frontmatter-value", fmt.Sprintf("contact %q is neither an e-mail address nor a URL", c.Contact), "write desk@example.org or https://example.org/mistakes")
	}
	for i, setting := range c.Limits {
		if _, err := (limit.Set{}).Set(setting); err != nil {
			r.wrong(fmt.Sprintf("limits[%d]", i), "frontmatter-value", err.Error(), "write it as feed-entries=5000; docs/limits.md has the list of limits")
		}
	}
	if c.Language != "" && !isLanguage(c.Language) {
		r.wrong("language", "frontmatter-value", fmt.Sprintf("language %q is not a language tag", c.Language), "write en, or de-AT")
	}
	return x, r.done()
}

// IsBaseURL reports whether s is the address of a site: what may stand before
// the path of each page.
func IsBaseURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == ""
}

func isContact(s string) bool {
	if name, host, ok := strings.Cut(strings.TrimPrefix(s, "mailto:"), "@"); ok && !strings.ContainsAny(s, " \t\n/\\<>\"'") {
		return name != "" && host != "" && !strings.Contains(host, "@")
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) {
			return false
		}
		for _, c := range part {
			if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
				return false
			}
		}
	}
	return true
}

// StoryMeta is the front matter of a story.
type StoryMeta struct {
	Title   string   `yaml:"title"`
	Kind    string   `yaml:"kind,omitempty"`
	Members []string `yaml:"members"`
	Moved   []string `yaml:"moved,omitempty"`
}

// ParseStory reads a file of content/stories/.
func ParseStory(file string, src []byte) (*Story, diag.List) {
	return Reader{}.ParseStory(file, src)
}

// ParseStory is ParseStory with the limits of rd.
func (rd Reader) ParseStory(file string, src []byte) (*Story, diag.List) {
	var meta StoryMeta
	r := rd.read(file, src, &meta)
	s := &Story{Path: file, Slug: r.slug, Title: meta.Title, Kind: meta.Kind, Members: meta.Members, Moved: meta.Moved}
	s.Source, s.Line = r.source()
	if s.Title == "" {
		r.wrong("title", "frontmatter-value", "no title", "write one: title: …")
	}
	if s.Kind != "" && s.Kind != "event" && s.Kind != "storyline" {
		r.wrong("kind", "frontmatter-value", fmt.Sprintf("unknown kind %q", s.Kind), "the values are event, storyline")
	}
	if len(s.Members) == 0 {
		r.wrong("members", "frontmatter-value", "story without members", `list the slugs of its briefings: members: with lines "- slug"`)
	}
	for i, m := range s.Members {
		key := fmt.Sprintf("members[%d]", i)
		s.MemberLines = append(s.MemberLines, max(r.part.Lines[key], 1))
		if slices.Contains(s.Members[:i], m) {
			r.wrong(key, "frontmatter-value", fmt.Sprintf("member %q is listed twice", m), "keep one")
		}
	}
	for i := range s.Moved {
		s.MovedLines = append(s.MovedLines, max(r.part.Lines[fmt.Sprintf("moved[%d]", i)], 1))
	}
	r.slugs("members", s.Members)
	r.slugs("moved", s.Moved)
	return s, r.done()
}

// slugs reports the elements of a list that cannot name a page.
func (r *reading) slugs(key string, list []string) {
	for i, s := range list {
		if !slug.Valid(s) {
			r.wrong(fmt.Sprintf("%s[%d]", key, i), "frontmatter-value", fmt.Sprintf("%q is no slug", s), slugHint(s))
		}
	}
}

// EntityMeta is the front matter of a person, organization, place or event.
type EntityMeta struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases,omitempty"`
	Not     []string `yaml:"not,omitempty"`
	SameAs  []string `yaml:"same_as,omitempty"`
}

// ParseEntity reads a file of content/people/, organizations/, places/ or
// events/.
func ParseEntity(kind dialect.Class, file string, src []byte) (*Entity, diag.List) {
	return Reader{}.ParseEntity(kind, file, src)
}

// ParseEntity is ParseEntity with the limits of rd.
func (rd Reader) ParseEntity(kind dialect.Class, file string, src []byte) (*Entity, diag.List) {
	var meta EntityMeta
	r := rd.read(file, src, &meta)
	e := &Entity{Path: file, Kind: kind, Slug: r.slug, Name: meta.Name, Aliases: meta.Aliases, Not: meta.Not, SameAs: meta.SameAs}
	e.Source, e.Line = r.source()
	if e.Name == "" {
		r.wrong("name", "frontmatter-value", "no name", "write one: name: …")
	}
	e.NameLine = max(r.part.Lines["name"], 1)
	for i, a := range e.Aliases {
		e.AliasLines = append(e.AliasLines, max(r.part.Lines[fmt.Sprintf("aliases[%d]", i)], 1))
		if slices.Contains(e.Not, a) {
			r.wrong(fmt.Sprintf("aliases[%d]", i), "frontmatter-value", fmt.Sprintf("%q is both an alias and not this %s", a, kind), "keep one")
		}
	}
	for i, s := range e.SameAs {
		if !frontmatter.ValidURL(s) {
			r.wrong(fmt.Sprintf("same_as[%d]", i), "frontmatter-value", fmt.Sprintf("%q is no web address", s), "write it with https://")
		}
	}
	return e, r.done()
}

// PageMeta is the front matter of a page of the editor's own.
type PageMeta struct {
	Title string `yaml:"title"`
}

// ParsePage reads a file directly under content/ other than index.md.
func ParsePage(file string, src []byte) (*Page, diag.List) {
	return Reader{}.ParsePage(file, src)
}

// ParsePage is ParsePage with the limits of rd.
func (rd Reader) ParsePage(file string, src []byte) (*Page, diag.List) {
	var meta PageMeta
	r := rd.read(file, src, &meta)
	p := &Page{Path: file, Slug: r.slug, Title: meta.Title}
	p.Source, p.Line = r.source()
	if p.Title == "" {
		r.wrong("title", "frontmatter-value", "no title", `begin the file with "---", "title: …", "---"`)
	}
	return p, r.done()
}
