package dialect

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

var rendererOptions = []renderer.Option{
	renderer.WithNodeRenderers(util.Prioritized(htmlRenderer{}, 90)),
}

// htmlRenderer writes spans and divs as HTML elements with their classes. Ids
// and attributes are left out: they belong to the page, which has its own.
type htmlRenderer struct{}

func (htmlRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(KindSpan, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, element(w, "span", n.(*SpanNode).List, entering, "")
	})
	r.Register(KindDiv, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, element(w, "div", n.(*DivNode).List, entering, "\n")
	})
}

func element(w util.BufWriter, name string, list AttributeList, entering bool, end string) error {
	s := "</" + name + ">" + end
	if entering {
		s = "<" + name
		if len(list.Classes) > 0 {
			s += ` class="` + string(util.EscapeHTML([]byte(strings.Join(list.Classes, " ")))) + `"`
		}
		s += ">" + end
	}
	_, err := w.WriteString(s)
	return err
}
