package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"readout/internal/analysis"
	"readout/internal/diag"
	"readout/internal/limit"
)

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

// collectAt is how much may be allocated while many articles are annotated, in
// hundredths of what lives, before garbage is collected.
const collectAt = 200

// A batch is some lines of the input that are annotated together, which costs
// less than one after another; see analysis.Pipeline.RunAll.
type batch struct {
	lines []inputLine
	size  int           // of the lines in bytes
	done  chan struct{} // closed when all lines have what becomes of them
}

// An inputLine is a line of the input.
type inputLine struct {
	annotated
	number int
	data   []byte
}

// full reports whether a batch has as much as it pays to hold together: what was
// made of more would have to leave the processor's caches before it is asked for.
func (b *batch) full() bool { return len(b.lines) >= 32 || b.size >= 256<<10 }

// add adds a line, which is copied, or the reason why it could not be read.
func (b *batch) add(number int, data []byte, err error) {
	l := inputLine{number: number, annotated: annotated{err: err}}
	if err == nil {
		l.data = append(spare.get(), data...)
		b.size += len(data)
	}
	b.lines = append(b.lines, l)
}

// annotate annotates the lines.
func (b *batch) annotate(p *analysis.Pipeline, limits limit.Set) {
	all := make([]*annotated, len(b.lines))
	for i := range b.lines {
		l := &b.lines[i]
		if l.err == nil {
			l.in, l.err = readLine(l.data)
			spare.put(l.data) // what was read of it are copies
		}
		all[i] = &l.annotated
	}
	annotateAll(p, all, limits)
	close(b.done)
}

// readBatches sends the lines of the input to next, and the batches they come in, in
// their order, to order. A batch that nobody has received yet gets more lines, so
// that no line waits while a worker does and batches are large where there is much to
// do. It returns at the end of the input, on an error, or when stop is closed.
func readBatches(lines *lineReader, next, order chan *batch, stop <-chan struct{}) error {
	for n := 1; ; n++ {
		data, err := lines.next()
		var failed error // of this line
		if err != nil && err != io.EOF {
			failed = err
		}
		if isTooLong(err) {
			err = nil
		}
		if len(bytes.TrimSpace(data)) > 0 || failed != nil && err == nil {
			var b *batch
			select {
			case b = <-next: // next has room for one, and nobody else sends
			default:
			}
			if b != nil && b.full() {
				next <- b
				b = nil
			}
			if b == nil {
				b = &batch{done: make(chan struct{})}
				select {
				case order <- b:
				case <-stop:
					return nil
				}
			}
			b.add(n, data, failed)
			next <- b
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// annotateLines annotates JSON Lines on all cores. It holds a bounded number
// of articles, whatever the length of the input.
func (a *app) annotateLines(p *analysis.Pipeline, in io.Reader, name string) error {
	// An article leaves nothing behind: what lives is the lexicons, and to look
	// through them for the sake of each few articles would cost more than the
	// memory is worth.
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	workers := runtime.GOMAXPROCS(0)
	next, order, stop := make(chan *batch, 1), make(chan *batch, 2*workers), make(chan struct{})
	for range workers {
		go func() {
			for b := range next {
				b.annotate(p, a.set())
			}
		}()
	}
	var readErr error // settled when order is closed
	go func() {
		readErr = readBatches(&lineReader{r: bufio.NewReaderSize(in, 1<<16), limits: a.set()}, next, order, stop)
		close(next)
		close(order)
	}()
	out := bufio.NewWriterSize(a.out, 1<<16)
	var writeErr error
	for b := range order {
		<-b.done
		for _, l := range b.lines {
			if writeErr != nil {
				break
			}
			writeErr = a.writeLine(out, &l, name)
		}
		if writeErr == nil && len(order) == 0 {
			writeErr = out.Flush()
		}
		if writeErr != nil && stop != nil {
			close(stop)
			stop = nil
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

// writeLine writes what became of a line of the input called name.
func (a *app) writeLine(out io.Writer, l *inputLine, name string) error {
	if l.err != nil {
		hint := ""
		if e := (*hintError)(nil); errors.As(l.err, &e) {
			hint = e.hint
		}
		a.report.diagnostic(diag.Diagnostic{File: name, Line: l.number, ID: "annotate-line", Message: l.err.Error(), Hint: hint})
		if len(l.line) == 0 {
			l.line = failedLine(l.in.ID, l.err)
		}
	}
	_, err := out.Write(l.line)
	spare.put(l.line)
	return err
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
