package boilerplate

import (
	"strings"
	"unicode/utf8"
)

// IsCaption reports whether a block with text t of so many words speaks of a
// picture.
func IsCaption(t string, words int) bool {
	if words > 70 || words == 0 {
		return false
	}
	if !mayClose(t) {
		// Most text is told apart without being folded, or by its first words.
		if !mayOpen(t) {
			return false
		}
		if f := Folded(head(t, 2*longestOpening)); len(f) > longestOpening {
			return opens(f)
		}
	}
	f := Folded(t)
	if opens(f) {
		return true
	}
	// An agency's credit closes a caption: "(AP Photo/…)", "/AFP via Getty
	// Images", "[File: Reuters]".
	tail := f[max(0, len(f)-90):]
	if i := strings.LastIndexAny(tail, "([|"); i >= 0 {
		for _, cue := range []string{"photo", "getty", "image", "/afp", "file:", "file photo", "picture", "handout", "courtesy", "photo:", "via ap", "epa-", "/reuters", "/ap", "/epa"} {
			if strings.Contains(tail[i:], cue) && strings.LastIndexAny(tail, ")]") >= len(tail)-2 {
				return true
			}
		}
	}
	for _, cue := range []string{"/getty images", "via getty images", "/afp", "/reuters", "/ap photo", "/epa", "/shutterstock", "/anadolu", "/picture alliance"} {
		if strings.HasSuffix(strings.TrimRight(f, " .)]"), cue) {
			return true
		}
	}
	// So does that of a photographer: "The pier in winter. Photograph: Ann Lee".
	if !strings.Contains(tail, ". p") && !strings.Contains(tail, ". i") {
		return false
	}
	for _, cue := range []string{". photograph: ", ". photo: ", ". picture: ", ". image: ", ". photograph by ", ". photo by ", ". picture by "} {
		if i := strings.LastIndex(tail, cue); i >= 0 && strings.Count(tail[i+len(cue):], " ") < 6 && !strings.Contains(strings.TrimRight(tail[i+len(cue):], "."), ". ") {
			return true
		}
	}
	return false
}

// openings are what captions open with.
var openings = [...]string{
	"photo:", "photo by", "photos by", "photos:", "photograph:", "photograph by", "photo credit", "photo courtesy", "image:", "image credit", "image source", "image by", "images:",
	"file photo", "file image", "file picture", "file -", "file –", "file —", "(photo", "[photo", "(image", "[image", "(file photo", "[file", "(file)", "picture:", "pic:", "pic credit",
	"caption:", "video:", "watch video", "illustration:", "illustration by", "credit:", "graphic:", "representational image", "representative image", "screenshot", "screengrab",
}

// longestOpening is the length of the longest of them.
var longestOpening = func() (n int) {
	for _, o := range openings {
		n = max(n, len(o))
	}
	return n
}()

// opens reports whether f, folded, opens as a caption does and goes on.
func opens(f string) bool {
	for _, o := range openings {
		if strings.HasPrefix(f, o) && len(f) > len(o) {
			return true
		}
	}
	return false
}

// mayOpen reports whether t may open as a caption does: with the beginning of one of
// the words above, or a bracket.
func mayOpen(t string) bool {
	switch t[0] | 0x20 {
	case 'p', 'i', 'f', 'c', 'v', 'w', 'g', 'r', 's', '(', '[' | 0x20:
		return true
	}
	return false
}

// mayClose reports whether t may end as a caption does: with a bracket, a slash, a
// colon, "by" or "images".
func mayClose(t string) bool {
	tail := t[max(0, len(t)-200):]
	if strings.ContainsAny(tail, "([|/:") {
		return true
	}
	for i := 1; i < len(tail); i++ {
		if tail[i]|0x20 == 'y' && tail[i-1]|0x20 == 'b' {
			return true
		}
	}
	end := strings.TrimRight(tail, " .)]")
	return strings.HasSuffix(end, "s") || strings.HasSuffix(end, "S")
}

// head returns at most the first n bytes of t, ended on a rune boundary.
func head(t string, n int) string {
	if len(t) <= n {
		return t
	}
	for n > 0 && !utf8.RuneStart(t[n]) {
		n--
	}
	return t[:n]
}
