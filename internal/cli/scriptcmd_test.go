package cli

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"readout/internal/output"
)

// held lets go of the lock that holdlock holds.
var held func()

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
	// replace FILE OLD NEW [last] changes one place in a file; OLD must be there
	// once, or the last place is taken.
	// \n in OLD and NEW is a new line.
	"replace": func(ts *testscript.TestScript, _ bool, args []string) {
		if len(args) != 3 && (len(args) != 4 || args[3] != "last") {
			ts.Fatalf("usage: replace file old new [last]")
		}
		name := ts.MkAbs(args[0])
		data, err := os.ReadFile(name)
		ts.Check(err)
		args[1] = strings.ReplaceAll(args[1], `\n`, "\n")
		n := strings.Count(string(data), args[1])
		if n == 0 || n > 1 && len(args) == 3 {
			ts.Fatalf("%s has %q %d times", args[0], args[1], n)
		}
		at := strings.LastIndex(string(data), args[1])
		changed := string(data[:at]) + strings.ReplaceAll(args[2], `\n`, "\n") + string(data[at+len(args[1]):])
		ts.Check(os.WriteFile(name, []byte(changed), 0o666))
	},
	// append FILE TEXT adds text to the end of a file. \n is a new line.
	"append": func(ts *testscript.TestScript, _ bool, args []string) {
		if len(args) != 2 {
			ts.Fatalf("usage: append file text")
		}
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(data, strings.ReplaceAll(args[1], `\n`, "\n")...), 0o666))
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
	// copyall FROM TO [reverse] copies the files of a folder, in the order of
	// their names or the other way round.
	"copyall": func(ts *testscript.TestScript, _ bool, args []string) {
		entries, err := os.ReadDir(ts.MkAbs(args[0]))
		ts.Check(err)
		if len(args) > 2 {
			slices.Reverse(entries)
		}
		ts.Check(os.MkdirAll(ts.MkAbs(args[1]), 0o777))
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(ts.MkAbs(args[0]), e.Name()))
			ts.Check(err)
			ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), e.Name()), data, 0o666))
		}
	},
	// same ONE TWO wants two folders to hold the same files.
	"same": func(ts *testscript.TestScript, _ bool, args []string) {
		var all [2]map[string]string
		for i := range all {
			all[i] = map[string]string{}
			dir := ts.MkAbs(args[i])
			ts.Check(filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := os.ReadFile(name)
				all[i][strings.TrimPrefix(name, dir)] = string(data)
				return err
			}))
		}
		if len(all[0]) == 0 {
			ts.Fatalf("%s is empty", args[0])
		}
		for name, data := range all[0] {
			if other, ok := all[1][name]; !ok || other != data {
				ts.Fatalf("%s differs (it is in the other: %t)", name, ok)
			}
		}
		if len(all[0]) != len(all[1]) {
			ts.Fatalf("%d files, %d files", len(all[0]), len(all[1]))
		}
	},
	// unpack ZIP FOLDER unpacks an archive.
	"unpack": func(ts *testscript.TestScript, _ bool, args []string) {
		z, err := zip.OpenReader(ts.MkAbs(args[0]))
		ts.Check(err)
		defer z.Close()
		ts.Check(os.CopyFS(ts.MkAbs(args[1]), z))
	},
	// holdlock DIR holds the lock of a site as another run would, until droplock.
	"holdlock": func(ts *testscript.TestScript, _ bool, args []string) {
		unlock, err := output.Lock(ts.MkAbs(args[0]))
		ts.Check(err)
		held = unlock
		ts.Defer(unlock)
	},
	"droplock": func(*testscript.TestScript, bool, []string) { held() },
	// glob PATTERN wants at least one file of that name; "! glob" none.
	"glob": func(ts *testscript.TestScript, neg bool, args []string) {
		names, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if (len(names) > 0) == neg {
			ts.Fatalf("%s: %d files", args[0], len(names))
		}
	},
	// webserver DIR [DATE] serves a folder on loopback, with what a name ends in
	// for its type (x-1251.txt is said to be in windows-1251), and sets WEB to its address. The answers bear the date given,
	// "Fri, 03 May 2024 09:00:00 GMT" without one.
	"webserver": func(ts *testscript.TestScript, _ bool, args []string) {
		files := http.FileServer(http.Dir(ts.MkAbs(args[0])))
		date := "Fri, 03 May 2024 09:00:00 GMT"
		if len(args) > 1 {
			date = args[1]
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", date)
			if to, ok := strings.CutPrefix(r.URL.Path, "/to"); ok {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			if strings.HasSuffix(r.URL.Path, "-1251.txt") {
				w.Header().Set("Content-Type", "text/plain; charset=windows-1251")
			}
			files.ServeHTTP(w, r)
		}))
		ts.Defer(server.Close)
		ts.Setenv("WEB", server.URL)
	},
	// repeat FILE TEXT N writes TEXT N times.
	"repeat": func(ts *testscript.TestScript, _ bool, args []string) {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(args[1]), n), 0o666))
	},
}
