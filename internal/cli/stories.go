package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/output"
	"readout/internal/site"
)

const stories = "content/stories"

func storyPath(slug string) string { return path.Join(stories, slug+".md") }

// gather reads the content and gathers the site. With write, stories that have
// no file yet get one, so that they stay what they are when more
// articles come: their slugs, their members, and what an editor writes there.
func (a *app) gather(s *siteFolder, write bool) (*contents, *site.Site, diag.List, error) {
	defer a.finish(a.track("reading briefings", -1))
	r := &contents{folder: s, gatherer: site.NewGatherer(s.digests.store()), most: keepSource, of: map[string]*textOf{}}
	r.gatherer.Limits = s.part
	var read diag.List
	if !s.saw.fresh {
		s.lookAtContent(&s.saw)
	}
	s.saw.fresh = false
	kept := s.digests
	s.digests = nil
	heap := heapFor
	if kept.most(s.saw.content.Files.Len()) {
		heap = heapSoon // where little is made what comes of it is little, and time counts
	}
	pace(heap)
	var done func()
	r.gatherer.Aside, done = kept.aside()
	defer done()
	kept.recall(r.gatherer)
	r.tree, read = s.reader().ReadEach(s.files(), r.known(kept), func(f *content.File, src []byte, diags diag.List) *content.File {
		b := s.base(f.Path)
		if found := s.misquotes(kept, f.Path, func() bool { return b.differs(src) }); len(found) > 0 {
			r.refuse(found)
			return nil
		}
		r.add(f, src, b)
		kept.add(f, diags)
		if !s.part {
			return nil
		}
		return &content.File{Path: f.Path, Meta: f.Meta}
	})
	if r.failed != nil {
		return nil, nil, nil, fmt.Errorf("%s cannot be written: %w", detailsPath, bare(r.failed))
	}
	read = append(read, r.dropRefused()...)
	kept.keep(r.gatherer, r.load)
	if !s.part {
		r.tree.Briefings = nil // they are in the gatherer
	}
	a.watch.done("reading content")
	defer a.watch.done("gathering")
	if !s.part {
		defer func() {
			r.gatherer.Done()
			r.gatherer = nil
		}()
	}
	if a.baseURL != "" {
		r.tree.Index.Config.BaseURL = a.baseURL
	}
	var words diag.List
	r.labels, words = s.labels(r.tree.Index.Config.Language)
	// New files change what is gathered; what that changes again is settled soon.
	const rounds = 4
	var more diag.List
	for round := 1; ; round++ {
		r.faulty = faulty(read)
		gathered, ds := r.gatherer.Site(r.input())
		if round == 1 {
			g := r.gatherer
			s.later.Go(func() { kept.keepRelations(g) })
		}
		diags := slices.Concat(read, words, ds)
		if err := listed(read); err != nil {
			return nil, nil, nil, err
		}
		// Without the files that cannot be read, stories would not be what they are.
		if read.Errors() > 0 || round == rounds || !write {
			return r, gathered, append(diags, more...), nil
		}
		wrote, ds, err := a.writeStories(s, r.tree, gathered.StoryChanges())
		more = ds
		if err != nil || !wrote {
			return r, gathered, append(diags, more...), err
		}
		s.saw.take(s, &s.saw.stories, storyFolders)
		read = r.tree.ReadStories(s.files(), read)
	}
}

// faulty returns the files of which something is wrong.
func faulty(diags diag.List) map[string]bool {
	files := map[string]bool{}
	for _, d := range diags {
		if d.Severity == diag.Error {
			files[d.File] = true
		}
	}
	return files
}

// listed returns an error where a folder of content/ could not be listed: what
// stands there must not be taken for gone.
func listed(diags diag.List) error {
	for _, d := range diags {
		if d.ID == content.Unlisted {
			return hinted("make the folder one that can be read; what was published before stays as it is", "nothing is written: %s %s", d.File, d.Message)
		}
	}
	return nil
}

// unreadable says that a content file cannot be read.
func unreadable(name string, err error) diag.Diagnostic {
	return diag.Diagnostic{File: name, ID: "content-read", Message: "cannot read: " + bare(err).Error()}
}

// writeStories writes what the story files lack, and reports whether anything
// was.
func (a *app) writeStories(s *siteFolder, tree *content.Tree, changes []site.StoryChange) (wrote bool, diags diag.List, err error) {
	byPath := map[string]*content.Story{}
	for _, st := range tree.Stories {
		byPath[st.Path] = st
	}
	for _, c := range changes {
		name := storyPath(c.Slug)
		if c.File == "" {
			have, err := readFile(s, name)
			if err != nil {
				diags.Add(unreadable(name, err))
			}
			if err != nil || len(have) > 0 {
				continue // it is not for readout to replace
			}
			file := frontmatter.Write(content.StoryMeta{Title: c.Title, Kind: c.Kind, Members: c.Members})
			// The base first: a file without one would be taken for an editor's.
			if err := writeBoth(s, []string{content.StoryBase(c.Slug), name}, [][]byte{file, file}); err != nil {
				return wrote, diags, err
			}
			wrote = true
			if a.verbose {
				a.report.say("wrote %s", name)
			}
			continue
		}
		st := byPath[c.File]
		have, err := readFile(s, c.File)
		if err != nil {
			diags.Add(unreadable(c.File, err))
		}
		if err != nil || st == nil {
			continue
		}
		file, ok := grown(have, st, c)
		if !ok {
			diags.Add(diag.Diagnostic{
				File: c.File, Line: 1, ID: "story-grows", Severity: diag.Warning,
				Message: "new members cannot be added to the list: " + strings.Join(c.Members, ", "),
				Hint:    "write members (and moved) as a list with one \"- slug\" a line",
			})
			continue
		}
		if !st.Edited {
			left, err := s.without(st, file, c.Gone)
			if err != nil {
				return wrote, diags, err
			}
			if left == nil {
				if err := stillThe(s, c.File, have); err != nil {
					return wrote, diags, err
				}
				if err := s.removeStory(c.Slug); err != nil {
					return wrote, diags, err
				}
				wrote = true
				continue
			}
			file = left
			if c.Title != "" {
				file = retitled(st.Path, file, c.Title)
			}
		}
		if bytes.Equal(file, have) {
			continue
		}
		base := file
		if st.Edited {
			was := content.StoryMeta{Title: st.Title, Kind: st.GeneratedKind, Members: slices.Concat(st.Generated, c.Members)}
			base = frontmatter.Write(was)
		}
		if err := putPair(s, c.File, content.StoryBase(c.Slug), have, file, base, true); err != nil {
			return wrote, diags, err
		}
		wrote = true
		for _, old := range c.Moved {
			if err := s.removeStory(old); err != nil {
				return wrote, diags, err
			}
		}
		if a.verbose {
			a.report.say("added to %s", c.File)
		}
	}
	return wrote, diags, nil
}

// removeStory removes the file of a story and what is kept of it.
func (s *siteFolder) removeStory(slug string) error {
	for _, name := range []string{storyPath(slug), content.StoryBase(slug)} {
		if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s cannot be removed: %w", name, bare(err))
		}
	}
	return nil
}

// without takes those of the members out of a story file that have no file in
// content/ any more. It returns nil where none is left.
func (s *siteFolder) without(st *content.Story, file []byte, members []string) ([]byte, error) {
	gone := map[string]bool{}
	for _, m := range members {
		gone[m] = true
		names := []string{contentPath(m)}
		if st.Kind == "storyline" && m != st.Slug {
			names = append(names, storyPath(m))
		}
		for _, name := range names {
			switch _, err := s.root.Lstat(name); {
			case err == nil:
				gone[m] = false // it has a fault
			case !errors.Is(err, fs.ErrNotExist):
				return nil, fmt.Errorf("%s cannot be read: %w", name, bare(err))
			}
		}
	}
	now, diags := content.ParseStory(st.Path, file)
	if now == nil || diags.Errors() > 0 {
		return file, nil
	}
	lines, left := bytes.SplitAfter(file, []byte("\n")), 0
	for i, m := range now.Members {
		if gone[m] {
			lines[now.MemberLines[i]-1] = nil
		} else {
			left++
		}
	}
	if left == 0 {
		return nil, nil
	}
	return bytes.Join(lines, nil), nil
}

// retitled gives a story file another title. It returns the file as it is where
// its title does not stand in one line.
func retitled(name string, file []byte, title string) []byte {
	text := frontmatter.Write(struct {
		Title string `yaml:"title"`
	}{title})
	line := text[bytes.Index(text, []byte("title:")):bytes.LastIndex(text, []byte("---"))]
	lines := bytes.SplitAfter(file, []byte("\n"))
	i := slices.IndexFunc(lines, func(l []byte) bool { return bytes.HasPrefix(l, []byte("title:")) })
	if i < 0 {
		return file
	}
	lines[i] = line
	out := bytes.Join(lines, nil)
	was, _ := content.ParseStory(name, file)
	now, diags := content.ParseStory(name, out)
	if was == nil || now == nil || diags.Errors() > 0 || now.Title != title || !slices.Equal(now.Members, was.Members) || now.Source != was.Source {
		return file
	}
	return out
}

func writeBoth(s *siteFolder, names []string, files [][]byte) error {
	for i, name := range names {
		if _, err := output.WriteFile(s.root, name, files[i], true); err != nil {
			return fmt.Errorf("%s cannot be written: %w", name, bare(err))
		}
	}
	return nil
}

// grown adds members and former slugs to a story file, line by line, so that all
// else stays as an editor wrote it. It reports false where the lists are not
// written with an entry a line, or the result would not read as it should.
func grown(file []byte, st *content.Story, c site.StoryChange) ([]byte, bool) {
	lines := bytes.SplitAfter(file, []byte("\n"))
	insert := map[int][]string{} // after the line with that number
	add := func(after int, entries []string) bool {
		if after < 1 || after > len(lines) {
			return false
		}
		line := string(lines[after-1])
		at := strings.Index(line, "- ")
		if at < 0 || strings.TrimSpace(line[:at]) != "" || !strings.HasSuffix(line, "\n") {
			return false
		}
		for _, e := range entries {
			insert[after] = append(insert[after], line[:at]+entry(e)+line[len(strings.TrimRight(line, "\r\n")):])
		}
		return true
	}
	if len(st.MemberLines) == 0 || !add(st.MemberLines[len(st.MemberLines)-1], c.Members) {
		return nil, false
	}
	if n := len(st.MovedLines); len(c.Moved) > 0 && n > 0 {
		if !add(st.MovedLines[n-1], c.Moved) {
			return nil, false
		}
	} else if len(c.Moved) > 0 {
		after := st.MemberLines[len(st.MemberLines)-1]
		insert[after] = append(insert[after], "moved:\n")
		for _, m := range c.Moved {
			insert[after] = append(insert[after], "  "+entry(m)+"\n")
		}
	}
	var out bytes.Buffer
	for i, line := range lines {
		out.Write(line)
		for _, l := range insert[i+1] {
			out.WriteString(l)
		}
	}
	now, diags := content.ParseStory(st.Path, out.Bytes())
	ok := now != nil && diags.Errors() == 0 && now.Title == st.Title && now.Source == st.Source &&
		slices.Equal(now.Members, slices.Concat(st.Members, c.Members)) && slices.Equal(now.Moved, slices.Concat(st.Moved, c.Moved))
	return out.Bytes(), ok
}

// entry writes one slug as an entry of a list.
func entry(slug string) string {
	text := string(frontmatter.Write(struct {
		List []string `yaml:"list"`
	}{[]string{slug}}))
	return strings.TrimRight(text[strings.Index(text, "- "):strings.LastIndex(text, "---")], "\n")
}
