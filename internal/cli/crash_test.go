package cli

import (
	"fmt"
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

// killsOf is how many runs a test kills: some in the ordinary form, hundreds in
// the long one.
func killsOf(ordinary, long_ int) int {
	switch {
	case *long:
		return long_
	case testing.Short():
		return ordinary / 2
	}
	return ordinary
}

// A killer runs the command and kills it at a random instant.
type killer struct {
	self    string
	random  *rand.Rand
	longest map[string]time.Duration // by command, how long it may take
	killed  int
}

func newKiller(t *testing.T) *killer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &killer{self: self, random: rand.New(rand.NewPCG(1, 2)), longest: map[string]time.Duration{}}
}

func (k *killer) run(t *testing.T, args ...string) {
	t.Helper()
	longest := k.longest[args[0]]
	if longest == 0 {
		longest = 400 * time.Millisecond
	}
	cmd := exec.Command(k.self, args...)
	cmd.Env = append(os.Environ(), asReadout+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	started := time.Now()
	go func() { done <- cmd.Wait() }()
	select {
	case <-time.After(time.Duration(k.random.Int64N(int64(longest)))):
		if err := cmd.Process.Kill(); err == nil {
			k.killed++
		}
		<-done
	case <-done:
		k.longest[args[0]] = time.Since(started)
	}
}

// same fails where two states of a site differ.
func same(t *testing.T, when string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s is not what an undisturbed run writes", when, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is left", when, name)
		}
	}
}

// TestKilled kills build, brief and bundle at random instants. No half-written
// file is ever seen under its name, what an editor wrote stays, and the run after
// it ends as a run that was never disturbed.
func TestKilled(t *testing.T) {
	k := newKiller(t)
	seeds := [2]map[string]string{{}, {}}
	for i, name := range []string{"a", "b", "c", "d", "e", "f"} {
		head := "Council of " + strings.Repeat(strings.ToUpper(name), 3) + " meets"
		seeds[0]["seeds/"+name+".txt"] = head + "\n\n" + strings.Repeat("The council of the town met on Monday, its mayor said. ", 10*(i+1)) + "\n"
		seeds[1]["seeds/"+name+".txt"] = head + "\n\n" + strings.Repeat("Nobody came, the mayor said on Tuesday. ", 12*(i+1)) + "\n"
	}
	const edited = "content/briefings/council-of-ccc-meets.md"
	const note = "\n## A note\n\nMine.\n"
	dir := t.TempDir()
	commands := map[string][]string{
		"build": {"build", "-q", "-C", dir},
		"brief": {"brief", "-q", "-C", dir},
		"bundle": {
			"bundle", "-q", "-C", dir, "-o", filepath.Join(dir, "out", "site.zip"),
			"--single", filepath.Join(dir, "out", "site.html"), "--epub", filepath.Join(dir, "out", "site.epub"),
		},
	}
	order := []string{"build", "brief", "bundle"}
	all := func() map[string]string { return files(t, dir, "content", "public", "out") }
	do := func(name string) {
		t.Helper()
		if status, out := run(commands[name]...); status != exitOK {
			t.Fatalf("%s: status %d\n%s", name, status, out)
		}
	}
	// What each file may hold, and what all hold in the end.
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o777); err != nil {
		t.Fatal(err)
	}
	allowed := map[string][]string{}
	var clean [2]map[string]string
	for i := range 3 {
		v := i % 2
		writeFiles(t, dir, seeds[v])
		do("build")
		if i == 0 {
			writeFiles(t, dir, map[string]string{edited: files(t, dir, "content")[edited] + note})
			do("build")
		}
		do("bundle")
		now := all()
		if i == 2 && !maps.Equal(now, clean[v]) {
			t.Fatal("the same seeds gave another site the second time")
		}
		clean[v] = now
		for name, data := range now {
			allowed[name] = append(allowed[name], data)
		}
	}
	for i, want := 0, killsOf(12, 200); k.killed < want && i < 3*want; i++ {
		v := (i / len(order)) % 2
		writeFiles(t, dir, seeds[v])
		k.run(t, commands[order[i%len(order)]]...)
		for name, data := range all() {
			switch {
			case name == edited && !strings.HasSuffix(data, note):
				t.Errorf("kill %d: the edit is lost: %q", i, data)
			case name == "public/.readout" || strings.Contains(name, pendingMark):
			case !slices.Contains(allowed[name], data):
				t.Errorf("kill %d: %s holds %d bytes that no run writes", i, name, len(data))
			}
		}
		if i%5 == 4 {
			do("build")
			do("bundle")
			same(t, fmt.Sprintf("after kill %d", i), all(), clean[v])
		}
	}
	t.Logf("%d runs of build, brief and bundle killed", k.killed)
}

// TestKilledSettling kills take, keep, and the run that merges an edit with a
// changed article. The briefing is always one of the two whole versions, and what
// comes after ends as if nothing had been killed.
func TestKilledSettling(t *testing.T) {
	k := newKiller(t)
	const slug = "night-ferry-returns"
	const name = briefings + "/" + slug + ".md"
	seed := [2]string{
		"Night ferry returns\n\nThe council met on Monday, the mayor said.\n\n" + strings.Repeat("The ferry sails at nine. ", 40) + "\n",
		"Night ferry returns\n\nThe council met on Tuesday, the mayor said.\n\n" + strings.Repeat("The ferry sails at ten. ", 40) + "\n",
	}
	dir := t.TempDir()
	state := func() map[string]string { return files(t, dir, "content") }
	restore := func(to map[string]string) {
		t.Helper()
		if err := os.RemoveAll(filepath.Join(dir, "content")); err != nil {
			t.Fatal(err)
		}
		writeFiles(t, dir, to)
	}
	do := func(want int, args ...string) {
		t.Helper()
		if status, out := run(append(args, "-q", "-C", dir)...); status != want {
			t.Fatalf("%v: status %d, want %d\n%s", args, status, want, out)
		}
	}
	writeFiles(t, dir, map[string]string{"seeds/a.txt": seed[0]})
	do(exitOK, "brief")
	mine := strings.Replace(state()[name], "The council met on [Monday]", "The councillors met on [Monday]", 1)
	if mine == state()[name] {
		mine = strings.Replace(state()[name], "the mayor", "the deputy mayor", 1)
	}
	mine += "\n## A note\n\nMine.\n"
	writeFiles(t, dir, map[string]string{name: mine})
	before := state()
	writeFiles(t, dir, map[string]string{"seeds/a.txt": seed[1]})
	do(exitFailed, "brief") // in conflict
	conflict := state()
	ends := map[string]map[string]string{}
	for _, command := range []string{"take", "keep"} {
		restore(conflict)
		do(exitOK, command, slug)
		do(exitOK, "brief")
		ends[command] = state()
	}
	if ends["take"][name] == ends["keep"][name] || ends["keep"][name] == "" {
		t.Fatal("take and keep end alike")
	}
	for i, want := 0, killsOf(9, 100); k.killed < want && i < 3*want; i++ {
		command := []string{"brief", "take", "keep"}[i%3]
		from, end := conflict, ends[command]
		args := []string{command, slug, "-q", "-C", dir}
		if command == "brief" {
			from, end, args = before, conflict, []string{"brief", "-q", "-C", dir}
		}
		restore(from)
		k.run(t, args...)
		if data := state()[name]; data != from[name] && data != end[name] {
			t.Errorf("kill %d: after %s the briefing is neither the old nor the new one: %q", i, command, data)
		}
		if command != "brief" {
			// It may have been settled before it was killed.
			status, out := run(args...)
			if status != exitOK && !strings.Contains(out, "not in conflict") {
				t.Errorf("kill %d: %s after %s was killed: status %d\n%s", i, command, command, status, out)
			}
		}
		want := exitOK
		if command == "brief" {
			want = exitFailed
		}
		do(want, "brief")
		same(t, fmt.Sprintf("kill %d of %s", i, command), state(), end)
	}
	t.Logf("%d runs of brief, take and keep killed", k.killed)
}
