package plainfile

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

// neverOpened fails the test when a file of it is opened.
type neverOpened struct {
	fstest.MapFS
	t *testing.T
}

func (f neverOpened) Open(name string) (fs.File, error) {
	f.t.Errorf("%s was opened", name)
	return f.MapFS.Open(name)
}

func TestRead(t *testing.T) {
	files := fstest.MapFS{
		"a": {Data: []byte("text")}, "pipe": {Mode: fs.ModeNamedPipe}, "socket": {Mode: fs.ModeSocket},
		"device": {Mode: fs.ModeDevice | fs.ModeCharDevice}, "folder/b": {},
	}
	if data, err := Read(files, "a"); string(data) != "text" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	for _, name := range []string{"pipe", "socket", "device", "folder"} {
		if _, err := Read(neverOpened{files, t}, name); !errors.Is(err, ErrNotRegular) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(files, "gone"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("gone: %v", err)
	}
}
