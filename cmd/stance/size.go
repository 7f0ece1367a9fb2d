package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxSize is the flag that raises the limits of the readers.
const maxSize = "max-size"

// size is a flag's number of bytes: "200MB".
type size int

// units are those of a size, the longest names first.
var units = []struct {
	name  string
	bytes int
}{{"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}, {"B", 1}}

// String returns the size in the largest unit that it is a multiple of, "" for 0.
func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	name, bytes := "B", 1
	for _, u := range units {
		if u.bytes > bytes && int(*s)%u.bytes == 0 {
			name, bytes = u.name, u.bytes
		}
	}
	return strconv.Itoa(int(*s)/bytes) + name
}

// Set reads a whole number and its unit.
func (s *size) Set(value string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(strings.ToUpper(strings.TrimSpace(value)), u.name)
		if !ok {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil && n > 0 && n <= math.MaxInt32/u.bytes {
			*s = size(n * u.bytes)
			return nil
		}
		break
	}
	return fmt.Errorf("wants a whole number of KB, MB or GB, such as 200MB, below 2GB")
}

// Type names the kind of value in the help.
func (s *size) Type() string { return "SIZE" }
