package article

import (
	"strings"

	"readout/internal/lexicon"
)

// A creditLine is what a line of credits says: who wrote the article, for which
// outlet, and when.
type creditLine struct {
	by           []string
	outlet, date string
}

// parted are the signs and words that part the pieces of a line of credits.
var parted = strings.NewReplacer("\n", "\x00", "\t", "\x00", "|", "\x00", "•", "\x00", "·", "\x00", "/", "\x00", " – ", "\x00", " — ", "\x00", " - ", "\x00", ";", "\x00",
	",", "\x01", " and ", "\x01", " AND ", "\x01", " & ", "\x01", " with ", "\x01", " for the ", "\x01the ", " for The ", "\x01The ", " of the ", "\x01the ", " of The ", "\x01The ")

// credited are the words that may open a piece of a line of credits.
var credited = []string{
	"by", "by:", "written by", "reported by", "reporting by", "live reporting by", "live updates by", "posted by", "story by", "words by", "source:", "for", "of",
	"special to", "special for", "exclusive to", "the",
}

// readCredits reads t as a line of credits, in which an outlet is named: "By Jane
// Roe, Harbour Gazette", "The Pell County Ledger | 3 May 2024", "JANE ROE Harbour
// Gazette". Any other word in it makes it something else.
func readCredits(t string) (c creditLine, ok bool) {
	places := 0
	for _, field := range strings.Split(parted.Replace(t), "\x00") {
		outlet := false // the field has named one; what follows in it is its place
		for _, piece := range strings.Split(field, "\x01") {
			piece = strings.TrimSpace(piece)
			if name, note, found := strings.Cut(piece, " ("); found && strings.HasSuffix(note, ")") {
				piece = name // "Jane Roe (now)"
			}
			p := phrase{piece}
			for p.any(credited...) {
			}
			name := strings.Trim(p.rest, " .*")
			bare := strings.TrimSuffix(piece, p.rest) // the words that were passed
			if p.any("team") && isOutlet("The "+p.rest) {
				name = p.rest // "Team Deccan Mirror"
				set(&c.outlet, name)
				outlet = true
				continue
			}
			if strings.HasSuffix(bare, "The ") {
				name = "The " + name
			}
			switch staff, none := nobody(p.rest); {
			case name == "":
			case onlyDate(name):
				if d, found := firstDate(strings.ToLower(name)); found && c.date == "" && !strings.HasPrefix(strings.ToLower(piece), "updated") {
					c.date = d.value
				}
			case none:
				set(&c.outlet, staff)
				outlet = outlet || staff != ""
			case shouted(name) > 0:
				n := shouted(name)
				c.by = append(c.by, strings.TrimSpace(name[:n]))
				set(&c.outlet, name[n:])
				outlet = true
			case isOutlet(name):
				set(&c.outlet, name)
				outlet = true
			case outlet && titleCase(name):
				places++
			case isJob(name) && titleCase(name):
			case isName(name) && strings.Contains(name, " "):
				c.by = append(c.by, name)
			case c.outlet+strings.Join(c.by, "") != "" && titleCase(name):
				places++
			default:
				return creditLine{}, false
			}
		}
	}
	return c, c.outlet != "" && places <= 2
}

// isOutlet reports whether name is that of an outlet rather than of somebody whose
// family name is a word for one: "Jim Courier".
func isOutlet(name string) bool {
	first, rest, _ := strings.Cut(name, " ")
	return outletName(name) && (strings.Contains(rest, " ") || first == "The" || !named(name))
}

// named reports whether t opens with a given name that many people bear.
func named(t string) bool {
	first, _, _ := strings.Cut(t, " ")
	return lexicon.GenderOf(strings.ToLower(first)) != lexicon.UnknownGender
}

// shouted returns the length of the words in capitals, two or more, with which t
// opens, where the name of an outlet in small letters follows; 0 where it does not.
func shouted(t string) int {
	f := strings.Fields(t)
	for n := 2; n < len(f)-1; n++ {
		head := strings.Join(f[:n], " ")
		if !allUpper(head) {
			return 0
		}
		if rest := strings.Join(f[n:], " "); !allUpper(f[n]) && isOutlet(rest) {
			return len(head) + 1
		}
	}
	return 0
}
