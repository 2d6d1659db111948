package compiled

import (
	"bytes"
	"encoding/json"
	"html/template"
	"strings"
	"sync"
	"testing"
)

type anchor struct{ Href, Text string }

type base struct {
	Title string
	Data  json.RawMessage
}

type page struct {
	base
	Kind   class
	N      int
	On     bool
	Words  []string
	Links  []anchor
	First  *anchor
	None   *anchor
	Markup template.HTML
	Inner  struct{ Links []*anchor }
}

type class string

func sample() *page {
	p := &page{
		base: base{"Łódź & “<b>”'+\"\x00", json.RawMessage(`{"a":"</script>&"}`)}, Kind: "person", N: 3, On: true,
		Words:  []string{"a", "", "b<c", "\xff\ufdd0"},
		Links:  []anchor{{"../people/łódź.html#p1-n2", "x"}, {"javascript:alert(1)", "y"}, {"mailto:a@b", ""}, {"a b?c=%41&d=%zz'", "z"}},
		First:  &anchor{"#é", "first"},
		Markup: "<i>&amp;</i>",
	}
	p.Inner.Links = []*anchor{{"q", "r"}}
	return p
}

// What a compiled template writes is what html/template writes, whatever it can
// be compiled to or not.
func TestSameAsOrdinary(t *testing.T) {
	for _, c := range []struct {
		text     string
		compiled bool
	}{
		{"plain", true},
		{"<p class=\"{{.Kind}}\" title='{{.Title}}'>{{.Title}} {{.N}}</p><title>{{.Title}}</title>", true},
		{"{{range .Links}}<a href=\"{{.Href}}\">{{.Text}}</a>{{else}}none{{end}}", true},
		{"{{range .Words}}<b>{{.}}</b><i id=\"x-{{.}}\">{{end}}", true},
		{"{{range $i, $w := .Words}}{{if $i}}, {{end}}{{$w}}{{$.Title}}{{end}}", true},
		{"{{range $w := .Words}}{{with $w}}[{{.}}]{{else}}-{{end}}{{end}}", true},
		{"{{with .First}}<a href=\"x#{{.Text}}\">{{.Href}}</a>{{end}}{{with .None}}no{{else}}{{.Title}}{{end}}", true},
		{"{{if and .On (not (or .None .Links))}}a{{else if eq .Kind \"person\"}}b{{end}}{{if ne .Title .First.Text}}c{{end}}{{if gt .N 2}}d{{end}}", true},
		{"{{.Markup}}{{define \"x\"}}<u>{{.Text}}</u>{{end}}{{template \"x\" .First}}{{range .Inner.Links}}{{template \"x\" .}}{{end}}", true},
		{"<script type=\"application/ld+json\">{{.Data}}</script>", true},
		{"<meta http-equiv=\"refresh\" content=\"0; url={{.Title}}\">", true},
		{"{{define \"tree\"}}{{.Title}}{{with .None}}{{template \"tree\" $}}{{end}}{{end}}{{template \"tree\" .}}", true},
		{"{{/* a comment */}}{{$x := .N}}{{$x}}{{range .Words}}{{$x}}{{$x := .}}{{$x}}{{end}}{{$x}}", true},
		{"{{$x := .N}}{{$x = 4}}{{$x}}", false},
		{"{{printf \"%d\" .N}}{{len .Words}}", false},
		{"<a title={{.Kind}}>", false},
		{"<p title=\"{{.Markup}}\">", false},
		{"<script>var x = {{.Title}};</script>", true},
		{"{{range .Words}}{{if .}}{{break}}{{end}}{{end}}", false},
		{"{{.None.Text}}", true}, // and fails
	} {
		ordinary := template.Must(template.New("layout").Parse(c.text))
		var want bytes.Buffer
		wantErr := template.Must(ordinary.Clone()).Execute(&want, sample())
		fast := New(ordinary)
		for range 3 {
			var got bytes.Buffer
			err := fast.Execute(&got, sample())
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Fatalf("%s: error %v, want %v", c.text, err, wantErr)
			}
			if got.String() != want.String() {
				t.Errorf("%s:\n got %q\nwant %q", c.text, got.String(), want.String())
			}
		}
		if wantErr == nil {
			if fast.Compiled(sample()) != c.compiled {
				t.Errorf("%s: compiled %v, want %v", c.text, !c.compiled, c.compiled)
			}
		}
	}
}

// Data of a script is written as html/template writes it.
func TestData(t *testing.T) {
	for data, as := range map[string]bool{
		`{}`: true, `{"a":"b c – “d”","e":[1,{"f":"\\\"<"}]}`: false,
		`{"a":"b c – “d”","e":[1,{"f":"\\\"\u003c\n"}],"g":null}`: true, `{ "a": 1 }`: false, `{"a":1} `: false, ` {"a":1}`: false,
		`{"a":"&"}`: false, `{"a":">"}`: false, "{\"a\":\"\u2028\"}": false, "{\"a\":\"\u2029\"}": false, "{\"a\":\"\u202a\u2027\"}": true,
		`[1]`: false, `"a"`: false, `1`: false, `null`: false, "{\"a\":1,\n\"b\":2}": false,
	} {
		var want, got bytes.Buffer
		m := json.RawMessage(data)
		if err := template.Must(template.New("x").Parse(dataBefore+"{{.}}"+dataAfter)).Execute(&want, m); err != nil {
			t.Fatal(err)
		}
		writeData(&got, m)
		if w := dataBefore + got.String() + dataAfter; w != want.String() || stands(m) != as {
			t.Errorf("%s: stands %v\n got %s\nwant %s", data, stands(m), w, want.String())
		}
	}
}

// A value that is not as a program needs it leaves nothing behind of what the
// program wrote before.
func TestIrregular(t *testing.T) {
	fast := New(template.Must(template.New("layout").Parse("{{.Title}}{{if .First}}{{.First.Text}}{{end}}")))
	with, without := sample(), sample()
	for range 2 {
		var b bytes.Buffer
		if err := fast.Execute(&b, with); err != nil {
			t.Fatal(err)
		}
	}
	without.First = nil
	var b bytes.Buffer
	if err := fast.Execute(&b, without); err != nil {
		t.Fatal(err)
	}
	broken := New(template.Must(template.New("layout").Parse("{{.Title}}{{.First.Text}}")))
	b.Reset()
	if err := broken.Execute(&b, with); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	b.WriteString("before")
	if err := broken.Execute(&b, without); err == nil {
		t.Error("no error")
	}
}

// A template and its parts are executed for the first time side by side, which
// the race detector watches.
func TestParallel(t *testing.T) {
	text := "{{define \"row\"}}<i>{{.Text}}</i>{{end}}{{define \"main\"}}<p>{{range .Links}}{{template \"row\" .}}{{end}}</p>{{end}}<main>{{template \"main\" .}}</main>"
	for range 300 {
		fast := New(template.Must(template.New("layout").Parse(text)))
		var done sync.WaitGroup
		for i := range 8 {
			done.Go(func() {
				part := fast
				if i%2 > 0 {
					part = fast.Part("main")
				}
				for range 3 {
					var b bytes.Buffer
					if err := part.Execute(&b, sample()); err != nil || strings.Count(b.String(), "<i>") != 4 {
						t.Errorf("%v: %s", err, b.String())
					}
				}
			})
		}
		done.Wait()
	}
}

func FuzzEscapers(f *testing.F) {
	for _, s := range []string{"", "a & b", "javascript:x", "é\xff\ufdd0\ufffd", "%41%4", "HTTP://x y'", "a:b/c", "\x00\r\n\t"} {
		f.Add(s)
	}
	ordinary := template.Must(template.New("layout").Parse(`{{.Text}}<title>{{.Text}}</title><a title="{{.Text}}" href="{{.Href}}" rel='x{{.Text}}'></a><a href="x#{{.Text}}"></a><a href="x?y={{.Text}}"></a>`))
	fast := New(template.Must(ordinary.Clone()))
	if err := fast.Execute(new(bytes.Buffer), &anchor{}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want bytes.Buffer
		v := &anchor{s, s}
		if err := ordinary.Execute(&want, v); err != nil {
			t.Fatal(err)
		}
		if err := fast.Execute(&got, v); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%q:\n got %q\nwant %q", s, got.String(), want.String())
		}
	})
}

func BenchmarkExecute(b *testing.B) {
	text := "{{range .Links}}<a href=\"{{.Href}}\" title=\"{{.Text}}\">{{.Text}}</a>{{end}}{{range $i, $w := .Words}}{{if $i}}, {{end}}{{$w}}{{end}}"
	ordinary := template.Must(template.New("layout").Parse(text))
	for name, execute := range map[string]func(*bytes.Buffer, any) error{
		"ordinary": func(w *bytes.Buffer, v any) error { return ordinary.Execute(w, v) },
		"compiled": New(template.Must(ordinary.Clone())).Execute,
	} {
		b.Run(name, func(b *testing.B) {
			var w bytes.Buffer
			v := sample()
			b.ReportAllocs()
			for b.Loop() {
				w.Reset()
				if err := execute(&w, v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
