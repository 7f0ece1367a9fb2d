package serial

import (
	"encoding/json"
	"testing"
)

func TestRounded(t *testing.T) {
	for in, want := range map[float64]string{0.666666: "0.6667", -0.00001: "0", 1: "1", -0.42: "-0.42"} {
		if got, _ := json.Marshal(Rounded(in)); string(got) != want {
			t.Errorf("Rounded(%v) = %s, want %s", in, got, want)
		}
	}
}
