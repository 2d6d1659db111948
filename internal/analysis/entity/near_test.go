package entity_test

import (
	"strings"
	"testing"

	"readout/internal/annotation"
)

func TestNearWords(t *testing.T) {
	for _, tt := range []struct {
		text, people, bodies string
	}{
		{"She is survived by their daughters, Ngozi and Kirsteen, and four grandchildren.", "Ngozi|Kirsteen", ""},
		{"He was the third child of a riveter and his wife, Nan (née Docherty).", "Nan", ""},
		{"His brother, Oslo police said, was away.", "", ""},
		{"Forsyth Barr analyst Guy Hall said the cut was deep.", "Guy Hall", "Forsyth Barr"},
		{"A former Halvorsen Biologics executive was charged. Halvorsen Biologics fell.", "", "Halvorsen Biologics|Halvorsen Biologics"},
		{"A Donald Trump adviser left. Donald Trump spoke.", "Donald Trump|Donald Trump", ""},
		{"Shares in Milford Asset Management fell. A person close to Milford said so.", "", "Milford Asset Management|Milford"},
		{"Cllr Graham Moody won. Moody later said he was glad. Moody people lost.", "Graham Moody|Moody", ""},
		{"He gave it to Transport Cabinet Secretary Aisha Nyale.", "Aisha Nyale", ""},
		{"It was paid by the European Research Council and Italy's polar fund.", "", "European Research Council"},
		{"The Liberal Democrats, who hold the balance, split.", "", "Liberal Democrats"},
		{"The Linden County Sheriff's Office and Prime Minister's Office spokesman Ian Hart spoke.", "Ian Hart", "Linden County Sheriff's Office|Prime Minister's Office"},
		{"It will strengthen, Meteo-France said. He told the Sport Ekspress daily so.", "", "Meteo-France|Sport Ekspress"},
		{"A Whitlock spokesman, Brent Hale, called that a shot. Democrats accused Garrett Whitlock.", "Whitlock|Brent Hale|Garrett Whitlock", ""},
		{"Adelaide Roth died. Adelaide, 24, fell. Adelaide's friend Priya Nair wept.", "Adelaide Roth|Adelaide|Adelaide|Priya Nair", ""},
		{"The National Office for Risk and Disaster Management (BNGRC) said so.", "", "National Office for Risk and Disaster Management|BNGRC"},
		{"They fined the smart-toy maker Lumo 41 million euros. Lumo said it disagreed. The film maker Ken Loach spoke.", "Ken Loach", "Lumo|Lumo"},
		{"NSW Fire and Rescue superintendent Adam Cole said so.", "Adam Cole", "NSW Fire and Rescue"},
		{"Their first album, Hamnavoe, sold 900 copies. Manitobans in Grade 3 liked it.", "", ""},
		{"Lakeland Health grew. It and St. Brigid's today announced it. Lakeland Health said so. St. Brigid's will stay.", "", "Lakeland Health|St. Brigid's|Lakeland Health|St. Brigid's"},
		{"Monchi, the club's president of operations, flew home. PC Laura Finch stayed.", "Monchi|Laura Finch", ""},
		{"Sir Crispin Thorne came. Beside Sir Crispin sat a clerk. It was an act of God.", "Crispin Thorne|Crispin", ""},
		{"Wexcombe and District Hospitals NHS Trust spoke. The solicitor Naomi Frankel of Leigh Denby spoke.", "Naomi Frankel", "Wexcombe and District Hospitals NHS Trust|Leigh Denby"},
		{"She was appointed MBE in 1999. The MV Neema sank.", "", ""},
	} {
		if _, got := find(t, tt.text, annotation.Person); strings.Join(got, "|") != tt.people {
			t.Errorf("%q: people %q, want %q", tt.text, got, tt.people)
		}
		if _, got := find(t, tt.text, annotation.Organization); strings.Join(got, "|") != tt.bodies {
			t.Errorf("%q: organizations %q, want %q", tt.text, got, tt.bodies)
		}
	}
}
