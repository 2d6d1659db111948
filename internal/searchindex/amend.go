package searchindex

// Amend writes an index in which some docs are others than they were, under the same
// names and numbers. Packs has what Pack returns for each of these by its name. Files
// that are new go to emit, the directory last. It returns what is known of the index then,
// and the names of all its files. It reports false where the index is to be written by an
// Update; what went to emit is of no use then.
func (s *State) Amend(packs map[string][]byte, dir string, emit func(path string, data []byte) error, from Source) (*State, []string, bool) {
	size, left := 0, len(packs)
	for _, pack := range packs {
		size += len(pack)
	}
	if size > mostAdded {
		return nil, nil, false
	}
	u := NewUpdate(s.docs, dir, emit, s, from, nil)
	for i, d := range s.docs {
		if pack := packs[d.Name]; pack != nil {
			u.Add(i, pack)
			left--
		} else {
			u.Same(i)
		}
	}
	if left > 0 {
		return nil, nil, false
	}
	return u.patch()
}
