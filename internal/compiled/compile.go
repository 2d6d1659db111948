package compiled

import (
	"html/template"
	"reflect"
	"strconv"
	"text/template/parse"
)

// compile returns the program of a template for data of a type, nil where it
// does what this package does not know.
func compile(t *template.Template, typ reflect.Type) (p *program) {
	defer func() {
		if e := recover(); e != nil {
			if _, is := e.(unknown); !is {
				panic(e)
			}
			p = nil
		}
	}()
	c := &compiler{set: t, programs: map[programKey]*program{}}
	return c.program(t.Name(), typ)
}

// unknown is the panic by which compiling gives up.
type unknown struct{}

type programKey struct {
	name string
	typ  reflect.Type
}

type compiler struct {
	set      *template.Template
	programs map[programKey]*program
}

// A scope is what is known where a node stands.
type scope struct {
	*compiler
	program *program
	dot     reflect.Type
	vars    []variable // the innermost last
}

type variable struct {
	name string
	typ  reflect.Type
	slot int
}

// declare adds a variable to a copy of the scope and returns its slot.
func (s *scope) declare(name string, typ reflect.Type) int {
	slot := s.program.vars
	s.program.vars++
	s.vars = append(s.vars[:len(s.vars):len(s.vars)], variable{name, typ, slot})
	return slot
}

// program compiles one template of the set for one type of data.
func (c *compiler) program(name string, typ reflect.Type) *program {
	key := programKey{name, typ}
	if p := c.programs[key]; p != nil {
		return p
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		panic(unknown{})
	}
	p := &program{}
	c.programs[key] = p // a template may execute itself
	s := scope{compiler: c, program: p, dot: typ}
	s.declare("$", typ)
	p.body = s.list(t.Tree.Root)
	return p
}

func (s scope) list(l *parse.ListNode) node {
	if l == nil {
		return func(*run, reflect.Value) {}
	}
	nodes := make([]node, 0, len(l.Nodes))
	for _, n := range l.Nodes {
		if a, ok := n.(*parse.ActionNode); ok && len(a.Pipe.Decl) == 1 && !a.Pipe.IsAssign && len(a.Pipe.Cmds) == 1 {
			// It is known to what follows in this list.
			v := s.command(a.Pipe.Cmds[0])
			slot := s.declare(a.Pipe.Decl[0].Ident[0], v.typ)
			nodes = append(nodes, func(r *run, dot reflect.Value) { r.vars[r.base+slot] = v.of(r, dot) })
			continue
		}
		if n := s.node(n); n != nil {
			nodes = append(nodes, n)
		}
	}
	if len(nodes) == 1 {
		return nodes[0]
	}
	return func(r *run, dot reflect.Value) {
		for _, n := range nodes {
			n(r, dot)
		}
	}
}

func (s scope) node(n parse.Node) node {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run, _ reflect.Value) { r.w.Write(text) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return s.action(n.Pipe)
	case *parse.IfNode:
		holds, then, or := s.condition(plain(n.Pipe)), s.list(n.List), s.list(n.ElseList)
		return func(r *run, dot reflect.Value) {
			if holds(r, dot) {
				then(r, dot)
			} else {
				or(r, dot)
			}
		}
	case *parse.WithNode:
		v := s.value(plain(n.Pipe))
		inner := s
		inner.dot = v.typ
		holds, then, or := truth(v), inner.list(n.List), s.list(n.ElseList)
		return func(r *run, dot reflect.Value) {
			if holds(r, dot) {
				then(r, v.of(r, dot))
			} else {
				or(r, dot)
			}
		}
	case *parse.RangeNode:
		return s.rangeOver(n)
	case *parse.TemplateNode:
		if n.Pipe == nil {
			panic(unknown{})
		}
		v := s.value(plain(n.Pipe))
		p := s.compiler.program(n.Name, v.typ)
		return func(r *run, dot reflect.Value) { p.call(r, v.of(r, dot)) }
	}
	panic(unknown{})
}

func (s scope) rangeOver(n *parse.RangeNode) node {
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign || len(n.Pipe.Decl) > 2 {
		panic(unknown{})
	}
	v := s.command(n.Pipe.Cmds[0])
	if v.typ.Kind() != reflect.Slice {
		panic(unknown{})
	}
	inner := s
	inner.dot = v.typ.Elem()
	index, item := -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		item = inner.declare(decl[0].Ident[0], inner.dot)
	case 2:
		index = inner.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		item = inner.declare(decl[1].Ident[0], inner.dot)
	}
	each, or := inner.list(n.List), s.list(n.ElseList)
	return func(r *run, dot reflect.Value) {
		list := v.of(r, dot)
		count := list.Len()
		for i := range count {
			e := list.Index(i)
			if index >= 0 {
				r.vars[r.base+index] = reflect.ValueOf(i)
			}
			if item >= 0 {
				r.vars[r.base+item] = e
			}
			each(r, e)
		}
		if count == 0 {
			or(r, dot)
		}
	}
}

// plain returns a pipeline that declares nothing.
func plain(p *parse.PipeNode) *parse.PipeNode {
	if len(p.Decl) > 0 {
		panic(unknown{})
	}
	return p
}

// A value is how to come by a value of a type that is known.
type value struct {
	typ reflect.Type
	of  func(r *run, dot reflect.Value) reflect.Value
}

// value compiles a pipeline of one command that is a value.
func (s scope) value(p *parse.PipeNode) value {
	if len(p.Cmds) != 1 {
		panic(unknown{})
	}
	return s.command(p.Cmds[0])
}

func (s scope) command(c *parse.CommandNode) value {
	if len(c.Args) != 1 {
		panic(unknown{})
	}
	return s.operand(c.Args[0])
}

func (s scope) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return value{s.dot, func(_ *run, dot reflect.Value) reflect.Value { return dot }}
	case *parse.FieldNode:
		return fields(value{s.dot, func(_ *run, dot reflect.Value) reflect.Value { return dot }}, n.Ident)
	case *parse.VariableNode:
		for i := len(s.vars) - 1; i >= 0; i-- {
			if v := s.vars[i]; v.name == n.Ident[0] {
				return fields(value{v.typ, func(r *run, _ reflect.Value) reflect.Value { return r.vars[r.base+v.slot] }}, n.Ident[1:])
			}
		}
	case *parse.PipeNode:
		return s.value(plain(n))
	}
	panic(unknown{})
}

// fields compiles a chain of fields.
func fields(v value, names []string) value {
	for _, name := range names {
		v = field(v, name)
	}
	return v
}

func field(v value, name string) value {
	typ, pointer := v.typ, false
	if typ == nil {
		panic(unknown{})
	}
	if typ.Kind() == reflect.Pointer {
		typ, pointer = typ.Elem(), true
	}
	if _, method := reflect.PointerTo(typ).MethodByName(name); method || typ.Kind() != reflect.Struct {
		panic(unknown{})
	}
	f, ok := typ.FieldByName(name)
	if !ok || !f.IsExported() {
		panic(unknown{})
	}
	for i := range f.Index[:len(f.Index)-1] {
		if typ.FieldByIndex(f.Index[:i+1]).Type.Kind() != reflect.Struct {
			panic(unknown{}) // what is embedded may be nil
		}
	}
	of, index := v.of, f.Index
	first := index[0]
	switch {
	case !pointer && len(index) == 1:
		return value{f.Type, func(r *run, dot reflect.Value) reflect.Value { return of(r, dot).Field(first) }}
	case !pointer:
		return value{f.Type, func(r *run, dot reflect.Value) reflect.Value { return of(r, dot).FieldByIndex(index) }}
	}
	return value{f.Type, func(r *run, dot reflect.Value) reflect.Value {
		p := of(r, dot)
		if p.IsNil() {
			panic(irregular{})
		}
		return p.Elem().FieldByIndex(index)
	}}
}

// A condition is whether something holds.
type condition func(r *run, dot reflect.Value) bool

// truth compiles whether a value is more than nothing.
func truth(v value) condition {
	of := v.of
	switch v.typ.Kind() {
	case reflect.Bool:
		return func(r *run, dot reflect.Value) bool { return of(r, dot).Bool() }
	case reflect.String, reflect.Slice:
		return func(r *run, dot reflect.Value) bool { return of(r, dot).Len() > 0 }
	case reflect.Int:
		return func(r *run, dot reflect.Value) bool { return of(r, dot).Int() != 0 }
	case reflect.Pointer:
		return func(r *run, dot reflect.Value) bool { return !of(r, dot).IsNil() }
	case reflect.Struct:
		return func(*run, reflect.Value) bool { return true }
	}
	panic(unknown{})
}

// condition compiles a pipeline of which only matters whether it is true.
func (s scope) condition(p *parse.PipeNode) condition {
	if len(p.Cmds) != 1 {
		panic(unknown{})
	}
	args := p.Cmds[0].Args
	function, ok := args[0].(*parse.IdentifierNode)
	if !ok {
		return truth(s.command(p.Cmds[0]))
	}
	operands := args[1:]
	switch function.Ident {
	case "not":
		if len(operands) == 1 {
			holds := s.operandHolds(operands[0])
			return func(r *run, dot reflect.Value) bool { return !holds(r, dot) }
		}
	case "or", "and":
		var all []condition
		for _, o := range operands {
			all = append(all, s.operandHolds(o))
		}
		until := function.Ident == "or"
		return func(r *run, dot reflect.Value) bool {
			for _, holds := range all {
				if holds(r, dot) == until {
					return until
				}
			}
			return !until
		}
	case "eq", "ne":
		if len(operands) == 2 {
			a, b := s.text(operands[0]), s.text(operands[1])
			equal := function.Ident == "eq"
			return func(r *run, dot reflect.Value) bool { return (a(r, dot) == b(r, dot)) == equal }
		}
	case "gt":
		if len(operands) == 2 {
			if n, ok := operands[1].(*parse.NumberNode); ok && n.IsInt {
				if v := s.operand(operands[0]); v.typ.Kind() == reflect.Int {
					return func(r *run, dot reflect.Value) bool { return v.of(r, dot).Int() > n.Int64 }
				}
			}
		}
	}
	panic(unknown{})
}

// operandHolds compiles whether an operand is true.
func (s scope) operandHolds(n parse.Node) condition {
	if p, ok := n.(*parse.PipeNode); ok {
		return s.condition(plain(p))
	}
	return truth(s.operand(n))
}

// text compiles an operand that is a string.
func (s scope) text(n parse.Node) func(r *run, dot reflect.Value) string {
	if n, ok := n.(*parse.StringNode); ok {
		return func(*run, reflect.Value) string { return n.Text }
	}
	v := s.operand(n)
	if v.typ.Kind() != reflect.String {
		panic(unknown{})
	}
	return func(r *run, dot reflect.Value) string { return v.of(r, dot).String() }
}

// action compiles a value with the escapers that follow it.
func (s scope) action(p *parse.PipeNode) node {
	v := s.command(plain(p).Cmds[0])
	var names []string
	for _, c := range p.Cmds[1:] {
		id, ok := c.Args[0].(*parse.IdentifierNode)
		if !ok || len(c.Args) != 1 {
			panic(unknown{})
		}
		names = append(names, id.Ident)
	}
	if len(names) == 0 {
		panic(unknown{})
	}
	if len(names) == 1 && names[0] == "_html_template_jsvalescaper" {
		return func(r *run, dot reflect.Value) { writeData(r.w, v.of(r, dot).Interface()) }
	}
	if v.typ == reflect.TypeFor[template.HTML]() {
		if len(names) != 1 || names[0] != "_html_template_htmlescaper" {
			panic(unknown{})
		}
		return func(r *run, dot reflect.Value) { r.w.WriteString(v.of(r, dot).String()) }
	}
	text := textOf(v)
	for _, name := range names[:len(names)-1] {
		f := filters[name]
		if f == nil {
			panic(unknown{})
		}
		before := text
		text = func(r *run, dot reflect.Value) string { return f(before(r, dot)) }
	}
	write := writers[names[len(names)-1]]
	if write == nil {
		panic(unknown{})
	}
	return func(r *run, dot reflect.Value) { write(r.w, text(r, dot)) }
}

// textOf compiles a value as it is printed.
func textOf(v value) func(r *run, dot reflect.Value) string {
	if v.typ.Kind() != reflect.Int && v.typ.Kind() != reflect.String || v.typ.NumMethod() > 0 || v.typ.PkgPath() == "html/template" {
		panic(unknown{})
	}
	of := v.of
	if v.typ.Kind() == reflect.Int {
		return func(r *run, dot reflect.Value) string { return strconv.FormatInt(of(r, dot).Int(), 10) }
	}
	return func(r *run, dot reflect.Value) string { return of(r, dot).String() }
}
