package boilerplate

import "strings"

// IsCaption reports whether a block with text t of so many words speaks of a
// picture.
func IsCaption(t string, words int) bool {
	if words > 70 || words == 0 {
		return false
	}
	if !mayCaption(t) {
		return false
	}
	f := Folded(t)
	for _, cue := range []string{
		"photo:", "photo by", "photos by", "photos:", "photograph:", "photograph by", "photo credit", "photo courtesy", "image:", "image credit", "image source", "image by", "images:",
		"file photo", "file image", "file picture", "file -", "file –", "file —", "(photo", "[photo", "(image", "[image", "(file photo", "[file", "(file)", "picture:", "pic:", "pic credit",
		"caption:", "video:", "watch video", "illustration:", "illustration by", "credit:", "graphic:", "representational image", "representative image", "screenshot", "screengrab",
	} {
		if strings.HasPrefix(f, cue) && len(f) > len(cue) {
			return true
		}
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

// mayCaption reports whether t opens or ends as a caption might: the beginning
// of one of the words above, a bracket, a slash. Most text is told apart by it
// without being folded.
func mayCaption(t string) bool {
	switch t[0] | 0x20 {
	case 'p', 'i', 'f', 'c', 'v', 'w', 'g', 'r', 's', '(', '[' | 0x20:
		return true
	}
	tail := t[max(0, len(t)-100):]
	return strings.ContainsAny(tail, "([|/:") || strings.Contains(tail, " by ")
}
