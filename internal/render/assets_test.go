package render

import "testing"

func TestSqueezeCSS(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a { color: red; }\n", "a{color:red}\n"},
		{"/* a\nb */\na:hover,\nb > c {\n  margin: 0 1px;\n  padding: 0;\n}\n", "a:hover,b > c{margin:0 1px;padding:0}\n"},
		{`a::after { content: " · { ; : "; }`, `a::after{content:" · { ; : "}` + "\n"},
		{"a :is(b, c) { top: calc(1px + 2px); }", "a :is(b,c){top:calc(1px + 2px)}\n"},
		{"@media (min-width: 4rem) and (max-width: 9rem) {\n  a { b: c; }\n}\n", "@media (min-width:4rem) and (max-width:9rem){a{b:c}\n}\n"},
		{"a { b: c /* never closed", "a{b:c\n"},
	} {
		if got := squeezeCSS(c.in); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}
