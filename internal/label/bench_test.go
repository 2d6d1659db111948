package label

import (
	"testing"

	"readout/templates"
)

// BenchmarkLoad reads the labels of a language, as each build does once.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if s, _ := Load(templates.FS, nil, "de"); !s.Found() {
			b.Fatal("no labels")
		}
	}
}
