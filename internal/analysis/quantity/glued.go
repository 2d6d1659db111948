package quantity

import (
	"strings"

	"readout/internal/numeral"
	"readout/internal/span"
	"readout/internal/token"
)

// gluedSigns are currencies that stand as letters right before their figure: "RM55".
var gluedSigns = map[string]string{
	"rm": "MYR", "rs": "rupee", "tk": "BDT", "rp": "IDR", "ksh": "KES", "ush": "UGX", "tsh": "TZS", "sh": "shilling",
	"usd": "USD", "eur": "EUR", "chf": "CHF", "cfa": "franc",
}

// bareSigns are single letters that only stand for a currency where the figure is
// written as an amount, "K12,000" or "R3 million": "K2" is a mountain and "R61" a road.
var bareSigns = map[string]string{"k": "kwacha", "r": "ZAR", "n": "NGN", "p": "PHP"}

// gluedAmount reads an amount whose currency is part of its first token, and returns
// the token after it, or k.
func (s *scanner) gluedAmount(k, limit int) int {
	t := s.toks[k]
	if t.Kind != token.Word || !t.Is(token.HasDigit) || !t.Is(token.Initial) {
		return k
	}
	at := strings.IndexAny(t.Norm, "0123456789")
	sign, digits := t.Norm[:at], t.Norm[at:]
	unit := gluedSigns[sign]
	if unit == "" && bareSigns[sign] == "" || t.Span.Len() != len(t.Norm) {
		return k
	}
	// What follows the letters is read as a number of its own.
	end := k + 1
	for end+1 < limit && (s.norm(end) == "," || s.norm(end) == ".") && s.glued(end) && s.glued(end+1) && s.toks[end+1].Kind == token.Number {
		digits += s.norm(end) + s.norm(end+1)
		end += 2
	}
	number := token.Token{Span: span.New(t.Span.Start+at, s.toks[end-1].Span.End), Kind: token.Number, Norm: digits}
	toks := append([]token.Token{number}, s.toks[end:min(limit, end+3)]...)
	n, ok := numeral.At(toks, s.text, 0)
	if !ok || n.Ordinal {
		return k
	}
	if unit == "" && (n.Scaled || strings.Contains(digits, ",")) {
		unit = bareSigns[sign]
	}
	if unit == "" {
		return k
	}
	end += n.End - 1
	s.add(k, end, n.Value, unit, s.ofAmount(end, k, limit), "money")
	return end
}
