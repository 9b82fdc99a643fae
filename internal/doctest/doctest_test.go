// SPDX-License-Identifier: MPL-2.0

package doctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"
)

func shell() *Shell {
	return &Shell{
		FS: afero.NewMemMapFs(),
		Programs: map[string]func(Command) Result{
			"greet": func(c Command) Result {
				if len(c.Args) == 0 {
					return Result{Stderr: "greet: whom?\n", Status: 2}
				}
				return Result{Stdout: c.Env["HOW"] + "hello " + strings.Join(c.Args, "|") + "\n"}
			},
		},
		Skip: []string{"make"},
	}
}

const document = "text\n```console\n" + `$ greet a 'b c' "d\"e" \
    f
hello a|b c|d"e|f
$ HOW="oh, " greet x > out.txt && cat out.txt
oh, hello x
$ greet
greet: whom?
$ echo $?
2
$ cat in.hcl
a = 1

$ cat in.hcl
a = 1
$ make demo
whatever
` + "```\n"

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doc.md")
	if err := os.WriteFile(path, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	Check(t, path, shell(), false)
}

func TestUpdate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doc.md")
	stale := strings.NewReplacer("oh, hello x", "something\nelse", "greet: whom?\n", "", "hello a|", "bye a|", "hello a|b c|d\"e|f", "...").Replace(document)
	if err := os.WriteFile(path, []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	Check(t, path, shell(), true)
	got, _ := os.ReadFile(path)
	if diff := cmp.Diff(document, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMatches(t *testing.T) {
	for _, tc := range []struct {
		want, got string
		ok        bool
	}{
		{"a b", "a b", true},
		{"a b", "a", false},
		{"a", "a b", false},
		{"... b", "a x b", true},
		{"a ...", "a", true},
		{"a ... c", "a b b c", true},
		{"a ... c", "a b b", false},
		{"...", "", true},
	} {
		if ok := matches(strings.Fields(tc.want), strings.Fields(tc.got)); ok != tc.ok {
			t.Errorf("matches(%q, %q) = %v", tc.want, tc.got, ok)
		}
	}
}

func TestFences(t *testing.T) {
	got := Fences("a\n  ```hcl title\n  x = 1\n    y = 2\n  ```\n~~~console\n$ a\n```\n~~~\n")
	want := []Fence{{"hcl", 3, []string{"x = 1", "  y = 2"}}, {"console", 7, []string{"$ a", "```"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
