package jsonout

// Verbatim returns a number of bytes with which s begins that are ASCII and stand for
// themselves in a string of JSON. There may be up to eight more: it looks at eight at
// a time, and at none that are fewer.
func Verbatim[T string | []byte](s T) int {
	const (
		each = 0x0101010101010101 // times a byte: that byte eight times
		high = 0x80 * each
	)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		// A byte less than another, taken from it, borrows the highest bit; so does
		// one that was the same, after exclusive or, when 1 is taken from it.
		if (x|(x-' '*each)|((x^'"'*each)-each)|((x^'\\'*each)-each))&high != 0 {
			break
		}
	}
	return i
}
