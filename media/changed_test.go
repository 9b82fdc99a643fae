// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media"
)

var osFs = afero.NewOsFs()

func createOf(files ...string) media.CreateOptions { return media.CreateOptions{Files: files} }

// A file that is rewritten in place, at the same size, is neither the old one nor the new.
func TestFileThatIsRewrittenMeanwhile(t *testing.T) {
	for _, when := range []string{"before it is opened", "while it is read"} {
		if when == "before it is opened" && runtime.GOOS == "windows" {
			continue // a folder of NTFS may not know the time yet
		}
		in := folder(t, map[string]string{"first": strings.Repeat("1", 3<<20), "second": "old"})
		name := map[string]string{"before it is opened": "second", "while it is read": "first"}[when]
		path := filepath.Join(in, name)
		once := true
		rewrite := &failingFs{Fs: osFs, onRead: func() {
			if once {
				once = false
				f, err := os.OpenFile(path, os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				if _, err := f.WriteString("new"); err != nil {
					t.Fatal(err)
				}
				at := time.Now().Add(time.Second) // beyond the granularity of any clock
				if err := os.Chtimes(path, at, at); err != nil {
					t.Fatal(err)
				}
			}
		}}
		out := filepath.Join(t.TempDir(), "x.iso")
		_, err := media.Create(context.Background(), out, media.CreateOptions{FS: rewrite, Files: []string{in}})
		if err == nil || !strings.Contains(err.Error(), `reading "`+name+`"`) || !strings.Contains(err.Error(), "was changed while") {
			t.Errorf("%s: got %v", when, err)
		}
		nothingBut(t, filepath.Dir(out), out, false)
	}
}

// A name on the disk does nothing to the terminal of whoever reads about it.
func TestControlCharactersInNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	const bad = "a\x1b[31m\nb"
	in := folder(t, map[string]string{bad + "/f": "1", "ok/f": "1", "ok/" + bad: "", "x/" + bad + "/Autounattend.xml": ""})
	for _, files := range [][]string{
		{filepath.Join(in, bad), filepath.Join(in, "ok")},
		{filepath.Join(in, bad, "f"), filepath.Join(in, "ok", "f")},
		{filepath.Join(in, bad, "none")},
		{filepath.Join(in, bad) + "\n"},
	} {
		_, err := media.Plan(context.Background(), createOf(files...))
		if err == nil || strings.Contains(err.Error(), "\x1b") || strings.Contains(err.Error(), "\nb") {
			t.Errorf("%q: %v", files, err)
		}
	}
	empty := filepath.Join(in, bad, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	o := createOf(empty)
	o.Warn = func(list []string) error {
		if got := strings.Join(list, ""); got == "" || strings.ContainsAny(got, "\x1b\n") {
			t.Errorf("warnings %q", got)
		}
		return nil
	}
	if _, err := media.Plan(context.Background(), o); err != nil {
		t.Error(err)
	}
	link(t, "nowhere", filepath.Join(in, bad, "dangling"))
	link(t, "..", filepath.Join(in, bad, "up"))
	unreadable := &failingFs{Fs: osFs, unreadable: bad}
	for _, o := range []media.CreateOptions{createOf(filepath.Join(in, bad)), {FS: unreadable, Files: []string{filepath.Join(in, "x")}}} {
		if _, err := media.Plan(context.Background(), o); err == nil || strings.Contains(err.Error(), "\x1b") || strings.Contains(err.Error(), "\nb") {
			t.Errorf("got %v", err)
		}
	}
}
