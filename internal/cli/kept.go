package cli

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
)

// A page that could not be made this time stays as an earlier build made it, with its
// links. The pages that it leads to are there, of this build or of that one; but what
// one lists may have changed, as when the page at fault is the only one of its
// publisher. A link to a place that is gone leads to the page then.

// A mender mends the links of pages that stay.
type mender struct {
	read   func(name string) ([]byte, error)
	places map[string]map[string]bool // of each page that was asked for: its ids
}

// mostPlaces is of how many pages the ids are held.
const mostPlaces = 500

func newMender(read func(string) ([]byte, error)) *mender {
	return &mender{read: read, places: map[string]map[string]bool{}}
}

var (
	toPlace = regexp.MustCompile(`href="([^"#:]+)#([^"]+)"`)
	placeID = regexp.MustCompile(`\bid="([^"]+)"`)
)

// page returns a page whose links lead to places that are there.
func (m *mender) page(name string, data []byte) []byte {
	return toPlace.ReplaceAllFunc(data, func(link []byte) []byte {
		part := toPlace.FindSubmatch(link)
		to, err := url.PathUnescape(html.UnescapeString(string(part[1])))
		if err != nil {
			return link
		}
		id, err := url.PathUnescape(html.UnescapeString(string(part[2])))
		if to = path.Join(path.Dir(name), to); err != nil || path.Ext(to) != ".html" || to == name || m.has(to, id) {
			return link
		}
		return bytes.Join([][]byte{[]byte(`href="`), part[1], []byte(`"`)}, nil)
	})
}

// has reports whether a page has a place of that id.
func (m *mender) has(page, id string) bool {
	ids, ok := m.places[page]
	if !ok {
		data, err := m.read(page)
		if err != nil {
			return true // whatever it is, it is not that
		}
		ids = map[string]bool{}
		for _, is := range placeID.FindAllSubmatch(data, -1) {
			ids[html.UnescapeString(string(is[1]))] = true
		}
		if len(m.places) == mostPlaces {
			clear(m.places)
		}
		m.places[page] = ids
	}
	return ids[id]
}
