package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/internal/analysis/standard"
	"readout/internal/output"
)

// A meddler is a folder in which somebody is at work meanwhile: do is called
// before a file is opened, with how and which.
type meddler struct {
	output.Folder
	do func(op, name string)
}

func (m *meddler) OpenFile(name string, flag int, perm fs.FileMode) (output.Handle, error) {
	m.do("open", name)
	return m.Folder.OpenFile(name, flag, perm)
}

func (m *meddler) FS() fs.FS { return meddled{m.Folder.FS(), m} }

type meddled struct {
	fs.FS
	m *meddler
}

func (f meddled) Open(name string) (fs.File, error) {
	f.m.do("read", name)
	return f.FS.Open(name)
}

func (f meddled) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(f.FS, name) }
func (f meddled) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }

// runBeside runs the command while do meddles.
func runBeside(do func(op, name string), args ...string) (status int, out string) {
	var b bytes.Buffer
	var mu sync.Mutex
	a := &app{in: strings.NewReader(""), out: &b, report: newReporter(&b), rules: standard.Pipeline}
	a.opener = func(name string) (output.Folder, error) {
		dir, err := output.OpenFolder(name)
		if err != nil {
			return nil, err
		}
		return &meddler{dir, func(op, name string) {
			mu.Lock()
			defer mu.Unlock()
			do(op, name)
		}}, nil
	}
	return a.main(args, &b), b.String()
}

// TestSavedMeanwhile saves a briefing after readout has read it and before it
// writes it. What was saved stays, and readout says so.
func TestSavedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	start := faultySite(t, dir)
	const name = "content/briefings/council-of-aaa-meets.md"
	saved := false
	status, out := runBeside(func(op, n string) {
		if op == "open" && strings.Contains(n, "council-of-aaa-meets"+pendingMark) && !saved {
			saved = true
			writeFiles(t, dir, map[string]string{name: start[name] + "\nSaved just now.\n"})
		}
	}, "build", "-q", "-C", dir)
	if !saved {
		t.Fatal("the briefing was not written at all")
	}
	if status != exitFailed || !strings.Contains(out, name+" was changed while readout was at work") {
		t.Errorf("status %d\n%s", status, out)
	}
	if got := everything(t, dir)[name]; !strings.HasSuffix(got, "\nSaved just now.\n") {
		t.Errorf("what was saved meanwhile is lost: %q", got)
	}
	run("build", "-q", "-C", dir)
	if got := everything(t, dir)[name]; !strings.HasSuffix(got, "\nSaved just now.\n") || !strings.Contains(got, "for an hour") {
		t.Errorf("after the next run: %q", got)
	}
}

// TestVanishedAndChanged takes each file away, and makes it another, at the
// moment it is opened. Nothing breaks, no edit in another file is lost, and once
// the file is back all is as if nothing had been.
func TestVanishedAndChanged(t *testing.T) {
	start := faultySite(t, t.TempDir())
	clean := t.TempDir()
	writeFiles(t, clean, start)
	var names []string
	seen := map[string]bool{}
	runBeside(func(op, name string) {
		if op == "read" && start[name] != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}, "build", "-q", "-C", clean)
	run("build", "-q", "-C", clean)
	want := visibleFiles(everything(t, clean))
	if len(names) < 6 {
		t.Fatalf("files that are read: %q", names)
	}
	for i, name := range names {
		if testing.Short() && i%3 != 0 {
			continue
		}
		for _, vanish := range []bool{true, false} {
			dir := t.TempDir()
			writeFiles(t, dir, start)
			full, done := filepath.Join(dir, name), false
			status, out := runBeside(func(op, n string) {
				if op != "read" || n != name || done {
					return
				}
				done = true
				if vanish {
					os.Remove(full)
				} else {
					os.WriteFile(full, []byte(start[name][:len(start[name])/2]), 0o666)
				}
			}, "build", "-q", "-C", dir)
			if status != exitOK && status != exitFailed || strings.Contains(out, "panic") || strings.Contains(out, "fault of readout") {
				t.Errorf("%s (vanished: %t): status %d\n%s", name, vanish, status, out)
			}
			for _, edited := range []string{"content/briefings/council-of-aaa-meets.md", "content/briefings/council-of-bbb-meets.md"} {
				if got := everything(t, dir)[edited]; edited != name && !strings.Contains(got, "nowhere else") {
					t.Errorf("%s (vanished: %t): the edit in %s is lost", name, vanish, edited)
				}
			}
			// It comes back as it was, and with it what was made of it.
			back := map[string]string{}
			for n, data := range start {
				if strings.HasPrefix(n, "seeds/") || strings.HasPrefix(n, "content/") {
					back[n] = data
				}
			}
			if err := os.RemoveAll(filepath.Join(dir, "content")); err != nil {
				t.Fatal(err)
			}
			writeFiles(t, dir, back)
			run("build", "-q", "-C", dir)
			run("build", "-q", "-C", dir)
			same(t, "after "+name+" came back", visibleFiles(everything(t, dir)), want)
		}
	}
}

// TestClockJumps gives files times long gone and yet to come, and changes one
// without another size or time. What is built is what the bytes say.
func TestClockJumps(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/a.txt": "Council meets\n\nThe council met on Monday, the mayor said.\n"})
	build := func() map[string]string {
		t.Helper()
		if status, out := run("build", "-q", "-C", dir); status != exitOK {
			t.Fatal(out)
		}
		return visibleFiles(everything(t, dir))
	}
	first := build()
	at := func(when time.Time) {
		for name := range visibleFiles(everything(t, dir)) {
			if err := os.Chtimes(filepath.Join(dir, name), when, when); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, when := range []time.Time{time.Unix(0, 0), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)} {
		at(when)
		same(t, "with other times", build(), first)
		const name = "content/briefings/council-meets.md"
		changed := strings.Replace(first[name], "- The council met on Monday", "- The council sat on Monday", 1)
		if changed == first[name] {
			t.Fatalf("no key point in %q", first[name])
		}
		writeFiles(t, dir, map[string]string{name: changed})
		at(when)
		if got := build()["public/briefings/council-meets.html"]; !strings.Contains(got, "The council sat on Monday") {
			t.Error("a change that leaves size and time as they were is not seen")
		}
		writeFiles(t, dir, map[string]string{name: first[name]})
		at(when)
		same(t, "changed back", build(), first)
	}
}

// TestFullDisk builds on a disk that has little room, where one can be mounted:
// that wants root and Linux.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("a small disk can be mounted by root on Linux alone; TestFaults stands for this")
	}
	start := faultySite(t, t.TempDir())
	clean := t.TempDir()
	writeFiles(t, clean, start)
	run("build", "-q", "-C", clean)
	want := visibleFiles(everything(t, clean))
	used := 0 // kB, by pages of memory
	for _, data := range start {
		used += 4 * ((len(data) + 4095) / 4096)
	}
	short := 0
	for _, room := range []int{8, 24, 60, 120} {
		kb := fmt.Sprintf("%dk", used+room)
		dir := t.TempDir()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+kb, "readout-test", dir).CombinedOutput(); err != nil {
			t.Skipf("nothing can be mounted here (%s); TestFaults stands for this", strings.TrimSpace(string(out)))
		}
		t.Cleanup(func() { exec.Command("umount", dir).Run() })
		writeFiles(t, dir, start)
		status, out := run("build", "-q", "-C", dir)
		got := visibleFiles(everything(t, dir))
		if strings.Contains(out, "no space") {
			short++
			if status != exitFailed {
				t.Errorf("%s: status %d\n%s", kb, status, out)
			}
		}
		for _, name := range []string{"content/briefings/council-of-aaa-meets.md", "content/briefings/council-of-bbb-meets.md"} {
			if !strings.Contains(got[name], "nowhere else") {
				t.Errorf("%s: the edit in %s is lost", kb, name)
			}
		}
		if out, err := exec.Command("mount", "-o", "remount,size=20m", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		run("build", "-q", "-C", dir)
		same(t, "with room again", visibleFiles(everything(t, dir)), want)
		t.Logf("%s: status %d: %s", kb, status, strings.TrimSpace(out))
	}
	if short == 0 {
		t.Error("no disk was full")
	}
}
