package terminal

import (
	"bufio"
	"strings"
	"testing"
)

func TestReadKeys(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain keys, in either case", "sRpN", "srpn"},
		{"line ends and blanks between", "s\r\n p\t", "sp"},
		{"arrow and function keys", "s\x1b[Ar\x1bOPp\x1b[15~n\x1b[1;5C", "s\x00r\x00p\x00n\x00"},
		{"the escape key alone", "s\x1b", "s"},
		{"escape, then a key", "\x1bs", "s"},
		{"a sequence that is cut off", "s\x1b[1", "s"},
		{"other scripts", "sñ日p", "sp"},
		{"control C ends", "s\x03p", "s"},
		{"control D ends", "\x04p", ""},
	} {
		keys := make(chan byte)
		go func() {
			defer close(keys)
			readKeys(bufio.NewReader(strings.NewReader(c.in)), keys, nil)
		}()
		var got []byte
		for k := range keys {
			got = append(got, k)
		}
		if string(got) != c.want {
			t.Errorf("%s: %q gave %q, want %q", c.name, c.in, got, c.want)
		}
	}
}
