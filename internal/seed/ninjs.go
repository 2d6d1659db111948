package seed

import (
	"encoding/json"
	"slices"
	"strings"

	"readout/internal/diag"
)

// An item is what is read of an IPTC ninjs news item, of version 1 or later.
type item struct {
	URI            string `json:"uri"`
	Type           string `json:"type"`
	VersionCreated string `json:"versioncreated"`
	VersionCamel   string `json:"versionCreated"`
	FirstCreated   string `json:"firstcreated"`
	FirstCamel     string `json:"firstCreated"`
	Published      string `json:"datepublished"`
	Headline       string `json:"headline"`
	Headlines      []struct {
		Role  string `json:"role"`
		Value string `json:"value"`
	} `json:"headlines"`
	Byline     string `json:"byline"`
	By         string `json:"by"`
	Language   string `json:"language"`
	Copyright  string `json:"copyrightholder"`
	Provider   any    `json:"provider"`
	InfoSource []struct {
		Name string `json:"name"`
	} `json:"infosources"`
	BodyText  string `json:"body_text"`
	BodyHTML  string `json:"body_html"`
	BodyXHTML string `json:"body_xhtml"`
	Bodies    []struct {
		Role        string `json:"role"`
		ContentType string `json:"contenttype"`
		ContentCaml string `json:"contentType"`
		Value       string `json:"value"`
	} `json:"bodies"`
}

// openNinJS reads a news item as agencies deliver it.
func openNinJS(f *File, raw []byte) diag.List {
	text, name, _ := decode(raw, Text)
	var it item
	if err := json.Unmarshal([]byte(text), &it); err != nil {
		d := diag.Diagnostic{ID: "seed-ninjs", Message: "cannot be read as JSON: " + err.Error(), Hint: "a .json seed is an IPTC ninjs news item"}
		if se, ok := err.(*json.SyntaxError); ok {
			d.Line, d.Column = diag.Position(text, int(se.Offset))
		}
		return diag.List{d}
	}
	page, plain := or(it.BodyXHTML, it.BodyHTML), it.BodyText
	for _, b := range it.Bodies {
		kind := or(b.ContentType, b.ContentCaml)
		switch {
		case strings.Contains(kind, "html"):
			page = or(page, b.Value)
		case kind == "" || strings.HasPrefix(kind, "text/plain"):
			plain = or(plain, b.Value)
		}
	}
	headline := it.Headline
	for _, h := range it.Headlines {
		if headline == "" || h.Role == "main" {
			headline = h.Value
		}
	}
	switch {
	case page != "":
		f.Format, f.Text, f.Whole = HTML, page, true
	case plain != "":
		f.Format, f.Text = Text, plain
	case it.URI == "" && headline == "":
		return refuse("seed-ninjs", "not a news item: it has neither uri nor headline nor body", "a .json seed is an IPTC ninjs news item")
	default:
		return refuse("seed-ninjs", "the news item has no body", "readout needs body_text, body_html, body_xhtml or bodies")
	}
	f.Charset = name
	f.Stated = map[string][]string{}
	state(f, "title", headline)
	state(f, "byline", or(it.Byline, it.By))
	if v := f.Stated["byline"]; v != nil {
		f.Stated["byline"] = []string{strings.TrimPrefix(strings.TrimPrefix(v[0], "By "), "by ")}
	}
	state(f, "language", it.Language)
	state(f, "date", or(it.Published, it.VersionCreated, it.VersionCamel, it.FirstCreated, it.FirstCamel))
	publisher := it.Copyright
	if p, ok := it.Provider.(string); ok {
		publisher = or(p, publisher)
	}
	if i := slices.IndexFunc(it.InfoSource, func(s struct {
		Name string `json:"name"`
	},
	) bool {
		return s.Name != ""
	}); i >= 0 {
		publisher = or(publisher, it.InfoSource[i].Name)
	}
	state(f, "publisher", publisher)
	if strings.HasPrefix(it.URI, "http") {
		state(f, "url", it.URI)
	}
	return nil
}

func or(list ...string) string {
	for _, v := range list {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}
