package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/story"
)

func (a *app) relateCommand() *cobra.Command {
	var jsonl bool
	cmd := &cobra.Command{
		Use:   "relate --jsonl [FILE]",
		Short: "Print which articles tell of one event, belong to one storyline, or repeat another",
		Long: `relate reads lines {"id": …, "title": …, "text": …, "date": …} (a file, or stdin)
and prints for each, in the same order, {"id", "cluster", "storyline", "copy_of"}:
the first article of the event it reports, the first of the longer storyline,
and the article it repeats, where it repeats one. Only "text" must be given;
"publisher" helps to tell a repeated article from its original. What is unsure
stays apart. A line that cannot be used is reported, the others are related, and
the exit status is 1.`,
		Example: `  readout relate --jsonl < articles.jsonl > relations.jsonl`,
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			in, name := a.in, "<stdin>"
			if len(args) == 1 && args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in, name = f, args[0]
			}
			return a.relateLines(in, name)
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", true, "read and write JSON Lines; there is no other form")
	return cmd
}

// A relateInput is one line of the input. Other fields are ignored.
type relateInput struct {
	ID        json.RawMessage `json:"id"`
	Title     string          `json:"title"`
	Text      *string         `json:"text"`
	Date      string          `json:"date"`
	DCT       string          `json:"dct"`
	Publisher string          `json:"publisher"`
}

// A relateOutput is one line of the output, with the identifiers as they were
// given.
type relateOutput struct {
	ID        json.RawMessage `json:"id"`
	Cluster   json.RawMessage `json:"cluster"`
	Storyline json.RawMessage `json:"storyline"`
	CopyOf    json.RawMessage `json:"copy_of,omitempty"`
}

func (a *app) relateLines(in io.Reader, name string) error {
	var docs []story.Doc
	seen := map[string]int{}
	lines := lineReader{r: bufio.NewReaderSize(in, 1<<16), limits: a.set()}
	for n := 1; ; n++ {
		data, err := lines.next()
		if err != nil && err != io.EOF && !isTooLong(err) {
			return err
		}
		problem := func(format string, args ...any) {
			a.report.diagnostic(diag.Diagnostic{File: name, Line: n, ID: "relate-line", Message: fmt.Sprintf(format, args...)})
		}
		var x relateInput
		switch {
		case isTooLong(err):
			e := a.set().Passed(limit.LineSize)
			a.report.diagnostic(diag.Diagnostic{File: name, Line: n, ID: "relate-line", Message: "this line cannot be read: " + e.Message, Hint: e.Hint})
		case len(bytes.TrimSpace(data)) == 0:
		default:
			if e := json.Unmarshal(data, &x); e != nil {
				problem("this line is not a JSON object as relate reads it: %v", e)
			} else if x.Text == nil {
				problem(`there is no article here: give it as "text"`)
			} else {
				id := string(x.ID)
				if id == "" || id == "null" {
					id = strconv.Itoa(n)
				}
				if first := seen[id]; first > 0 {
					problem("line %d has the id %s already", first, id)
					break
				}
				seen[id] = n
				d := story.Doc{ID: id, Title: x.Title, Text: *x.Text, Date: cmp.Or(x.Date, x.DCT), Publisher: x.Publisher}
				if d.Date != "" && !validDate(d.Date) {
					problem("the date %q is not ISO 8601 and is left out", d.Date)
					d.Date = ""
				}
				docs = append(docs, d)
			}
		}
		if err == io.EOF {
			break
		}
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, r := range story.Relate(docs) {
		line := relateOutput{ID: json.RawMessage(r.ID), Cluster: json.RawMessage(r.Cluster), Storyline: json.RawMessage(r.Storyline)}
		if r.CopyOf != "" {
			line.CopyOf = json.RawMessage(r.CopyOf)
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if a.report.failed() {
		return errReported
	}
	return nil
}
