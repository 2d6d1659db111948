package cli

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/analysis/standard"
	"readout/internal/live"
)

// TestDeskEqualsBuild makes changes of all kinds at random, a few at a time, and
// wants the site that follows them to be, byte for byte, what a clean build makes
// of the same seeds, content and templates.
func TestDeskEqualsBuild(t *testing.T) {
	sequences := 3
	if testing.Short() {
		sequences = 1
	}
	for seed := range uint64(sequences) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 11))
			dir := t.TempDir()
			names := []string{"Ana Lind", "Tomas Varga", "Teodora Vance", "Ines Ruel"}
			towns := []string{"Almavir", "Port Ellery", "Lindby"}
			article := func(i int) string {
				a, b, c := names[r.IntN(len(names))], names[r.IntN(len(names))], towns[r.IntN(len(towns))]
				return fmt.Sprintf("Council %d of %s votes\n\nThe council of %s voted on Monday to build pier %d. \"We have waited long enough,\" said %s, the mayor of %s.\n\nSources said that %s would stay away. %d people came.\n", i, c, c, r.IntN(90), a, c, b, 2+r.IntN(40))
			}
			files := map[string]string{"content/index.md": "---\ntitle: The Pier Desk\n---\n"}
			for i := range 5 {
				files[fmt.Sprintf("seeds/%d.txt", i)] = article(i)
			}
			writeFiles(t, dir, files)
			a := &app{in: strings.NewReader(""), out: io.Discard, report: newReporter(io.Discard), dir: dir, rules: standard.Pipeline}
			s, err := a.openSite(nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			d := newDesk(a, s)
			if err := d.begin(); err != nil {
				t.Fatal(err)
			}
			d.live = live.New(reopened(filepath.Join(dir, outputFolder)), d.about)
			defer d.live.Close()

			var log []string
			var changed []string
			write := func(name, text string) {
				changed = append(changed, name)
				writeFiles(t, dir, map[string]string{name: text})
			}
			remove := func(name string) {
				changed = append(changed, name)
				if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
			pick := func(pattern string) (name, text string) {
				found, err := filepath.Glob(filepath.Join(dir, pattern))
				if err != nil || len(found) == 0 {
					return "", ""
				}
				name = found[r.IntN(len(found))]
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				rel, err := filepath.Rel(dir, name)
				if err != nil {
					t.Fatal(err)
				}
				return filepath.ToSlash(rel), string(data)
			}
			next := 5
			edits := []func(){
				func() { write(fmt.Sprintf("seeds/%d.txt", next), article(next)); next++ },
				func() {
					if name, text := pick("seeds/*.txt"); name != "" {
						write(name, text+fmt.Sprintf("\n%s spoke for %d hours.\n", names[r.IntN(len(names))], 2+r.IntN(9)))
					}
				},
				func() {
					if name, _ := pick("seeds/*.txt"); name != "" {
						remove(name)
					}
				},
				func() {
					if name, _ := pick("content/briefings/*.md"); name != "" {
						remove(name)
					}
				},
				func() {
					if name, text := pick("content/briefings/*.md"); name != "" {
						write(name, strings.Replace(text, "## Key points\n\n- ", "## Key points\n\n- Edited: ", 1))
					}
				},
				func() {
					if name, text := pick("content/briefings/*.md"); name != "" {
						write(name, strings.Replace(text, "\ntitle: ", "\ndek: By hand "+fmt.Sprint(r.IntN(100))+"\ntitle: ", 1))
					}
				},
				func() {
					if name, text := pick("content/briefings/*.md"); name != "" {
						write(name, strings.Replace(text, "{.person", "{.persan", 1))
					}
				},
				func() {
					if name, text := pick("content/briefings/*.md"); name != "" {
						write(name, strings.ReplaceAll(text, "{.persan", "{.person"))
					}
				},
				func() {
					if name, text := pick("content/briefings/*.md"); name != "" {
						write(name, text+fmt.Sprintf("\n## Note %d\n\nSeen by the desk.\n", r.IntN(1000)))
					}
				},
				func() {
					write("content/people/ana-lind.md", fmt.Sprintf("---\nname: Ana Lind\naliases:\n  - Ines Ruel\n---\n\nSeen %d times.\n", r.IntN(100)))
				},
				func() { remove("content/people/ana-lind.md") },
				func() {
					write("templates/pages/notfound.html", fmt.Sprintf("{{define \"main\"}}<p>Lost %d</p>{{end}}", r.IntN(100)))
				},
				func() {
					write("templates/pages/entity.html", "{{define \"main\"}}<p>{{.Nothing}}</p>{{end}}")
				},
				func() { remove("templates/pages/entity.html") },
				func() {
					write("content/index.md", fmt.Sprintf("---\ntitle: The Pier Desk %d\ntext: %s\n---\n", r.IntN(9), []string{"full", "excerpts"}[r.IntN(2)]))
				},
			}
			for step := range 8 {
				changed = nil
				for range 1 + r.IntN(3) {
					k := r.IntN(len(edits))
					edits[k]()
					log = append(log, fmt.Sprintf("step %d: edit %d (%v)", step, k, changed))
				}
				if names := d.changed(changed); len(names) > 0 {
					d.generation++
					d.preview(names)
					d.take(d.build(names, d.generation))
					d.live.Built(d.generation)
				}
			}
			// A page that cannot be made stays as it was before; a clean build has none.
			remove("templates/pages/entity.html")
			for name := range filesOf(t, dir) {
				if strings.HasPrefix(name, "content/briefings/") {
					data, err := os.ReadFile(filepath.Join(dir, name))
					if err != nil {
						t.Fatal(err)
					}
					write(name, strings.ReplaceAll(string(data), "{.persan", "{.person"))
				}
			}
			names = d.changed(changed)
			d.generation++
			d.preview(names)
			b := d.build(names, d.generation)
			if len(b.faults) > 0 {
				t.Errorf("faults: %v", b.faults)
			}
			other := t.TempDir()
			for _, folder := range []string{"seeds", "content", "templates"} {
				if _, err := os.Stat(filepath.Join(dir, folder)); err != nil {
					continue
				}
				if err := os.CopyFS(filepath.Join(other, folder), os.DirFS(filepath.Join(dir, folder))); err != nil {
					t.Fatal(err)
				}
			}
			run("build", "-C", other)
			want, got := filesOf(t, other), filesOf(t, dir)
			for name, data := range want {
				if got[name] != data {
					t.Errorf("%s is not as a clean build makes it", name)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok {
					t.Errorf("%s is in no clean build", name)
				}
			}
			if t.Failed() {
				t.Log(strings.Join(log, "\n"))
			}
		})
	}
}
