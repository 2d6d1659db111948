//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestInterrupted interrupts runs while they read, while they write briefings
// and while they make pages. Each says so, and leaves a site that the next run
// makes the same as one that was never interrupted.
func TestInterrupted(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	seeds := map[string]string{"content/index.md": "---\ntitle: Desk\n---\n"}
	for i := range 60 {
		seeds[fmt.Sprintf("seeds/%02d.txt", i)] = fmt.Sprintf("Council %d meets\n\n%s\n", i, strings.Repeat("The council of the town met on Monday, its mayor said. ", 20))
	}
	clean := t.TempDir()
	writeFiles(t, clean, seeds)
	if status, out := run("build", "-q", "-C", clean); status != exitOK {
		t.Fatal(out)
	}
	want := files(t, clean, "content", "public")

	interrupted := 0
	for _, after := range []string{"wrote content/briefings/", "60 articles: "} { // what the run says at that point
		dir := t.TempDir()
		writeFiles(t, dir, seeds)
		cmd := exec.Command(self, "build", "-v", "-C", dir)
		cmd.Env = append(os.Environ(), asReadout+"=1")
		stderr, err := cmd.StderrPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewReader(stderr)
		var said bytes.Buffer
		for {
			line, err := in.ReadString('\n')
			said.WriteString(line)
			if err != nil || strings.Contains(line, after) {
				break
			}
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		io.Copy(&said, in)
		cmd.Wait()
		switch status := cmd.ProcessState.ExitCode(); {
		case status == exitInterrupted && strings.Contains(said.String(), "readout: interrupted; the files are whole"):
			interrupted++
		case status != exitOK: // it may have been quicker
			t.Errorf("status %d\n%s", status, said.String())
		}
		for name, data := range files(t, dir, "content", "public") {
			if other, ok := want[name]; ok && name != "public/.readout" && data != other {
				t.Errorf("%s was written in part", name)
			}
		}
		if status, out := run("build", "-C", dir); status != exitOK {
			t.Fatalf("status %d\n%s", status, out)
		}
		got := files(t, dir, "content", "public")
		for name, data := range want {
			if got[name] != data {
				t.Errorf("after an interrupt and a run %s differs", name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("after an interrupt and a run there are %d files, not %d", len(got), len(want))
		}
		if status, out := run("verify", "-C", dir); status != exitOK {
			t.Errorf("verify: status %d\n%s", status, out)
		}
	}
	if interrupted == 0 {
		t.Error("no run was interrupted")
	}
}
