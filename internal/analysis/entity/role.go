package entity

// roles finds the role that stands beside each person.
func (f *finder) roles() {}
