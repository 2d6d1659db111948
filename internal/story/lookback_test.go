package story

import "testing"

// TestLooksBack wants a text that looks back on an event of years ago apart from the
// reports of one of its days that is told in like words, and with others that look back.
func TestLooksBack(t *testing.T) {
	got := Relate([]Doc{
		{ID: "now", Date: "2024-05-14", Title: "Train derails near Haldern, six killed", Text: "A passenger train derailed near Haldern on Monday, killing six people and injuring 40, the railway said. The train from Brask to Haldern left the rails at a bend. Passengers climbed out of the windows. The driver was among the dead. The line is closed."},
		{ID: "also-now", Date: "2024-05-14", Title: "Six die as train leaves the rails at Haldern", Text: "Six people were killed and 40 hurt on Monday when a passenger train derailed at a bend near Haldern. The train was on its way from Brask. The driver was among the dead, the railway said, and the line is closed."},
		{ID: "past", Date: "2024-05-14", Title: "Haldern marks 50 years since rail disaster", Text: "Haldern on Monday remembered the train that derailed at a bend near the town on 14 May 1974, killing 31 people and injuring 80. The passenger train from Brask to Haldern had left the rails. Passengers climbed out of the windows. The driver was among the dead. The line was closed for a month."},
		{ID: "also-past", Date: "2024-05-15", Title: "The derailment that Haldern cannot forget", Text: "In 1974 a passenger train from Brask derailed at a bend near Haldern. Thirty-one people were killed, the driver among the dead. Passengers climbed out of the windows. The town remembered them on Monday."},
	})
	of := map[string]string{}
	for _, r := range got {
		of[r.ID] = r.Cluster
	}
	if of["now"] != of["also-now"] || of["past"] != of["also-past"] || of["now"] == of["past"] {
		t.Errorf("got %v", of)
	}
}

// TestOtherLanguage wants reports in a language that the background does not know to be one
// event for what they tell, and not for the words of which its sentences are made.
func TestOtherLanguage(t *testing.T) {
	got := Relate([]Doc{
		{ID: "fire", Date: "2024-05-14", Title: "Brand in Lagerhalle: Feuerwehr im Großeinsatz", Text: "In einer Lagerhalle in Neustadt ist am Dienstag ein Feuer ausgebrochen. Die Feuerwehr war mit mehr als 100 Einsatzkräften vor Ort. Nach Angaben der Polizei wurde niemand verletzt. Die Ursache des Brandes ist noch unklar, wie ein Sprecher sagte. Der Schaden wird auf rund zwei Millionen Euro geschätzt. Die Bewohner der umliegenden Häuser mussten ihre Wohnungen verlassen."},
		{ID: "same-fire", Date: "2024-05-14", Title: "Großbrand in Neustadt: Lagerhalle zerstört", Text: "Ein Großbrand hat am Dienstag in Neustadt eine Lagerhalle zerstört. Mehr als 120 Feuerwehrleute kämpften gegen die Flammen. Verletzt wurde nach Angaben der Polizei niemand. Warum das Feuer ausbrach, ist noch offen. Der Schaden soll bei zwei Millionen Euro liegen. Anwohner mussten ihre Häuser in der Umgebung verlassen."},
		{ID: "clinic", Date: "2024-05-15", Title: "Klinik sucht Pflegekräfte", Text: "Die Klinik in Bergheim hat nach Angaben der Leitung zu wenige Pflegekräfte. Der Geschäftsführer sagte am Mittwoch, es fehlten rund 40 Mitarbeiter. Die Klinik wolle nun im Ausland werben. Die Gewerkschaft kritisierte die Arbeitsbedingungen und forderte mehr Geld. Der Landrat kündigte an, mit der Landesregierung über Hilfen zu sprechen. Im vergangenen Jahr hatte die Klinik einen Verlust von drei Millionen Euro gemacht."},
		{ID: "entrepot", Date: "2024-05-14", Title: "Incendie dans un entrepôt à Lyon", Text: "Un incendie s'est déclaré mardi dans un entrepôt de Lyon. Plus de cent pompiers étaient sur place. Selon la police, personne n'a été blessé. La cause du sinistre n'est pas encore connue, a déclaré un porte-parole. Les dégâts sont estimés à deux millions d'euros."},
		{ID: "bus", Date: "2024-05-14", Title: "Grève des conducteurs de bus à Nantes", Text: "Les conducteurs de bus de Nantes ont cessé le travail mardi. Selon le syndicat, plus de huit sur dix ont suivi la grève. La direction a déclaré que les négociations reprendraient jeudi. Les usagers ont dû marcher ou prendre leur voiture. Le maire a dit que la ville n'était pas en cause."},
	})
	of := map[string]string{}
	n := map[string]bool{}
	for _, r := range got {
		of[r.ID] = r.Cluster
		n[r.Cluster] = true
	}
	if of["fire"] != of["same-fire"] || len(n) != 4 {
		t.Errorf("got %v", of)
	}
}
