package tagger

import "readout/internal/lexicon"

// A template gives the features of one kind a number of their own.
type template uint64

const (
	tBias template = iota
	tWord
	tPrev
	tNext
	tPrev2
	tNext2
	tPrevWord
	tWordNext
	tShape
	tShapePrev
	tShapeNext
	tShapes
	tPrefix
	tSuffix2
	tSuffix3
	tSuffix4
	tSuffixPrev
	tSuffixNext
	tClass
	tClassPrev
	tClassNext
	tProfile
	tProfiles
	tProfilesPrev
	tProfilesNext
	tPhrase
	tPhrasePrev
	tPhraseNext
	tDoc
	tDocProfile
	tStart
	tRunHead
	tRunHeadClass
	tRunFirst
	tRunFirstClass
	tRunPlace
	tRunBefore
	tRunBefore2
	tRunAfter
	tRunAfterClass
	tRunBeforeClass
	tRunLen
	tOf
	tHead
	tCommon
	tShapeWord
	tRunSignature
	tNeighbours
	tParen
	tVoteOwn
	tVoteOthers
	tVoteBoth
	tVoteOthersShape
	tVoteNeighbours
	tVotePrev
	tVoteNext
	tVoteHead
)

func feature(t template, v uint64) uint64 {
	h := (v + uint64(t)*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>29
}

// features are those of one token. There are fewer than 256, whatever the
// token: a class or a bit of what the article tells gives at most one for each
// place it is asked for.
type features struct {
	hashes [256]uint64
	n      uint8
	ahead  uint64 // of no meaning: what is read so that it is at hand when it is needed
}

func (fs *features) reset() { fs.n = 0 }

func (fs *features) add(t template, v uint64) {
	fs.hashes[fs.n] = feature(t, v)
	fs.n++
}

func (fs *features) list() []uint64 { return fs.hashes[:fs.n] }

// profileBits are the classes that make up the profile of a word, coarse
// enough to combine with those of its neighbours.
const profileBits = lexicon.Given | lexicon.Surname | lexicon.Country | lexicon.Demonym | lexicon.City |
	lexicon.Organization | lexicon.OrgHead | lexicon.OrgSuffix | lexicon.PlaceHead | lexicon.Facility |
	lexicon.Honorific | lexicon.Rank | lexicon.Role | lexicon.Say | lexicon.Month | lexicon.Day |
	lexicon.PersonNoun | lexicon.GroupNoun

func (w *Word) profile() uint64 {
	c := w.Class & profileBits
	p := uint64(c)*16 + uint64(w.shape)
	switch {
	case w.shape == sign || w.shape == lower && c&^(lexicon.Given|lexicon.Surname|lexicon.Country|lexicon.City|lexicon.Organization) == 0:
		p ^= w.Hash // small words and signs stand for themselves
	}
	return p
}

// edge stands for the tokens before and after a sentence.
var edge Word

// at returns the word of token k of sentence s, edge outside of it.
func (t *Text) at(s [2]int, k int) *Word {
	if k < s[0] || k >= s[1] {
		return &edge
	}
	return &t.Words[k]
}

// affixesAt returns the affixes of token k of sentence s, none outside of it.
func (t *Text) affixesAt(s [2]int, k int) *affixes {
	if k < s[0] || k >= s[1] {
		return &affixes{}
	}
	return affixesOf.Of(&t.Tokens[k])
}

// word adds the features of a token that its look-up form alone tells, which has the
// hash h, the classes c and the affixes a.
func (fs *features) word(h uint64, c lexicon.Class, a *affixes) {
	fs.add(tWord, h)
	fs.add(tPrefix, a.prefix)
	fs.add(tSuffix2, a.suffix[0])
	fs.add(tSuffix3, a.suffix[1])
	fs.add(tSuffix4, a.suffix[2])
	fs.classes(tClass, c)
}

// prev adds those that the look-up form of the token before alone tells.
func (fs *features) prev(h uint64, c lexicon.Class, a *affixes) {
	fs.add(tPrev, h)
	fs.add(tSuffixPrev, a.suffix[1])
	fs.classes(tClassPrev, c&^lexicon.Common)
}

// next adds those that the look-up form of the token after alone tells.
func (fs *features) next(h uint64, c lexicon.Class, a *affixes) {
	fs.add(tNext, h)
	fs.add(tSuffixNext, a.suffix[1])
	fs.classes(tClassNext, c&^lexicon.Common)
}

// classes adds a feature for each of the classes c.
func (fs *features) classes(t template, c lexicon.Class) {
	for ; c != 0; c &= c - 1 {
		fs.add(t, uint64(c&-c))
	}
}

// spelling adds those that the spelling of a token and of those beside it tells, and
// what all tokens have.
func (fs *features) spelling(p, w, n shape, head headline) {
	fs.add(tBias, 0)
	fs.shapes(p, w, n, head)
}

func (fs *features) shapes(p, w, n shape, head headline) {
	fs.add(tShape, uint64(w)*4+uint64(head))
	fs.add(tShapePrev, uint64(w)*16+uint64(p))
	fs.add(tShapeNext, uint64(w)*16+uint64(n))
	fs.add(tShapes, uint64(p)*256+uint64(w)*16+uint64(n))
}

// An opening is where in its sentence a token stands.
type opening uint8

const (
	within    opening = iota
	atStart           // the first
	afterSign         // after a sign that is no comma

	openings = int(afterSign) + 1
)

// opening returns where in sentence s token i stands.
func (t *Text) opening(s [2]int, i int) opening {
	if i == s[0] {
		return atStart
	}
	if p := &t.Words[i-1]; p.shape == sign && p.Hash != hashComma {
		return afterSign
	}
	return within
}

// opening adds those that tell whether a capital may only be that of a sentence: where
// in it the token stands, and what kind of common word it might be.
func (fs *features) opening(o opening, w shape, head headline, doc uint16, common lexicon.Class) {
	start, lowerElsewhere, isCommon := uint64(o), uint64(doc&docLower), uint64(0)
	if common != 0 {
		isCommon = 1
	}
	fs.add(tStart, start*64+uint64(w)*4+isCommon*2+lowerElsewhere)
	fs.add(tCommon, uint64(common)*4+start)
	fs.add(tHead, uint64(head)*1024+uint64(w)*16+isCommon*8+lowerElsewhere*4+start)
}

// told adds those that the rest of the article tells.
func (fs *features) told(doc uint16) {
	for b := doc; b != 0; b &= b - 1 {
		fs.add(tDoc, uint64(b&-b))
	}
	fs.add(tDocProfile, uint64(doc&(docTitled|docAfterGiven|docLocative|docSays|docPlaced|docOrgRun|docLower)))
}

// share says which features are asked for.
type share uint8

const (
	allFeatures   share = iota
	jointFeatures       // those whose weights are not remembered; see addKnown
)

// extract adds to fs the features of token i, which stands in sentence s, that
// both passes have. Their order is that in which the weights were trained: with
// another one sums of fractions would be rounded otherwise.
func (t *Text) extract(fs *features, of share, s [2]int, head headline, i int) {
	at := func(k int) *Word { return t.at(s, k) }
	w, p, n, p2, n2 := at(i), at(i-1), at(i+1), at(i-2), at(i+2)

	if of == allFeatures {
		fs.add(tBias, 0)
		fs.add(tWord, w.Hash)
	}
	fs.add(tShapeWord, w.Hash*16+uint64(w.shape))
	if of == allFeatures {
		fs.add(tPrev, p.Hash)
		fs.add(tNext, n.Hash)
	}
	fs.add(tPrev2, p2.Hash)
	fs.add(tNext2, n2.Hash)
	fs.add(tPrevWord, lexicon.Join(p.Hash, w.Hash))
	fs.add(tWordNext, lexicon.Join(w.Hash, n.Hash))
	if of == allFeatures {
		fs.shapes(p.shape, w.shape, n.shape, head)
		wa, pa, na := t.affixesAt(s, i), t.affixesAt(s, i-1), t.affixesAt(s, i+1)
		fs.add(tPrefix, wa.prefix)
		fs.add(tSuffix2, wa.suffix[0])
		fs.add(tSuffix3, wa.suffix[1])
		fs.add(tSuffix4, wa.suffix[2])
		fs.add(tSuffixPrev, pa.suffix[1])
		fs.add(tSuffixNext, na.suffix[1])
		fs.classes(tClass, w.Class)
		fs.classes(tClassPrev, p.Class&^lexicon.Common)
		fs.classes(tClassNext, n.Class&^lexicon.Common)
	}
	wp, pp, np := w.profile(), p.profile(), n.profile()
	fs.add(tProfile, wp)
	fs.add(tProfilesPrev, lexicon.Join(pp, wp))
	fs.add(tProfilesNext, lexicon.Join(wp, np))
	fs.add(tProfiles, lexicon.Join(lexicon.Join(pp, wp), np))
	fs.add(tNeighbours, lexicon.Join(pp, np))

	fs.add(tPhrase, uint64(w.Phrase)*8+uint64(w.Edge))
	fs.add(tPhrasePrev, uint64(p.Phrase)*8+uint64(p.Edge))
	fs.add(tPhraseNext, uint64(n.Phrase)*8+uint64(n.Edge))

	if of == allFeatures {
		fs.opening(t.opening(s, i), w.shape, head, w.doc, w.Class&lexicon.Common)
		fs.told(w.doc)
	}

	if w.run >= 0 {
		r := t.runs[w.run]
		last, first := at(r.end-1), at(r.start)
		before, before2, after := at(r.start-1), at(r.start-2), at(r.end)
		place := uint64(0)
		switch {
		case r.end == r.start+1:
			place = 1
		case i == r.start:
			place = 2
		case i == r.end-1:
			place = 3
		}
		fs.add(tRunHead, last.Hash*4+place)
		fs.add(tRunHeadClass, uint64(last.Class&profileBits)*4+place)
		fs.add(tRunFirst, first.Hash*4+place)
		fs.add(tRunFirstClass, uint64(first.Class&profileBits)*4+place)
		fs.add(tRunPlace, uint64(min(r.end-r.start, 6))*4+place)
		fs.add(tRunLen, uint64(min(r.end-r.start, 6))*64+uint64(min(i-r.start, 5))*4)
		fs.add(tRunBefore, before.Hash*4+place)
		fs.add(tRunBefore2, lexicon.Join(before2.Hash, before.Hash)*4+place)
		fs.add(tRunAfter, after.Hash*4+place)
		fs.add(tRunBeforeClass, before.profile()*4+place)
		fs.add(tRunAfterClass, after.profile()*4+place)
		if before.Hash == hashOpen && after.Hash == hashClose {
			fs.add(tParen, uint64(w.shape))
		}
		if r.end-r.start <= 6 {
			sig := uint64(i - r.start)
			for k := r.start; k < r.end; k++ {
				x := at(k)
				b := uint64(x.shape)
				if x.shape == lower || x.shape == sign {
					b = x.Hash
				} else {
					b += uint64(x.Class&(lexicon.Given|lexicon.Surname|lexicon.OrgHead|lexicon.PlaceHead|lexicon.Country|lexicon.Demonym|lexicon.Role|lexicon.Honorific|lexicon.Facility)) << 4
				}
				sig = lexicon.Join(sig, b)
			}
			fs.add(tRunSignature, sig)
		}
		// The head of "Bank of Ghana" stands before "of".
		if k := r.of; k < r.end {
			side := uint64(0)
			if i > k {
				side = 1
			}
			fs.add(tOf, at(k-1).Hash*2+side)
			fs.add(tOf, uint64(at(k-1).Class&profileBits)*2+side+1<<60)
		}
	}
}
