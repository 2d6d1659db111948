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
	buf := buffers.Get().(*buffer)
	pass := newPass(art, buf)
	for _, a := range p.analyzers {
		merge(&pass.Set, run(a, pass))
	}
	set := pass.Set
	// No analyzer keeps its pass, so that the next article can use its tokens.
	buf.tokens, buf.blocks = pass.Tokens[:0], pass.Blocks[:0]
	buffers.Put(buf)
	return &set
}

// A buffer has room for the tokens of an article.
type buffer struct {
	tokens []token.Token
	blocks [][2]int
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// run runs one analyzer and checks what it found.
func run(a *Analyzer, pass *Pass) annotation.Set {
	defer func() {
		if r := recover(); r != nil {
			if f, ok := r.(*Fault); ok {
				panic(f)
			}
			panic(&Fault{Analyzer: a.Name, Article: pass.Article.ID, Reason: fmt.Errorf("%v", r), Stack: debug.Stack()})
		}
	}()
	set := a.Run(pass)
	set.Article = pass.Article
	if err := Validate(&set); err != nil {
		panic(&Fault{Analyzer: a.Name, Article: pass.Article.ID, Reason: err})
	}
	return set
}

func newPass(art *article.Article, buf *buffer) *Pass {
	pass := &Pass{
		Article: art,
		Tokens:  slices.Grow(buf.tokens, len(art.Text)/5+16),
		Blocks:  slices.Grow(buf.blocks, len(art.Blocks)),
		Set:     annotation.Set{Article: art},
	}
	for _, b := range art.Blocks {
		from := len(pass.Tokens)
		if b.Analysed() {
			pass.Tokens = token.Append(pass.Tokens, art.Text, b.Span)
		}
		pass.Blocks = append(pass.Blocks, [2]int{from, len(pass.Tokens)})
	}
	return pass
}

// merge adds what one analyzer found. Each field is filled by one analyzer,
// but for the slices that several may add to, which are joined and sorted.
func merge(dst *annotation.Set, s annotation.Set) {
	if s.Language.Tag != "" {
		dst.Language = s.Language
	}
	dst.Sentences = joined(dst.Sentences, s.Sentences)
	dst.Mentions = joined(dst.Mentions, s.Mentions)
	dst.Entities = joined(dst.Entities, s.Entities)
	dst.References = joined(dst.References, s.References)
	dst.Attributions = joined(dst.Attributions, s.Attributions)
	dst.Times = joined(dst.Times, s.Times)
	dst.Quantities = joined(dst.Quantities, s.Quantities)
	dst.Terms = joined(dst.Terms, s.Terms)
	dst.Events = joined(dst.Events, s.Events)
	dst.KeyPoints = joined(dst.KeyPoints, s.KeyPoints)
	slices.SortStableFunc(dst.Mentions, func(a, b annotation.Mention) int { return a.Span.Compare(b.Span) })
	slices.SortStableFunc(dst.References, func(a, b annotation.Reference) int { return a.Span.Compare(b.Span) })
	slices.SortStableFunc(dst.Attributions, func(a, b annotation.Attribution) int { return a.Content.Compare(b.Content) })
	slices.SortStableFunc(dst.Times, func(a, b annotation.TimeExpr) int { return a.Span.Compare(b.Span) })
	slices.SortStableFunc(dst.Quantities, func(a, b annotation.Quantity) int { return a.Span.Compare(b.Span) })
	slices.SortStableFunc(dst.Events, func(a, b annotation.EventMention) int { return a.Span.Compare(b.Span) })
	slices.SortStableFunc(dst.Terms, func(a, b annotation.Term) int { return a.Short.Compare(b.Short) })
}

// joined returns a and b in one slice, which is b itself where a is empty.
func joined[T any](a, b []T) []T {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}
