package site

import "testing"

func TestSameSpelled(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Osman Tahir Idris", "Othman Taher Idris", true},
		{"Giorgi Khelashvili", "Georgy Khelashvili", true},
		{"Muhammad Yaqoob", "Mohammad Yaqub", true},
		{"Alexei Petrov", "Aleksey Petrov", true},
		{"Amihan Dela Cruz", "Amihan Della Cruz", true},
		// Two names that look alike.
		{"Hassan Rouhani", "Hussein Rouhani", false},
		{"Mario Rossi", "Maria Rossi", false},
		{"Paul Meyer", "Paula Meyer", false},
		{"Daniel Roche", "Danielle Roche", false},
		{"Salim Haddad", "Salma Haddad", false},
		{"Ivan Petrov", "Ivan Petrova", false},
		{"Jan Dubois", "Joan Dubois", false},
		{"Asif Durrani", "Khawaja Asif", false},
		{"Yaqoob", "Mohammad Yaqoob", false},
		// Nothing is the same.
		{"Ana Lopez", "Eva Torres", false},
	} {
		if got := newSpeller().same(c.a, c.b); got != c.want {
			t.Errorf("sameSpelled(%q, %q) = %v", c.a, c.b, got)
		}
		if got := newSpeller().same(c.b, c.a); got != c.want {
			t.Errorf("sameSpelled(%q, %q) = %v", c.b, c.a, got)
		}
	}
}
