package quote_test

import (
	"strings"
	"testing"

	"readout/internal/analysis/analysistest"
)

// Who speaks where another clause stands between the speaker and the verb, and what
// is nobody's statement. Each text has the attributions wanted, one a line, as
// "source: content".
func TestSpeakersAcrossClauses(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{
			"Council President Jim Haas, who the mayor said was \"captive to the garages,\" denied that he had met with operators.",
			"the mayor: was \"captive to the garages,\"\nCouncil President Jim Haas, who the mayor said was \"captive to the garages,\": that he had met with operators",
		},
		{
			"Dill, whose lawyer said he was at home that night, was released on bail until June.",
			"lawyer: he was at home that night",
		},
		{
			"Rory Tate, a chef who has advised the ministry – his name was in the paper – said the budget for each meal was small.",
			"Rory Tate, a chef who has advised the ministry: the budget for each meal was small",
		},
		{
			"The detective said that, according to a police report, a can was found near the gate.",
			"The detective: that, according to a police report, a can was found near the gate\na police report: a can was found near the gate",
		},
		{
			"According to a police report seen by the Lantern, a can was found near the gate.",
			"a police report seen by the Lantern: a can was found near the gate",
		},
		{
			"According to the engineers, who spoke on condition of anonymity because they were not authorized to speak, the cracks were old.",
			"the engineers, who spoke on condition of anonymity because they were not authorized to speak: the cracks were old",
		},
		{
			"When she complained, the company told her to \"plan ahead\".",
			"the company: her to \"plan ahead\"",
		},
		// An entry of a live report opens with its time.
		{"3.30pm: Schools will stay closed tomorrow, the education ministry said.", "the education ministry: Schools will stay closed tomorrow"},
		// A verb of communication that no list of cues has.
		{"The firm has approached the court against ten ‘blocking orders’, issued by the ministry.", ": blocking orders"},
		{"\"Costs have eased and volumes are back,\" managing director Rekha Nair said on a call with analysts.", "managing director Rekha Nair: Costs have eased and volumes are back,"},
		{"\"He's the hero,\" Mr Anand told the Evening Argus. \"He went back for the lad.\"", "Mr Anand: He's the hero,\" Mr Anand told the Evening Argus. \"He went back for the lad."},
		// Nobody's statement.
		{"An earlier version of this article said that 41 people had died in the town.", ""},
		{"Rennie, of Granton Road, showed no emotion as he was led away.", ""},
		{"Island council recalls ferries after engine fault was found.", ""},
		{"The auditor raised the alarm, citing a letter from the mayor.", ""},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, ""), analyzers()...)
		analysistest.Check(t, set)
		checkAttributions(t, set)
		var got []string
		for _, a := range set.Attributions {
			got = append(got, a.Source.In(tt.text)+": "+a.Content.In(tt.text))
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, s, tt.want)
		}
	}
}

// How sources are named whose words alone do not tell it.
func TestNamingOfNames(t *testing.T) {
	for _, tt := range []struct{ text, source, naming, key string }{
		{"Amnesty said the captives had been held for 212 days.", "Amnesty", "organization", ""},
		{"One of the victims, Jessie Muir, said: \"I shan't see it again, but I wanted to look at him.\"", "One of the victims, Jessie Muir", "named", "jessie-muir"},
		{"The newspaper La Hora said that the contracts were inflated.", "The newspaper La Hora", "outlet", "la-hora"},
		{"The bus company, Northline, said it was shocked.", "The bus company, Northline", "organization", "northline"},
		{"The Daily Beacon said that the president had been advised against it.", "The Daily Beacon", "outlet", "daily-beacon"},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, ""), analyzers()...)
		if len(set.Attributions) != 1 {
			t.Errorf("%s\n got %s", tt.text, dump(set))
			continue
		}
		if a := &set.Attributions[0]; a.Source.In(tt.text) != tt.source || string(a.Naming) != tt.naming || tt.key != "" && a.Key != tt.key {
			t.Errorf("%s\n got %s", tt.text, dump(set))
		}
	}
}
