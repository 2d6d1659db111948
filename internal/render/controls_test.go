package render

import "testing"

func TestLegible(t *testing.T) {
	const in, want = "a\x01b\x1b[31m\x7f\u0085\ufdd0\U0001ffff\t\r\n\f é \U0001f600", "a␁b␛[31m␡\ufffd\ufffd\ufffd\t\r\n\f é \U0001f600"
	if got := string(legible([]byte(in))); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
