package entity_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, entity.Analyzer}

// dump writes one line for each mention.
func dump(set *annotation.Set) string {
	var b strings.Builder
	text := set.Article.Text
	for _, m := range set.Mentions {
		facts := []any{m.Type, m.Key, m.Rule}
		if m.Government {
			facts = append(facts, "government")
		}
		if !m.Role.Empty() {
			facts = append(facts, fmt.Sprintf("role=%q", m.Role.In(text)))
		}
		b.WriteString(analysistest.Line(text, m.Span, facts...))
	}
	return b.String()
}

func TestGolden(t *testing.T) { analysistest.Golden(t, dump, analyzers...) }

func TestLinear(t *testing.T) { analysistest.Linear(t, analyzers...) }

// find returns the mentions of typ in text, each as its words.
func find(t *testing.T, text string, typ annotation.EntityType) (set *annotation.Set, words []string) {
	t.Helper()
	set = analysistest.Run(t, analysistest.Article(text, ""), analyzers...)
	analysistest.Check(t, set)
	for _, m := range set.Mentions {
		if m.Type == typ {
			words = append(words, m.Span.In(set.Article.Text))
		}
	}
	return set, words
}

func TestEvents(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Troops launched Operation Desert Hawk at dawn.", "Operation Desert Hawk"},
		{"The navy began Exercise Sea Lion-2 near the coast.", "Exercise Sea Lion-2"},
		{"Operation Zarb-ul-Sahra was over, the army said.", "Operation Zarb-ul-Sahra"},
		{"The operation in Mali was over.", ""},
		{"Delegates left the Oslo-II conference early.", "Oslo-II"},
		{"They met at the Munich Security Conference in February.", "Munich Security Conference"},
		{"The Summit of the Americas opens on Monday.", "Summit of the Americas"},
		{"Leaders at COP28 and at the Arctic Climate Summit agreed.", "COP28|Arctic Climate Summit"},
		{"The conference began. The Summit was short.", ""},
		{"The International Conference on Nile Waters adopted a text.", "International Conference on Nile Waters"},
		{"He was elected in the 2010 Kenya general election.", ""},
		// Storms by name.
		{"At least nine people died when Storm Elowen hit the coast. Elowen weakened on Monday.", "Storm Elowen|Elowen"},
		{"Super Typhoon Maring made landfall as Tropical Storm Bising turned away.", "Typhoon Maring|Storm Bising"},
		{"They fled before Hurricane Rosa's winds. The hurricane Florida feared came late.", "Hurricane Rosa"},
		{"It was wetter than cyclone Idara, and than Hurricanes Vilma and Oskar.", "cyclone Idara|Vilma|Oskar"},
		{"The National Hurricane Center issued a Storm Watch. Protesters storm Parliament.", ""},
		{"The Hurricane Rosa Relief Fund paid. Operation Desert Storm Eagle ended.", "Operation Desert Storm Eagle"},
		{"Rubin \"Hurricane\" Vance was freed. Hurricane Vance died in 2014. Storm Okoye, the actress, wept.", ""},
		{"On Thursday the storm Thursday's papers had foretold came.", ""},
	} {
		if _, got := find(t, tt.text, annotation.Event); strings.Join(got, "|") != tt.want {
			t.Errorf("%q: events %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestElectionsHoldNoPlace(t *testing.T) {
	if _, got := find(t, "She stood in the 2013 Kenya general election.", annotation.Place); len(got) != 0 {
		t.Errorf("places %q in the name of an election", got)
	}
}

func TestRoles(t *testing.T) {
	for _, tt := range []struct{ text, name, want string }{
		{"Foreign Minister Elena Petrova left on Monday.", "Elena Petrova", "Foreign Minister"},
		{"Climate Minister Elena Petrova left on Monday.", "Elena Petrova", "Climate Minister"},
		{"Yesterday Minister Elena Petrova left.", "Elena Petrova", "Minister"},
		{"Kenya's Foreign Secretary, Peter Kamau, spoke.", "Peter Kamau", "Foreign Secretary"},
		{"Peter Kamau, the deputy director of the Coffee Board, spoke.", "Peter Kamau", "deputy director of the Coffee Board"},
		{"Lt. Gen. Peter Kamau spoke in Nairobi.", "Peter Kamau", ""},
		{"Federal Minister for Railways Sana Iqbal resigned.", "Sana Iqbal", "Federal Minister for Railways"},
		{"The Deputy Head of Mission in Cairo, Anna Schmidt, was there.", "Anna Schmidt", "Deputy Head of Mission in Cairo"},
		{"Attorney General Keisha Brown objected.", "Keisha Brown", "Attorney General"},
		{"Water and Energy Minister José Ramos flew in.", "José Ramos", "Water and Energy Minister"},
		{"The director of the Ports Authority (PA), Anna Schmidt, agreed.", "Anna Schmidt", "director of the Ports Authority (PA)"},
		{"They met Anna Schmidt, President José Ramos and others.", "Anna Schmidt", ""},
		{"Nobody in the room, Anna Schmidt added, had a better idea.", "Anna Schmidt", ""},
		{"Anna Schmidt, 45, a teacher from Lagos, said so.", "Anna Schmidt", "teacher from Lagos"},
		{"Anna Schmidt said so.", "Anna Schmidt", ""},
		// A role in the plural is that of each whose name follows.
		{"Board members Peter Kamau and Anna Schmidt voted no.", "Anna Schmidt", "Board members"},
		{"Board members Peter Kamau and Anna Schmidt voted no.", "Peter Kamau", "Board members"},
		{"It was put to Senators José Ramos, Peter Kamau, 61, and Anna Schmidt of Lagos.", "Anna Schmidt", "Senators"},
		{"Two officers, Peter Kamau and José Ramos, were hurt.", "José Ramos", "officers"},
		{"Senators Peter Kamau and José Ramos met Anna Schmidt.", "Anna Schmidt", ""},
		{"Senator Peter Kamau and Anna Schmidt voted no.", "Anna Schmidt", ""},
		{"Board members Peter Kamau and Anna Schmidt, a teacher, voted no.", "Anna Schmidt", "teacher"},
		{"A friend of the Anna Schmidt family came.", "Anna Schmidt", ""},
	} {
		set, _ := find(t, tt.text, annotation.Person)
		found := false
		for _, m := range set.Mentions {
			if m.Span.In(set.Article.Text) == tt.name {
				found = true
				if got := m.Role.In(set.Article.Text); got != tt.want {
					t.Errorf("%q: role %q, want %q", tt.text, got, tt.want)
				}
			}
		}
		if !found {
			t.Errorf("%q: %s is not found in %s", tt.text, tt.name, dump(set))
		}
	}
}

// TestIdentity gives for each text the keys of its mentions of one type.
func TestIdentity(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		typ        annotation.EntityType
		want       string
	}{
		{"storm", "Tropical Storm Ida grew. Later Hurricane Ida struck Lagos. Hurricane Vilma missed it.", annotation.Event, "storm-ida storm-ida hurricane-vilma"},
		{"surname", "Elena Petrova spoke. Later Petrova left. Ms. Petrova's aide stayed.", annotation.Person, "elena-petrova elena-petrova elena-petrova"},
		{"shared surname", "Elena Petrova met Ivan Petrov. Anna Petrova came too. Petrova spoke.", annotation.Person, "elena-petrova ivan-petrov anna-petrova petrova"},
		{"family", "Ilse Petrova died. Her daughter, the novelist Katja Petrova, confirmed it. Petrova was 91.", annotation.Person, "ilse-petrova katja-petrova ilse-petrova"},
		{"family again", "Adelaide Roth died there. Nobody knows why. It was late. It rained. The family wants to know. On the table in Eva Roth's house is a boot. It is the left one. Roth, 58, a nurse, kept it. Her husband, Jan Roth, is silent. Roth says she will bring it.", annotation.Person, "adelaide-roth eva-roth eva-roth jan-roth eva-roth"},
		{"relative speaks", "Marcus Dube died. Mr Dube's cousin, Tendai Dube, gave evidence. Dube said he had seen it.", annotation.Person, "marcus-dube marcus-dube tendai-dube dube"},
		{"alias", "RSF leader Mohamed Hamdan Dagalo, widely known as Hemedti, left. Hemedti spoke.", annotation.Person, "mohamed-hamdan-dagalo mohamed-hamdan-dagalo mohamed-hamdan-dagalo"},
		{"title and none", "Mr Lorry spoke to Mr Carton. Lorry left.", annotation.Person, "lorry carton lorry"},
		{"order decides", "Elena Petrova spoke. Petrova left. Anna Petrova came. Petrova slept.", annotation.Person, "elena-petrova elena-petrova anna-petrova petrova"},
		{"role decides", "President John Mensah met his brother, Kofi Mensah. President Mensah smiled.", annotation.Person, "john-mensah kofi-mensah john-mensah"},
		{"family name first", "Kim Ji-hoon resigned. Kim said he was tired.", annotation.Person, "kim-ji-hoon kim-ji-hoon"},
		{"middle name", "Maria Luisa Gomez won. Maria Gomez thanked voters. Gomez wept.", annotation.Person, "maria-luisa-gomez maria-luisa-gomez maria-luisa-gomez"},
		{"defined acronym", "The Coffee Workers Union (CWU) struck. The CWU said it would go on.", annotation.Organization, "coffee-workers-union coffee-workers-union coffee-workers-union"},
		{"known alias", "The United States objected. Officials in the US said no.", annotation.Place, "united-states united-states"},
		{"two of a kind", "The Afghan Taliban met the Pakistani Taliban.", annotation.Organization, "afghan-taliban pakistani-taliban"},
		{"acronym of another", "NAIROBI (AP) - The Court of Appeal misread the law.", annotation.Organization, "ap court-of-appeal"},
		{"no article in a name", "An Estmark official rejected the plan.", annotation.Place, "estmark"},
		{"one name, one type", "The ferry to Saint Maren is back. \"No,\" said a shopkeeper on the Saint Maren side.", annotation.Place, "saint-maren saint-maren"},
		{"one of a kind", "The Taliban agreed. The Afghan Taliban sent a team.", annotation.Organization, "taliban taliban"},
	} {
		set, _ := find(t, tt.text, tt.typ)
		var keys []string
		for _, m := range set.Mentions {
			if m.Type == tt.typ {
				keys = append(keys, m.Key)
			}
		}
		if got := strings.Join(keys, " "); got != tt.want {
			t.Errorf("%s: keys %q, want %q\n%s", tt.name, got, tt.want, dump(set))
		}
	}
}

func TestGovernments(t *testing.T) {
	for _, tt := range []struct {
		text string
		want string // the places that stand for governments
	}{
		{"Nairobi has repeatedly called for talks.", "Nairobi"},
		{"The talks were held in Nairobi on Monday.", ""},
		{"Relations between Nairobi and Kampala have soured.", "Nairobi Kampala"},
		{"Nairobi's decision surprised many.", "Nairobi"},
		{"Nairobi's streets were empty.", ""},
		{"He flew from Nairobi to Kampala.", ""},
		{"The move drew criticism from Nairobi.", "Nairobi"},
	} {
		set, _ := find(t, tt.text, annotation.Place)
		var got []string
		for _, m := range set.Mentions {
			if m.Government {
				got = append(got, m.Span.In(set.Article.Text))
			}
			if m.Type != annotation.Place && m.Government {
				t.Errorf("%q: %s stands for a government", tt.text, m.Type)
			}
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%q: governments %q, want %q", tt.text, g, tt.want)
		}
	}
}

func FuzzAnalyzer(f *testing.F) {
	for _, s := range []string{
		"", "Maria Okafor met Lt. Gen. Jan de Vries in Lagos.", "A.B.'s \xff “X’s” — É\u0301", "İstanbul’s ŞAHİN-İ ĞÜÇLÜ'S.", "al- Al-A of the B",
		"Operation X-e-Y (Z) Summit of the-", "COP- COP28 2010 A election", "The Apple and Dell Inc. (AD), 45, a -", "Mullah . Gen. General (CZE)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set := analysistest.Run(t, analysistest.Article(text, ""), analyzers...)
		analysistest.Check(t, set)
		keys := map[string]bool{}
		for _, e := range set.Entities {
			if e.Key == "" || keys[e.Key] {
				t.Fatalf("key %q is empty or given twice", e.Key)
			}
			keys[e.Key] = true
			if e.First.In(set.Article.Text) != e.Name {
				t.Fatalf("name %q is not what stands at %v", e.Name, e.First)
			}
		}
		end := 0
		for _, m := range set.Mentions {
			if m.Span.Start < end {
				t.Fatalf("mention %v overlaps the one before", m.Span)
			}
			end = m.Span.End
			if !keys[m.Key] || !strings.HasPrefix(m.Rule, "entity/") {
				t.Fatalf("mention %v has key %q and rule %q", m.Span, m.Key, m.Rule)
			}
			if m.Role.Overlaps(m.Span) && !m.Role.Empty() {
				t.Fatalf("mention %v has its role %v in itself", m.Span, m.Role)
			}
		}
	})
}

// A title that tells another gender names another person of the family.
func TestFamily(t *testing.T) {
	set := analysistest.Run(t, analysistest.Article("Sir Tobias Renwick spoke first. Renwick was angry. His mother, Lady Renwick, disagreed with him.\n"+
		"John Marlow and Mary Marlow were tried. Mrs Marlow wept. Mr Marlow did not.\n"+
		"Andrea Bellini won. Mr Bellini thanked his team.", ""), analyzers...)
	var got []string
	for _, m := range set.Mentions {
		if m.Type == annotation.Person {
			got = append(got, m.Key)
		}
	}
	want := "tobias-renwick tobias-renwick renwick john-marlow mary-marlow mary-marlow john-marlow andrea-bellini andrea-bellini"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// What stands beside a name somewhere tells what it is everywhere.
func TestBodies(t *testing.T) {
	set := analysistest.Run(t, analysistest.Article("Quantrell Inc. said it will buy the startup Lumeo, a maker of lamps.\n"+
		"Quantrell denied it. Lumeo was silent. Mr Lumeo, the founder, died in 2019.\n"+
		"A Marburg virus case was found. The Marburg outbreak is over.\n"+
		"Spokesperson He Yongqian met \"her\" in ZURICH.\nZURICH 2023-08-31", ""), analyzers...)
	var got []string
	for _, m := range set.Mentions {
		got = append(got, fmt.Sprintf("%.3s:%s", m.Type, m.Span.In(set.Article.Text)))
	}
	want := "org:Quantrell Inc.,org:Lumeo,org:Quantrell,org:Lumeo,per:Lumeo,per:He Yongqian,pla:ZURICH,pla:ZURICH"
	if s := strings.Join(got, ","); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// Names that look like those of people or places and are not, and the reverse, each
// with what the article has beside them.
func TestWhatItIs(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// Ships are none of what is noted.
		{"All 23 crew of the cargo ship Queen Isolde were saved. The Queen Isolde sank.", ""},
		{"They boarded a ferry named \"Valmar Star\" on Monday.", ""},
		{"The Teresa Almonte, a coast guard vessel, will carry mail. The Almonte left on Monday.", ""},
		{"Cracks were found in the mount of the MV Perla del Mar on Monday.", ""},
		{"A ship captain, Ada Lee, said that Boeing will ship Airbus parts.", "per:Ada Lee,org:Boeing,org:Airbus"},
		// Outlets are organizations.
		{"Botanists wrote in Geo Weekly that the seeds were old.", "org:Geo Weekly"},
		{"According to a report seen by the Lantern, a can was found.", "org:Lantern"},
		{"He told the Oslo Post that he had warned her.", "org:Oslo Post"},
		{"The newspaper La Hora said that the contracts were inflated.", "org:La Hora"},
		// People by what they are.
		{"Prime Minister Jorge Duarte cancelled his trip. The plan that Duarte signed failed.", "per:Jorge Duarte,per:Duarte"},
		{"Jorge Duarte was born in Duarte.", "per:Jorge Duarte,pla:Duarte"},
		{"\"There was a noise,\" said Washington, a miner who gave only his first name.", "per:Washington"},
		{"\"There is no deal,\" said Norway, a founder of the alliance.", "pla:Norway"},
		{"A rebel spokesman, Abu Zayd, said three more would be freed.", "per:Abu Zayd"},
		{"The party's R. Velan said States had not been consulted.", "per:R. Velan"},
		{"Rory Tate said no. His name was misspelt as \"Roary\" in an earlier report.", "per:Rory Tate"},
		{"The body was found 12 miles off Galwick Head on Sunday.", "pla:Galwick Head"},
		{"Declan Furey drowned. Furey's widow, Nuala, thanked the rescuers.", "per:Declan Furey,per:Furey,per:Nuala"},
		{"It made landfall in the coastal town of Santo Niño at noon.", "pla:Santo Niño"},
		{"The bus company, Northline, said it was shocked.", "org:Northline"},
		{"NorRail, the state operator, said it was late.", "org:NorRail"},
		{"Ossory, a software maker, cut 40 jobs.", "org:Ossory"},
		{"Smith, a crane operator, fell.", "per:Smith"},
		{"In a paper in Nature, the team says that the eyes are large.", "org:Nature"},
		{"A research vessel, the Falkor Dawn, has filmed a squid.", ""},
		{"Typhoon Maring slammed into the coast before dawn.", "eve:Typhoon Maring"},
		{"Rosa Vance fled before Hurricane Rosa. Rosa wept, and Mr Carter said so.", "per:Rosa Vance,eve:Hurricane Rosa,per:Rosa,per:Carter"},
		// Clubs by the last word of their names.
		{"Kingsmere Rovers beat Alderton United 2-1. \"We never stopped believing,\" Rovers coach Helen Marsh said.", "org:Kingsmere Rovers,org:Alderton United,org:Rovers,per:Helen Marsh"},
		// Laws.
		{"The Lok Sabha passed the Fisheries (Amendment) Bill by voice vote.", "org:Lok Sabha"},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, ""), analyzers...)
		analysistest.Check(t, set)
		var got []string
		for _, m := range set.Mentions {
			got = append(got, fmt.Sprintf("%.3s:%s", m.Type, m.Span.In(set.Article.Text)))
		}
		if s := strings.Join(got, ","); s != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, s, tt.want)
		}
	}
}

// An article may say that a place is not the one known by its name.
func TestVillages(t *testing.T) {
	for text, want := range map[string]string{
		"It was setting up tents in Paris, a village ten kilometres away.": "village",
		"Gulnora Safarova, a teacher in the village of Paris, was there.":  "village",
		"They met in London, a small suburb of the town.":                  "suburb",
		"They met in Paris, the capital of France.":                        "",
		"They met in Paris, a city of light.":                              "",
		"They met in Sonra, a village in the hills.":                       "", // nobody knows another
	} {
		set, _ := find(t, text, annotation.Place)
		role := "none"
		for _, m := range set.Mentions {
			if m.Type == annotation.Place && role == "none" {
				role = m.Role.In(text)
			}
		}
		if role != want {
			t.Errorf("%q: %s", text, dump(set))
		}
	}
}

// The place of a dateline and its agency are told from the report.
func TestDatelines(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"BELOGRAD, 7 May 2024 – A dam burst above the town, officials said.", "pla:BELOGRAD"},
		{"KORVAN (Northern Star) Sept 3 2023 - Rebels freed 14 hostages on Sunday, two diplomats said.", "pla:KORVAN,org:Northern Star"},
		{"GALWICK - The body was found on Sunday by fishermen. Galwick's parish priest, Father Liam Coyne, said the town was numb.", "pla:GALWICK,pla:Galwick,per:Liam Coyne"},
		{"CAP-MARIN — The campaign of vaccination was put off for a week on Friday.", "pla:CAP-MARIN"},
		{"KINGSMERE, Sept. 21 (Pacific Wire) - A substitute scored twice in the final minutes on Saturday.", "pla:KINGSMERE,org:Pacific Wire"},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, ""), analyzers...)
		var got []string
		for _, m := range set.Mentions {
			got = append(got, fmt.Sprintf("%.3s:%s", m.Type, m.Span.In(set.Article.Text)))
		}
		if s := strings.Join(got, ","); s != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, s, tt.want)
		}
	}
}

func BenchmarkNames(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
