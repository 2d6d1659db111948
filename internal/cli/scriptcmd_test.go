package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are the commands of the scripts besides testscript's own.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	// status N COMMAND… runs a command and wants that exit status.
	"status": func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) < 2 {
			ts.Fatalf("usage: status N command…")
		}
		want, err := strconv.Atoi(args[0])
		ts.Check(err)
		err = ts.Exec(args[1], args[2:]...)
		got := 0
		if e, ok := err.(*exec.ExitError); ok {
			got = e.ExitCode()
		} else {
			ts.Check(err)
		}
		if got != want {
			ts.Fatalf("exit status %d, want %d", got, want)
		}
	},
	// replace FILE OLD NEW changes one place in a file; OLD must be there once.
	// \n in NEW is a new line.
	"replace": func(ts *testscript.TestScript, _ bool, args []string) {
		if len(args) != 3 {
			ts.Fatalf("usage: replace file old new")
		}
		name := ts.MkAbs(args[0])
		data, err := os.ReadFile(name)
		ts.Check(err)
		if n := strings.Count(string(data), args[1]); n != 1 {
			ts.Fatalf("%s has %q %d times", args[0], args[1], n)
		}
		ts.Check(os.WriteFile(name, []byte(strings.Replace(string(data), args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)), 0o666))
	},
	// bytes FILE TEXT… writes Go string literals, without their quotation marks,
	// to a file.
	"bytes": func(ts *testscript.TestScript, _ bool, args []string) {
		var b bytes.Buffer
		for _, a := range args[1:] {
			s, err := strconv.Unquote(`"` + a + `"`)
			ts.Check(err)
			b.WriteString(s)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
	},
	// glob PATTERN wants at least one file of that name; "! glob" none.
	"glob": func(ts *testscript.TestScript, neg bool, args []string) {
		names, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if (len(names) > 0) == neg {
			ts.Fatalf("%s: %d files", args[0], len(names))
		}
	},
	// repeat FILE TEXT N writes TEXT N times.
	"repeat": func(ts *testscript.TestScript, _ bool, args []string) {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(args[1]), n), 0o666))
	},
}
