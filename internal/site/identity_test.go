package site

import (
	"slices"
	"testing"

	"readout/internal/content"
	"readout/internal/dialect"
)

// TestEditorsDecide wants an editor's word on who is who to win: a key in the
// text splits, a file joins, renames and keeps apart.
func TestEditorsDecide(t *testing.T) {
	envoy := "title: Envoy\ndate: 2024-03-04\n\n[Muhammad Sadiq]{.person role=envoy} met farmers. [Mullah Yaqoob]{.person} sent a deputy.\n"
	bowler := "title: Bowler\ndate: 2024-06-09\n\n[Muhammad Sadiq]{.person ref=muhammad-sadiq-cricketer role=bowler} took five wickets.\n"
	border := "title: Border\ndate: 2024-07-01\n\n[Mohammad Yaqoob]{.person role=\"defence minister\"} inspected posts.\n"
	files := func() []*content.File {
		return []*content.File{file(t, "envoy", envoy), file(t, "bowler", bowler), file(t, "border", border)}
	}
	people := func(es ...*content.Entity) []string {
		s, diags := Gather(Input{Files: files(), Entities: es})
		if diags.Errors() > 0 {
			t.Fatal(diags)
		}
		var out []string
		for _, e := range s.People {
			where := ""
			for _, a := range e.Appearances {
				where += " " + a.Briefing.Slug
			}
			out = append(out, e.Slug+"="+e.Name+":"+where)
		}
		slices.Sort(out)
		return out
	}
	person := func(slug, name string, aliases ...string) *content.Entity {
		return &content.Entity{Path: "content/people/" + slug + ".md", Kind: dialect.Person, Slug: slug, Name: name, Aliases: aliases}
	}
	not := person("muhammad-sadiq", "Muhammad Sadiq")
	for _, c := range []struct {
		files []*content.Entity
		want  []string
	}{
		{nil, []string{"mohammad-yaqoob=Mohammad Yaqoob: border", "muhammad-sadiq-cricketer=Muhammad Sadiq: bowler", "muhammad-sadiq=Muhammad Sadiq: envoy", "mullah-yaqoob=Mullah Yaqoob: envoy"}},
		{
			[]*content.Entity{person("yaqoob", "Mohammad Yaqoob", "Mullah Yaqoob"), not, person("muhammad-sadiq-cricketer", "Muhammad Sadiq (bowler)")},
			[]string{"muhammad-sadiq-cricketer=Muhammad Sadiq (bowler): bowler", "muhammad-sadiq=Muhammad Sadiq: envoy", "yaqoob=Mohammad Yaqoob: border envoy"},
		},
	} {
		if got := people(c.files...); !slices.Equal(got, c.want) {
			t.Errorf("people are %q, want %q", got, c.want)
		}
	}
}
