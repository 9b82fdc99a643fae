// SPDX-License-Identifier: MPL-2.0

package onewriter_test

import (
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/onewriter"
)

func TestClaim(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	fs := afero.NewMemMapFs()
	notes := func(run string, pid int) onewriter.Notes {
		return onewriter.Notes{FS: fs, Dir: "notes", Run: run, PID: pid, Now: func() time.Time { return now }}
	}
	for _, c := range []struct {
		name     string
		n        onewriter.Notes
		path     string
		config   string
		conflict bool
	}{
		{"the first", notes("run", 1), "out/a", "x", false},
		{"itself again", notes("run", 1), "out/../out/a", "y", false},
		{"the same, started twice", notes("run", 2), "out/a", "x", false},
		{"another process", notes("run", 2), "out/a", "", true},
		{"another one that was told something else", notes("run", 2), "out/a", "y", true},
		{"another file", notes("run", 2), "out/b", "", false},
		{"another run", notes("later", 2), "out/a", "", false},
		{"no run at all", notes("", 2), "out/a", "", false},
		{"no file", notes("run", 2), "", "", false},
	} {
		err := c.n.Claim(c.path, onewriter.Owner{Name: `build "win"`, Config: c.config})
		if (err != nil) != c.conflict || err != nil && !strings.Contains(err.Error(), `out/a is written by build "win" too`) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	old := onewriter.Notes{FS: fs, Dir: "notes", Run: "much later", PID: 1, Now: func() time.Time { return time.Now().Add(8 * 24 * time.Hour) }}
	if err := old.Claim("c", onewriter.Owner{}); err != nil {
		t.Fatal(err)
	}
	if left, _ := afero.ReadDir(fs, "notes"); len(left) != 1 {
		t.Errorf("%d notes are kept", len(left))
	}
	if err := (onewriter.Notes{FS: afero.NewReadOnlyFs(fs), Dir: "elsewhere", Run: "run", Now: time.Now}).Claim("a", onewriter.Owner{}); err != nil {
		t.Errorf("where no note can be made: %v", err)
	}
}
