// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media"
	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// folder makes a folder of files; a name that ends in / is a folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		write(t, filepath.Join(dir, name), []byte(content))
	}
	return dir
}

// contents reads an image back; empty folders have a / at the end.
func contents(t testing.TB, image []byte) map[string]string {
	t.Helper()
	img, err := iso9660.Open(bytes.NewReader(image), int64(len(image)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	err = fs.WalkDir(img, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if list, err := img.ReadDir(path); err == nil && len(list) == 0 {
				got[path+"/"] = ""
			}
			return nil
		}
		b, err := img.ReadFile(path)
		got[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func mustCreate(t testing.TB, path string, o media.CreateOptions) []byte {
	t.Helper()
	if _, err := media.Create(context.Background(), path, o); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCreate(t *testing.T) {
	in := folder(t, map[string]string{"tree/a.txt": "a", "tree/sub/b.txt": "b", "tree/none/": "", "single.xml": "<x/>"})
	out := filepath.Join(t.TempDir(), "new", "folder", "answers.iso")
	created, err := media.Create(context.Background(), out, media.CreateOptions{
		Files:   []string{filepath.Join(in, "tree"), filepath.Join(in, "single.xml")},
		Content: map[string][]byte{"Autounattend.xml": []byte("<unattend/>"), "sub/c.txt": []byte("c"), "empty": nil},
		SHA256:  true,
	})
	if err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(image)
	want := media.Created{Path: out, Size: int64(len(image)), Label: "AVMA", Files: 6, SHA256: hex.EncodeToString(sum[:])}
	if diff := cmp.Diff(want, created); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"a.txt": "a", "sub/b.txt": "b", "none/": "", "single.xml": "<x/>", "Autounattend.xml": "<unattend/>", "sub/c.txt": "c", "empty": ""},
		contents(t, image)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	onlyFile(t, out)
}

// onlyFile checks that nothing lies beside the image.
func onlyFile(t *testing.T, out string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(list) != 1 || list[0].Name() != filepath.Base(out) {
		t.Errorf("the folder of the image has %v, %v", list, err)
	}
}

func TestCreateGivesTheSameBytes(t *testing.T) {
	one := folder(t, map[string]string{"a": "1", "b/c": "2", "d": ""})
	two := folder(t, map[string]string{"d": "", "b/c": "2", "a": "1"})
	if err := os.Chtimes(filepath.Join(two, "a"), time.Unix(1, 0), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	content := map[string][]byte{"x": []byte("x"), "y": []byte("y"), "z": []byte("z")}
	epoch := time.Unix(1700000000, 0)
	first := mustCreate(t, filepath.Join(dir, "1.iso"), media.CreateOptions{Files: []string{one}, Content: content, Time: epoch})
	for range 3 { // over an image that is there
		if again := mustCreate(t, filepath.Join(dir, "2.iso"), media.CreateOptions{Files: []string{two}, Content: content, Time: epoch}); !bytes.Equal(first, again) {
			t.Fatal("the same input gave other bytes")
		}
	}
	if other := mustCreate(t, filepath.Join(dir, "3.iso"), media.CreateOptions{Files: []string{one}, Content: content}); bytes.Equal(first, other) {
		t.Error("the time stamp has no effect")
	}
}

func TestModeAndLabel(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.iso")
	for _, tt := range []struct{ set, want os.FileMode }{{0, 0o600}, {0o644, 0o644}, {0o666, 0o666}, {0o400, 0o400}} {
		image := mustCreate(t, out, media.CreateOptions{Content: map[string][]byte{"a": nil}, Mode: tt.set, Label: "My label"})
		info, err := os.Stat(out)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != tt.want {
			t.Errorf("Mode %o gives %o, want %o", tt.set, info.Mode().Perm(), tt.want)
		}
		if img, err := iso9660.Open(bytes.NewReader(image), int64(len(image))); err != nil || img.Label() != "My label" {
			t.Errorf("label %q, %v", img.Label(), err)
		}
	}
}

func TestImageInsideItsOwnInput(t *testing.T) {
	in := folder(t, map[string]string{"a": "1", "sub/.answers.iso.2.partial": "another's", ".answers.iso.x.partial": "no temporary name"})
	out := filepath.Join(in, "build", "answers.iso")
	first := mustCreate(t, out, media.CreateOptions{Files: []string{in}})
	write(t, filepath.Join(in, "build", ".answers.iso.7.partial"), []byte("left behind by a killed run"))
	second := mustCreate(t, out, media.CreateOptions{Files: []string{in}})
	if !bytes.Equal(first, second) {
		t.Error("the second image differs from the first")
	}
	want := map[string]string{"a": "1", "build/": "", "sub/.answers.iso.2.partial": "another's", ".answers.iso.x.partial": "no temporary name"}
	if diff := cmp.Diff(want, contents(t, second)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := os.Link(out, filepath.Join(in, "older.iso")); err == nil { // a name of its own
		third := mustCreate(t, out, media.CreateOptions{Files: []string{in}})
		if got := contents(t, third)["older.iso"]; got != string(second) {
			t.Errorf("a hard link to the older image has %d bytes in the new one", len(got))
		}
		second = third
	}
	_, err := media.Create(context.Background(), out, media.CreateOptions{Files: []string{out}})
	if !errors.Is(err, media.ErrInvalid) || !strings.Contains(err.Error(), "cannot be in itself") {
		t.Errorf("got %v", err)
	}
	if b, _ := os.ReadFile(out); !bytes.Equal(b, second) {
		t.Error("the image was touched")
	}
}

// The older image is left out by whichever way one comes to it.
func TestImageInsideItsOwnInputByALink(t *testing.T) {
	in := folder(t, map[string]string{"a": "1", "build/": ""})
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	link(t, filepath.Join(in, "build"), elsewhere)
	for range 2 {
		got := contents(t, mustCreate(t, filepath.Join(elsewhere, "x.iso"), media.CreateOptions{Files: []string{in}}))
		if _, itself := got["build/x.iso"]; itself {
			t.Error("the older image is in the new one")
		}
	}
}

func TestRelativePaths(t *testing.T) {
	t.Chdir(folder(t, map[string]string{"in/a": "1"}))
	for _, in := range []string{"in", "./in/", "in/.", "../" + filepath.Base(must(os.Getwd())) + "/in"} {
		if diff := cmp.Diff(map[string]string{"a": "1"}, contents(t, mustCreate(t, "x.iso", media.CreateOptions{Files: []string{in}}))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", in, diff)
		}
	}
	if diff := cmp.Diff(map[string]string{"in/a": "1"}, contents(t, mustCreate(t, "./x.iso", media.CreateOptions{Files: []string{"."}}))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestMemoryFileSystem(t *testing.T) {
	mem := afero.NewMemMapFs()
	if err := afero.WriteFile(mem, "/in/d/f", []byte("f"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := media.Create(context.Background(), "/in/out.iso", media.CreateOptions{FS: mem, Files: []string{"/in"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := media.Create(context.Background(), "/in/out.iso", media.CreateOptions{FS: mem, Files: []string{"/in"}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"d/f": "f"}, contents(t, must(afero.ReadFile(mem, "/in/out.iso")))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPlanWritesAnywhere(t *testing.T) {
	o := media.CreateOptions{Content: map[string][]byte{"a": []byte("1"), "b/c": nil}}
	layout, err := media.Plan(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := layout.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if file := mustCreate(t, filepath.Join(t.TempDir(), "x.iso"), o); !bytes.Equal(file, b.Bytes()) || layout.Size() != int64(b.Len()) || layout.Files() != 2 {
		t.Errorf("Size %d, Files %d, written %d", layout.Size(), layout.Files(), b.Len())
	}
}

func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 10,000 files; run without -short")
	}
	files := map[string]string{}
	for i := range 10000 {
		files[fmt.Sprintf("part%d/file with a rather long name %05d.bin", i/5000, i)] = fmt.Sprint(i)
	}
	image := mustCreate(t, filepath.Join(t.TempDir(), "x.iso"), media.CreateOptions{Files: []string{folder(t, files)}})
	if diff := cmp.Diff(files, contents(t, image)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCreatingTheSameImageTwiceAtOnce(t *testing.T) {
	in := folder(t, map[string]string{"a": strings.Repeat("1", 1<<20)})
	out := filepath.Join(t.TempDir(), "x.iso")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := media.Create(context.Background(), out, media.CreateOptions{Files: []string{in}, NoSync: true}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := contents(t, must(os.ReadFile(out))); len(got) != 1 || len(got["a"]) != 1<<20 {
		t.Error("the image is damaged")
	}
	onlyFile(t, out)
}
