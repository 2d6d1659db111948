package quote

import (
	"readout/internal/annotation"
)

// classify fills in how the source of a is named, and what the article says of
// why and through whom it speaks.
func (p *parser) classify(a *attr, r *annotation.Attribution) {
	r.Naming = p.naming(&a.src)
}

func (p *parser) naming(s *source) annotation.Naming {
	h := s.head
	t := &p.tags[h]
	n := p.toks[h].Norm
	switch t.tag {
	case tagPron, tagPoss:
		return annotation.Named
	case tagWh, tagThat:
		return annotation.Named
	}
	if t.tag == tagName {
		return annotation.Named
	}
	switch p.lx.classes[n] {
	case classRole:
		if s.last-s.first > 3 {
			return annotation.Described
		}
		return annotation.RoleOnly
	case classAnon:
		if s.last-s.first > 2 {
			return annotation.Described
		}
		return annotation.Bare
	case classCollective:
		return annotation.Collective
	case classOrg:
		return annotation.Institution
	case classOutlet:
		return annotation.Outlet
	case classDoc:
		return annotation.Document
	}
	switch t.class {
	case 'p':
		if t.plural {
			return annotation.Collective
		}
		return annotation.RoleOnly
	case 'g':
		return annotation.Institution
	}
	return annotation.Document
}
