package content

import (
	"strings"
	"testing"
)

// benchFile is a briefing of some 600 words with a mark on every eighth.
func benchFile() []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: Talks\nslug: talks\npublisher: The Desk\ndate: 2025-03-11\ndate_basis: metadata\nlanguage: en\narticle:\n  path: seeds/t.txt\n  sha256: 6dcd4ce23d88e2ee9568ba546c007c63d9131c1b3a1a5d6a2ec9a4d1d5b5d0f1\n---\n\n## Key points\n\n")
	for range 4 {
		b.WriteString("- Talks between the two sides will resume in Oslo in the spring, the envoy said. [¶1](#p1)\n")
	}
	b.WriteString("\n## Annotated text\n\n::: {.headline}\nTalks to resume\n:::\n")
	for range 12 {
		b.WriteString("\n")
		for range 3 {
			b.WriteString("[\"We will meet in [Oslo]{.place},\"]{.quote by=s1} [said]{.cue} [Ana Lind]{.person role=\"the envoy\"}, the envoy of the council, on a Friday. Nothing else was agreed at the meeting, but for [41 people]{.quantity value=41 unit=people of=killed}. ")
		}
		b.WriteString("\n")
	}
	b.WriteString("\n[Sources]{.source #s1 naming=bare} agree.\n")
	return []byte(b.String())
}

func BenchmarkParseBriefing(b *testing.B) {
	src := benchFile()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := ParseBriefing("content/briefings/talks.md", src); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}
