// Package dateparser stands in for the library of that name, which go-trafilatura
// brings along by way of go-htmldate and readout never calls: dates are read by
// package article alone, and only where a page states them.
//
// The library itself compiles the tables of two hundred languages when a program
// starts: 0.33 s and 78 MB in every run, of `readout version` too. go.mod
// replaces it by this package, which has the names go-htmldate is compiled
// against and finds no date.
package dateparser

import (
	"errors"
	"time"
)

// ErrNotFound is what Parse always returns.
var ErrNotFound = errors.New("dateparser: no date is looked for")

// ParserType names a way of parsing.
type ParserType uint8

// The ways of parsing go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource says how an incomplete date is completed.
type PreferredDateSource uint8

// Past is the source go-htmldate asks for.
const Past PreferredDateSource = iota

// Configuration has the settings go-htmldate makes.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Date is a parsed date.
type Date struct{ Time time.Time }

// Parser finds no date.
type Parser struct{ ParserTypes []ParserType }

// Parse returns the zero Date and ErrNotFound.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, ErrNotFound
}
