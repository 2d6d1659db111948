package output

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

// held is a folder of the disk for one run that writes very many files: it holds on to
// the folders in it, which for each file would else have to be looked up several times.
// Another program that puts a folder in the place of one of them meanwhile is not
// noticed.
type held struct {
	root
	mu   sync.RWMutex
	subs map[string]*os.Root
}

// hold returns a folder that holds on to the folders in it, where that can be.
func hold(f Folder) Folder {
	if r, ok := f.(root); ok {
		return &held{root: r, subs: map[string]*os.Root{}}
	}
	return f
}

// at returns the folder that a file is in, and its name there.
func (h *held) at(name string) (*os.Root, string) {
	dir, base := path.Split(name)
	dir = strings.TrimSuffix(dir, "/")
	if dir == "" {
		return h.Root, name
	}
	h.mu.RLock()
	sub := h.subs[dir]
	h.mu.RUnlock()
	if sub != nil {
		return sub, base
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if sub := h.subs[dir]; sub != nil {
		return sub, base
	}
	sub, err := h.OpenRoot(dir)
	if err != nil {
		return h.Root, name
	}
	h.subs[dir] = sub
	return sub, base
}

func (h *held) OpenFile(name string, flag int, perm fs.FileMode) (Handle, error) {
	r, base := h.at(name)
	return root{r}.OpenFile(base, flag, perm)
}

func (h *held) Lstat(name string) (fs.FileInfo, error) {
	r, base := h.at(name)
	return r.Lstat(base)
}

func (h *held) Rename(from, to string) error {
	if path.Dir(from) != path.Dir(to) {
		return h.Root.Rename(from, to)
	}
	r, base := h.at(from)
	if r == h.Root {
		return r.Rename(from, to)
	}
	return r.Rename(base, path.Base(to))
}

func (h *held) Remove(name string) error {
	// A folder that is held could not be removed everywhere.
	h.letGo(func(dir string) bool { return dir == name || strings.HasPrefix(dir, name+"/") })
	r, base := h.at(name)
	return r.Remove(base)
}

// letGo lets go of some folders.
func (h *held) letGo(of func(dir string) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for dir, sub := range h.subs {
		if of(dir) {
			sub.Close()
			delete(h.subs, dir)
		}
	}
}

func (h *held) Close() error {
	h.letGo(func(string) bool { return true })
	return h.Root.Close()
}
