package language_test

import (
	"slices"
	"testing"

	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
)

func TestLanguage(t *testing.T) {
	for _, tt := range []struct {
		text, stated, want string
		analysed           bool
	}{
		{"The minister said on Friday that talks would go on.", "", "en", true},
		{"The minister said on Friday that talks would go on.", "en-GB", "en-GB", true},
		{"The minister said on Friday that talks would go on.", "fr", "en", true},
		{"Der Minister sagte am Freitag, dass die Gespräche nicht zu Ende sind und auch im Mai weitergehen werden.", "", "de", false},
		{"Le ministre a déclaré vendredi que les pourparlers ne sont pas terminés et qui se poursuivront dans la semaine.", "en", "fr", false},
		{"El ministro dijo el viernes que las conversaciones no han terminado y que seguirán en los próximos días.", "", "es", false},
		{"O ministro disse na sexta-feira que as conversações não terminaram e que os grupos continuam com uma reunião.", "", "pt", false},
		{"Министр заявил в пятницу, что переговоры не закончены и что он это знает.", "", "ru", false},
		{"Міністр заявив у п'ятницю, що переговори не закінчені та що він про це знає.", "", "uk", false},
		{"قال الوزير يوم الجمعة إن المحادثات لم تنته بعد في هذا الشهر.", "", "ar", false},
		{"وزیر نے جمعہ کو کہا کہ مذاکرات ختم نہیں ہوئے ہیں اور یہ جاری رہیں گے۔", "", "ur", false},
		{"外務大臣は金曜日に会談が続いていると述べた。", "", "ja", false},
		{"部长星期五表示会谈仍在继续。", "", "zh", false},
		{"Valmar 3, Ostin 1", "", "und", true},
		{"Valmar 3, Ostin 1", "de", "de", false},
		{"", "", "und", true},
		{"Los Angeles de San Diego Van Der Berg", "", "und", true},
	} {
		art := analysistest.Article(tt.text, "")
		art.Meta.Language = tt.stated
		got := analysistest.Run(t, art, language.Analyzer).Language
		if got.Tag != tt.want || got.Analysed != tt.analysed {
			t.Errorf("%q (page says %q): got %+v, want %s, %v", tt.text, tt.stated, got, tt.want, tt.analysed)
		}
	}
}

func BenchmarkLanguage(b *testing.B) { analysistest.Benchmark(b, language.Analyzer) }

// TestForeignBlocks wants the paragraphs of an English article that are in another language
// told apart, and no paragraph of names taken for one.
func TestForeignBlocks(t *testing.T) {
	art := analysistest.Article(`The mayor of the town, Anke Petersen, said on Monday that the ferry would not return to the river this year.
Die Bürgermeisterin der Stadt, Anke Petersen, sagte am Montag, dass die Fähre in diesem Jahr nicht auf den Fluss zurückkehren werde.
Le maire de la ville a dit lundi que le bac ne reviendrait pas sur la rivière cette année et que les habitants le savaient.
Ludwig van der Berg, Juan de la Cruz, Ana de los Santos, Otto von Brandt and Leila al Din were in the boat.
The Danish side of the river has offered a boat, which would carry forty people a day from the end of June.`, "")
	got := analysistest.Run(t, art, language.Analyzer).Language
	if !got.Analysed || !slices.Equal(got.Foreign, []int{1, 2}) {
		t.Errorf("got %+v", got)
	}
}
