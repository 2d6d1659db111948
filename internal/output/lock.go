package output

import "fmt"

// A BusyError says that another run holds the lock of a site.
type BusyError struct{ Dir string }

func (e *BusyError) Error() string {
	return fmt.Sprintf("another readout is at work on the site in %s", e.Dir)
}
