// Package limit has the bounds on what is read: how large, how deep and how many
// the parts of an article, a container or a content file may be. There is one
// list of them, All, and one way to raise each: a setting "name=value", which
// the command takes with --limit and a site under limits in content/index.md.
//
// Its central type is Set, the limits of one run; the zero value has the
// defaults. It is a leaf.
package limit

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Unit is what a limit is counted in.
type Unit int

// The units.
const (
	Number Unit = iota
	Bytes
	Seconds
)

// A Limit is one bound.
type Limit struct {
	Name    string // "feed-entries"
	Unit    Unit
	Default int64
	Most    int64  // to which it may be raised; 0 for any value
	Of      string // what it bounds, for the list of limits
	// Over words that it was passed; %s stands for its value.
	Over string
	// Instead is what else an author can do; "" for nothing.
	Instead string
}

// A Set is the limits of a run. The zero value has the defaults. A Set is never
// changed: With returns another one.
type Set struct{ changed map[*Limit]int64 }

// Of returns the value of l.
func (s Set) Of(l *Limit) int64 {
	if n, ok := s.changed[l]; ok {
		return n
	}
	return l.Default
}

// With returns the limits of s, but for l.
func (s Set) With(l *Limit, n int64) Set {
	out := Set{maps.Clone(s.changed)}
	if out.changed == nil {
		out.changed = map[*Limit]int64{}
	}
	out.changed[l] = n
	return out
}

// String lists the limits of s that are not the defaults, as settings.
func (s Set) String() string {
	var out []string
	for l, n := range s.changed {
		if n != l.Default {
			out = append(out, fmt.Sprintf("%s=%d", l.Name, n))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// Set returns the limits of s changed by a setting, "name=value". A value is a
// whole number, for sizes also one with B, kB, MB or GB behind it.
func (s Set) Set(setting string) (Set, error) {
	name, value, ok := strings.Cut(setting, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok {
		return s, fmt.Errorf("%q is not of the form name=value", setting)
	}
	l := Named(name)
	if l == nil {
		names := make([]string, len(all))
		for i, l := range all {
			names[i] = l.Name
		}
		return s, fmt.Errorf("there is no limit %q; the limits are %s", name, strings.Join(names, ", "))
	}
	n, err := l.parse(value)
	if err != nil {
		return s, err
	}
	return s.With(l, n), nil
}

// parse reads a value of l.
func (l *Limit) parse(value string) (int64, error) {
	digits, factor := value, int64(1)
	if l.Unit == Bytes {
		for _, u := range units {
			if rest, ok := strings.CutSuffix(value, u.name); ok {
				digits, factor = strings.TrimSpace(rest), u.bytes
				break
			}
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err != nil || n < 1 || n > math.MaxInt64/4/factor:
		form := "a whole number above 0"
		if l.Unit == Bytes {
			form = "a size such as 20MB or 64kB"
		}
		return 0, fmt.Errorf("the limit %s takes %s, not %q", l.Name, form, value)
	case l.Most > 0 && n*factor > l.Most:
		return 0, fmt.Errorf("the limit %s can be %s at most", l.Name, l.Format(l.Most))
	}
	return n * factor, nil
}

var units = []struct {
	name  string
	bytes int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"kB", 1 << 10}, {"B", 1}}

// Named returns the limit of that name; nil where there is none.
func Named(name string) *Limit {
	if i := slices.IndexFunc(all, func(l *Limit) bool { return l.Name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// All returns all limits, in the order in which they are described.
func All() []*Limit { return slices.Clone(all) }

// Format writes a value of l for people: "10 MB", "200,000".
func (l *Limit) Format(n int64) string {
	switch l.Unit {
	case Bytes:
		for _, u := range units {
			if n >= u.bytes && n%u.bytes == 0 && u.bytes > 1 {
				return fmt.Sprintf("%d %s", n/u.bytes, u.name)
			}
		}
		return grouped(n) + " bytes"
	case Seconds:
		return grouped(n) + " s"
	}
	return grouped(n)
}

// grouped writes a number with commas between its thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// setting writes a setting that may be given to raise l to n.
func (l *Limit) setting(n int64) string {
	if l.Unit == Bytes {
		for _, u := range units {
			if n >= u.bytes && n%u.bytes == 0 {
				return fmt.Sprintf("%s=%d%s", l.Name, n/u.bytes, u.name)
			}
		}
	}
	return fmt.Sprintf("%s=%d", l.Name, n)
}

// An Error says that something passes a limit.
type Error struct {
	Limit   *Limit
	Message string // what is too large, lower case, no full stop
	Hint    string // what to do, with the setting that raises the limit
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Passed returns the error for something that passes l.
func (s Set) Passed(l *Limit) *Error {
	at := s.Of(l)
	e := &Error{Limit: l, Message: fmt.Sprintf(l.Over, l.Format(at)), Hint: l.Instead}
	raised := 2 * at
	if l.Most > 0 {
		raised = min(raised, l.Most)
	}
	if raised > at {
		if e.Hint != "" {
			e.Hint += ", or "
		}
		e.Hint += "raise the limit with --limit " + l.setting(raised)
	}
	return e
}
