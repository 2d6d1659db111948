// Package templates embeds the page templates, the assets beside them and the labels.
package templates

import "embed"

// FS holds pages/, assets/ and labels/.
//
//go:embed all:pages all:assets all:labels
var FS embed.FS
