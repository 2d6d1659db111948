package seed_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/seed"
)

const (
	english = "The council’s “plan” – as it’s called – costs £4.2 million, said André Muñoz of the café owners’ union.\nNothing else is known.\n"
	french  = "Le conseil municipal a voté mardi soir la réouverture de l'ancien débarcadère, où les pêcheurs étaient déjà mécontents.\nLa première traversée est prévue après l'été, a précisé le maire. Les opposants, eux, dénoncent un projet trop coûteux.\n"
	russian = "Городской совет во вторник вечером проголосовал за то, чтобы снова открыть старый паромный причал.\nПервые суда могут выйти весной, сообщила мэр города.\n"
	japanes = "市議会は火曜日の夜、旧フェリーターミナルを再開する案を七対二で可決した。\nこれにより、十年近く続いた争いに区切りがつく。\n"
	chinese = "市议会周二晚间以七比二通过决议，重开旧渡轮码头，结束了近十年来一直困扰滨水区的争端。\n市长表示，首批船只可能在春季起航。\n"
	korea   = "시의회는 화요일 밤 옛 여객선 터미널을 다시 여는 안건을 통과시켰다.\n첫 배는 봄에 출항할 수 있다고 시장은 말했다.\n"
	tradit  = "市議會週二晚間以七比二通過決議，重開舊渡輪碼頭，結束了近十年來一直困擾濱水區的爭端。\n市長表示，首批船隻可能在春季起航。\n"
	arabic  = "وافق مجلس المدينة يوم الثلاثاء على إعادة فتح الميناء القديم بعد خلاف استمر قرابة عشر سنوات.\nوقالت رئيسة البلدية إن أولى السفن قد تبحر في الربيع المقبل.\n"
	greek   = "Το δημοτικό συμβούλιο ψήφισε την Τρίτη το βράδυ να ανοίξει ξανά ο παλιός σταθμός των πλοίων.\nΤα πρώτα πλοία θα φύγουν την άνοιξη, είπε η δήμαρχος.\n"
	polish  = "Rada miasta przegłosowała we wtorek wieczorem ponowne otwarcie starego dworca promowego, kończąc spór, który dzielił nabrzeże przez prawie dziesięć lat.\nPierwsze łodzie mogą wypłynąć wiosną, powiedziała burmistrz. Rybacy żądali większej części nabrzeża, ale według planu zachowają tylko północną stronę.\n"
	turkish = "Belediye meclisi salı gecesi eski feribot iskelesinin yeniden açılmasına karar verdi ve rıhtımı neredeyse on yıldır bölen anlaşmazlığı sona erdirdi.\nİlk teknelerin baharda denize açılabileceğini söyleyen başkan, paranın hazır olduğunu da sözlerine ekledi.\n"
	hebrew  = "מועצת העיר אישרה ביום שלישי את פתיחתו מחדש של הנמל הישן, לאחר מחלוקת שנמשכה כמעט עשר שנים.\nראשת העיר אמרה כי הספינות הראשונות יפליגו באביב.\n"
)

// A file in any of these encodings comes out as the text that went in.
func TestDecodeEncodings(t *testing.T) {
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, tt := range []struct {
		name, text string
		enc        encoding.Encoding
		mark       string
		warns      bool
	}{
		{"utf-8", english + japanes, unicode.UTF8, "", false},
		{"utf-8 with mark", english, unicode.UTF8, "\xef\xbb\xbf", false},
		{"utf-16le with mark", japanes, le, "\xff\xfe", false},
		{"utf-16be with mark", english, be, "\xfe\xff", false},
		{"utf-16le", english, le, "", false},
		{"utf-16be", french, be, "", false},
		{"utf-16le Russian", russian, le, "", false},
		{"utf-16be Chinese", chinese, be, "", false},
		{"windows-1252", english, charmap.Windows1252, "", true},
		{"windows-1252 French", french, charmap.Windows1252, "", true},
		{"windows-1252 short", "Le bateau a coulé près de la côte, a déclaré la préfecture.", charmap.Windows1252, "", true},
		{"windows-1250", polish, charmap.Windows1250, "", true},
		{"iso-8859-2", polish, charmap.ISO8859_2, "", true},
		{"windows-1254", turkish, charmap.Windows1254, "", true},
		{"windows-1251", russian, charmap.Windows1251, "", true},
		{"koi8-r", russian, charmap.KOI8R, "", true},
		{"windows-1251 late", strings.Repeat("Plain words. ", 20000) + "\n" + russian, charmap.Windows1251, "", true},
		{"shift_jis", japanes, japanese.ShiftJIS, "", true},
		{"euc-jp", japanes, japanese.EUCJP, "", true},
		{"gb18030", chinese, simplifiedchinese.GBK, "", true},
		{"big5", tradit, traditionalchinese.Big5, "", true},
		{"euc-kr", korea, korean.EUCKR, "", true},
		{"windows-1256", arabic, charmap.Windows1256, "", true},
		{"windows-1253", greek, charmap.Windows1253, "", true},
		{"windows-1255", hebrew, charmap.Windows1255, "", true},
	} {
		raw, err := tt.enc.NewEncoder().String(tt.text)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		f, diags := seed.Decode("seeds/a.txt", seed.Text, []byte(tt.mark+raw))
		if f == nil || f.Text != tt.text {
			t.Errorf("%s: came out wrong (%v): %.200q", tt.name, diags, text(f))
			continue
		}
		if got := len(diags) > 0; got != tt.warns {
			t.Errorf("%s: diagnostics %v", tt.name, diags)
		}
	}
}

func text(f *seed.File) string {
	if f == nil {
		return "no file"
	}
	return f.Charset + ": " + f.Text
}

func TestDecodeDeclared(t *testing.T) {
	for _, tt := range []struct {
		name, page string
		enc        encoding.Encoding
		charset    string
	}{
		{"meta", `<html><head><meta charset="windows-1251"><title>`, charmap.Windows1251, "windows-1251"},
		{"http-equiv", `<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>`, charmap.KOI8R, "koi8-r"},
		{"xml", `<?xml version="1.0" encoding='windows-1251'?><html xmlns="http://www.w3.org/1999/xhtml"><p>`, charmap.Windows1251, "windows-1251"},
		{"late meta", "<!-- " + strings.Repeat("x", 2500) + ` --><meta charset=windows-1251><p>`, charmap.Windows1251, "windows-1251"},
		{"wrong meta", `<meta charset="iso-8859-5"><p>`, unicode.UTF8, "utf-8"},
	} {
		raw, _ := tt.enc.NewEncoder().String(tt.page + russian)
		f, diags := seed.Decode("seeds/a.html", seed.HTML, []byte(raw))
		if f == nil || f.Charset != tt.charset || !strings.HasSuffix(f.Text, russian) || len(diags) > 0 {
			t.Errorf("%s: %v %.80q", tt.name, diags, text(f))
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, raw, want string }{
		{"empty", "", "empty"},
		{"blank", " \r\n\t\n", "empty"},
		{"mark alone", "\xef\xbb\xbf", "empty"},
		{"pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"},
		{"zip", "PK\x03\x04\x14\x00\x06\x00", "ZIP"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "picture"},
		{"bytes", strings.Repeat("\x00\x01\x02\x03\x80\x91", 300), "control"},
	} {
		f, diags := seed.Decode("seeds/a.txt", seed.Text, []byte(tt.raw))
		if f != nil || diags.Errors() != 1 || !strings.Contains(diags[0].Message, tt.want) {
			t.Errorf("%s: %v %v", tt.name, f, diags)
		}
	}
}

// Plain UTF-8 is kept byte for byte, whatever it holds.
func TestDecodeKeeps(t *testing.T) {
	for _, s := range []string{"a\r\nb\rc\n", "BMW said on Monday.", "one NUL \x00 in a line of text that is long enough", "tab\tand \u00a0 and \u202e and \ufffd"} {
		f, diags := seed.Decode("a.txt", seed.Text, []byte(s))
		if f == nil || f.Text != s || len(diags) > 0 {
			t.Errorf("%q: %v %q", s, diags, text(f))
		}
	}
}

func TestDecodeNamesTheByte(t *testing.T) {
	raw := "“Première” ligne à part.\nDeuxième “ligne”, l’\xe9tat.\n"
	f, diags := seed.Decode("seeds/a.txt", seed.Text, []byte(raw))
	if f == nil || len(diags) != 1 || f.Text != strings.ReplaceAll(raw, "\xe9", "\uFFFD") {
		t.Fatal(f, diags)
	}
	d := diags[0]
	if d.Severity != diag.Warning || d.Line != 2 || d.Column != 21 || !strings.Contains(d.Message, "0xe9") || !strings.Contains(d.Message, "one byte is") {
		t.Errorf("%d:%d %s", d.Line, d.Column, d.Message)
	}
}

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{
		"seeds/b.txt":            {Data: []byte("B.")},
		"seeds/b.yaml":           {Data: []byte("title: B\n")},
		"seeds/a.md":             {Data: []byte("A.")},
		"seeds/2024/c.html":      {Data: []byte("<p>C.")},
		"seeds/c.html":           {Data: []byte("<p>C.")},
		"seeds/c_files/x.html":   {Data: []byte("<p>an image's page")},
		"seeds/.hidden.txt":      {Data: []byte("x")},
		"seeds/b.txt~":           {Data: []byte("x")},
		"seeds/lost.yaml":        {Data: []byte("title: x\n")},
		"seeds/sheet.xlsx":       {Data: []byte("x")},
		"seeds/empty.txt":        {Data: nil},
		"seeds/dir.txt/e.txt":    {Data: []byte("E.")},
		"seeds/pipe.txt":         {Mode: fs.ModeNamedPipe},
		"seeds/large.txt":        {Data: []byte(strings.Repeat("x", 2000))},
		"elsewhere/secret.txt":   {Data: []byte("x")},
		"seeds/2024/deep/d.text": {Data: []byte("D.")},
	}
	files, diags := seed.Read(fsys, "seeds", limit.Set{}.With(limit.TextSize, 1000))
	var got []string
	for _, f := range files {
		got = append(got, f.Path+" "+f.SidecarPath)
	}
	want := "seeds/2024/c.html |seeds/2024/deep/d.text |seeds/a.md |seeds/b.txt seeds/b.yaml|seeds/c.html "
	if g := strings.Join(got, "|"); g != want {
		t.Errorf("files\n %s\nwant\n %s", g, want)
	}
	var messages []string
	for _, d := range diags {
		messages = append(messages, d.Error())
		if d.Hint == "" {
			t.Errorf("%s: no hint", d.Error())
		}
	}
	for i, w := range []string{
		"seeds/dir.txt: a folder stands where a file is due",
		"seeds/empty.txt: the file is empty",
		"seeds/large.txt: larger than the limit of 1,000 bytes",
		"seeds/lost.yaml: no seed of this name stands beside it",
		"seeds/pipe.txt: not a regular file but a named pipe",
		"seeds/sheet.xlsx: left out: readout reads no .xlsx files",
	} {
		if i >= len(messages) || messages[i] != w {
			t.Errorf("diagnostic %d of %q, want %s", i, messages, w)
		}
	}
	if len(messages) != 6 {
		t.Errorf("%d diagnostics: %q", len(messages), messages)
	}
}

// On a real disk: links out of the site, dangling links, pipes and unreadable
// files are refused, and none of them holds up the rest.
func TestReadDisk(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and pipes are Unix's")
	}
	outside := filepath.Join(t.TempDir(), "secret.txt")
	site := t.TempDir()
	dir := filepath.Join(site, "seeds")
	for _, err := range []error{
		os.Mkdir(dir, 0o755),
		os.WriteFile(outside, []byte("secret"), 0o644),
		os.WriteFile(filepath.Join(dir, "a.txt"), []byte("A."), 0o644),
		os.WriteFile(filepath.Join(dir, "z.txt"), []byte("Z."), 0o644),
		os.Symlink(outside, filepath.Join(dir, "out.txt")),
		os.Symlink("nowhere.txt", filepath.Join(dir, "dangling.txt")),
		os.Symlink("a.txt", filepath.Join(dir, "inside.txt")),
		os.Symlink("..", filepath.Join(dir, "loop")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(site)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files, diags := seed.Read(root.FS(), "seeds", limit.Set{})
	var got []string
	for _, f := range files {
		got = append(got, f.Path)
		if f.Text == "secret" {
			t.Error("read a file outside the site")
		}
	}
	if g := strings.Join(got, " "); g != "seeds/a.txt seeds/inside.txt seeds/z.txt" {
		t.Error(g)
	}
	if diags.Errors() != 4 {
		t.Error(diags)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{english, "\xff\xfea\x00", "\xfe\xff\x00a", "\xef\xbb\xbf", "caf\xe9", "\x00\x00\xfe\xff", "<meta charset=shift_jis>\x83\x65", "<?xml encoding='x'?>\xff", "%PDF-"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, format := range []seed.Format{seed.Text, seed.HTML} {
			file, diags := seed.Decode("a", format, raw)
			if (file == nil) != (diags.Errors() > 0) {
				t.Fatal(file, diags)
			}
			if file == nil {
				continue
			}
			if !utf8.ValidString(file.Text) || strings.HasPrefix(file.Text, "\ufeff") && !strings.HasPrefix(string(raw), "\xef\xbb\xbf\xef\xbb\xbf") {
				t.Fatalf("%q", file.Text)
			}
			if utf8.Valid(raw) && file.Charset == "utf-8" && strings.TrimPrefix(string(raw), "\ufeff") != file.Text {
				t.Fatalf("%q became %q", raw, file.Text)
			}
			if len(file.Text) > 4*len(raw)+4 {
				t.Fatal("the text grew", len(raw), len(file.Text))
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	raw, _ := charmap.Windows1252.NewEncoder().String(strings.Repeat(french, 20))
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		seed.Decode("a.txt", seed.Text, []byte(raw))
	}
}

// What a server sends gets the ending under which it is read.
func TestEnding(t *testing.T) {
	for _, tt := range []struct{ kind, name, body, want string }{
		{"text/html; charset=utf-8", "/talks", "<p>", ".html"},
		{"text/html", "/talks.php", "<p>", ".html"},
		{"text/html", "/talks.pdf", "<p>", ".html"},
		{"text/html", "/talks.htm", "<p>", ".htm"},
		{"application/xhtml+xml", "/talks", "<html/>", ".xhtml"},
		{"application/xml", "/talks", "<?xml version='1.0'?><html xmlns=''/>", ".xhtml"},
		{"application/xml", "/feed", "<rss/>", ".xml"},
		{"application/rss+xml", "/feed.rss", "<rss/>", ".rss"},
		{"text/plain", "/talks", "Talks", ".txt"},
		{"text/plain", "/talks.md", "# Talks", ".md"},
		{"text/plain", "/talks.html", "Talks", ".txt"},
		{"application/pdf", "/get?id=1", "%PDF-1.7", ".pdf"},
		{"application/octet-stream", "/talks.pdf", "%PDF-1.7", ".pdf"},
		{"application/octet-stream", "/talks", "%PDF-1.7", ".pdf"},
		{"", "/talks", "<!doctype html><p>", ".html"},
		{"application/gzip", "/a.warc.gz", "\x1f\x8b", ".warc.gz"},
		{"application/zip", "/talks.docx", "PK\x03\x04", ".docx"},
		{"application/zip", "/all.zip", "PK\x03\x04", ""},
		{"image/png", "/picture.html", "\x89PNG", ""},
		{"video/mp4", "/", "", ""},
	} {
		got, ok := seed.Ending(tt.kind, tt.name, []byte(tt.body))
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s %s: %q %t, want %q", tt.kind, tt.name, got, ok, tt.want)
		}
	}
}
