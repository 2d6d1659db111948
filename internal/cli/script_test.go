package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"readout/internal/analysis"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/keypoint"
	"readout/internal/analysis/standard"
	"readout/internal/annotation"
	"readout/internal/span"
)

func TestMain(m *testing.M) {
	if os.Getenv(asReadout) != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"readout": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		// readout of next year, whose rules find more.
		"readout-next": func() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, nextRules)) },
	})
}

// TestScript runs testdata/script: one file a command or a kind of bad input.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:                scriptCommands,
		Setup: func(env *testscript.Env) error {
			seeds, err := filepath.Abs("../../seeds")
			env.Setenv("SEEDS", seeds)
			return err
		},
	})
}

// nextRules stand for those of a later version: they pick the last sentence of
// an article as one more key point, and know a harbour board for a body.
func nextRules() (*analysis.Pipeline, error) {
	points := *keypoint.Analyzer
	points.Run = func(p *analysis.Pass) annotation.Set {
		set := keypoint.Analyzer.Run(p)
		if n := len(p.Set.Sentences); n > 0 {
			last := p.Set.Sentences[n-1]
			if !slices.ContainsFunc(set.KeyPoints, func(k annotation.KeyPoint) bool { return k.Span.Overlaps(last.Span) }) {
				set.KeyPoints = append(set.KeyPoints, annotation.KeyPoint{Span: last.Span, Block: last.Block, Rule: "keypoint/last"})
			}
		}
		return set
	}
	boards := &analysis.Analyzer{
		Name: "boards", Doc: "marks harbour boards", Requires: []*analysis.Analyzer{entity.Analyzer},
		Run: func(p *analysis.Pass) (set annotation.Set) {
			const name = "harbour board"
			at := strings.Index(p.Article.Text, name)
			s := span.New(at, at+len(name))
			if at < 0 || slices.ContainsFunc(p.Set.Mentions, func(m annotation.Mention) bool { return m.Span.Overlaps(s) }) {
				return set
			}
			set.Mentions = []annotation.Mention{{Span: s, Type: annotation.Organization, Key: "harbour-board", Rule: "boards/name"}}
			set.Entities = []annotation.Entity{{Key: "harbour-board", Name: name, Type: annotation.Organization, First: s}}
			return set
		},
	}
	list := append(standard.Analyzers(), boards)
	for i, a := range list {
		if a == keypoint.Analyzer {
			list[i] = &points
		}
	}
	return analysis.New(list...)
}
