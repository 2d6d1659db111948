package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/output"
	"readout/internal/plainfile"
)

// What an editor did is the difference between a content file and its base: the
// file as readout last generated it. The two are written one after the other,
// and a run may die between them; it would then take its own work for an
// editor's. So the new base is put down first under a pending name that says
// which content file it is the base of; settle finishes what it finds.

const pendingMark = ".pending-"

// proposalPath is where the generated version waits when it is in conflict with
// what an editor did.
func proposalPath(slug string) string { return "content/.proposed/" + slug + ".md" }

func contentPath(slug string) string { return path.Join(briefings, slug+".md") }

// pendingPath names the base, kept at basePath, that belongs to the content file
// with these bytes.
func pendingPath(basePath string, file []byte) string {
	sum := sha256.Sum256(file)
	return strings.TrimSuffix(basePath, ".md") + pendingMark + hex.EncodeToString(sum[:8])
}

// settle finishes or takes back what a run that died left undone.
func settle(s *siteFolder) error {
	for _, of := range []struct{ base, file func(slug string) string }{
		{briefing.BasePath, contentPath}, {content.StoryBase, storyPath},
	} {
		dir := path.Dir(of.base("x"))
		entries, err := fs.ReadDir(s.root.FS(), dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", dir, bare(err))
		}
		for _, e := range entries {
			slug, _, ok := strings.Cut(e.Name(), pendingMark)
			if !ok {
				continue
			}
			pending := path.Join(dir, e.Name())
			file, err := readFile(s, of.file(slug))
			if err == nil && file != nil && pendingPath(of.base(slug), file) == pending {
				err = s.root.Rename(pending, of.base(slug))
			} else if err == nil {
				err = s.root.Remove(pending)
			}
			if err != nil {
				return fmt.Errorf("%s cannot be settled: %w", pending, bare(err))
			}
		}
	}
	return nil
}

// readFile returns the bytes of a file, or nil where there is none.
func readFile(s *siteFolder, name string) ([]byte, error) {
	data, err := plainfile.Read(s.root.FS(), name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && data == nil {
		data = []byte{}
	}
	return data, err
}

// mergeOne brings the content file of one briefing up to date with what was
// generated. An error is a failure to write. Where there is a conflict nothing is
// written before it is reported: then after does what is left to do.
func (a *app) mergeOne(s *siteFolder, slug string, generated []byte, diags *diag.List) (what outcome, after func() error, err error) {
	name := contentPath(slug)
	have, err := readFile(s, name)
	if err != nil {
		diags.Add(diag.Diagnostic{
			File: name, ID: "content-read", Message: "cannot be read: " + bare(err).Error(),
			Hint: "make it a file that can be read, or move it away",
		})
		return failed, nil, nil
	}
	if len(have) == 0 {
		// No edit leaves nothing at all; a power failure does.
		have = nil
	}
	base, err := readFile(s, briefing.BasePath(slug))
	if err != nil {
		diags.Add(diag.Diagnostic{File: briefing.BasePath(slug), ID: "content-read", Severity: diag.Warning, Message: "cannot be read: " + bare(err).Error()})
		base = nil
	}
	merged, conflicts := briefing.Merge(base, have, generated)
	if len(conflicts) > 0 {
		return edited, a.conflict(s, slug, base, have, merged, generated, conflicts, diags), nil
	}
	isEdited := have != nil && !bytes.Equal(have, generated) && !bytes.Equal(have, base)
	if err := writeBriefing(s, slug, have, merged, generated, isEdited); err != nil {
		return failed, nil, err
	}
	if isEdited {
		*diags = append(*diags, groundless(s, name, merged, generated)...)
	}
	switch {
	case isEdited:
		if a.verbose {
			a.report.say("%s keeps its edits", name)
		}
		return edited, nil, nil
	case bytes.Equal(have, merged):
		return unchanged, nil, nil
	}
	if a.verbose {
		a.report.say("wrote %s", name)
	}
	return written, nil, nil
}

// groundless warns of a publication date that an editor wrote over the one which the
// article or what stands beside it bears out: the page would say that it does.
func groundless(s *siteFolder, name string, file, generated []byte) diag.List {
	var mine, found frontmatter.Meta
	part, diags := frontmatter.ReadWithin(s.limits, name, file, &mine)
	if diags.Errors() > 0 || mine.Date == "" {
		return nil
	}
	if _, diags = frontmatter.ReadWithin(s.limits, name, generated, &found); diags.Errors() > 0 || mine.Date == found.Date && mine.DateBasis == found.DateBasis {
		return nil
	}
	is := "none"
	if found.Date != "" {
		is = fmt.Sprintf("%s (%s)", found.Date, found.DateBasis)
	}
	beside := strings.TrimSuffix(mine.Article.Path, path.Ext(mine.Article.Path)) + ".yaml"
	return diag.List{{
		File: name, Line: max(part.Lines["date"], 1), ID: "date-groundless", Severity: diag.Warning,
		Message: fmt.Sprintf("the date %s (%s) is not what is found for the article: %s", mine.Date, mine.DateBasis, is),
		Hint:    "where it is known otherwise, write it as date: into " + beside + " and take it out here: the next build reckons from it",
	}}
}

// writeBriefing writes a content file, in the place of have, and its base, and
// takes away a proposal that is settled.
func writeBriefing(s *siteFolder, slug string, have, file, base []byte, durable bool) error {
	if err := putBriefing(s, slug, have, file, base, durable); err != nil {
		return err
	}
	if err := s.root.Remove(proposalPath(slug)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be written: %w", proposalPath(slug), bare(err))
	}
	return nil
}

// putBriefing writes a content file, unless it stays as it is, and its base.
func putBriefing(s *siteFolder, slug string, have, file, base []byte, durable bool) error {
	basePath := briefing.BasePath(slug)
	if have != nil && bytes.Equal(have, file) {
		if _, err := output.WriteFile(s.root, basePath, base, false); err != nil {
			return fmt.Errorf("%s cannot be written: %w", basePath, bare(err))
		}
		return nil
	}
	return putPair(s, contentPath(slug), basePath, have, file, base, durable)
}

// putPair writes a content file and its base so that a run that dies between the
// two leaves what settle needs to finish. The file is replaced only if it still
// is what it was when it was read: an editor may have saved it since.
func putPair(s *siteFolder, name, basePath string, have, file, base []byte, durable bool) error {
	fail := func(name string, err error) error { return fmt.Errorf("%s cannot be written: %w", name, bare(err)) }
	pending := pendingPath(basePath, file)
	if _, err := output.WriteFile(s.root, pending, base, durable); err != nil {
		return fail(pending, err)
	}
	if err := stillThe(s, name, have); err != nil {
		return err
	}
	if _, err := output.WriteFile(s.root, name, file, durable); err != nil {
		return fail(name, err)
	}
	if err := s.root.Rename(pending, basePath); err != nil {
		return fail(basePath, err)
	}
	return nil
}

// stillThe returns an error where a file is no longer what it was when it was
// read; nil and nothing in it are the same.
func stillThe(s *siteFolder, name string, have []byte) error {
	now, err := readFile(s, name)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", name, bare(err))
	}
	if !bytes.Equal(now, have) {
		return hinted("run readout again", "%s was changed while readout was at work, and stays as it is", name)
	}
	return nil
}

// conflict notes in diags what both an editor and the new generation changed. The
// editor's version stays, the generated one is put aside; the base moves on but
// for what is in conflict, which stands until it is settled.
func (a *app) conflict(s *siteFolder, slug string, base, have, merged, generated []byte, conflicts []briefing.Conflict, diags *diag.List) (write func() error) {
	name, proposal := contentPath(slug), proposalPath(slug)
	for _, c := range conflicts {
		what := "both you and the new generation changed this"
		switch c.Kind {
		case briefing.Orphan:
			what = "the passage this edit belongs to is no longer in the article"
		case briefing.FileConflict:
			what = "this file differs from what is generated, and it is not known what was edited in it"
		}
		unit := c.Unit
		if unit != "" {
			unit = " (" + c.Kind + " " + unit + ")"
		}
		diags.Add(diag.Diagnostic{
			File: name, Line: c.Line, ID: "merge-conflict", Message: what + unit,
			Hint: fmt.Sprintf("your version stands; see 'readout diff %s', then 'readout keep %s' or 'readout take %s'", slug, slug, slug),
		})
	}
	return func() error {
		if _, err := output.WriteFile(s.root, proposal, generated, false); err != nil {
			return fmt.Errorf("%s cannot be written: %w", proposal, bare(err))
		}
		next := briefing.NextBase(base, generated, conflicts)
		if same := bytes.Equal(have, merged); !same || !bytes.Equal(base, next) {
			return putBriefing(s, slug, have, merged, next, true)
		}
		return nil
	}
}

// replaceBriefing writes a content file and leaves its base as it is.
func replaceBriefing(s *siteFolder, slug string, have, file []byte) error {
	if err := stillThe(s, contentPath(slug), have); err != nil {
		return err
	}
	if _, err := output.WriteFile(s.root, contentPath(slug), file, true); err != nil {
		return fmt.Errorf("%s cannot be written: %w", contentPath(slug), bare(err))
	}
	return nil
}
