// Package compiled executes templates of html/template faster than they do
// themselves. html/template stays the one that reads them and decides how each
// value is escaped; what it has made of a template is turned here, once for each
// type of page, into functions that know where in that type each value lies. Of
// what templates can do it knows the part that pages of a site need: fields,
// variables, if, with, range, and one another. A template that does more, and a
// value that is not as it should be, go the ordinary way.
package compiled

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"reflect"
	"sync"
)

// A Template executes a template.
type Template struct {
	ordinary *template.Template
	parts    sync.Map // by name
	programs sync.Map // of each type of data: its *program, nil where there is none

	// first is held while one of the set is executed for the first time, which
	// rewrites the trees of those it executes, and while they are compiled.
	first *sync.Mutex
}

// New returns t as one that executes faster. From now on t must not be changed.
func New(t *template.Template) *Template { return &Template{ordinary: t, first: new(sync.Mutex)} }

// Part returns a template that t executes, which must exist.
func (t *Template) Part(name string) *Template {
	p, _ := t.parts.LoadOrStore(name, &Template{ordinary: t.ordinary.Lookup(name), first: t.first})
	return p.(*Template)
}

// Execute writes to w what the template makes of data: what html/template would
// write.
func (t *Template) Execute(w *bytes.Buffer, data any) error {
	typ := reflect.TypeOf(data)
	if typ == nil {
		return t.ordinary.Execute(w, data)
	}
	p, ok := t.programs.Load(typ)
	if !ok && t.compile(typ) {
		p, ok = t.programs.Load(typ)
	}
	if p, _ := p.(*program); ok && p != nil {
		size := w.Len()
		if p.execute(w, reflect.ValueOf(data)) {
			return nil
		}
		w.Truncate(size)
	}
	return t.ordinary.Execute(w, data)
}

// compile compiles t for data of a type. Escaping is decided when a template is executed
// first, which nothing need come of.
func (t *Template) compile(typ reflect.Type) (ok bool) {
	t.first.Lock()
	defer t.first.Unlock()
	wrong := (*template.Error)(nil)
	if err := t.ordinary.Execute(io.Discard, nil); errors.As(err, &wrong) {
		return false
	}
	if _, ok := t.programs.Load(typ); !ok {
		t.programs.Store(typ, compile(t.ordinary, typ))
	}
	return true
}

// Compiled reports whether data of the type of this one, for which the template
// has been executed before, goes the faster way.
func (t *Template) Compiled(data any) bool {
	p, ok := t.programs.Load(reflect.TypeOf(data))
	return ok && p.(*program) != nil
}

// A program is what a template does with data of one type.
type program struct {
	body node
	vars int // how many variables it has, "$" included
}

// A node does what one node of a template does.
type node func(r *run, dot reflect.Value)

// A run is one execution of a template.
type run struct {
	w    *bytes.Buffer
	vars []reflect.Value // of all templates that are being executed
	base int             // where those of the innermost begin
}

// irregular is the panic by which a run gives up: the value is not as the
// program needs it.
type irregular struct{}

// execute reports whether it could do all that the template does.
func (p *program) execute(w *bytes.Buffer, data reflect.Value) (ok bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, is := e.(irregular); !is {
				panic(e)
			}
			ok = false
		}
	}()
	p.call(&run{w: w}, data)
	return true
}

func (p *program) call(r *run, dot reflect.Value) {
	base := r.base
	r.base = len(r.vars)
	for range p.vars {
		r.vars = append(r.vars, reflect.Value{})
	}
	r.vars[r.base] = dot
	p.body(r, dot)
	r.vars = r.vars[:r.base]
	r.base = base
}
