// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// treeOf makes a Tree; a name that ends in / is an empty folder.
func treeOf(files map[string]string) iso9660.Tree {
	var t iso9660.Tree
	for name, content := range files { // in no order, on purpose
		if dir, ok := strings.CutSuffix(name, "/"); ok {
			t.Folders = append(t.Folders, iso9660.Folder{Path: dir})
			continue
		}
		t.Files = append(t.Files, iso9660.File{Path: name, Size: int64(len(content)), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(content)), nil
		}})
	}
	return t
}

func imageOf(t testing.TB, files map[string]string, o iso9660.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := iso9660.Write(context.Background(), &b, treeOf(files), o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// trees are shapes that have gone wrong in other writers.
func trees() map[string]map[string]string {
	alike := map[string]string{}
	for i := range 60 {
		alike[fmt.Sprintf("drivers/%s%02d.inf", strings.Repeat("same name ", 6), i)] = fmt.Sprint(i)
	}
	wide := map[string]string{}
	for i := range 5000 {
		wide[fmt.Sprintf("many/file with a number %05d.txt", i)] = fmt.Sprint(i)
	}
	odd := map[string]string{}
	for n := 1; n <= iso9660.MaxNameUnits; n++ { // every length, so that records end at every place in a sector
		odd["lengths/"+strings.Repeat("x", n)] = fmt.Sprint(n)
	}
	return map[string]map[string]string{
		"nothing":        {},
		"one file":       {"Autounattend.xml": "<unattend/>"},
		"empty files":    {"a": "", "b/c": "", "d": "d", "e": ""},
		"empty folders":  {"a/": "", "b/c/": "", "b/d": "x"},
		"sector borders": {"2047": strings.Repeat("a", 2047), "2048": strings.Repeat("b", 2048), "2049": strings.Repeat("c", 2049), "4096": strings.Repeat("d", 4096)},
		"deep": {"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/deep.txt": "deep", "1/2/3/4/5/6/7/level8.txt": "8", "1/2/3/4/5/6/7/8/level9.txt": "9",
			"1/2/3/4/5/6/7/x/8/": "", "DEEP/taken": "user's own", "deep1": "too", "1/2/3/4/5/6/7/8.x/same short name": "y"},
		"alike":       alike,
		"wide":        wide,
		"lengths":     odd,
		"dots":        {"archive.tar.gz": "1", "a..b": "2", ".hidden": "3", ".hidden.txt": "4", "v1.2.3/x.y.z": "5", "...x": "6"},
		"non-ASCII":   {"Grüße.txt": "1", "日本語/ファイル.txt": "2", "кириллица": "3", "é": "composed", "e\u0301": "decomposed", "\uFFFD": "4", "ﬁ": "5", "fi": "6"},
		"short clash": {"ABCDEFGH.TXT": "1", "abcdefghi.txt": "2", "abcdefgh1.txt": "3", "ABCDEFG1.TXT": "4", "a b.txt": "5", "a_b.txt": "6", "a-b.txt": "7", "A_B1.TXT": "8"},
		"order":       {"A": "1", "A.1": "2", "A1": "3", "A_": "4", "a b": "5", "Z": "6", "b": "7", "ä": "8", "A!": "9", "A-": "10"},
		"spaces":      {" leading.txt": "1", "in the middle .txt": "2", "$OEM$/$$/Setup/Scripts/SetupComplete.cmd": "3", "#+,=@[]{}~'`%^&()": "4"},
		"extensions":  {"a.html": "1", "a.htm": "2", "a.htmx": "3", "noext": "4", "noext.d/x": "5"},
	}
}

func TestWriteGivesBothTreesTheSameContent(t *testing.T) {
	for name, files := range trees() {
		t.Run(name, func(t *testing.T) {
			image := imageOf(t, files, iso9660.Options{Label: "AVMA"})
			checkImage(t, image, files)
		})
	}
}

// checkImage verifies an image by the standard and by the reader, and compares it with what went in.
func checkImage(t *testing.T, image []byte, files map[string]string) {
	t.Helper()
	want := map[string]string{}
	for name, content := range files {
		if !strings.HasSuffix(name, "/") {
			want[name] = content
		}
	}
	primary, joliet := verify(t, image)
	got := map[string]string{}
	for name, content := range joliet {
		got[name] = string(content)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Joliet tree (-want +got):\n%s", diff)
	}
	contents := func(m map[string][]byte) []string {
		return slices.Sorted(func(yield func(string) bool) {
			for _, b := range m {
				if !yield(string(b)) {
					return
				}
			}
		})
	}
	if diff := cmp.Diff(contents(joliet), contents(primary)); diff != "" {
		t.Errorf("the primary tree holds other content (-Joliet +primary):\n%s", diff)
	}
	img, err := iso9660.Open(bytes.NewReader(image), int64(len(image)))
	if err != nil {
		t.Fatal(err)
	}
	all := readAll(t, img)
	for name := range files { // an empty folder is in the map as itself
		if dir, ok := strings.CutSuffix(name, "/"); ok {
			if info, err := fs.Stat(img, dir); err != nil || !info.IsDir() {
				t.Errorf("empty folder %s: %v", dir, err)
			}
		}
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("own reader (-want +got):\n%s", diff)
	}
}

// readAll gives the files of a file system.
func readAll(t testing.TB, fsys fs.FS) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, path)
		got[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWriteIsDeterministic(t *testing.T) {
	for name, files := range trees() {
		first := imageOf(t, files, iso9660.Options{Label: "X"})
		if again := imageOf(t, maps.Clone(files), iso9660.Options{Label: "X"}); !bytes.Equal(first, again) {
			t.Errorf("%s: two images of the same tree differ", name)
		}
	}
}

func TestTimeStamps(t *testing.T) {
	files := map[string]string{"d/f": "x"}
	for _, tt := range []struct {
		name     string
		in, want time.Time
	}{
		{"zero", time.Time{}, iso9660.DefaultTime},
		{"epoch", time.Unix(0, 0), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"another zone", time.Date(2026, 7, 1, 1, 2, 3, 4, time.FixedZone("", 7200)), time.Date(2026, 6, 30, 23, 2, 3, 0, time.UTC)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			image := imageOf(t, files, iso9660.Options{Time: tt.in})
			verify(t, image)
			img, err := iso9660.Open(bytes.NewReader(image), int64(len(image)))
			if err != nil {
				t.Fatal(err)
			}
			if !img.Time().Equal(tt.want) {
				t.Errorf("volume has %v, want %v", img.Time(), tt.want)
			}
			for _, name := range []string{".", "d", "d/f"} {
				if info, err := img.Stat(name); err != nil || !info.ModTime().Equal(tt.want) {
					t.Errorf("%s has %v (%v), want %v", name, info.ModTime(), err, tt.want)
				}
			}
		})
	}
	for _, year := range []int{1899, 2156} {
		_, err := iso9660.Plan(iso9660.Tree{}, iso9660.Options{Time: time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)})
		if !errors.Is(err, iso9660.ErrInvalid) || !strings.Contains(err.Error(), "1900 to 2155") {
			t.Errorf("year %d: %v", year, err)
		}
	}
}

func TestPlanTellsTheSize(t *testing.T) {
	l, err := iso9660.Plan(treeOf(map[string]string{"a": "1", "b": "", "c/d": "2"}), iso9660.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a layout can be written again
		var b bytes.Buffer
		if err := l.Write(context.Background(), &b); err != nil || int64(b.Len()) != l.Size() {
			t.Errorf("Size is %d, written %d: %v", l.Size(), b.Len(), err)
		}
	}
	if l.Files() != 3 {
		t.Errorf("Files is %d", l.Files())
	}
}
