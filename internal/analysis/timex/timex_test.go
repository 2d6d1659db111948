package timex_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/timex"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, timex.Analyzer}

// find returns the expressions of text as "words=value" or "words=?", joined by
// "; ".
func find(t *testing.T, text, date string) string {
	set := analysistest.Run(t, analysistest.Article(text, date), analyzers...)
	analysistest.Check(t, set)
	var out []string
	for _, x := range set.Times {
		v := x.Value
		if v == "" {
			v = "?"
		}
		out = append(out, fmt.Sprintf("%s=%s", x.Span.In(set.Article.Text), v))
	}
	return strings.Join(out, "; ")
}

// The publication date of these is Wednesday, 2024-05-15.
func TestValues(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// Dates in full.
		{"It opened on July 21, 2017.", "July 21, 2017=2017-07-21"},
		{"It opened on Friday, July 21, 2017, in Oslo.", "Friday, July 21, 2017=2017-07-21"},
		{"It opened on 21 July 2017.", "21 July 2017=2017-07-21"},
		{"It opened on the 21st of July, 2017.", "the 21st of July, 2017=2017-07-21"},
		{"It opened on the fifth of January 2020.", "the fifth of January 2020=2020-01-05"},
		{"It opened on 2017-07-21.", "2017-07-21=2017-07-21"},
		{"It opened at 2017-07-21T10:30.", "2017-07-21T10:30=2017-07-21T10:30"},
		{"It opened on 21.07.2017 or 07/21/2017.", "21.07.2017=2017-07-21; 07/21/2017=2017-07-21"},
		{"It opened on 05/06/2017.", "05/06/2017=?"},
		{"It opened on Sept. 3, 2019.", "Sept. 3, 2019=2019-09-03"},
		{"It opened on February 30, 2019.", "February 30, 2019=?"},
		{"It ran from July 3-5, 2023.", "July 3=2023-07-03; 5, 2023=2023-07-05"},
		{"It ran from January 23 to March 9, 2014.", "January 23=2014-01-23; March 9, 2014=2014-03-09"},
		{"It ran from 28 December to 3 January 2014.", "28 December=2013-12-28; 3 January 2014=2014-01-03"},
		{"In September 2010 and May, 1750, it rained.", "September 2010=2010-09; May, 1750=1750-05"},
		{"“It has to be done by June 30.” He left.", "June 30=2024-06-30"},
		{"It has to be done (by June 30.) He left.", "June 30=2024-06-30"},
		// Years and longer.
		{"The wall of 122 AD stands.", "122 AD=0122"},
		{"The firm serves over 100 ad agencies.", ""},
		{"In 2016 the 2014 protests were remembered.", "2016=2016; 2014=2014"},
		{"The 2014-15 season and 2011/12 were poor.", "2014=2014; 15=2015; 2011=2011; 12=2012"},
		{"He lived in London in the 1990s and the '80s.", "the 1990s=199; 80s=198"},
		{"It was built in the 19th century.", "the 19th century=18"},
		{"Sales fell in the third quarter of 2023 and in Q1 2024.", "the third quarter of 2023=2023-Q3; Q1 2024=2024-Q1"},
		{"The budget for fiscal 2023 and fiscal year 2024 passed.", "fiscal 2023=FY2023; fiscal year 2024=FY2024"},
		{"The September 11 attacks and Theresa May 2017.", "September 11=2001-09-11; 2017=2017"},
		{"It began in mid-2020, in early March 2021 or late 2022.", "mid-2020=2020; early March 2021=2021-03; late 2022=2022"},
		{"It happened in the summer of 1969.", "the summer of 1969=1969-SU"},
		{"The temple dates from 300 BC and AD 842.", "300 BC=BC0300; AD 842=0842"},
		// No dates.
		{"Some 2000 people and 1990 dollars were counted.", ""},
		{"The 2000-year-old tree stood at 1200 metres.", ""},
		{"He may march on, said April Jones.", ""},
		{"Call 555-1776 or go to Route 2016.", ""},
		{"The Sunday Times wrote so.", ""},
		{"They moved to August, Georgia, and lived near June, New Hampshire.", ""},
		{"It lasted three days and two weeks.", ""},
		{"The score was 2:1.", ""},
		{"It is still in use today.", ""},
		// Reckoned from the publication date.
		{"They met today and yesterday, and will meet tomorrow.", "today=2024-05-15; yesterday=2024-05-14; tomorrow=2024-05-16"},
		{"They met on Friday.", "Friday=2024-05-10"},
		{"They met on 2 September last year and on March 11 of this year.", "2 September=2023-09-02; last year=2023; March 11=2024-03-11; this year=2024"},
		{"The minister offered talks in Valmar on 21 May.", "21 May=2024-05-21"},
		{"The ship sank on 21 May, and they proposed a meeting on 30 April.", "21 May=2023-05-21; 30 April=2024-04-30"},
		{"The president will travel to the flooded valley on Friday, her office said.", "Friday=2024-05-17"},
		{"They will meet on Friday.", "Friday=2024-05-17"},
		{"The talks are set to begin in Doha on Friday.", "Friday=2024-05-17"},
		{"On Friday, the minister will travel.", "Friday=2024-05-17"},
		{"We expect to start pumping on Friday if the swell allows, she said.", "Friday=2024-05-17"},
		{"The road stays closed until Tuesday. The bridge remained shut on Monday.", "Tuesday=2024-05-21; Monday=2024-05-13"},
		{"Ferries have been cancelled until Saturday, the operator said. He stayed until Monday.", "Saturday=2024-05-18; Monday=2024-05-13"},
		{"She said in March that the census would be out in April. Nobody has heard of it since June.", "March=2024-03; April=2024-04; June=2023-06"},
		{"Officials said on Monday that talks would open on Thursday.", "Monday=2024-05-13; Thursday=2024-05-16"},
		{"He arrived last Friday and leaves next Tuesday.", "last Friday=2024-05-10; next Tuesday=2024-05-21"},
		{"He was seen on Saturday night.", "Saturday night=2024-05-11"},
		{"Prices rose last year, last month and last week.", "last year=2023; last month=2024-04; last week=2024-W19"},
		{"It will open next month or later this year.", "next month=2024-06; later this year=2024"},
		{"He left two weeks ago, three days ago, six months ago and 17 years ago.", "two weeks ago=2024-W18; three days ago=2024-05-12; six months ago=2023-11; 17 years ago=2007"},
		{"The law passed on April 12.", "April 12=2024-04-12"},
		{"The law passed on December 12.", "December 12=2023-12-12"},
		{"A vote is to be held on November 20.", "November 20=2024-11-20"},
		{"A vote will be held in March.", "March=2025-03"},
		{"He was born last June.", "last June=2023-06"},
		{"It fell in June of last year and in April this year.", "June of last year=2023-06; April this year=2024-04"},
		{"She left the day before yesterday.", "the day before yesterday=2024-05-13"},
		{"It will close by the end of the year.", "the end of the year=2024"},
		{"They met this morning and spoke last night.", "this morning=2024-05-15; last night=2024-05-14"},
		{"It closed on Christmas Day and on 9/11.", "Christmas Day=2023-12-25; 9/11=2001-09-11"},
		{"Easter 2024 was early.", "Easter 2024=2024-03-31"},
		// Reckoned from the text.
		{"He fled in 2001. Two years later he returned.", "2001=2001; Two years later=2003"},
		{"She won on May 3, 2010. The next day she resigned.", "May 3, 2010=2010-05-03; The next day=2010-05-04"},
		{"She won on May 3, 2010. On June 7 she resigned.", "May 3, 2010=2010-05-03; June 7=2010-06-07"},
		{"He came on Saturday. He went the next Tuesday.", "Saturday=2024-05-11; the next Tuesday=2024-05-14"},
		{"The war began two years ago today.", "two years ago today=2022-05-15"},
		{"He turns 40 on Saturday.", "Saturday=2024-05-18"},
		{"The summit was moved to 12 July.", "12 July=2024-07-12"},
		{"It began in 1914. That year prices rose.", "1914=1914; That year=1914"},
		{"Before the vote came the day after.", "the day after=?"},
		// Clock.
		{"It starts at 5 p.m. on Friday.", "5 p.m.=2024-05-17T17:00; Friday=2024-05-17"},
		{"It shut at 0900 GMT on Friday; at 14:30 local time on Monday it opened.", "0900 GMT=2024-05-10T09:00Z; Friday=2024-05-10; 14:30=2024-05-13T14:30; Monday=2024-05-13"},
		{"It ran from March 3-4, 2022, between 11 p.m. and 2 a.m.", "March 3=2022-03-03; 4, 2022=2022-03-04; 11 p.m.=T23:00; 2 a.m.=T02:00"},
		{"Polls close at 22:30.", "22:30=T22:30"},
		{"It happened at 10.38am and 1:05 p.m. GMT.", "10.38am=T10:38; 1:05 p.m. GMT=T13:05Z"},
	} {
		if got := find(t, tt.text, "2024-05-15"); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// A time of day belongs to the day of the account that its sentence goes on with.
// The publication date of these is Wednesday, 2024-05-15.
func TestAccounts(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Rebels freed 14 hostages on Sunday, two diplomats said. The hostages were handed over at 6:40 a.m. near the town.", "Sunday=2024-05-12; 6:40 a.m.=2024-05-12T06:40"},
		{"A dam burst on Tuesday.\n\nThe wall of the dam gave way at about 3 a.m. and sent mud through two villages.", "Tuesday=2024-05-14; 3 a.m.=2024-05-14T03:00"},
		{"The road was closed at 6 p.m. Tuesday and would not reopen before Friday. At 9 p.m. an avalanche buried a car.", "6 p.m.=2024-05-14T18:00; Tuesday=2024-05-14; Friday=2024-05-17; 9 p.m.=2024-05-14T21:00"},
		{"On Sunday the rebels attacked the town at 6:40 a.m. with mortars.", "Sunday=2024-05-12; 6:40 a.m.=2024-05-12T06:40"},
		// Of another day, or of one that is not told.
		{"Officials said on Sunday the fire broke out at 6:40 a.m. in the yard.", "Sunday=2024-05-12; 6:40 a.m.=T06:40"},
		{"Two men appeared in court on Tuesday. The men had left the yard at 2:15 a.m., the prosecutor said.", "Tuesday=2024-05-14; 2:15 a.m.=T02:15"},
		{"The council voted on Tuesday. The council will meet at 6 p.m. to talk.", "Tuesday=2024-05-14; 6 p.m.=T18:00"},
		{"The council voted on Tuesday. A fire broke out at 6 p.m. in the port.", "Tuesday=2024-05-14; 6 p.m.=T18:00"},
		{"The hostages were taken on Friday and freed on Sunday. The hostages were handed over at 6:40 a.m.", "Friday=2024-05-10; Sunday=2024-05-12; 6:40 a.m.=T06:40"},
		{"The government declared three days of mourning from Thursday.", "Thursday=2024-05-16"},
	} {
		if got := find(t, tt.text, "2024-05-15"); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
	if got := find(t, "Rebels freed 14 hostages on Sunday. The hostages were handed over at 6:40 a.m.", ""); got != "Sunday=?; 6:40 a.m.=T06:40" {
		t.Errorf("undated: %s", got)
	}
	// What was told last is not known, so that "the year before" is not either.
	if got, want := find(t, "Eleven have died since 1953. Last year 46 climbed, down from 71 the year before.", ""), "1953=1953; Last year=?; the year before=?"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Without a publication date nothing is reckoned from one.
func TestUndated(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The talks begin on Friday, and officials meet later today.", "Friday=?; later today=?"},
		{"Prices rose last year, last month and last week.", "last year=?; last month=?; last week=?"},
		{"The law passed on April 12, two weeks ago.", "April 12=?; two weeks ago=?"},
		{"It began in 2021 and ended on May 3, 2022.", "2021=2021; May 3, 2022=2022-05-03"},
		{"It began in 2021. A year later it ended.", "2021=2021; A year later=2022"},
		{"It closed on Christmas Day.", "Christmas Day=?"},
		{"The case is Hutchins v. United States, 22-1187.", ""},
	} {
		if got := find(t, tt.text, ""); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// A publication date known only to the month resolves months and years alone.
func TestCoarseDate(t *testing.T) {
	got := find(t, "He left on Friday, last month, last year.", "2024-05")
	if want := "Friday=?; last month=2024-04; last year=2023"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOtherLanguage(t *testing.T) {
	if got := find(t, "Der Minister sagte am 3. Mai 2020, dass die Gespräche nicht zu Ende sind und auch weitergehen werden.", ""); got != "" {
		t.Errorf("got %s in a German text", got)
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, x := range set.Times {
			v := x.Value
			if v == "" {
				v = "(" + x.Unresolved + ")"
			}
			if x.Anchor != "" {
				v += " from " + x.Anchor
			}
			b.WriteString(analysistest.Line(set.Article.Text, x.Span, x.Type, v, x.Rule))
		}
		return b.String()
	}, analyzers...)
}

func FuzzTimex(f *testing.F)      { analysistest.Fuzz(f, analyzers...) }
func TestLinear(t *testing.T)     { analysistest.Linear(t, analyzers...) }
func BenchmarkTimex(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
