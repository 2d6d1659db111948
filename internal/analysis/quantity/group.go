package quantity

// group returns what a bare number at token k counts by the noun before "of": "a
// crew of 23", "a death toll of 57".
func (s *scanner) group(k int) (unit, of string) {
	if s.norm(k-1) != "of" {
		return "", ""
	}
	switch w := s.norm(k - 2); {
	case lex().groups[w]:
		return w, ""
	case w == "toll":
		return "", "deaths"
	}
	return "", ""
}
