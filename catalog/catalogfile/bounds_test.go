// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

func file(attributes string) string {
	return "release \"2028\" {\n  build = 29600\n" + attributes + "}\n"
}

// Each bound holds what is at it, and refuses one beyond.
func TestBounds(t *testing.T) {
	for name, tc := range map[string]struct {
		at, beyond string
	}{
		"the least build":            {"release \"2028\" {\n  build = 6000\n}", "release \"2028\" {\n  build = 5999\n}"},
		"the greatest build":         {"release \"2028\" {\n  build = 999999\n}", "release \"2028\" {\n  build = 1000000\n}"},
		"the longest name":           {"release \"2" + strings.Repeat("0", 31) + "\" {\n  build = 29600\n}", "release \"2" + strings.Repeat("0", 32) + "\" {\n  build = 29600\n}"},
		"the first digit":            {"release \"0028\" {\n  build = 29600\n}", "release \"/028\" {\n  build = 29600\n}"},
		"the last digit":             {"release \"9028\" {\n  build = 29600\n}", "release \":028\" {\n  build = 29600\n}"},
		"a letter in a name":         {"release \"28H3\" {\n  build = 29600\n}", "release \"28_3\" {\n  build = 29600\n}"},
		"an empty name":              {file(""), "release \"\" {\n  build = 29600\n}"},
		"the longest text":           {file("  title = \"" + strings.Repeat("x", 500) + "\"\n"), file("  title = \"" + strings.Repeat("x", 501) + "\"\n")},
		"a blank and a control char": {file("  title = \"a b\"\n"), file("  title = \"a\\u001fb\"\n")},
		"the delete character":       {file("  title = \"a~b\"\n"), file("  title = \"a\\u007fb\"\n")},
		"editions with Core":         {file("  editions = [\"standard\"]\n"), file("  editions = [\"standard core\"]\n")},
		"editions with evaluation":   {file("  editions = [\"datacenter\"]\n"), file("  editions = [\"datacenter evaluation\"]\n")},
		"keys of another":            {file("  keys_of = \"2025\"\n"), file("  keys_of = \"2028\"\n")},
		"an element that is null":    {file("  aliases = [\"28A\"]\n"), file("  aliases = [null]\n")},
		"a flag":                     {file("  host = false\n"), file("  host = null\n")},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := load(t, tc.at); err != nil {
				t.Errorf("at the bound: %v", err)
			}
			var e *Error
			if _, err := load(t, tc.beyond); !errors.As(err, &e) {
				t.Errorf("one beyond: %v", err)
			}
		})
	}
}

func TestBoundsOfAFile(t *testing.T) {
	blocks := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "release \"30%04dA\" {\n  build = %d\n}\n", i, 100000+i)
		}
		return b.String()
	}
	if _, err := load(t, blocks(20)); err != nil {
		t.Error(err)
	}
	hosts := func(n int) string { return strings.Repeat("host \"2025\" {\n  activates = []\n}\n", n) }
	for n, want := range map[int]bool{maxBlocks: false, maxBlocks + 1: true} {
		_, err := load(t, hosts(n))
		if got := err != nil && strings.Contains(err.Error(), fmt.Sprintf("%d blocks are too many", n)) && strings.Contains(err.Error(), "At most 1000 "); got != want {
			t.Errorf("%d blocks: %.200v", n, err)
		}
	}
	comment := file("") + "#"
	for size, refused := range map[int]bool{maxSize: false, maxSize + 1: true} {
		fsys := afero.NewMemMapFs()
		text := comment + strings.Repeat("x", size-len(comment))
		if err := afero.WriteFile(fsys, "c.hcl", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadFile(fsys, "c.hcl", nil); (err != nil) != refused || refused && !strings.Contains(err.Error(), "larger than 1048576 bytes") {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// What a release is without a word on it, and with one.
func TestWhatIsLeftOut(t *testing.T) {
	c, err := load(t, file("")+"release \"28H2\" {\n  build = 29800\n  servicing = \"annual\"\n}\nrelease \"2022\" {\n  build = 20348\n  servicing = \"ltsc\"\n}\n"+
		"release \"2029\" {\n  build = 29700\n  host = false\n  keys_of = \"2025\"\n  editions = [\"standard\"]\n  aliases = [\"29A\"]\n}\n"+
		"key \"2028\" \"datacenter\" {\n  key = "+good+"\n}\nhost \"2028\" {\n  activates = [\"2028\"]\n}\n")
	if err != nil {
		t.Fatal(err)
	}
	long, _ := c.Release("2028")
	if long.NoHost || long.Title != "Windows Server 2028" || long.ImageTitle != "Windows Server 2028" || len(long.Editions) != 2 {
		t.Errorf("%+v", long)
	}
	short, _ := c.Release("28H2")
	if !short.NoHost || short.Title != "Windows Server, version 28H2" || short.ImageTitle != "" {
		t.Errorf("%+v", short)
	}
	old, _ := c.Release("2022")
	if before, _ := catalog.Default().Release("2022"); old.Title != before.Title || old.NoHost != before.NoHost {
		t.Errorf("%+v, was %+v", old, before)
	}
	own, _ := c.Release("2029")
	if !own.NoHost || own.KeysOf != "2025" || len(own.Editions) != 1 || len(own.Aliases) != 1 {
		t.Errorf("%+v", own)
	}
	if guest, err := c.Resolve("2028", "datacenter"); err != nil || !c.Activates("2028", guest).OK || c.Activates("2029", guest).OK {
		t.Errorf("%+v, %v", guest, err)
	}
	if titled, err := load(t, file("  title = \"A\"\n  image_title = \"B\"\n")); err != nil {
		t.Error(err)
	} else if r, _ := titled.Release("2028"); r.Title != "A" || r.ImageTitle != "B" {
		t.Errorf("%+v", r)
	}
	e := key(t, c, "2028", "datacenter", catalog.AVMA)
	if e.Source != "catalogue file c.hcl" || e.Standing != catalog.Inferred {
		t.Errorf("%+v", e)
	}
}

// What is told of a line: all of it, but what may be a key that is secret.
func TestShown(t *testing.T) {
	for line, want := range map[string]string{
		`release "2028" {`:                    `release "2028" {`,
		`  build = 1`:                         `  build = 1`,
		`  key = "AAAAA"`:                     `  key = `,
		`key "2028" "dc" { key = "AAAAA" }`:   `key "2028" "dc" { key = `,
		`  kye = "AAAAA"`:                     `  kye = `,
		`{"key": {"2028": {"kye": "AAAAA"}}}`: `{"key": `,
		`  "key":"AAAAA"`:                     `  "key":`,
		`{"release": {"2028": {"build": 1}}}`: `{"release": {"2028": {"build": 1}}}`,
		`}`:                                   `}`,
		`host "2025" {`:                       `host "2025" {`,
		`  activates = ["2022"]`:              `  activates = ["2022"]`,
		`  AAAAA-BBBBB`:                       `  `,
		``:                                    ``,
	} {
		if got := line[:shown(line)]; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// The source line and the caret: cut to a width that a terminal has, and none far to the right.
func TestSnippet(t *testing.T) {
	for column, there := range map[int]bool{maxLine: true, maxLine + 1: false} {
		src := "title = " + strings.Repeat(" ", column-8) + "1 \n"
		_, err := load(t, "release \"2028\" {\nbuild = 29600\n"+src+"}\n")
		if err == nil || strings.Contains(err.Error(), " | title") != there {
			t.Errorf("column %d: %v", column, err)
		}
	}
	_, err := load(t, "release \"2028\" {\nbuild = 29600\ntitle = ["+strings.Repeat("1, ", 100)+"]\n}\n")
	lines := strings.Split(err.Error(), "\n")
	if got := strings.TrimPrefix(lines[2], "    3 | "); len(got) != maxLine+3 || !strings.HasSuffix(got, "...") {
		t.Errorf("%d characters: %s", len(got), got)
	}
	if n := strings.Count(lines[3], "^"); n != maxLine {
		t.Errorf("%d carets", n)
	}
}

// A wrong key is shown as that, and not at all; and one mistake in a block is said, not what follows from it.
func TestWrongKey(t *testing.T) {
	_, err := load(t, "key \"2022\" \"datacenter\" {\n  key = \"YQB4H-NKHHJ\"\n}")
	if lines := strings.Split(err.Error(), "\n"); lines[2] != `    2 |   key = "xxxxx-xxxxx"` || lines[3] != "      |         ^^^^^^^^^^^^^" {
		t.Errorf("%v", err)
	}
	_, err = load(t, file("  host = 1\n")+"release \"2030\" {\n  build = \"x\"\n  title = 1\n  aliases = [1]\n}\n")
	var e *Error
	if !errors.As(err, &e) || len(e.Diagnostics) != 4 {
		t.Errorf("%v", err)
	}
}
