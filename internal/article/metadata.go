package article

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"readout/internal/diag"
	"readout/internal/seed"
)

// An aspect is what a key of front matter or of a sidecar speaks of.
type aspect uint8

const (
	ignored aspect = 1 + iota
	aboutTitle
	aboutDek
	aboutByline
	aboutPublisher
	aboutURL
	aboutDate
	aboutLanguage
	aboutRetrieved
)

// matterKeys are the keys of front matter that are understood, as the common
// tools write them; ignored ones are known to say nothing of the article.
var matterKeys = map[string]aspect{
	"title": aboutTitle, "headline": aboutTitle,
	"dek": aboutDek, "subtitle": aboutDek, "standfirst": aboutDek, "subheadline": aboutDek,
	"byline": aboutByline, "author": aboutByline, "authors": aboutByline, "by": aboutByline, "creator": aboutByline,
	"publisher": aboutPublisher, "publication": aboutPublisher, "site": aboutPublisher, "site_name": aboutPublisher,
	"sitename": aboutPublisher, "website": aboutPublisher, "outlet": aboutPublisher, "newspaper": aboutPublisher, "source": aboutPublisher,
	"url": aboutURL, "link": aboutURL, "canonical": aboutURL, "canonical_url": aboutURL, "canonicalurl": aboutURL, "source_url": aboutURL, "original_url": aboutURL, "source-url": aboutURL,
	"date": aboutDate, "published": aboutDate, "publish_date": aboutDate, "publishdate": aboutDate, "pubdate": aboutDate, "date_published": aboutDate,
	"datepublished": aboutDate, "published_at": aboutDate, "published_date": aboutDate, "publication_date": aboutDate, "published_time": aboutDate, "issued": aboutDate,
	"language": aboutLanguage, "lang": aboutLanguage, "locale": aboutLanguage,
	"retrieved": aboutRetrieved, "saved": aboutRetrieved, "clipped": aboutRetrieved, "accessed": aboutRetrieved,
	"tags": ignored, "tag": ignored, "categories": ignored, "category": ignored, "keywords": ignored, "draft": ignored, "layout": ignored,
	"slug": ignored, "description": ignored, "summary": ignored, "excerpt": ignored, "image": ignored, "images": ignored, "cover": ignored, "thumbnail": ignored, "updated": ignored,
	"lastmod": ignored, "modified": ignored, "created": ignored, "id": ignored, "aliases": ignored, "weight": ignored, "type": ignored,
	"permalink": ignored, "word_count": ignored, "topic": ignored, "topics": ignored, "section": ignored, "status": ignored, "toc": ignored, "comments": ignored, "favicon": ignored,
	"extra": ignored, "params": ignored, "taxonomies": ignored, "menu": ignored, "outputs": ignored, "series": ignored, "cssclasses": ignored,
}

// sidecarKeys are the keys of a sidecar.
var sidecarKeys = map[string]aspect{
	"title": aboutTitle, "dek": aboutDek, "byline": aboutByline, "publisher": aboutPublisher, "url": aboutURL,
	"date": aboutDate, "language": aboutLanguage, "retrieved": aboutRetrieved,
	"charset": ignored, // which package seed has read
}

// known is the metadata of one origin, with what bounds it.
type known struct {
	Meta
	retrieved string // ISO 8601; a publication date after it is nonsense
}

// readFields makes metadata of fields. A key that is not in keys is unknown:
// its Diagnostic has the severity given.
func readFields(path string, fields []field, keys map[string]aspect, unknown diag.Severity, hint string) (known, diag.List) {
	var k known
	var diags diag.List
	warn := func(f field, id, message, hint string) {
		diags.Add(diag.Diagnostic{File: path, Line: f.line, ID: id, Severity: diag.Warning, Message: message, Hint: hint})
	}
	for _, f := range fields {
		about := keys[f.key]
		if about == 0 {
			diags.Add(diag.Diagnostic{File: path, Line: f.line, ID: "meta-key", Severity: unknown, Message: fmt.Sprintf("unknown key %q", cut(f.key, 60)), Hint: hint})
			continue
		}
		switch {
		case about == ignored:
			continue
		case f.unread > 0:
			warn(f, "meta-value", fmt.Sprintf("%s has keys of its own where its text is to be; they are not read", f.key), "write it as one line: "+f.key+": …")
		case len(f.values) > 1 && about != aboutByline && f.line > 0:
			warn(f, "meta-value", fmt.Sprintf("%s has %d values; the first is taken", f.key, len(f.values)), "keep one")
		}
		if len(f.values) == 0 {
			continue
		}
		first := flat(f.values[0])
		switch about {
		case aboutTitle:
			set(&k.Title, first)
		case aboutDek:
			set(&k.Dek, first)
		case aboutByline:
			for _, v := range f.values {
				// "[[Jane Roe]]" is how note-taking programs link a name.
				if v = flat(strings.Trim(v, "[] ")); v != "" {
					k.Byline = append(k.Byline, v)
				}
			}
		case aboutPublisher:
			if u := webAddress(first); u != "" {
				set(&k.URL, u) // clippers put the address under "source"
			} else if scheme.MatchString(first) {
				warn(f, "meta-publisher", fmt.Sprintf("%q is an address that leads nowhere on the web, and no publisher; left out", cut(first, 60)), "write the name of the outlet")
			} else {
				set(&k.Publisher, strings.Trim(first, "[]"))
			}
		case aboutURL:
			u := webAddress(first)
			if u == "" {
				warn(f, "meta-url", fmt.Sprintf("%q is no address of the web; left out", cut(first, 60)), "an address begins with https:// or http://")
				continue
			}
			set(&k.URL, u)
		case aboutDate, aboutRetrieved:
			d := cleanDate(first)
			switch {
			case d == "":
				warn(f, "meta-date", fmt.Sprintf("%q is no date; left out", cut(first, 60)), "write it as 2024-05-03")
			case about == aboutRetrieved:
				set(&k.retrieved, d)
			case k.Date.Value == "":
				k.Date = Date{d, DateMetadata}
			}
		case aboutLanguage:
			if tag := languageTag(first); tag != "" {
				set(&k.Language, tag)
			} else {
				warn(f, "meta-language", fmt.Sprintf("%q is no language; left out", cut(first, 60)), "write a code such as en or pt-BR")
			}
		}
	}
	return k, diags
}

// scheme matches what begins like an address of any kind (RFC 3986), without a space:
// "javascript:…", "file:///…".
var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:\S+$`)

func set(to *string, value string) {
	if *to == "" {
		*to = value
	}
}

// merge fills what k leaves open from what is less sure.
func (k *known) merge(less known) {
	set(&k.Title, less.Title)
	set(&k.Dek, less.Dek)
	set(&k.Publisher, less.Publisher)
	set(&k.URL, less.URL)
	set(&k.Language, less.Language)
	set(&k.retrieved, less.retrieved)
	if len(k.Byline) == 0 {
		k.Byline = less.Byline
	}
	if k.Date.Value == "" {
		k.Date = less.Date
	}
}

// dropFuture takes away a publication date later than the retrieval.
func (k *known) dropFuture() {
	if k.retrieved == "" || k.Date.Value == "" {
		return
	}
	// Days compare as text; a day's grace allows for time zones.
	if k.Date.Value[:10] > dayAfter(k.retrieved[:10]) {
		k.Date = Date{}
	}
}

// webAddress returns s if it is an absolute address of the web, else "".
func webAddress(s string) string {
	if len(s) > 2000 || strings.ContainsAny(s, " \t\r\n\"<>") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// languageTag returns the canonical BCP 47 form of s, "" where it is none.
func languageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	s, _, _ = strings.Cut(s, ".") // "en_GB.UTF-8"
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// readSidecar reads the metadata beside a seed. A fault in it costs the entry,
// not the article.
func readSidecar(f *seed.File) (known, diag.List) {
	if f.Sidecar == nil {
		return known{}, nil
	}
	text := strings.TrimPrefix(strings.ToValidUTF8(string(f.Sidecar), "\uFFFD"), "\ufeff")
	fields, diags := yamlFields(f.SidecarPath, text, 0, f.Limits)
	k, more := readFields(f.SidecarPath, fields, sidecarKeys, diag.Error, "a sidecar has title, dek, byline, publisher, url, date, language and retrieved")
	return k, append(diags, more...)
}

// readStated reads what the container of an article says of it.
func readStated(f *seed.File) (known, diag.List) {
	var fields []field
	for _, key := range slices.Sorted(maps.Keys(f.Stated)) {
		values := f.Stated[key]
		if key == "byline" {
			values = statedNames(values, f.Stated["publisher"])
			if len(values) == 1 && (isOutlet(values[0]) || mailing(values[0])) && len(f.Stated["publisher"]) == 0 {
				key = "publisher" // who sent a message: "Harbour Gazette", "The Morning Digest"
			}
		}
		fields = append(fields, field{key: key, values: values})
	}
	return readFields(f.Path, fields, sidecarKeys, diag.Error, "")
}

// mailing reports whether a name is that of what comes by mail to many, rather than of a
// person.
func mailing(name string) bool {
	f := strings.Fields(strings.ToLower(name))
	if len(f) < 2 {
		return false
	}
	return mailings()[f[len(f)-1]]
}

// mailings are what comes by mail to many is called by.
var mailings = lineWords("mailing")

// statedNames parts bylines such as "By Jane Roe and Ali Khan, Harbour Wire" at
// their names, without that of the publisher.
func statedNames(values, publisher []string) []string {
	var out []string
	for _, v := range values {
		rest, cued := bylineCue(v)
		if !cued {
			rest = v
		}
		found, _ := names(rest)
		if len(found) == 0 {
			found = []string{v}
		}
		out = append(out, found...)
	}
	if rest := slices.DeleteFunc(slices.Clone(out), func(v string) bool { return slices.Contains(publisher, v) }); len(rest) > 0 {
		return rest
	}
	return out
}
