package webpage

import (
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/google/go-cmp/cmp"
)

func TestUntangle(t *testing.T) {
	tests := []struct {
		name          string
		in, want      []int
		self, circles int
	}{
		{"a tree stays", []int{-1, 0, 1, 0}, []int{-1, 0, 1, 0}, 0, 0},
		{"a reply before its parent stays", []int{1, -1}, []int{1, -1}, 0, 0},
		{"its own parent", []int{0, 0}, []int{-1, 0}, 1, 0},
		{"a circle of three with a tail", []int{1, 2, 0, 0}, []int{1, 2, -1, 0}, 0, 1},
		{"two circles", []int{1, 0, 3, 2}, []int{1, -1, 3, -1}, 0, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			self, circles := untangle(tt.in)
			if diff := cmp.Diff(tt.want, tt.in); diff != "" || self != tt.self || circles != tt.circles {
				t.Errorf("%d themselves, %d circles (-want +got):\n%s", self, circles, diff)
			}
		})
	}
}

func TestPlatformSelectors(t *testing.T) {
	for _, p := range platforms() {
		for _, s := range []string{forums, p.sign, p.item, p.author, p.posted, p.body, p.votes, p.leave, p.title, p.link, p.post, p.more, p.heading} {
			if _, err := cascadia.ParseGroup(s); s != "" && err != nil {
				t.Errorf("%s: %q: %v", p.name, s, err)
			}
		}
	}
}
