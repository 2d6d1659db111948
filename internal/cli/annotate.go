package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
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
// a line, where only a part of the input could not be used. A panic in a stage
// is returned as an error, so that one article never stops the others.
func annotateOne(p *analysis.Pipeline, in annotateInput, limits limit.Set) (line []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			line, err = nil, fmt.Errorf("this article makes readout fail (a fault of readout): %v\n%s", r, debug.Stack())
		}
	}()
	var dateErr error
	if in.Date != "" && !validDate(in.Date) {
		dateErr = hinted("write it as 2025-03-11 or 2025-03-11T09:30:00Z", "the date %q is not ISO 8601 and is left out", in.Date)
		in.Date = ""
	}
	art, err := articleOf(in, limits)
	if err != nil {
		return nil, err
	}
	line, err = p.Run(art).Record(in.ID).AppendLine(spare.get())
	return line, errors.Join(dateErr, err)
}

// spare has the room of lines that were read or written for those to come.
var spare lineRoom

// A lineRoom keeps slices of bytes for use again.
type lineRoom struct{ pool sync.Pool }

// get returns an empty slice.
func (r *lineRoom) get() []byte {
	if b, ok := r.pool.Get().(*[]byte); ok {
		return (*b)[:0]
	}
	return nil
}

// put takes a slice that nobody uses any more. One that a long article made large is
// let go.
func (r *lineRoom) put(b []byte) {
	const largest = 1 << 20
	if cap(b) > 0 && cap(b) <= largest {
		r.pool.Put(&b)
	}
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

// collectAt is how much may be allocated while many articles are annotated, in
// hundredths of what lives, before garbage is collected.
const collectAt = 200

// annotateLines annotates JSON Lines on all cores. It holds a bounded number
// of articles, whatever the length of the input.
func (a *app) annotateLines(p *analysis.Pipeline, in io.Reader, name string) error {
	type result struct {
		id   json.RawMessage
		line []byte
		err  error
	}
	type job struct {
		number int
		data   []byte
		done   chan result
	}
	// An article leaves nothing behind: what lives is the lexicons, and to look
	// through them for the sake of each few articles would cost more than the
	// memory is worth.
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	workers := runtime.GOMAXPROCS(0)
	work, order := make(chan job), make(chan job, 2*workers)
	for range workers {
		go func() {
			for j := range work {
				var r result
				x, err := readLine(j.data)
				spare.put(j.data) // what was read of it are copies
				r.id = x.ID
				if err != nil {
					r.err = err
				} else {
					r.line, r.err = annotateOne(p, x, a.set())
				}
				j.done <- r
			}
		}()
	}
	var readErr error
	stop := make(chan struct{})
	go func() {
		defer close(order)
		defer close(work)
		lines := lineReader{r: bufio.NewReaderSize(in, 1<<16), limits: a.set()}
		for n := 1; ; n++ {
			data, err := lines.next()
			if len(bytes.TrimSpace(data)) > 0 || isTooLong(err) {
				j := job{n, append(spare.get(), data...), make(chan result, 1)}
				select {
				case order <- j:
				case <-stop:
					return
				}
				if err != nil && err != io.EOF {
					j.done <- result{err: err}
				} else {
					work <- j
				}
			}
			if err != nil && !isTooLong(err) {
				if err != io.EOF {
					readErr = err
				}
				return
			}
		}
	}()
	out := bufio.NewWriterSize(a.out, 1<<16)
	var writeErr error
	for j := range order {
		r := <-j.done
		if writeErr != nil {
			continue
		}
		if r.err != nil {
			hint := ""
			if e := (*hintError)(nil); errors.As(r.err, &e) {
				hint = e.hint
			}
			a.report.diagnostic(diag.Diagnostic{File: name, Line: j.number, ID: "annotate-line", Message: r.err.Error(), Hint: hint})
		}
		if r.err != nil && len(r.line) == 0 {
			r.line = failedLine(r.id, r.err)
		}
		if _, writeErr = out.Write(r.line); writeErr == nil && len(order) == 0 {
			writeErr = out.Flush()
		}
		spare.put(r.line)
		if writeErr != nil {
			close(stop)
		}
	}
	if err := errors.Join(writeErr, out.Flush(), readErr); err != nil {
		return err
	}
	if a.report.failed() {
		return errReported
	}
	return nil
}

// failedLine is the line that stands in the output for one of the input that
// could not be used: its id, where it has one, and what is wrong.
func failedLine(id json.RawMessage, err error) []byte {
	message, _, _ := strings.Cut(err.Error(), "\n")
	line, err := json.Marshal(struct {
		ID    json.RawMessage `json:"id,omitempty"`
		Error string          `json:"error"`
	}{id, visible(message)})
	if err != nil {
		return nil // an id that was read is JSON
	}
	return append(line, '\n')
}

// tooLong says that a line or a text is longer than is read.
func tooLong(limits limit.Set, what string) error {
	e := limits.Passed(limit.LineSize)
	return hinted(e.Hint, "%s cannot be read: %w", what, e)
}

// isTooLong reports whether err is about a line that is too long.
func isTooLong(err error) bool {
	e := (*limit.Error)(nil)
	return errors.As(err, &e)
}

// A lineReader reads lines within the limit on their size, skipping longer ones.
type lineReader struct {
	limits limit.Set
	r      *bufio.Reader
	buf    []byte
}

// next returns the next line without its end; the slice is valid until the
// next call. At the end of the input it returns what is left and io.EOF.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	long := false
	for {
		part, err := l.r.ReadSlice('\n')
		if long = long || int64(len(l.buf)+len(part)) > l.limits.Of(limit.LineSize); !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case long:
			l.buf = nil
			return nil, tooLong(l.limits, "the line")
		}
		return bytes.TrimRight(l.buf, "\r\n"), err
	}
}
