package cli

import (
	"flag"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// kills is how often TestKilled kills a run; a few in ordinary tests.
var kills = flag.Int("kills", 8, "how many runs to kill")

// asReadout, when set in the environment, makes this test's binary the command.
const asReadout = "READOUT_TEST_AS_COMMAND"

// files returns the files of a site by path, but for those a run that is going
// on keeps for itself.
func files(t *testing.T, dir string, subs ...string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, sub := range subs {
		err := fs.WalkDir(os.DirFS(dir), sub, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".readout-") {
				return err
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			all[name] = string(data)
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return all
}

func writeFiles(t *testing.T, dir string, list map[string]string) {
	t.Helper()
	for name, data := range list {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilled kills builds at random instants. No half-written file is ever seen
// under its name, what an editor wrote stays, and the run after it ends as a
// build that was never disturbed.
func TestKilled(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	seeds := [2]map[string]string{{}, {}}
	for i, name := range []string{"a", "b", "c", "d", "e", "f"} {
		head := "Council of " + strings.Repeat(strings.ToUpper(name), 3) + " meets"
		seeds[0]["seeds/"+name+".txt"] = head + "\n\n" + strings.Repeat("The council of the town met on Monday, its mayor said. ", 10*(i+1)) + "\n"
		seeds[1]["seeds/"+name+".txt"] = head + "\n\n" + strings.Repeat("Nobody came, the mayor said on Tuesday. ", 12*(i+1)) + "\n"
	}
	const edited = "content/briefings/council-of-ccc-meets.md"
	const note = "\n## A note\n\nMine.\n"
	// What each file may hold, and what all hold in the end.
	dir := t.TempDir()
	allowed := map[string][]string{}
	var clean [2]map[string]string
	for i := range 3 {
		v := i % 2
		writeFiles(t, dir, seeds[v])
		if status, out := run("build", "-C", dir); status != exitOK {
			t.Fatal(out)
		}
		if i == 0 {
			writeFiles(t, dir, map[string]string{edited: files(t, dir, "content")[edited] + note})
			if status, out := run("build", "-C", dir); status != exitOK {
				t.Fatal(out)
			}
		}
		now := files(t, dir, "content", "public")
		if i == 2 && !maps.Equal(now, clean[v]) {
			t.Fatal("the same seeds gave another site the second time")
		}
		clean[v] = now
		for name, data := range now {
			allowed[name] = append(allowed[name], data)
		}
	}

	random := rand.New(rand.NewPCG(1, 2))
	longest := 400 * time.Millisecond
	killed := 0
	for i := range *kills {
		v := i % 2
		writeFiles(t, dir, seeds[v])
		cmd := exec.Command(self, "build", "-q", "-C", dir)
		cmd.Env = append(os.Environ(), asReadout+"=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		started := time.Now()
		go func() { done <- cmd.Wait() }()
		select {
		case <-time.After(time.Duration(random.Int64N(int64(longest)))):
			if err := cmd.Process.Kill(); err == nil {
				killed++
			}
			<-done
		case <-done:
			longest = time.Since(started)
		}
		for name, data := range files(t, dir, "content", "public") {
			switch {
			case name == edited && !strings.HasSuffix(data, note):
				t.Errorf("kill %d: the edit is lost: %q", i, data)
			case name == "public/.readout" || strings.Contains(name, pendingMark):
			case !slices.Contains(allowed[name], data):
				t.Errorf("kill %d: %s holds %d bytes that no build writes", i, name, len(data))
			}
		}
		if i%5 == 4 {
			if status, out := run("build", "-C", dir); status != exitOK {
				t.Fatalf("after kill %d: status %d\n%s", i, status, out)
			}
			got := files(t, dir, "content", "public")
			for name := range clean[v] {
				if got[name] != clean[v][name] {
					t.Errorf("after kill %d: %s is not what a clean build writes", i, name)
				}
			}
			for name := range got {
				if _, ok := clean[v][name]; !ok {
					t.Errorf("after kill %d: %s is left", i, name)
				}
			}
		}
	}
	t.Logf("%d runs killed", killed)
}
