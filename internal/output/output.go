// Package output holds what a build makes before it is written: a Tree of
// files, the same for the website and the bundle, and the ways of writing one.
package output

// A File is one file of the output.
type File struct {
	Path string // slash-separated, relative to the output folder
	Data []byte
}

// A Tree is a set of files sorted by path, each path once.
type Tree struct {
	Files []File
}
