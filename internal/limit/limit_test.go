package limit_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"readout/internal/limit"
)

func TestSettings(t *testing.T) {
	for _, tt := range []struct {
		setting string
		of      *limit.Limit
		want    int64
	}{
		{"text-size=20MB", limit.TextSize, 20 << 20},
		{"text-size=1000", limit.TextSize, 1000},
		{" text-size = 64 kB ", limit.TextSize, 64 << 10},
		{"page-size=2GB", limit.PageSize, 2 << 30},
		{"text-size=5B", limit.TextSize, 5},
		{"feed-entries=5000", limit.FeedEntries, 5000},
		{"pdf-time=5", limit.PDFTime, 5},
		{"page-depth=400", limit.PageDepth, 400},
	} {
		set, err := limit.Set{}.Set(tt.setting)
		if err != nil || set.Of(tt.of) != tt.want {
			t.Errorf("%q: %d, %v; want %d", tt.setting, set.Of(tt.of), err, tt.want)
		}
		if other := (limit.Set{}).Of(tt.of); other != tt.of.Default {
			t.Errorf("%q changes the defaults: %d", tt.setting, other)
		}
	}
	for _, bad := range []string{
		"", "text-size", "text-size=", "text-size=x", "text-size=0", "text-size=-1", "text-size=1.5MB", "text-size=10 TB", "text-size=99999999999GB",
		"feed-entries=5MB", "page-depth=401", "feed-entrys=1", "=3",
	} {
		if _, err := (limit.Set{}).Set(bad); err == nil {
			t.Errorf("%q is a setting", bad)
		}
	}
	if _, err := (limit.Set{}).Set("size=3"); err == nil || !strings.Contains(err.Error(), "page-elements") {
		t.Errorf("what limits there are is not told: %v", err)
	}
}

// TestHints takes each limit by its word: what its error says raises it.
func TestHints(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range limit.All() {
		if seen[l.Name] || limit.Named(l.Name) != l || l.Of == "" || strings.Count(l.Over, "%s") != 1 || l.Default < 1 || l.Most > 0 && l.Most < l.Default {
			t.Errorf("the limit %s is not whole", l.Name)
		}
		seen[l.Name] = true
		e := (limit.Set{}).Passed(l)
		if !strings.Contains(e.Message, l.Format(l.Default)) {
			t.Errorf("%s: %q does not name its value", l.Name, e.Message)
		}
		_, setting, ok := strings.Cut(e.Hint, "--limit ")
		set, err := limit.Set{}.Set(setting)
		if !ok || err != nil || set.Of(l) <= l.Default {
			t.Errorf("%s: %q does not raise it: %v", l.Name, e.Hint, err)
		}
		if l.Most > 0 {
			if e := set.With(l, l.Most).Passed(l); strings.Contains(e.Hint, "--limit") {
				t.Errorf("%s cannot be raised above %d, but: %s", l.Name, l.Most, e.Hint)
			}
		}
		if got := (*limit.Error)(nil); !errors.As(fmt.Errorf("x: %w", error(e)), &got) || got.Limit != l {
			t.Errorf("%s: the error does not tell the limit", l.Name)
		}
	}
	if got := limit.PageElements.Format(200_000); got != "200,000" {
		t.Errorf("200000 is written %s", got)
	}
}
