// Package templates embeds the page templates and the assets beside them.
package templates

import "embed"

// FS holds pages/ and assets/.
//
//go:embed all:pages all:assets
var FS embed.FS
