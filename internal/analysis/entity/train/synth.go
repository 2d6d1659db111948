package main

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/analysis/entity/tagger"
	"readout/internal/lexicon"
)

//go:embed templates.txt
var templateFile string

// A random is a small generator whose sequence is the same everywhere.
type random uint64

func (r *random) n(n int) int {
	x := uint64(*r)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*r = random(x)
	return int((x * 0x2545f4914f6cdd1d >> 33) % uint64(n))
}

func (r *random) in(percent int) bool { return r.n(100) < percent }

func (r *random) pick(list []string) string { return list[r.n(len(list))] }

// A writer makes invented articles out of the patterns of templates.txt, with
// names from the gazetteers and names that stand in no list, so that the model
// learns to go by the words around a name too.
type writer struct {
	random
	templates                                             []string
	given, surname, name, city, town, country, admin, geo []string
	demonym, org                                          []string

	b     strings.Builder
	marks []mark
	// capitals asks for names in capitals.
	capitals bool
	people   []person
	orgs     []organization
}

type mark struct {
	start, end int
	typ        tagger.Type
}

type person struct {
	full, short string
	seen        bool
}

type organization struct {
	full, short, acronym string
	seen                 bool
}

func newWriter(seed uint64, dir string) (*writer, error) {
	w := &writer{random: random(seed*2654435761 + 1)}
	for _, l := range []struct {
		list *[]string
		file string
	}{
		{&w.given, "given"},
		{&w.surname, "surname"},
		{&w.name, "name"},
		{&w.city, "city"},
		{&w.town, "town"},
		{&w.country, "country"},
		{&w.admin, "admin"},
		{&w.geo, "geo"},
		{&w.demonym, "demonym"},
		{&w.org, "organization"},
	} {
		b, err := os.ReadFile(dir + "/" + l.file + ".txt")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				*l.list = append(*l.list, line)
			}
		}
	}
	for line := range strings.Lines(templateFile) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			w.templates = append(w.templates, line)
		}
	}
	return w, nil
}

// article returns one invented article.
func (w *writer) article(sentences int) tagger.Example {
	w.b.Reset()
	w.marks, w.people, w.orgs = nil, nil, nil
	for range 2 + w.n(4) {
		w.people = append(w.people, w.person())
	}
	for range 1 + w.n(3) {
		w.orgs = append(w.orgs, w.organization())
	}
	var r record
	for range sentences {
		start := w.b.Len()
		w.sentence(w.pick(w.templates))
		r.Sentences = append(r.Sentences, [2]int{start, w.b.Len()})
		w.b.WriteByte('\n')
	}
	r.Text = w.b.String()
	t := prepare(r)
	ex := tagger.Example{Text: t}
	i := 0
	for _, m := range w.marks {
		for i < len(t.Tokens) && t.Tokens[i].Span.Start < m.start {
			i++
		}
		n := tagger.Name{Start: i, Type: m.typ}
		for i < len(t.Tokens) && t.Tokens[i].Span.End <= m.end {
			i++
		}
		if n.End = i; n.End > n.Start {
			ex.Names = append(ex.Names, n)
		}
	}
	return ex
}

// emit writes a name of a type.
func (w *writer) emit(s string, typ tagger.Type) {
	start := w.b.Len()
	if w.capitals {
		s = strings.ToUpper(s)
	}
	w.b.WriteString(s)
	if typ != tagger.None {
		w.marks = append(w.marks, mark{start, w.b.Len(), typ})
	}
}

func (w *writer) sentence(tmpl string) {
	begin := w.b.Len()
	if rest, ok := strings.CutPrefix(tmpl, "^"); ok {
		w.capitals = true
		w.sentence(rest)
		w.capitals = false
		return
	}
	for tmpl != "" {
		k := strings.IndexByte(tmpl, '{')
		if k < 0 {
			w.b.WriteString(tmpl)
			break
		}
		w.b.WriteString(tmpl[:k])
		w.symbol(tmpl[k+1], w.b.Len() == begin)
		tmpl = tmpl[k+3:]
	}
}

func (w *writer) symbol(c byte, first bool) {
	switch c {
	case 'P':
		p := &w.people[w.n(len(w.people))]
		if p.seen && w.in(60) || w.in(4) {
			w.emit(p.short, tagger.Person)
		} else {
			w.emit(p.full, tagger.Person)
		}
		p.seen = true
		if w.in(15) {
			*p = w.person()
		}
	case 'F':
		w.emit(w.people[w.n(len(w.people))].full, tagger.Person)
	case 'S':
		w.emit(w.people[w.n(len(w.people))].short, tagger.Person)
	case 'G':
		w.emit(w.givenName(), tagger.Person)
	case 'O', 'N':
		o := &w.orgs[w.n(len(w.orgs))]
		if c == 'N' && w.in(70) {
			other := w.organization()
			o = &other
		}
		switch {
		case o.seen && w.in(40) || o.full == "":
			w.emit(o.acronym, tagger.Organization)
		case o.seen && o.short != "" && w.in(50):
			w.emit(o.short, tagger.Organization)
		default:
			w.emit(o.full, tagger.Organization)
			if w.in(20) && o.acronym != o.full {
				w.b.WriteString(" (")
				w.emit(o.acronym, tagger.Organization)
				w.b.WriteString(")")
			}
		}
		o.seen = true
	case 'A':
		if w.in(30) {
			w.emit(w.orgs[w.n(len(w.orgs))].acronym, tagger.Organization)
		} else {
			w.emit(w.acronym(), tagger.Organization)
		}
	case 'B':
		w.emit(w.company(), tagger.Organization)
	case 'M':
		w.emit(w.outlet(), tagger.Organization)
	case 'Y':
		w.emit(w.party(), tagger.Organization)
	case 'U':
		w.emit(w.club(), tagger.Organization)
	case 'L':
		w.emit(w.place(), tagger.Place)
	case 'K':
		w.emit(w.countryName(), tagger.Place)
	case 'R':
		w.emit(w.region(), tagger.Place)
	case 'W':
		w.emit(w.facility(), tagger.Place)
	case 'X':
		w.emit(w.nature(), tagger.Place)
	case 'D':
		w.emit(w.adjective(), tagger.Other)
	case 'E':
		w.emit(w.event(), tagger.Other)
	case 'T':
		w.b.WriteString(w.title(first))
	case 't':
		w.b.WriteString(w.pick(roles))
	case 'H':
		w.b.WriteString(w.pick(honorifics))
	case 'z':
		w.b.WriteString(w.pick(capitalRoles))
	case 'q':
		w.b.WriteString(w.pick(nonNames))
	case 'd':
		w.b.WriteString(w.pick(days))
	case 'm':
		w.b.WriteString(w.pick(months))
	case 'n':
		fmt.Fprintf(&w.b, "%d", 1+w.n([]int{9, 30, 99, 500, 2024}[w.n(5)]))
	case 'c':
		fmt.Fprintf(&w.b, "%s%d %s", w.pick([]string{"$", "€", "US$", "Rs ", "£", "RM", "N"}), 1+w.n(400), w.pick([]string{"million", "billion", "bn", "crore"}))
	default:
		panic("train: unknown symbol in a pattern: " + string(c))
	}
}

// blend makes a word that stands in no list out of two that do.
func (w *writer) blend(list []string) string {
	for range 20 {
		a, b := w.pick(list), w.pick(list)
		if strings.ContainsAny(a+b, " -'.") || len(a) < 4 || len(b) < 4 {
			continue
		}
		i, j := len(a)/2, len(b)/2
		if !utf8.RuneStart(a[i]) || !utf8.RuneStart(b[j]) {
			continue
		}
		return a[:i] + strings.ToLower(b[j:])
	}
	return w.pick(list)
}

func (w *writer) givenName() string {
	if w.in(15) {
		return w.blend(w.given)
	}
	return w.pick(w.given)
}

func (w *writer) familyName() string {
	switch k := w.n(100); {
	case k < 30:
		return w.blend(w.surname)
	case k < 45:
		return w.pick(w.name)
	}
	return w.pick(w.surname)
}

var syllables = strings.Fields("min jae ho hyun woo sung ji eun young hye kyung sang dong jin joon tae hee seok beom won ming wei hong kai tung fai kwok chun ying wing lam kit man yee ling shan chi wai hua xin yi jun ping tao bo lei mei lan")

var eastAsian = strings.Fields("Kim Lee Park Choi Jung Kang Cho Yoon Chang Lim Han Shin Seo Kwon Hwang Ahn Song Yoo Hong Jeon Ko Moon Yang Bae Ryu Noh Chan Cheung Leung Lam Lau Wong Ng Ho Kwok Yip Chow Tsai Tseng Chen Lin Huang Hsu Wu Liu Tang Fung Xi Wang Zhang Li Zhao Zhou Sun Ma Zhu")

func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (w *writer) person() person {
	g, s := w.givenName(), w.familyName()
	switch k := w.n(100); {
	case k < 55:
		return person{full: g + " " + s, short: s}
	case k < 62:
		return person{full: g + " " + w.givenName() + " " + s, short: s}
	case k < 66:
		return person{full: string([]rune(g)[:1]) + ". " + s, short: s}
	case k < 69:
		i := w.givenName()
		return person{full: g + " " + string([]rune(i)[:1]) + ". " + s, short: s}
	case k < 71:
		i := w.givenName()
		return person{full: string([]rune(g)[:1]) + "." + string([]rune(i)[:1]) + ". " + s, short: s}
	case k < 82: // "Kim Ji-hoon", "Tsai Ming Kai"
		f := w.pick(eastAsian)
		x, y := w.pick(syllables), w.pick(syllables)
		full := f + " " + title(x) + "-" + y
		switch w.n(6) {
		case 0:
			full = f + " " + title(x) + " " + title(y)
		case 1:
			full = f + " " + title(x) + y
		case 2:
			full = g + " " + f + " " + title(x) + "-" + y
		case 3:
			full = title(x) + "-" + y + " " + f
		}
		return person{full: full, short: f}
	case k < 90: // Arabic
		switch w.n(4) {
		case 0:
			return person{full: g + " bin " + w.givenName() + " Al " + s, short: "Al " + s}
		case 1:
			return person{full: g + " al-" + s, short: "al-" + s}
		case 2:
			return person{full: g + " bin " + w.givenName() + " bin " + w.givenName() + " Al-" + s, short: g}
		}
		return person{full: g + " Al-" + s, short: "Al-" + s}
	case k < 94:
		p := w.pick([]string{"de", "van", "von", "de la", "van der", "De", "Van", "El", "Ben", "da", "dos", "Le", "di"})
		return person{full: g + " " + p + " " + s, short: p + " " + s}
	case k < 97:
		s2 := w.familyName()
		return person{full: g + " " + s + "-" + s2, short: s + "-" + s2}
	case k < 98:
		return person{full: g + " " + s + " Jr.", short: s}
	}
	return person{full: g, short: g}
}

func (w *writer) place() string {
	switch k := w.n(100); {
	case k < 40:
		return w.pick(w.city)
	case k < 70:
		return w.pick(w.town)
	case k < 90:
		return w.blend(w.town)
	case k < 94:
		return w.pick([]string{"East ", "West ", "Upper ", "New ", "Port ", "San ", "Fort ", "El ", "Al ", "Al-", "Santa ", "Cerro ", "Laguna ", "Ban ", "Kuala ", "Deir ", "Beit ", "Ain ", "Villa ", "Puerto ", "La ", "Los ", "Mt ", "Lake "}) + w.blend(w.town)
	}
	return w.blend(w.town) + w.pick([]string{" City", "-dong", " Heights", " Town", " Nagar", "ville", " Village", " Bay"})
}

func (w *writer) countryName() string { return w.pick(w.country) }

func (w *writer) region() string {
	switch k := w.n(100); {
	case k < 55:
		return w.pick(w.admin)
	case k < 75:
		return w.place() + w.pick([]string{" Province", " District", " County", " Region", " State", " Governorate", " district", " province", " Municipality", " region"})
	}
	return w.pick([]string{"North ", "South ", "Eastern ", "Western ", "Central ", "Greater "}) + w.blend(w.town)
}

func (w *writer) facility() string {
	head := w.pick([]string{"Airport", "International Airport", "Street", "Road", "Avenue", "Square", "Bridge", "Stadium", "Prison", "Palace", "Hotel", "Mosque", "Cathedral", "Park", "Station", "Port", "Hall", "Dam", "Arena", "Tower", "Beach", "Highway", "Plaza", "Market", "Air Base", "Camp", "House", "Hospital", "General Hospital", "Police Station", "Museum", "Gallery", "Crossing"})
	base := w.place()
	switch w.n(4) {
	case 0:
		base = w.familyName()
	case 1:
		base = w.givenName() + " " + w.familyName()
	}
	return base + " " + head
}

func (w *writer) nature() string {
	if w.in(50) {
		return w.pick(w.geo)
	}
	b := w.blend(w.town)
	return w.pick([]string{"Lake " + b, "Mount " + b, b + " River", b + " Valley", "Gulf of " + b, b + " Island", "Cape " + b, b + " Mountains", "Bay of " + b, b + " Sea"})
}

func (w *writer) adjective() string { return w.pick(w.demonym) }

func (w *writer) topic() string { return w.pick(topics) }

// organization returns an organization with its other names.
func (w *writer) organization() organization {
	var full, short string
	switch k := w.n(100); {
	case k < 14:
		full = w.pick([]string{"Ministry", "Department", "Ministry", "Bureau", "Office", "Directorate"}) + " of " + w.topic()
		if w.in(35) {
			full += " and " + w.topic()
		} else if w.in(25) {
			full += ", " + w.topic() + " and " + w.topic()
		}
	case k < 22:
		full = w.topic() + " " + w.pick([]string{"Ministry", "Department", "Bureau", "Committee", "Commission", "Authority", "Agency", "Council", "Board"})
	case k < 34:
		full = w.pick([]string{"National", "International", "Federal", "Central", "Royal", "World", "European", "African", "General", "Supreme", "United", "Islamic", "Global", "Independent"}) + " " + w.topic() + " " + w.pick(heads)
	case k < 44:
		full = w.countryOrPlace() + " " + w.topic() + " " + w.pick(heads)
	case k < 50:
		full = w.adjective() + " " + w.topic() + " " + w.pick(heads)
	case k < 56:
		full = w.pick([]string{"University", "Bank", "Institute", "Association", "Council", "Court", "Church", "Party", "Union", "Front", "Movement", "Federation", "College", "Society", "Committee", "Organisation", "Center", "Parliament"}) + w.pick([]string{" of ", " of ", " for "}) + w.pick([]string{w.countryOrPlace(), w.topic(), w.topic() + " and " + w.topic()})
	case k < 62:
		short = w.place()
		full = short + " " + w.pick([]string{"University", "College", "Hospital", "High School", "City Council", "Police", "Chamber of Commerce", "Institute of Technology", "Municipality", "Stock Exchange"})
		short = ""
	case k < 68:
		full = w.pick([]string{"Committee", "Center", "Coalition", "Campaign", "Network", "Union", "Front", "Initiative", "Fund", "Alliance"}) + " for the " + w.pick([]string{"Liberation", "Protection", "Defence", "Study", "Promotion", "Rights"}) + " of " + w.topic()
	case k < 74:
		full = w.pick(w.org)
		if !strings.Contains(full, " ") {
			return organization{full: full, acronym: full}
		}
	case k < 80:
		short = w.familyName()
		full = short + " " + w.pick([]string{"Foundation", "Group", "Institute", "Brigade", "Network", "Center", "Trust", "Brothers", "Associates"})
	case k < 86:
		short = w.blend(w.town)
		full = short + " " + w.pick(suffixes)
	case k < 90:
		full = w.blend(w.surname)
		return organization{full: full, acronym: full}
	case k < 92:
		full = w.pick(foreignHeads) + w.pick([]string{" ", " de ", " de la ", " "}) + w.pick([]string{w.blend(w.surname), w.blend(w.town), w.countryName(), w.blend(w.surname) + " " + w.blend(w.town)})
		if w.in(40) {
			full += " " + w.blend(w.town)
		}
	case k < 93:
		full = w.blend(w.surname) + "-e-" + w.blend(w.surname) + " " + w.countryName()
	case k < 96:
		full = w.pick([]string{"al-", "Al-", "Al "}) + w.blend(w.surname)
		return organization{full: full, acronym: full}
	default:
		a := w.acronym()
		return organization{full: a, acronym: a}
	}
	a := initials(full)
	if len(a) < 2 || len(a) > 7 {
		a = w.acronym()
	}
	if w.in(15) {
		a = title(strings.ToLower(a))
		if len(a) < 4 {
			a = strings.ToUpper(a)
		}
	}
	return organization{full: full, short: short, acronym: a}
}

func (w *writer) countryOrPlace() string {
	if w.in(60) {
		return w.countryName()
	}
	return w.place()
}

func initials(s string) string {
	var b strings.Builder
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == ',' }) {
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsUpper(r) && r < 0x80 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (w *writer) acronym() string {
	const letters = "ABCDEFGHIJKLMNOPRSTUVW"
	var b strings.Builder
	for range 2 + w.n(4) {
		b.WriteByte(letters[w.n(len(letters))])
	}
	s := b.String()
	switch w.n(12) {
	case 0:
		return title(strings.ToLower(s)) + w.pick([]string{"sa", "co", "ra", "to", "net"})
	case 1:
		return s[:1] + "&" + s[1:2]
	}
	return s
}

func (w *writer) company() string {
	switch k := w.n(100); {
	case k < 30:
		return w.blend(w.surname)
	case k < 45:
		return w.blend(w.town)
	case k < 60:
		return w.familyName() + " " + w.pick(suffixes)
	case k < 70:
		return w.blend(w.town) + " " + w.pick(suffixes)
	case k < 78:
		return w.familyName() + w.pick([]string{" & ", " and "}) + w.familyName()
	case k < 84:
		return w.acronym()
	case k < 87:
		return w.blend(w.surname) + w.blend(w.town)
	case k < 90:
		return title(w.pick(syllables)) + w.pick([]string{"Tech", "Soft", "Bank", "Corp", "Pay", "Net", "Air", "Media"})
	}
	return w.pick(w.org)
}

func (w *writer) outlet() string {
	if w.in(35) {
		return w.pick([]string{"Reuters", "AFP", "AP", "BBC", "CNN", "Al Jazeera", "Xinhua", "Interfax", "Bloomberg", "The Guardian", "Le Monde", "Sputnik", "Kyodo", "Yonhap", "The Star", "The Times", "Daily News", "The Post", "Facebook", "Twitter"})
	}
	base := w.pick([]string{w.place(), w.countryName(), w.blend(w.surname), "Daily", "The " + w.place(), "Radio " + w.place(), "Channel"})
	return base + " " + w.pick([]string{"Times", "News", "Post", "Herald", "Tribune", "TV", "Online", "Gazette", "Today", "Express", "Observer", "Press", "Star", "Broadcasting Corporation", "Chronicle", "Daily", "FM"})
}

func (w *writer) party() string {
	adj := w.pick([]string{"Democratic", "Social Democratic", "Liberal", "Conservative", "People's", "National", "Progressive", "Socialist", "Communist", "Green", "Labour", "Christian Democratic", "Republican", "Freedom", "Unionist", "Reform", "Independence", "Workers'", "United", "Popular", "Radical", "Nationalist", "Centre", "Justice and Development", "Islamic"})
	switch w.n(9) {
	case 0:
		return w.acronym()
	case 1:
		return adj + " " + w.pick([]string{"Union", "Alliance", "Front", "Movement", "League", "Bloc", "Coalition", "Congress", "Rally"})
	case 2:
		return adj + " Party of " + w.countryName()
	case 3:
		return w.adjective() + " " + adj + " Party"
	case 4:
		return w.countryName() + " " + adj + " Party"
	case 5:
		return w.pick([]string{"Movement for ", "Union for ", "Alliance for ", "Front for ", "Party for "}) + w.pick([]string{"Democracy", "Freedom", "Justice", "Change", "the Left", "Progress", "Independence", "National Unity", "Social Justice"})
	case 6:
		return w.blend(w.surname)
	case 7:
		return adj + " " + adj + " Party"
	}
	return adj + " Party"
}

func (w *writer) club() string {
	p := w.place()
	return w.pick([]string{p, p + " United", p + " City", p + " FC", "FC " + p, "Real " + p, p + " Rovers", p + " Tigers", p + " Stars", p + " Lions", "Sporting " + p, p + " Athletic", p + " Eagles"})
}

func (w *writer) event() string {
	switch w.n(8) {
	case 0:
		return w.place() + w.pick([]string{" Agreement", " Accord", " Protocol", " Declaration", " Treaty"})
	case 1:
		return w.pick([]string{"World Cup", "Africa Cup of Nations", "Champions League", "Asian Games", "Olympic Games", "Commonwealth Games", "Grand Prix", "Premier League", "European Championship"})
	case 2:
		return w.topic() + " Act"
	case 3:
		return w.topic() + " " + w.pick([]string{"Bill", "Summit", "Conference", "Week", "Day", "Award", "Index", "Forum"})
	case 4:
		return fmt.Sprintf("%d %s %s election", 1950+w.n(75), w.pick([]string{w.adjective(), w.countryName(), w.pick(w.admin)}), w.pick([]string{"general", "presidential", "federal", "parliamentary", "legislative", "state"}))
	case 5:
		return w.pick([]string{"The ", ""}) + title(w.pick([]string{"winter", "river", "silent", "broken", "golden", "last", "lost"})) + " " + w.pick([]string{"Garden", "Road", "Song", "House", "Night", "Dream"})
	case 6:
		return "Operation " + w.pick([]string{"Iron", "Silent", "Desert", "Eagle", "Northern"}) + " " + w.pick([]string{"Shield", "Storm", "Hammer", "Dawn"})
	}
	return w.pick([]string{"Penal Code", "Constitution", "Ramadan", "Christmas", "Eid al-Fitr", "Diwali", "World War II", "Cold War", "Internet", "Bible", "Nobel Peace Prize", "Covid-19", "Brexit", "Islam"})
}

func (w *writer) title(first bool) string {
	s := w.pick(titles)
	if !first && w.in(30) {
		s = strings.ToLower(s[:1]) + s[1:]
	}
	if w.in(12) {
		s = w.pick([]string{"acting ", "Acting ", "then-", "interim ", "outgoing ", "Deputy "}) + s
		if first {
			s = title(s)
		}
	}
	return s
}

var (
	days         = strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	months       = strings.Fields("January February March April May June July August September October November December")
	honorifics   = strings.Fields("Mr. Mr Mrs Mrs. Ms Ms. Dr Dr. Prof. Professor Sir Madam Hon. Rev. Miss")
	titles       = strings.Split("President;Prime Minister;Foreign Minister;Defence Minister;Defense Minister;Interior Minister;Finance Minister;Health Minister;Education Minister;Minister;Vice President;Vice-President;Chancellor;Governor;Senator;Mayor;Ambassador;Secretary of State;Secretary-General;Commissioner;Chairman;General;Colonel;Major;Captain;Lieutenant;Admiral;Inspector;Superintendent;Sergeant;Chief Minister;Chief Justice;Chief;King;Prince;Princess;Queen;Sheikh;Ayatollah;Imam;Bishop;Archbishop;Cardinal;Pastor;Councillor;Congressman;Representative;Speaker;Judge;Justice;Prosecutor;Attorney General;Director;Spokesman;Spokesperson;Coach;Professor;Deputy Prime Minister;Deputy Minister;Special Envoy;Leader;Deputy President;First Lady;Crown Prince;Premier;Energy Minister;Trade Minister;Home Minister;Union Minister;State Minister;Army Chief;Police Commissioner;Comptroller General", ";")
	roles        = strings.Split("president;prime minister;foreign minister;spokesman;spokeswoman;spokesperson;director;chairman;chairperson;chief executive;head;secretary general;general secretary;deputy director;analyst;researcher;professor;lawyer;economist;activist;coordinator;manager;governor;ambassador;mayor;leader;founder;co-founder;editor;envoy;senior fellow;vice president;commander;regional director;member;official;general manager;captain;minister;teacher;farmer;nurse;doctor;resident;programme manager", ";")
	capitalRoles = strings.Split("President;Speaker;Minister;Chairman;Prime Minister;Vice President;Secretary;Governor;Director;Secretary General;King;Prince;Chief;Commissioner;Mayor;Ambassador;General;Head;CEO;Chief Executive;Deputy President;Chairperson;Member;Manager;General Manager;Foreign Minister;Imam;Pope;Judge;Editor;Treasurer;Head of State;Board of Directors;Member of Parliament;Board", ";")
	nonNames     = strings.Split("AI;GDP;CPI;CCTV;NGO;NFT;MoU;PhD;HIV;DNA;GPS;SMS;TV;PC;VAT;CEO;CFO;DJ;IT;VIP;PCR;LGBT;SME;ID;PDF;IPO;ETF;ESG;R&D;B2B;5G;SUV;LNG;Covid;Internet;Wi-Fi;Board;Bill;Act;Section;Article;Phase;Group;Chapter;North;South;West;Kingdom;Republic;State;City", ";")
	topics       = strings.Split("Health;Education;Finance;Foreign Affairs;Defence;Agriculture;Tourism;Justice;Interior;Energy;Transport;Trade;Commerce;Human Rights;Security;Science;Technology;Environment;Climate Change;Water;Fisheries;Labour;Social Development;Rural Affairs;Housing;Planning;Culture;Sports;Youth;Women;Disaster Management;Civil Defence;Anti-Corruption;Statistics;Elections;Electoral;Food;Drug;Medical;Cancer;Research;Development;Investment;Securities;Insurance;Banking;Petroleum;Mining;Nuclear;Space;Aviation;Maritime;Ports;Railways;Road Safety;Police;Intelligence;Immigration;Refugees;Migration;Children;Disabilities;Workers;Teachers;Students;Farmers;Journalists;Lawyers;Doctors;Nurses;Metalworkers;Press;Media;Broadcasting;Communications;Information;Football;Cricket;Athletics;Olympic;Theatre;Film;Music;Art;History;Peace;Liberation;Resistance;Solidarity;Reform;Economic Affairs;Economic Cooperation;Policy Studies;Strategic Studies;Consumer;Industry;Chemicals;Shipping;Wildlife;Conservation;Forestry;Geological;Meteorological;Red Cross;Charity;Relief;Community;Islamic;Legal;Judicial;Constitutional;Audit;Revenue;Customs;Narcotics Control;Public Prosecution;Digital;Artificial Intelligence", ";")
	heads        = strings.Split("Agency;Authority;Council;Committee;Commission;Association;Union;Federation;Institute;Foundation;Center;Centre;Organization;Organisation;Party;Front;Movement;Group;Corporation;Company;Board;Bureau;Service;Services;Bank;Fund;Society;Academy;University;Court;Alliance;Congress;Assembly;Army;Force;Forces;Guard;Brigade;Network;Initiative;Secretariat;Tribunal;Confederation;League;Club;Hospital;School;Museum;Laboratory;Department;Office", ";")
	suffixes     = strings.Split("Inc.;Inc;Corp.;Ltd;Ltd.;Limited;PLC;Group;Holdings;Bank;Airlines;Airways;Energy;Technologies;Motors;Industries;Media;Pharmaceuticals;Partners;Capital;Foods;Electronics;Oil;Steel;Mining;Telecom;Insurance;Properties;Construction;Co;Company;AG;SA;International;Investments;Aerospace;Entertainment;Hotels;Logistics", ";")
)

var foreignHeads = strings.Split("Partido;Alianza;Federación;Confederación;Asociación;Banco;Ministerio;Fundación;Comisión;Consejo;Unión;Frente;Movimiento;Sindicato;Agencia;Compañía;Empresa;Grupo;Universidad;Instituto;Parti;Mouvement;Ligue;Conseil;Banque;Société;Université;Institut;Agence;Fédération;Fondation;Syndicat;Partito;Lega;Movimento;Banca;Università;Società;Gruppo;Verein;Verband;Partei;Gesellschaft;Universität;Jamaat;Jamiat;Lashkar;Radio;Hizb;Parti Demokratik;Barisan;Centro;Associação;Companhia;Universidade;Federação", ";")

// synthesise returns n invented articles.
func synthesise(n int, seed uint64, dir string) ([]tagger.Example, error) {
	w, err := newWriter(seed, dir)
	if err != nil {
		return nil, err
	}
	lexicon.Shared()
	out := make([]tagger.Example, 0, n)
	for range n {
		out = append(out, w.article(8+w.n(10)))
	}
	return out, nil
}
