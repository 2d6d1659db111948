package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"readout/internal/analysis/standard"
	"readout/internal/annotation"
	"readout/internal/limit"
	"readout/internal/span"
)

// checkRecord wants every offset of a line of annotate's output to lie in its
// text, on a rune boundary, and every annotation to name its rule.
func checkRecord(t *testing.T, line []byte, text string) {
	t.Helper()
	var r annotation.Record
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	if r.Text != text {
		t.Errorf("the text is not that of the input:\n%q\n%q", r.Text, text)
	}
	check := func(what string, s span.Span, rule string) {
		if !s.Valid(r.Text) || s.Empty() {
			t.Errorf("%s %s is no span of a text of %d bytes", what, s, len(r.Text))
		}
		if rule == "" {
			t.Errorf("%s %s has no rule", what, s)
		}
	}
	end := 0
	for _, s := range r.Sentences {
		check("sentence", s, "-")
		if s.Start < end {
			t.Errorf("sentence %s overlaps the one before", s)
		}
		end = s.End
	}
	end = 0
	for _, x := range r.Entities {
		check("entity", span.New(x.Start, x.End), x.Rule)
		if x.Start < end {
			t.Errorf("entity %d:%d overlaps the one before", x.Start, x.End)
		}
		end = x.End
	}
	for _, x := range r.Quotes {
		whole := span.New(x.Start, x.End)
		check("quote", whole, x.Rule)
		for _, p := range x.Parts {
			check("part", p, x.Rule)
			if !whole.Contains(p) {
				t.Errorf("part %s is not in its quote %s", p, whole)
			}
		}
		if x.Speaker != nil {
			check("speaker", *x.Speaker, x.Rule)
		}
		if x.Cue != nil {
			check("cue", *x.Cue, x.Rule)
		}
		if x.Key != "" && x.Speaker == nil {
			t.Errorf("quote %s has the speaker %q and no words that name one", whole, x.Key)
		}
	}
	for _, x := range r.Times {
		check("time", span.New(x.Start, x.End), x.Rule)
	}
	for _, x := range r.Quantities {
		check("quantity", span.New(x.Start, x.End), x.Rule)
	}
	for _, x := range r.Terms {
		check("short form", x.Short, x.Rule)
		check("long form", x.Long, x.Rule)
	}
	for _, s := range r.KeyPoints {
		check("key point", s, "-")
	}
	for _, x := range r.SetAside {
		check("text set aside", span.New(x.Start, x.End), "-")
	}
}

// FuzzAnnotate gives annotate arbitrary text.
func FuzzAnnotate(f *testing.F) {
	names, err := filepath.Glob("../../seeds/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), "")
	}
	for _, text := range hostile {
		f.Add(text, "2024-02-29")
	}
	pipeline, err := standard.Pipeline()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, date string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		line, err := annotateOne(pipeline, annotateInput{ID: json.RawMessage(`"x"`), Text: &text, Date: date}, limit.Set{})
		if line == nil {
			t.Fatal(err)
		}
		checkRecord(t, line, text)
	})
}

// TestAnnotateLinesInOrder gives annotate many lines of very different length.
func TestAnnotateLinesInOrder(t *testing.T) {
	var in strings.Builder
	e := json.NewEncoder(&in)
	const n = 200
	for i := range n {
		text := strings.Repeat("The council met on Monday, the mayor said. ", 1+(i*37)%50)
		if err := e.Encode(map[string]any{"id": i, "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	var out, messages strings.Builder
	if status := Main([]string{"annotate", "--jsonl"}, strings.NewReader(in.String()), &out, &messages); status != exitOK {
		t.Fatal(messages.String())
	}
	next := 0
	for line := range strings.Lines(out.String()) {
		var r struct{ ID int }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r.ID != next {
			t.Fatalf("line %d has the id %d", next, r.ID)
		}
		next++
	}
	if next != n {
		t.Errorf("%d lines, want %d", next, n)
	}
}

// Each line is answered before the next one is written, if somebody waits for it.
func TestAnnotateLinesAnswers(t *testing.T) {
	in, writer := io.Pipe()
	reader, out := io.Pipe()
	done := make(chan int)
	go func() {
		var messages strings.Builder
		done <- Main([]string{"annotate", "--jsonl"}, in, out, &messages)
		out.Close()
	}()
	answers := bufio.NewScanner(reader)
	for i := range 3 {
		fmt.Fprintf(writer, "{\"id\":%d,\"text\":\"The council met on Monday.\"}\n", i)
		if !answers.Scan() || !strings.HasPrefix(answers.Text(), fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("line %d is answered by %q", i, answers.Text())
		}
	}
	writer.Close()
	if status := <-done; status != exitOK || answers.Scan() {
		t.Errorf("exit status %d, and then %q", status, answers.Text())
	}
}

// TestReadLine tells lines that can be read from those that cannot.
func TestReadLine(t *testing.T) {
	tests := []struct{ line, want string }{
		{`{"id":1,"text":"caf\u00e9 \ud83d\ude00 \\ud83d"}`, ""},
		{`{"text":"\ud83d"}`, "surrogates"},
		{`{"text":"\ude00\ud83d"}`, "surrogates"},
		{"{\"text\":\"caf\xe9\"}", "not UTF-8"},
		{`{"text":7}`, `"text" is not text`},
		{`[1]`, "no JSON object"},
		{`{"text":`, "not JSON"},
	}
	for _, test := range tests {
		_, err := readLine([]byte(test.line))
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.line, err, test.want)
		}
	}
}

// FuzzScanLine holds the quick reading of a line against that of encoding/json.
func FuzzScanLine(f *testing.F) {
	for _, line := range []string{
		`{"id":1,"text":"caf\u00e9 \ud83d\ude00 \\ud83d \/\"\b\n","file":"a","dct":"2025","title":"t","url":"u"}`,
		` { "id" : {"a":[1,-2.5e+3,true,false,null,{}],"b":[]} , "text" : "" , "other" : "\t" } `,
		`{"text":"\ud83d"}`, `{"text":"\ude00\ud83d"}`, "{\"text\":\"caf\xe9\"}", `{"Text":"a"}`, `{"text":null}`, `{"id":null}`,
		`{"text":"a","text":"b"}`, `{"x":01}`, `{"x":1.}`, `{"x":-}`, `{"x":tru}`, `{"text":"a"} x`, `{"text":"a",}`, `{,}`, `{"x":[1,]}`, `{"x":{"a"}}`,
		`{"text":7}`, `[1]`, `{"text":`, "{\"text\":\"a\tb\"}", `{"id":"a\u0000","x":"\ud800"}`, `{}`, ``, `{"text":"\x"}`, `{"text":"\u12"}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		quick, ok := scanLine(line)
		if !ok {
			return
		}
		want, err := decodeLine(line)
		if err != nil {
			t.Fatalf("%s is read, and is %v", line, err)
		}
		if !reflect.DeepEqual(quick, want) {
			t.Errorf("%s: %+v, want %+v", line, quick, want)
		}
	})
}

// What lines commonly are is read quickly.
func TestScanLineReads(t *testing.T) {
	for _, line := range []string{
		`{"id": "a", "text": "He said \u201cno\u201d \ud83d\ude00\n", "dct": "2025-03-11", "quotes": [{"start": 0, "key": null}]}`,
		`{"file":"page.html"}`,
		`{}`,
	} {
		if _, ok := scanLine([]byte(line)); !ok {
			t.Errorf("%s is left to encoding/json", line)
		}
	}
}

func BenchmarkReadLine(b *testing.B) {
	text := strings.Repeat("The council met on Monday, the mayor said: “We were late.” ", 60)
	line, err := json.Marshal(map[string]any{"id": "a", "text": text, "title": "The council met", "quotes": make([]annotation.RecordQuote, 30)})
	if err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func([]byte) (annotateInput, error){"readLine": readLine, "decodeLine": decodeLine} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := read(line); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
