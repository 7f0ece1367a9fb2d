package plaintext

import (
	"testing"
	"time"
)

func TestBefore(t *testing.T) {
	saved := time.Date(2024, 3, 31, 12, 0, 0, 0, time.UTC)
	tests := []struct{ in, want string }{
		{"2 hours ago", "2024-03-31 10:00"},
		{"an hour ago", "2024-03-31 11:00"},
		{"vor 3 Tagen", "2024-03-28 12:00"},
		{"vor einer Stunde", "2024-03-31 11:00"},
		{"hace 2 semanas", "2024-03-17 12:00"},
		{"il y a 5 minutes", "2024-03-31 11:55"},
		{"1 year ago", "2023-03-31 12:00"},
		{"4h", "2024-03-31 08:00"},
		{"21:00", ""},
		{"March 4", ""},
		{"yesterday", ""},
		{"we met 2 days later", ""},
	}
	for _, tt := range tests {
		got := ""
		if at := Before(saved, tt.in); !at.IsZero() {
			got = at.Format("2006-01-02 15:04")
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}
