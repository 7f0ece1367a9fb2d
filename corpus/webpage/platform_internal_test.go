package webpage

import (
	"testing"

	"github.com/andybalholm/cascadia"
)

func TestPlatformSelectors(t *testing.T) {
	for _, p := range platforms() {
		for _, s := range []string{forums, p.sign, p.item, p.author, p.posted, p.body, p.votes, p.leave, p.title, p.link, p.post, p.more, p.heading} {
			if _, err := cascadia.ParseGroup(s); s != "" && err != nil {
				t.Errorf("%s: %q: %v", p.name, s, err)
			}
		}
	}
}
