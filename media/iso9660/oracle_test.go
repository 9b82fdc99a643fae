// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// tool runs an external program; without it the test is skipped.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	pkg := map[string]string{"isoinfo": "genisoimage", "xorriso": "xorriso", "7z": "7zip"}[name]
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed; install the package %s (apt install %s) to run this", name, pkg, pkg)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, out)
	}
	return string(out)
}

// imageFile writes an image of files to a temporary file.
func imageFile(t *testing.T, files map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.iso")
	if err := os.WriteFile(path, imageOf(t, files, iso9660.Options{Label: "ORACLE"}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// extracted are the trees as a program has to bring them back: files with content, empty folders with a / at the end.
func extracted(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if info.IsDir() {
			if list, err := os.ReadDir(path); err == nil && len(list) == 0 && path != dir {
				got[name+"/"] = ""
			}
			return nil
		}
		b, err := os.ReadFile(path)
		got[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestSevenZipReadsTheJolietTree(t *testing.T) {
	for name, files := range trees() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if out := tool(t, "7z", "x", "-y", "-o"+dir, imageFile(t, files)); strings.Contains(strings.ToLower(out), "warning") {
				t.Error(out)
			}
			if diff := cmp.Diff(files, extracted(t, dir)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// treesWithFiles are the trees but the empty one: xorriso extracts nothing from an image of nothing, and fails.
func treesWithFiles() map[string]map[string]string {
	all := trees()
	delete(all, "nothing")
	return all
}

func TestXorrisoReadsTheJolietTree(t *testing.T) {
	for name, files := range treesWithFiles() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tool(t, "xorriso", "-osirrox", "on", "-indev", imageFile(t, files), "-extract", "/", dir)
			makeRemovable(t, dir)
			if diff := cmp.Diff(files, extracted(t, dir)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// makeRemovable gives back the write permission that xorriso takes from folders of images without Rock Ridge.
func makeRemovable(t *testing.T, dir string) {
	t.Helper()
	_ = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.IsDir() {
			return os.Chmod(path, 0o755)
		}
		return err
	})
}

func TestXorrisoReadsThePrimaryTree(t *testing.T) {
	for name, files := range treesWithFiles() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tool(t, "xorriso", "-read_fs", "ecma119", "-osirrox", "on", "-indev", imageFile(t, files), "-extract", "/", dir)
			makeRemovable(t, dir)
			if diff := cmp.Diff(contentsOf(files), contentsOf(extracted(t, dir))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// contentsOf are the contents of all files, sorted, whatever their names.
func contentsOf(files map[string]string) []string {
	var all []string
	for name, content := range files {
		if !strings.HasSuffix(name, "/") {
			all = append(all, content)
		}
	}
	slices.Sort(all)
	return all
}

func TestIsoinfoReadsBothTrees(t *testing.T) {
	files := trees()["deep"]
	files["Autounattend.xml"] = "<unattend/>"
	files["a..b"] = "dots"
	path := imageFile(t, files)
	if out := tool(t, "isoinfo", "-d", "-i", path); !strings.Contains(out, "Joliet with UCS level 3 found") || !strings.Contains(out, "Volume id: ORACLE") {
		t.Errorf("isoinfo -d:\n%s", out)
	}
	list := strings.Fields(tool(t, "isoinfo", "-J", "-f", "-i", path)) // no name here has a space but one
	for name, content := range files {
		name = strings.TrimSuffix(name, "/")
		if strings.Contains(name, " ") {
			continue
		}
		if !slices.Contains(list, "/"+name) {
			t.Errorf("isoinfo -J -f does not list %s", name)
		}
		if content != "" {
			if got := tool(t, "isoinfo", "-J", "-x", "/"+name, "-i", path); got != content {
				t.Errorf("isoinfo -J -x %s gives %q", name, got)
			}
		}
	}
	for name, content := range map[string]string{"/AUTOUNAT.XML;1": "<unattend/>", "/DEEP/TAKEN.;1": "user's own", "/1/2/3/4/5/6/7/LEVEL8.TXT;1": "8", "/A_.B;1": "dots"} {
		if got := tool(t, "isoinfo", "-x", name, "-i", path); got != content {
			t.Errorf("isoinfo -x %s gives %q", name, got)
		}
	}
}

// TestReaderReadsWhatOthersWrite reads images of genisoimage and xorriso.
func TestReaderReadsWhatOthersWrite(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{"Autounattend.xml": "<unattend/>", "sub/folder/Name with spaces.txt": "x", "empty": "", "Grüße.txt": "y", "many.dots.in.a.name": "z"}
	for name, content := range want {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, args := range map[string][]string{
		"genisoimage": {"genisoimage", "-quiet", "-J", "-R", "-input-charset", "utf-8", "-V", "OTHER"},
		"xorriso":     {"xorriso", "-as", "mkisofs", "-quiet", "-J", "-R", "-V", "OTHER"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(name); err != nil {
				t.Skipf("%s is not installed; install the package %s (apt install %s) to run this", name, name, name)
			}
			path := filepath.Join(t.TempDir(), "other.iso")
			tool(t, args[0], append(args[1:], "-o", path, dir)...)
			image, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			img := open(t, image)
			if diff := cmp.Diff(want, readAll(t, img)); diff != "" || img.Label() != "OTHER" {
				t.Errorf("label %q, -want +got:\n%s", img.Label(), diff)
			}
		})
	}
}
