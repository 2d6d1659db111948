package bundle

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var hrefs = regexp.MustCompile(`<a\s[^>]*?href="([^"]*)"`)

// Unlink makes plain words of links to pages that the archive does not have:
// an editor may link to a briefing that a bundle of a part leaves out. Pages
// without such a link stay as they are, byte for byte.
func (a *Archive) Unlink() error {
	names := a.Names()
	gone := func(from, href string) bool {
		t, ok := resolve(from, href)
		if !ok || path.Ext(t.path) != ".html" {
			return false
		}
		_, found := slices.BinarySearch(names, t.path)
		return !found
	}
	for _, name := range names {
		if path.Ext(name) != ".html" {
			continue
		}
		data, err := a.Read(name)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(hrefs.FindAllSubmatch(data, -1), func(m [][]byte) bool {
			return gone(name, html.UnescapeString(string(m[1])))
		}) {
			continue
		}
		p, err := readPage(name, data)
		if err != nil {
			return err
		}
		for _, n := range elements(p.doc) {
			if n.DataAtom == atom.A && gone(name, attr(n, "href")) {
				unlink(n)
			}
		}
		var b bytes.Buffer
		if err := html.Render(&b, p.doc); err != nil {
			return err
		}
		if err := a.replace(name, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// replace puts other content in the place of a file's.
func (a *Archive) replace(name string, data []byte) error {
	e, packed, err := pack(name, data)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sort()
	i, _ := slices.BinarySearchFunc(a.entries, name, func(e entry, name string) int { return cmp.Compare(e.name, name) })
	e.at = a.end
	n, err := a.spool.WriteAt(packed, a.end)
	a.end += int64(n)
	a.entries[i] = e
	return err
}
