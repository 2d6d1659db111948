package review

import (
	"readout/internal/annotation"
	"readout/internal/dialect"
	"readout/internal/span"
)

// ruleOf returns the rule that made the annotation of a class over a span of the
// article: of those over the same words, or else the one that shares most of
// them. "" is none.
func ruleOf(set *annotation.Set, class dialect.Class, s span.Span) string {
	best, most := "", 0
	see := func(at span.Span, rule string) {
		switch shared := min(at.End, s.End) - max(at.Start, s.Start); {
		case at == s:
			best, most = rule, len(set.Article.Text)+1
		case shared > most && class == dialect.Quote, shared > most && class == dialect.Statement, shared > most && class == dialect.Term:
			// Marks of these are cut where others cross them, and carry their
			// quotation marks.
			best, most = rule, shared
		}
	}
	switch class {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		for _, m := range set.Mentions {
			if dialect.Class(m.Type) == class {
				see(m.Span, m.Rule)
			}
		}
	case dialect.Quote, dialect.Statement:
		for _, a := range set.Attributions {
			if (a.Form == annotation.Indirect) != (class == dialect.Statement) {
				continue
			}
			parts := a.Marked
			if class == dialect.Statement {
				parts = a.Parts
			}
			if len(parts) == 0 {
				parts = []span.Span{a.Content}
			}
			for _, p := range parts {
				see(p, a.Rule)
			}
		}
	case dialect.Source, dialect.Cue:
		for _, a := range set.Attributions {
			at := a.Source
			if class == dialect.Cue {
				at = a.Cue
			}
			see(at, a.Rule)
		}
	case dialect.Time:
		for _, t := range set.Times {
			see(t.Span, t.Rule)
		}
	case dialect.Quantity:
		for _, q := range set.Quantities {
			see(q.Span, q.Rule)
		}
	case dialect.Term:
		for _, t := range set.Terms {
			see(t.Short.Union(t.Long), t.Rule)
		}
	case dialect.EventMention:
		for _, e := range set.Events {
			see(e.Span, e.Rule)
		}
	}
	return best
}
