package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"readout/internal/analysis/standard"
	"readout/internal/output"
)

// faults are those a run of the command meets: each operation on the file system
// passes through here, and one of them fails.
type faults struct {
	mu    sync.Mutex
	sites map[string]int // how often each was met
	order []string       // of the sites, as they were met first
	at    string         // the site that fails
	nth   int            // at which time
	err   error
	dead  bool // all that comes after fails, too, as in a process that dies
	fired bool
}

// meet is called at each operation.
func (f *faults) meet(op string) error {
	site := op + " at " + callers()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.sites[site]++; f.sites[site] == 1 {
		f.order = append(f.order, site)
	}
	if f.fired && f.dead || f.err != nil && !f.fired && site == f.at && f.sites[site] == f.nth {
		f.fired = true
		return f.err
	}
	return nil
}

// callers names the place in the program that an operation comes from: the lines
// of our own functions that lead to it.
func callers() string {
	pc := make([]uintptr, 40)
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	var list []string
	for {
		frame, more := frames.Next()
		name := strings.TrimPrefix(frame.Function, "readout/internal/")
		if name != frame.Function && !strings.HasSuffix(frame.File, "_test.go") {
			list = append(list, fmt.Sprintf("%s:%d", name, frame.Line))
		}
		if !more {
			break
		}
	}
	return strings.Join(list, " < ")
}

func (f *faults) open(name string) (output.Folder, error) {
	if err := f.meet("open folder"); err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	dir, err := output.OpenFolder(name)
	if err != nil {
		return nil, err
	}
	return &faultyFolder{dir, f}, nil
}

type faultyFolder struct {
	output.Folder
	f *faults
}

func (d *faultyFolder) fail(op, name string) error {
	if err := d.f.meet(op); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

func (d *faultyFolder) OpenFile(name string, flag int, perm fs.FileMode) (output.Handle, error) {
	if err := d.fail("open", name); err != nil {
		return nil, err
	}
	h, err := d.Folder.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &faultyHandle{h, d, name}, nil
}

func (d *faultyFolder) Lstat(name string) (fs.FileInfo, error) {
	if err := d.fail("lstat", name); err != nil {
		return nil, err
	}
	return d.Folder.Lstat(name)
}

func (d *faultyFolder) MkdirAll(name string, perm fs.FileMode) error {
	if err := d.fail("mkdir", name); err != nil {
		return err
	}
	return d.Folder.MkdirAll(name, perm)
}

func (d *faultyFolder) Rename(from, to string) error {
	if err := d.f.meet("rename"); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return d.Folder.Rename(from, to)
}

func (d *faultyFolder) Remove(name string) error {
	if err := d.fail("remove", name); err != nil {
		return err
	}
	return d.Folder.Remove(name)
}

func (d *faultyFolder) FS() fs.FS { return &faultyFS{d.Folder.FS(), d} }

// A faultyFS fails where files are read.
type faultyFS struct {
	fs.FS
	d *faultyFolder
}

func (f *faultyFS) Open(name string) (fs.File, error) {
	if err := f.d.fail("read", name); err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

func (f *faultyFS) Stat(name string) (fs.FileInfo, error) {
	if err := f.d.fail("stat", name); err != nil {
		return nil, err
	}
	return fs.Stat(f.FS, name)
}

func (f *faultyFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.d.fail("list", name); err != nil {
		return nil, err
	}
	return fs.ReadDir(f.FS, name)
}

type faultyHandle struct {
	output.Handle
	d    *faultyFolder
	name string
}

// Write fails in the middle, as on a full disk.
func (h *faultyHandle) Write(b []byte) (int, error) {
	if err := h.d.fail("write", h.name); err != nil {
		n, _ := h.Handle.Write(b[:len(b)/2])
		return n, err
	}
	return h.Handle.Write(b)
}

func (h *faultyHandle) Read(b []byte) (int, error) {
	if err := h.d.fail("read", h.name); err != nil {
		return 0, err
	}
	return h.Handle.Read(b)
}

func (h *faultyHandle) Sync() error {
	if err := h.d.fail("sync", h.name); err != nil {
		return err
	}
	return h.Handle.Sync()
}

func (h *faultyHandle) Close() error {
	return errors.Join(h.Handle.Close(), h.d.fail("close", h.name))
}

// runWith runs the command with faults.
func runWith(f *faults, args ...string) (status int, out string) {
	f.sites = map[string]int{}
	var b bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &b, report: newReporter(&b), rules: standard.Pipeline, opener: f.open}
	defer func() {
		if r := recover(); r != nil {
			status, out = -1, fmt.Sprintf("panic: %v\n%s", r, b.String())
		}
	}()
	return a.main(args, &b), b.String()
}

const mine = "\n## A note\n\nMine, and nowhere else.\n"

// faultySite is a site in the middle of its life: seeds that changed since, an
// edit that is in conflict, one that is not, pages of an earlier build.
func faultySite(t *testing.T, dir string) map[string]string {
	t.Helper()
	para := strings.Repeat("The council of the town met on Monday to decide on the ferry, the mayor said. ", 3)
	article := func(name, end string) string { return "Council of " + name + " meets\n\n" + para + "\n\n" + end + "\n" }
	writeFiles(t, dir, map[string]string{
		"seeds/a.txt": article("Aaa", "Mayor Teodora Vance spoke."), "seeds/b.txt": article("Bbb", "Nobody spoke."),
		"seeds/c.txt": article("Ccc", "It was late."), "content/index.md": "---\ntitle: Desk\ntext: excerpts\n---\n",
	})
	if status, out := run("build", "-q", "-C", dir); status != exitOK {
		t.Fatal(out)
	}
	const a, b = "content/briefings/council-of-aaa-meets.md", "content/briefings/council-of-bbb-meets.md"
	have := files(t, dir, "content")
	writeFiles(t, dir, map[string]string{
		a: have[a] + mine, b: strings.Replace(have[b], "decide on the ferry", "decide on the night ferry", 2) + mine,
		"seeds/a.txt": article("Aaa", "Mayor Teodora Vance spoke for an hour."),
		"seeds/b.txt": strings.ReplaceAll(article("Bbb", "Anton Brill spoke."), "decide on the ferry", "decide on the tram"),
		"seeds/d.txt": article("Ddd", "It was early."),
	})
	if err := os.Remove(filepath.Join(dir, "seeds/c.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "content/briefings/council-of-ccc-meets.md")); err != nil {
		t.Fatal(err)
	}
	return everything(t, dir)
}

// everything returns all files of a site by path, those of readout's own too.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFaults lets each place of the program that touches the file system fail
// once: with a full disk, with a fault of the disk, for want of permission. No
// run ends well that did not do its work, no half-written file stands under its
// name, no edit is lost, and the run after it ends as one that was never
// disturbed.
func TestFaults(t *testing.T) {
	errs := []error{syscall.ENOSPC, syscall.EIO, syscall.EACCES}
	start := faultySite(t, t.TempDir())
	total, sites := 0, 0
	for _, command := range [][]string{
		{"build", "-q", "-C", "."},
		{"bundle", "-q", "-C", ".", "-o", "site.zip", "--single", "site.html", "--epub", "site.epub"},
		{"take", "council-of-bbb-meets", "-q", "-C", "."},
		{"keep", "council-of-bbb-meets", "-q", "-C", "."},
	} {
		t.Run(command[0], func(t *testing.T) {
			from := start
			if command[0] == "take" || command[0] == "keep" { // the conflict is there already
				dir := t.TempDir()
				writeFiles(t, dir, start)
				t.Chdir(dir)
				if status, out := run("brief", "-q"); status != exitFailed || !strings.Contains(out, "both you and") {
					t.Fatalf("there is no conflict: status %d\n%s", status, out)
				}
				from = everything(t, dir)
			}
			clean := t.TempDir()
			writeFiles(t, clean, from)
			t.Chdir(clean)
			record := &faults{}
			cleanStatus, cleanOut := runWith(record, command...)
			want := everything(t, clean)
			if strings.Contains(cleanOut, "panic") {
				t.Fatal(cleanOut)
			}
			step := 0
			for _, site := range record.order {
				sites++
				times := []int{1}
				try := errs[step%len(errs) : step%len(errs)+1]
				step++
				if *long {
					try = errs
					if n := record.sites[site]; n > 1 {
						times = []int{1, (n + 1) / 2, n}
					}
				} else if every := map[bool]int{false: 3, true: 9}[testing.Short()]; step%every != 0 {
					continue
				}
				for _, nth := range times {
					for i, err := range try {
						total++
						f := &faults{at: site, nth: nth, err: err, dead: *long && i == 0}
						dir := t.TempDir()
						writeFiles(t, dir, from)
						t.Chdir(dir)
						status, out := runWith(f, command...)
						got := everything(t, dir)
						what := fmt.Sprintf("%v, the %d. time at %s (status %d)", err, nth, site, status)
						if status == -1 {
							t.Errorf("%s: %s", what, out)
							continue
						}
						// What is left when all went well must be what is due.
						if f.fired && status == cleanStatus && out == cleanOut {
							same(t, what, visibleFiles(got), visibleFiles(want))
						}
						if f.fired && status == exitOK && cleanStatus != exitOK {
							t.Errorf("%s: all is said to be well", what)
						}
						for name, data := range visibleFiles(got) {
							if name == "public/.readout" || strings.Contains(name, pendingMark) {
								continue
							}
							if data != from[name] && data != want[name] && !partOf(name, data, from, want) {
								t.Errorf("%s: %s holds %d bytes that no run writes:\n%s", what, name, len(data), out)
							}
						}
						for _, name := range []string{"content/briefings/council-of-aaa-meets.md", "content/briefings/council-of-bbb-meets.md"} {
							if !strings.Contains(got[name], "nowhere else") && strings.Contains(want[name], "nowhere else") {
								t.Errorf("%s: the edit in %s is lost", what, name)
							}
						}
						again, out2 := run(command...)
						settled := (command[0] == "take" || command[0] == "keep") && strings.Contains(out2, "not in conflict")
						if again != cleanStatus && !settled {
							t.Errorf("%s: the next run: status %d, want %d\n%s", what, again, cleanStatus, out2)
						}
						same(t, "after "+what, visibleFiles(everything(t, dir)), visibleFiles(want))
					}
				}
			}
		})
	}
	t.Logf("%d faults at %d places", total, sites)
}

// visibleFiles leaves out what a run keeps for itself while it goes on.
func visibleFiles(all map[string]string) map[string]string {
	visible := map[string]string{}
	for name, data := range all {
		// What a site keeps to build quickly is no part of it.
		if !strings.HasPrefix(filepath.Base(name), ".readout-") && !strings.HasPrefix(name, cacheFolder+"/") {
			visible[name] = data
		}
	}
	return visible
}

// partOf reports whether a file of the output is one that a run writes which
// could not do all: pages that tell of others have then fewer of them.
func partOf(name, data string, states ...map[string]string) bool {
	if base := strings.TrimPrefix(name, "site."); base != name { // a bundle of what could be made
		if base == "html" {
			return strings.HasSuffix(strings.TrimSpace(data), "</html>")
		}
		_, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
		return err == nil
	}
	if !strings.HasPrefix(name, "public/") && !strings.HasPrefix(name, "content/stories/") && !strings.HasPrefix(name, "content/.base/") && !strings.HasPrefix(name, "content/.proposed/") {
		return false
	}
	end := func(s string) string { return s[max(0, len(s)-6):] }
	return slices.ContainsFunc(states, func(s map[string]string) bool {
		return s[name] == "" || end(s[name]) == end(data)
	})
}
