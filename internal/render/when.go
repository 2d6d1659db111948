package render

import "time"

// machineTime reports whether value is a date that HTML's time element takes.
func machineTime(value string) bool {
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.RFC3339} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}
