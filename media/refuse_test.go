// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/media"
)

func TestInputsThatAreRefused(t *testing.T) {
	in := folder(t, map[string]string{"a/f": "1", "b/F": "2", "c/f": "3", "bad/😀": "4"})
	at := func(name string) string { return filepath.Join(in, name) }
	big := at("install.wim")
	write(t, big, nil)
	if err := os.Truncate(big, 1<<32); err != nil {
		t.Skipf("no sparse file of 4 GiB can be made here: %v", err)
	}
	for _, tt := range []struct {
		name    string
		o       media.CreateOptions
		invalid bool // or else a failure to look
		says    []string
	}{
		{"twice", media.CreateOptions{Files: []string{at("a"), at("c")}}, true, []string{at("a/f"), at("c/f"), "takes the place"}},
		{"case", media.CreateOptions{Files: []string{at("a"), at("b")}}, true, []string{at("a/f"), at("b/F"), "upper and lower case"}},
		{"content and file", media.CreateOptions{Files: []string{at("a")}, Content: map[string][]byte{"f": nil}}, true, []string{at("a/f"), "from content"}},
		{"forbidden name", media.CreateOptions{Files: []string{at("bad")}}, true, []string{at("bad/😀"), "U+1F600", "rename"}},
		{"content outside", media.CreateOptions{Content: map[string][]byte{"../x": nil}}, true, []string{`"../x"`}},
		{"content with a backslash", media.CreateOptions{Content: map[string][]byte{`a\b`: nil}}, true, []string{"write / between folders"}},
		{"content without a name", media.CreateOptions{Content: map[string][]byte{"": nil}}, true, []string{"is not a path"}},
		{"label", media.CreateOptions{Label: "a label that is too long"}, true, []string{"24 characters", "at most 16"}},
		{"4 GiB", media.CreateOptions{Files: []string{big}}, true, []string{big, "4 GiB - 1"}},
		{"empty path", media.CreateOptions{Files: []string{""}}, true, []string{"name a file or a folder"}},
		{"missing", media.CreateOptions{Files: []string{at("nowhere.xml")}}, false, []string{"nowhere.xml", "check the input path"}},
		{"pattern", media.CreateOptions{Files: []string{at("*.xml")}}, false, []string{"*.xml", "patterns are not expanded"}},
		{"two at once", media.CreateOptions{Files: []string{at("nowhere"), ""}}, true, []string{"nowhere", "path is empty"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "made", "x.iso")
			_, err := media.Create(context.Background(), out, tt.o)
			if err == nil || errors.Is(err, media.ErrInvalid) != tt.invalid {
				t.Fatalf("got %v", err)
			}
			for _, s := range append(tt.says, out+" was not written") {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("message %q does not say %q", err, s)
				}
			}
			if !tt.invalid && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%v does not match fs.ErrNotExist", err)
			}
			if _, err := os.Stat(filepath.Dir(out)); !errors.Is(err, fs.ErrNotExist) {
				t.Error("the folder that was made for the image is still there")
			}
		})
	}
}

func TestPlacesThatAreRefused(t *testing.T) {
	dir := folder(t, map[string]string{"file": "", "sub/": ""})
	for _, tt := range []struct{ name, path, says string }{
		{"nothing", "", "name a file"},
		{"a folder", filepath.Join(dir, "sub"), "it is a folder"},
		{"a folder to be", filepath.Join(dir, "new") + string(filepath.Separator), "name of a folder"},
		{"below a file", filepath.Join(dir, "file", "x.iso"), "file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := media.Create(context.Background(), tt.path, media.CreateOptions{}); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
	if got := must(os.ReadDir(dir)); len(got) != 2 {
		t.Errorf("left behind: %v", got)
	}
}

// link makes a symbolic link, or skips where that is a privilege.
func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("no symbolic links here (on Windows, turn on Developer Mode): %v", err)
	}
}

func TestSymbolicLinks(t *testing.T) {
	in := folder(t, map[string]string{"real/f": "1", "real/sub/g": "2", "tree/own": "3"})
	at := func(name string) string { return filepath.Join(in, name) }
	link(t, at("real/f"), at("tree/to-file"))
	link(t, "../real", at("tree/to-folder"))
	link(t, at("tree"), at("link-to-tree"))
	out := filepath.Join(t.TempDir(), "x.iso")

	want := map[string]string{"own": "3", "to-file": "1", "to-folder/f": "1", "to-folder/sub/g": "2"}
	for _, root := range []string{"tree", "link-to-tree"} {
		if diff := cmp.Diff(want, contents(t, mustCreate(t, out, media.CreateOptions{Files: []string{at(root)}}))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", root, diff)
		}
	}
	if diff := cmp.Diff(map[string]string{"to-file": "1"}, contents(t, mustCreate(t, out, media.CreateOptions{Files: []string{at("tree/to-file")}}))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}

	link(t, "..", at("real/sub/up"))
	refuse(t, out, at("tree"), "to a folder that it lies in itself", true)
	if err := os.Remove(at("real/sub/up")); err != nil {
		t.Fatal(err)
	}
	link(t, "nowhere", at("real/sub/dangling"))
	refuse(t, out, at("tree"), "leads nowhere", false)
	refuse(t, out, at("real/sub/dangling"), "dangling", false)
}

func refuse(t *testing.T, out, in, says string, invalid bool) {
	t.Helper()
	_, err := media.Create(context.Background(), out, media.CreateOptions{Files: []string{in}})
	if err == nil || !strings.Contains(err.Error(), says) || errors.Is(err, media.ErrInvalid) != invalid {
		t.Errorf("got %v, want %q", err, says)
	}
}
