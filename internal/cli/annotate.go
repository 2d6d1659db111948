package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"readout/internal/analysis"
	"readout/internal/article"
	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/seed"
)

func (a *app) annotateCommand() *cobra.Command {
	var jsonl bool
	var meta annotateInput
	cmd := &cobra.Command{
		Use:   "annotate [FILE]",
		Short: "Print what the analysis finds in an article, as JSON",
		Long: `annotate reads one article (a file, or stdin) and prints one JSON object: its
text, and byte offsets into it for sentences, names, quotations and who said
them, times, figures, abbreviations and key points.

With --jsonl it reads lines {"id": …, "text": "…"} or {"id": …, "file": "page.html"},
each with optional "dct" (publication date, ISO 8601), "title" and "url", and
prints one object a line in the same order. A line that cannot be used has an
object with its "id" and "error" in its place, and is reported by its number; the
others are done, and the exit status is 1. A relative "file" is looked for from the working directory.`,
		Example: `  readout annotate article.txt
  readout annotate --date 2025-03-11 < article.txt
  readout annotate --jsonl < articles.jsonl > annotations.jsonl`,
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			pipeline, err := a.rules()
			if err != nil {
				return err
			}
			in, name := a.in, "<stdin>"
			if len(args) == 1 && (jsonl || args[0] == "-") {
				if args[0] != "-" {
					f, err := os.Open(args[0])
					if err != nil {
						return err
					}
					defer f.Close()
					in, name = f, args[0]
				}
				args = nil
			}
			if jsonl {
				return a.annotateLines(pipeline, in, name)
			}
			if len(args) == 1 {
				meta.File = args[0]
			} else {
				b, err := io.ReadAll(io.LimitReader(in, a.set().Of(limit.LineSize)+1))
				if err != nil {
					return err
				}
				if int64(len(b)) > a.set().Of(limit.LineSize) {
					return tooLong(a.set(), "the text")
				}
				text := string(b)
				meta.Text = &text
			}
			line, err := annotateOne(pipeline, meta, a.set())
			_, writeErr := a.out.Write(line)
			return errors.Join(err, writeErr)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&jsonl, "jsonl", false, "read and write JSON Lines")
	f.StringVar(&meta.Date, "date", "", "publication `DATE`, ISO 8601")
	f.StringVar(&meta.Title, "title", "", "the article's `TITLE`")
	f.StringVar(&meta.URL, "url", "", "the article's `URL`")
	return cmd
}

// An annotateInput is one line of the input. Other fields are ignored.
type annotateInput struct {
	ID    json.RawMessage `json:"id"`
	Text  *string         `json:"text"`
	File  string          `json:"file"` // wins over Text
	Date  string          `json:"dct"`
	Title string          `json:"title"`
	URL   string          `json:"url"`
}

// readLine reads one line of the input.
func readLine(data []byte) (annotateInput, error) {
	if in, ok := scanLine(data); ok {
		return in, nil
	}
	return decodeLine(data)
}

// decodeLine is readLine for any line. What encoding/json would replace without
// a word is an error: the offsets would be into another text.
func decodeLine(data []byte) (in annotateInput, err error) {
	if !utf8.Valid(data) {
		return in, hinted("write the line in UTF-8", "this line is not UTF-8")
	}
	if loneSurrogate(data) {
		return in, hinted(`write a character beyond U+FFFF as it is, or as two escapes such as \ud83d\ude00`, "this line has half of a pair of surrogates")
	}
	err = json.Unmarshal(data, &in)
	const shape = `a line is an object such as {"id": 1, "text": "…"}`
	switch e := err.(type) {
	case nil:
	case *json.UnmarshalTypeError:
		if e.Field == "" {
			return in, hinted(shape, "this line is no JSON object")
		}
		return in, hinted("write it in quotation marks", "%q is not text", e.Field)
	case *json.SyntaxError:
		return in, hinted(shape, "this line is not JSON from byte %d on", e.Offset)
	default:
		return in, hinted(shape, "this line is no JSON object")
	}
	return in, nil
}

// loneSurrogate reports whether data has an escaped half of a pair without the
// other.
func loneSurrogate(data []byte) bool {
	unit := func(i int) (rune, bool) {
		if i+6 > len(data) || data[i] != '\\' || data[i+1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(data[i+2:i+6]), 16, 16)
		return rune(n), err == nil
	}
	for i := 0; i < len(data); i++ {
		next := bytes.IndexByte(data[i:], '\\')
		if next < 0 {
			break
		}
		i += next
		u, ok := unit(i)
		switch {
		case !ok:
			i++ // the character that is escaped
		case !utf16.IsSurrogate(u):
			i += 5
		default:
			next, _ := unit(i + 6)
			if utf16.DecodeRune(u, next) == utf8.RuneError {
				return true
			}
			i += 11
		}
	}
	return false
}

// annotateOne returns the line of JSON for one article. An error may come with
// a line, where only a part of the input could not be used.
func annotateOne(p *analysis.Pipeline, in annotateInput, limits limit.Set) (line []byte, err error) {
	a := annotated{in: in}
	annotateAll(p, []*annotated{&a}, limits)
	return a.line, a.err
}

// An annotated is one input and what becomes of it.
type annotated struct {
	in   annotateInput
	line []byte // of JSON; it may come with an error, where only a part of the input could not be used
	err  error

	art *article.Article
}

// annotateAll fills in the lines and errors of those inputs that have no error. A
// panic in a stage becomes an error, so that one article never stops the others.
func annotateAll(p *analysis.Pipeline, all []*annotated, limits limit.Set) {
	var arts []*article.Article
	var of []*annotated
	for _, a := range all {
		if a.guard(func() { a.read(limits) }); a.art != nil {
			arts, of = append(arts, a.art), append(of, a)
		}
	}
	for i, r := range p.RunAll(arts) {
		of[i].guard(func() { of[i].write(r) })
	}
}

// guard makes an error of a panic in f.
func (a *annotated) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			a.art, a.line, a.err = nil, nil, broken(r, debug.Stack())
		}
	}()
	f()
}

// broken is the error for an article at which a stage panicked.
func broken(reason any, stack []byte) error {
	return fmt.Errorf("this article makes readout fail (a fault of readout): %v\n%s", reason, stack)
}

// read makes the article.
func (a *annotated) read(limits limit.Set) {
	if a.err != nil {
		return
	}
	if a.in.Date != "" && !validDate(a.in.Date) {
		a.err = hinted("write it as 2025-03-11 or 2025-03-11T09:30:00Z", "the date %q is not ISO 8601 and is left out", a.in.Date)
		a.in.Date = ""
	}
	art, err := articleOf(a.in, limits)
	if err != nil {
		a.err = err
		return
	}
	a.art = art
}

// write writes what was found in the article.
func (a *annotated) write(found analysis.Result) {
	if f := found.Fault; f != nil {
		a.err = broken(f, f.Stack)
		return
	}
	line, err := found.Set.Record(a.in.ID).AppendLine(spare.get())
	a.line, a.err = line, errors.Join(a.err, err)
}

// articleOf makes the article of one input. What the input says of it is surer
// than what a page says.
func articleOf(in annotateInput, limits limit.Set) (*article.Article, error) {
	given := article.Meta{Title: in.Title, URL: in.URL}
	if in.Title != "" {
		given.TitleBasis = article.TitleStated
	}
	if in.Date != "" {
		given.Date = article.Date{Value: in.Date, Basis: article.DateMetadata}
	}
	switch {
	case in.File != "":
		format, ok := seed.FormatOf(in.File)
		if !ok {
			format = seed.Text
		}
		f, diags := seed.Load(os.DirFS(filepath.Dir(in.File)), seed.Entry{Path: filepath.Base(in.File), Format: format}, limits)
		if f == nil {
			return nil, firstError(in.File, diags)
		}
		f.Path = in.File
		art, diags := article.NewKnowing(f, given)
		if art == nil {
			return nil, firstError(in.File, diags)
		}
		return art, nil
	case in.Text != nil:
		return article.FromText(string(in.ID), *in.Text, given), nil
	default:
		return nil, hinted(`give it as "text", or name a page on disk as "file"`, "there is no article here")
	}
}

// firstError returns the first Diagnostic of severity Error as an error about
// the file name.
func firstError(name string, diags diag.List) error {
	for _, d := range diags {
		if d.Severity == diag.Error {
			d.File = name
			return &hintError{d, d.Hint}
		}
	}
	return fmt.Errorf("%s: no article was found in this file", name)
}

// validDate reports whether s is an ISO 8601 date, with or without a time, or
// a year or month.
func validDate(s string) bool {
	for _, layout := range []string{
		time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", time.DateTime, "2006-01", "2006",
	} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
