// Package analysis is the driver of the third stage: it runs analyzers over one
// Article and joins what they return into an annotation.Set.
//
// The two types are Analyzer, a constant value that names its needs, and Pass,
// what an analyzer is given. The driver knows no analyzer: package cli hands it
// the list, which package standard keeps.
package analysis

import (
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/stable"
	"readout/internal/token"
)

// An Analyzer finds one kind of annotation. It is a logically constant value.
type Analyzer struct {
	Name string // lower case, one word; rules are named "name/rule"
	Doc  string // first sentence: what it finds
	// Requires lists the analyzers whose results Run reads in Pass.Set.
	Requires []*Analyzer
	// Run returns a Set in which only what this analyzer found is filled in. It
	// must not change the Pass, nor keep it. A nil Run result slice means
	// nothing found.
	Run func(*Pass) annotation.Set
}

// A Pass is one article as an analyzer sees it.
type Pass struct {
	Article *article.Article
	// Tokens are the tokens of the analysed blocks, in order. No token crosses
	// a block.
	Tokens []token.Token
	// Blocks[i] is the half-open range of Tokens of Article.Blocks[i]; it is
	// empty for a block that is not analysed.
	Blocks [][2]int
	// Set has what the required analyzers found.
	Set annotation.Set
}

// English reports whether the article is to be analysed as English text. An
// analyzer that knows only English requires the analyzer of languages and
// returns nothing when this is false. Where nobody has told the language, as in
// a test of one analyzer, the text is taken for English.
func (p *Pass) English() bool { return p.Set.Language.Tag == "" || p.Set.Language.Analysed }

// A Pipeline is a checked, ordered list of analyzers. It holds no state of a
// run and may be used by several goroutines at once.
type Pipeline struct {
	analyzers []*Analyzer
}

// New checks the analyzers and orders each after what it requires, otherwise
// keeping the order given. A missing name, doc or Run, a name used twice, a
// requirement that is not in the list, or a cycle is an error.
func New(analyzers ...*Analyzer) (*Pipeline, error) {
	names := map[string]bool{}
	for _, a := range analyzers {
		if a.Name == "" || a.Doc == "" || a.Run == nil {
			return nil, fmt.Errorf("analysis: analyzer %q needs a name, a doc and a run function", a.Name)
		}
		if names[a.Name] {
			return nil, fmt.Errorf("analysis: analyzer %q is listed twice", a.Name)
		}
		names[a.Name] = true
	}
	p := &Pipeline{}
	const visiting, done = 1, 2
	state := map[*Analyzer]int{}
	var visit func(a *Analyzer) error
	visit = func(a *Analyzer) error {
		switch state[a] {
		case visiting:
			return fmt.Errorf("analysis: analyzer %q requires itself", a.Name)
		case done:
			return nil
		}
		state[a] = visiting
		for _, r := range a.Requires {
			if !slices.Contains(analyzers, r) {
				return fmt.Errorf("analysis: analyzer %q requires %q, which is not in the list", a.Name, r.Name)
			}
			if err := visit(r); err != nil {
				return err
			}
		}
		state[a] = done
		p.analyzers = append(p.analyzers, a)
		return nil
	}
	for _, a := range analyzers {
		if err := visit(a); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// A Fault is an analyzer's failure on one article: it panicked, or it returned a
// span that is none. It says nothing about other articles.
type Fault struct {
	Analyzer string // its name
	Article  string // the article's ID
	Reason   error
	Stack    []byte // of a panic
}

// Error says which analyzer failed on what, and why.
func (f *Fault) Error() string {
	return fmt.Sprintf("the analyzer %q failed on %s: %v", f.Analyzer, f.Article, f.Reason)
}

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Reason }

// Run analyses art. When an analyzer fails, Run panics with a *Fault: a set that
// lacks the quotations, or has them in the wrong place, must not be published
// as if it were whole. The command recovers, reports the article as left out,
// and goes on with the next one.
func (p *Pipeline) Run(art *article.Article) *annotation.Set {
	r := p.RunAll([]*article.Article{art})[0]
	if r.Fault != nil {
		panic(r.Fault)
	}
	return r.Set
}

// A Result is what was found in one of several articles, or why nothing was.
type Result struct {
	Set   *annotation.Set
	Fault *Fault
}

// RunAll analyses articles as Run does each, whatever the others are, and returns
// a Result for each. One analyzer goes over all of them before the next one does:
// what it needs of the processor's caches, its code and its tables, is then fetched
// once for many short articles.
func (p *Pipeline) RunAll(arts []*article.Article) []Result {
	works := make([]work, len(arts))
	for i, art := range arts {
		w := &works[i]
		w.pass.Article, w.buf = art, buffers.Get().(*buffer)
		w.do("token", w.tokens)
	}
	for _, a := range p.analyzers {
		for i := range works {
			works[i].do(a.Name, func() { works[i].run(a) })
		}
	}
	results := make([]Result, len(arts))
	for i := range works {
		if w := &works[i]; w.fault != nil {
			results[i].Fault = w.fault
		} else {
			set := w.pass.Set
			results[i].Set = &set
		}
		works[i].done()
	}
	return results
}

// A work is an article while it is analysed.
type work struct {
	pass  Pass
	buf   *buffer
	fault *Fault // the first, after which nothing more is done
}

// A buffer has room for the tokens of an article.
type buffer struct {
	tokens []token.Token
	blocks [][2]int
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// do does what the analyzer of that name has to do, and keeps it if it fails.
func (w *work) do(analyzer string, f func()) {
	if w.fault != nil {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			w.fault = &Fault{Analyzer: analyzer, Article: w.pass.Article.ID, Reason: fmt.Errorf("%v", r), Stack: debug.Stack()}
		}
	}()
	f()
}

// tokens cuts the text of the analysed blocks into tokens.
func (w *work) tokens() {
	art, pass := w.pass.Article, &w.pass
	pass.Set.Article = art
	pass.Tokens = slices.Grow(w.buf.tokens, len(art.Text)/5+16)
	pass.Blocks = slices.Grow(w.buf.blocks, len(art.Blocks))
	for _, b := range art.Blocks {
		from := len(pass.Tokens)
		if b.Analysed() {
			pass.Tokens = token.Append(pass.Tokens, art.Text, b.Span)
		}
		pass.Blocks = append(pass.Blocks, [2]int{from, len(pass.Tokens)})
	}
}

// run runs one analyzer and checks what it found.
func (w *work) run(a *Analyzer) {
	set := a.Run(&w.pass)
	set.Article = w.pass.Article
	if err := Validate(&set); err != nil {
		w.fault = &Fault{Analyzer: a.Name, Article: set.Article.ID, Reason: err}
		return
	}
	merge(&w.pass.Set, set)
	w.leave(set.Language.Foreign)
}

// leave takes the tokens of blocks that are not to be analysed away.
func (w *work) leave(blocks []int) {
	if len(blocks) == 0 {
		return
	}
	kept := w.pass.Tokens[:0]
	for i, b := range w.pass.Blocks {
		from := len(kept)
		if !slices.Contains(blocks, i) {
			kept = append(kept, w.pass.Tokens[b[0]:b[1]]...)
		}
		w.pass.Blocks[i] = [2]int{from, len(kept)}
	}
	w.pass.Tokens = kept
}

// done lets the next article use the tokens of this one: no analyzer keeps its pass.
func (w *work) done() {
	w.buf.tokens, w.buf.blocks = w.pass.Tokens[:0], w.pass.Blocks[:0]
	buffers.Put(w.buf)
}

// merge adds what one analyzer found. Each field is filled by one analyzer,
// but for the slices that several may add to, which are joined and sorted.
func merge(dst *annotation.Set, s annotation.Set) {
	if s.Language.Tag != "" {
		dst.Language = s.Language
	}
	dst.Sentences = joined(dst.Sentences, s.Sentences, nil)
	dst.Mentions = joined(dst.Mentions, s.Mentions, func(a, b annotation.Mention) int { return a.Span.Compare(b.Span) })
	dst.Entities = joined(dst.Entities, s.Entities, nil)
	dst.References = joined(dst.References, s.References, func(a, b annotation.Reference) int { return a.Span.Compare(b.Span) })
	dst.Attributions = joined(dst.Attributions, s.Attributions, func(a, b annotation.Attribution) int { return a.Content.Compare(b.Content) })
	dst.Times = joined(dst.Times, s.Times, func(a, b annotation.TimeExpr) int { return a.Span.Compare(b.Span) })
	dst.Quantities = joined(dst.Quantities, s.Quantities, func(a, b annotation.Quantity) int { return a.Span.Compare(b.Span) })
	dst.Terms = joined(dst.Terms, s.Terms, func(a, b annotation.Term) int { return a.Short.Compare(b.Short) })
	dst.Events = joined(dst.Events, s.Events, func(a, b annotation.EventMention) int { return a.Span.Compare(b.Span) })
	dst.KeyPoints = joined(dst.KeyPoints, s.KeyPoints, nil)
}

// joined returns a and b in one slice, which is b itself where a is empty. It is
// in the order of compare, if there is one.
func joined[T any](a, b []T, compare func(a, b T) int) []T {
	if len(b) == 0 {
		return a
	}
	if len(a) > 0 {
		b = append(a, b...)
	}
	if compare != nil {
		stable.Sort(b, compare)
	}
	return b
}
