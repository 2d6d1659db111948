package site

import "testing"

// TestTellsWhat wants a row of figures named by a noun that says what is measured, else by
// none.
func TestTellsWhat(t *testing.T) {
	for word, want := range map[string]bool{
		"cost": true, "bribe": true, "profit": true, "rise": true, "revenue": true, "fine": false,
		"year": false, "months": false, "worth": false, "quarter": false, "annual": false, "zorkmids": true,
	} {
		if got := tellsWhat(word); got != want {
			t.Errorf("%q tells what is measured: %v", word, got)
		}
	}
}
