package account

import "strings"

// limits repeats what the aggregates have to say against themselves.
func (t *teller) limits() {
	most := len(t.notes)
	if t.length == Short {
		most = min(most, 2)
	}
	for _, note := range t.notes[:most] {
		// The verdict has said it.
		if !strings.HasPrefix(note, "No stance leads") {
			t.say("%s", Statement{{Kind: Note, Text: note}})
		}
	}
}
