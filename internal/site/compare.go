package site

import "readout/internal/content"

// compare lays the reports of a story side by side.
func (st *Story) compare(files map[string]*content.File) {}
