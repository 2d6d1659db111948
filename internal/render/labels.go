package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"readout/internal/label"
)

// Templates name the words of a page by the key of their label:
//
//	{{label "briefing.points"}}
//	{{label "story.repost" "report" (link .Href .Text) "share" .Share}}
//
// After the key come the places of the label and what fills each. A place takes
// a value; or, in brackets, a value in an element (bdi), a link of an address and
// a text, or what another template makes of a value (part); or HTML of the
// template's own as a string. Labels are put into the parsed templates once, as
// text: making a page costs nothing more than if its words stood in the template.

// labelFuncs are the functions of templates. All but label are read where a label
// is put in and never called.
func labelFuncs(l *label.Set) template.FuncMap {
	inside := func(name string) func(...any) (string, error) {
		return func(...any) (string, error) {
			return "", fmt.Errorf("%s stands only where a place of a label is filled", name)
		}
	}
	return template.FuncMap{
		// Where a label is no text of the page but a value, it is looked up.
		"label": func(key string, fill ...string) (string, error) {
			if !l.Has(key) {
				return "", fmt.Errorf("there is no label %q", key)
			}
			return l.Say(key, fill...), nil
		},
		"bdi": inside("bdi"), "link": inside("link"), "part": inside("part"),
	}
}

// putLabels puts labels into all templates of t.
func putLabels(t *template.Template, l *label.Set) error {
	for _, each := range t.Templates() {
		if each.Tree == nil || each.Tree.Root == nil {
			continue
		}
		p := &labelPutter{labels: l, tree: each.Tree}
		p.list(each.Tree.Root)
		if p.err != nil {
			return p.err
		}
	}
	return nil
}

// A labelPutter puts labels into one template.
type labelPutter struct {
	labels *label.Set
	tree   *parse.Tree
	err    error
}

func (p *labelPutter) list(l *parse.ListNode) {
	if l == nil || p.err != nil {
		return
	}
	var out []parse.Node
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if cmd := labelCommand(n.Pipe); cmd != nil {
				out = append(out, p.label(n, cmd)...)
				continue
			}
		case *parse.IfNode:
			p.branch(&n.BranchNode)
		case *parse.WithNode:
			p.branch(&n.BranchNode)
		case *parse.RangeNode:
			p.branch(&n.BranchNode)
		}
		out = append(out, n)
	}
	l.Nodes = out
}

func (p *labelPutter) branch(b *parse.BranchNode) {
	p.list(b.List)
	p.list(b.ElseList)
}

// labelCommand returns the command of a pipeline that is a label and nothing
// else.
func labelCommand(pipe *parse.PipeNode) *parse.CommandNode { return command(pipe, "label") }

func command(pipe *parse.PipeNode, names ...string) *parse.CommandNode {
	if pipe == nil || len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 {
		return nil
	}
	cmd := pipe.Cmds[0]
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && slices.Contains(names, id.Ident) {
		return cmd
	}
	return nil
}

// fault says what is wrong at n, in the form of the template engine.
func (p *labelPutter) fault(n parse.Node, format string, args ...any) []parse.Node {
	if p.err == nil {
		place, _ := p.tree.ErrorContext(n)
		p.err = fmt.Errorf("template: %s: %s", place, fmt.Sprintf(format, args...))
	}
	return nil
}

// label returns what stands in the place of a label.
func (p *labelPutter) label(at *parse.ActionNode, cmd *parse.CommandNode) []parse.Node {
	if len(cmd.Args) < 2 {
		return p.fault(at, "label needs the key of a label")
	}
	key, ok := cmd.Args[1].(*parse.StringNode)
	if !ok {
		return []parse.Node{at} // known when the page is made
	}
	if !p.labels.Has(key.Text) {
		return p.fault(at, "there is no label %q", key.Text)
	}
	fill := map[string]parse.Node{}
	var given []string
	for i := 2; i < len(cmd.Args); i += 2 {
		name, ok := cmd.Args[i].(*parse.StringNode)
		if !ok || i+1 == len(cmd.Args) {
			return p.fault(at, "after the key of label %q come names of places, each with what fills it", key.Text)
		}
		fill[name.Text] = cmd.Args[i+1]
		given = append(given, name.Text)
	}
	places := p.labels.Places(key.Text)
	for _, name := range places {
		if fill[name] == nil {
			return p.fault(at, "nothing fills the place {%s} of label %q", name, key.Text)
		}
	}
	for _, name := range given {
		if !slices.Contains(places, name) {
			return p.fault(at, "label %q has no place {%s}", key.Text, name)
		}
	}
	var out []parse.Node
	p.labels.Pieces(key.Text,
		func(words string) { out = append(out, p.text(at, template.HTMLEscapeString(words))) },
		func(name string) { out = append(out, p.filling(at, fill[name].Copy())...) },
	)
	return out
}

func (p *labelPutter) text(at *parse.ActionNode, html string) parse.Node {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: at.Pos, Text: []byte(html)}
}

// filling returns what fills a place.
func (p *labelPutter) filling(at *parse.ActionNode, n parse.Node) []parse.Node {
	switch n := n.(type) {
	case *parse.StringNode:
		// A string of the template is the template author's own.
		if strings.HasPrefix(n.Text, "<") {
			return []parse.Node{p.text(at, n.Text)}
		}
		return []parse.Node{p.text(at, template.HTMLEscapeString(n.Text))}
	case *parse.PipeNode:
		cmd := command(n, "bdi", "link", "part", "label")
		if cmd == nil {
			return []parse.Node{p.action(at, n)}
		}
		name := cmd.Args[0].(*parse.IdentifierNode).Ident
		args := cmd.Args[1:]
		if want := map[string]int{"bdi": 1, "link": 2, "part": 2}[name]; want > 0 && len(args) != want {
			return p.fault(at, "%s takes %s", name, strconv.Itoa(want)+" of what follows it")
		}
		switch name {
		case "label":
			return p.label(at, cmd)
		case "bdi":
			return p.wrap(at, "<bdi>", p.filling(at, args[0]), "</bdi>")
		case "part":
			part, ok := args[0].(*parse.StringNode)
			if !ok {
				return p.fault(at, "part takes the name of a template, and a value")
			}
			return []parse.Node{&parse.TemplateNode{NodeType: parse.NodeTemplate, Pos: at.Pos, Line: at.Line, Name: part.Text, Pipe: p.pipe(at, args[1])}}
		}
		link := append([]parse.Node{p.text(at, `<a href="`)}, p.filling(at, args[0])...)
		return append(link, p.wrap(at, `">`, p.filling(at, args[1]), "</a>")...)
	}
	return []parse.Node{p.action(at, p.pipe(at, n))}
}

func (p *labelPutter) wrap(at *parse.ActionNode, before string, nodes []parse.Node, after string) []parse.Node {
	return append(append([]parse.Node{p.text(at, before)}, nodes...), p.text(at, after))
}

func (p *labelPutter) action(at *parse.ActionNode, pipe *parse.PipeNode) parse.Node {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: at.Pos, Line: at.Line, Pipe: pipe}
}

// pipe makes a pipeline of one value.
func (p *labelPutter) pipe(at *parse.ActionNode, n parse.Node) *parse.PipeNode {
	return &parse.PipeNode{NodeType: parse.NodePipe, Pos: at.Pos, Line: at.Line, Cmds: []*parse.CommandNode{
		{NodeType: parse.NodeCommand, Pos: at.Pos, Args: []parse.Node{n}},
	}}
}
