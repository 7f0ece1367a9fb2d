package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	of := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123"}
	for _, c := range []struct {
		name, stated string
		info         *debug.BuildInfo
		want         string
	}{
		{"a release", "v1.2.3", of("v1.2.2"), "v1.2.3"},
		{"go install of a tag, or a checkout of one", "", of("v1.2.3"), "v1.2.3"},
		{"a checkout behind a tag", "", of("v1.2.4-0.20260101000000-0123456789ab+dirty"), "v1.2.4-0.20260101000000-0123456789ab+dirty"},
		{"a commit", "", of("(devel)", commit), "(devel) of 0123456789ab"},
		{"changed files", "", of("(devel)", commit, debug.BuildSetting{Key: "vcs.modified", Value: "true"}), "(devel) of 0123456789ab, changed"},
		{"source alone", "", of("(devel)"), "(devel)"},
		{"a test", "", nil, "(devel)"},
	} {
		if got := versionOf(c.stated, c.info); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
