package quantity

// groups are nouns for a number of people that is told after "of": "a crew of 23".
var groups = map[string]bool{
	"crew": true, "staff": true, "workforce": true, "garrison": true, "population": true, "congregation": true, "audience": true, "crowd": true,
}

// group returns what a bare number at token k counts by the noun before "of": "a
// crew of 23", "a death toll of 57".
func (s *scanner) group(k int) (unit, of string) {
	if s.norm(k-1) != "of" {
		return "", ""
	}
	switch w := s.norm(k - 2); {
	case groups[w]:
		return w, ""
	case w == "toll":
		return "", "deaths"
	}
	return "", ""
}
