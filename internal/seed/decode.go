package seed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"readout/internal/diag"
)

// Decode makes a File of the raw bytes of a seed. It returns nil where they are
// no text at all, with a Diagnostic that says so; text in an encoding that had
// to be assumed gives a File and a warning.
func Decode(name string, format Format, raw []byte) (*File, diag.List) {
	var diags diag.List
	sum := sha256.Sum256(raw)
	f := &File{Path: name, Format: format, Charset: "utf-8", SHA256: hex.EncodeToString(sum[:])}
	if len(bytes.TrimSpace(raw)) == 0 {
		diags.Add(diag.Diagnostic{File: name, ID: "seed-empty", Message: "the file is empty", Hint: "put an article into it, or remove it"})
		return nil, diags
	}
	body, _ := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf"))
	f.Text = string(body)
	if !utf8.ValidString(f.Text) {
		i := firstInvalid(f.Text)
		line, column := diag.Position(f.Text, i)
		f.Text = strings.ToValidUTF8(f.Text, "\uFFFD")
		diags.Add(diag.Diagnostic{
			File: name, Line: line, Column: column, ID: "seed-encoding", Severity: diag.Warning,
			Message: fmt.Sprintf("byte 0x%02x is not UTF-8", raw[i]),
		})
	}
	return f, diags
}

// firstInvalid returns the offset of the first byte of s that is not UTF-8.
func firstInvalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}
