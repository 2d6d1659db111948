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
			for i := range e.Briefings() {
				where += " " + e.Briefing(i).Slug
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

// TestOneEventOnePerson wants reports of one event to join a name with a middle name to the
// one without, and a surname in office to its only holder there, and no others.
func TestOneEventOnePerson(t *testing.T) {
	body := " spoke in [Beira]{.place} about the flooded Buzi valley, where the Pungwe dyke broke and the mill at Dondo stood under water.\n"
	story := func(names ...string) []string {
		var in Input
		st := &content.Story{Path: "content/stories/flood.md", Slug: "flood", Kind: "event"}
		for i, n := range names {
			slug := string(rune('a' + i))
			in.Files = append(in.Files, file(t, slug, "title: Buzi flood, Dondo mill\ndate: 2025-03-0"+string(rune('1'+i))+"\n\n"+n+body))
			st.Members = append(st.Members, slug)
		}
		in.Stories = append(in.Stories, st)
		s, diags := Gather(in)
		if diags.Errors() > 0 {
			t.Fatal(diags)
		}
		var out []string
		for _, e := range s.People {
			out = append(out, e.Name)
		}
		slices.Sort(out)
		return out
	}
	for _, c := range []struct {
		names, want []string
	}{
		{[]string{"[Daniel Chapo]{.person}", "[Daniel Francisco Chapo]{.person}"}, []string{"Daniel Chapo"}},
		{[]string{"President [Daniel Chapo]{.person role=President}", "President [Chapo]{.person role=President}"}, []string{"Daniel Chapo"}},
		{[]string{"Minister [Daniel Chapo]{.person role=Minister}", "President [Chapo]{.person role=President}"}, []string{"Chapo", "Daniel Chapo"}},
		{[]string{"[Daniel A. Chapo]{.person}", "[Daniel B. Chapo]{.person}"}, []string{"Daniel A. Chapo", "Daniel B. Chapo"}},
		{[]string{"President [Daniel Chapo]{.person role=President} and [Ana Chapo]{.person role=\"President of the court\"}", "President [Chapo]{.person role=President}"}, []string{"Ana Chapo", "Chapo", "Daniel Chapo"}},
	} {
		if got := story(c.names...); !slices.Equal(got, c.want) {
			t.Errorf("%q: people are %q, want %q", c.names, got, c.want)
		}
	}
}
