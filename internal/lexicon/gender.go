package lexicon

import (
	"strings"
	"sync"
)

// A Gender is what is known of a person's.
type Gender uint8

// The genders that names and titles tell apart.
const (
	UnknownGender Gender = iota
	Female
	Male
)

var givenNames = sync.OnceValue(func() map[string]Gender {
	list, err := data.ReadFile("data/gender.txt")
	if err != nil {
		panic("lexicon: " + err.Error()) // embedded: cannot fail
	}
	names := make(map[string]Gender, 9000)
	g := UnknownGender
	for line := range strings.Lines(string(list)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line == "female:":
			g = Female
		case line == "male:":
			g = Male
		default:
			for _, n := range strings.Fields(line) {
				names[n] = g
				names[Fold(n)] = g
			}
		}
	}
	return names
})

// GenderOf returns the gender of the people to whom a given name, in lower case,
// is given in most places.
func GenderOf(given string) Gender { return givenNames()[given] }

// TitleGender returns the gender that a title before a name, in lower case,
// tells of who bears it.
func TitleGender(title string) Gender {
	switch title {
	case "mr", "sir", "lord", "king", "prince", "chairman", "congressman", "councilman", "sheikh", "pope", "father", "spokesman", "mullah", "emir", "sultan":
		return Male
	case "mrs", "ms", "miss", "madam", "lady", "dame", "queen", "princess", "chairwoman", "congresswoman", "councilwoman", "baroness", "spokeswoman", "mme":
		return Female
	}
	return UnknownGender
}
