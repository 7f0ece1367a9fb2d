package flags

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// mostSize is the largest size: what the command of Zstandard takes with its longest
// window, and as much again.
const mostSize = min(4<<30, math.MaxInt)

// size is a flag's number of bytes: "200MB".
type size int64

// units are those of a size, the longest names first.
var units = []struct {
	name  string
	bytes int64
}{{"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}, {"B", 1}}

// String returns the size in the largest unit that it is a multiple of, "" for 0.
func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	name, bytes := "B", int64(1)
	for _, u := range units {
		if u.bytes > bytes && int64(*s)%u.bytes == 0 {
			name, bytes = u.name, u.bytes
		}
	}
	return strconv.FormatInt(int64(*s)/bytes, 10) + name
}

// Set reads a whole number and its unit.
func (s *size) Set(value string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(strings.ToUpper(strings.TrimSpace(value)), u.name)
		if !ok {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64); err == nil && n > 0 && n <= mostSize/u.bytes {
			*s = size(n * u.bytes)
			return nil
		}
		break
	}
	return errors.New("wants a whole number of KB, MB or GB, such as 200MB, up to 4GB")
}

// Type names the kind of value in the help.
func (s *size) Type() string { return "SIZE" }
