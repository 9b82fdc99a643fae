// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/golden-image/packer-plugin-avma/media"
)

const answers = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="windowsPE"/></unattend>`

// warnings are those of an image made of files; nothing may be written before they are told.
func warnings(t *testing.T, files map[string]string) []string {
	t.Helper()
	var got []string
	told := false
	_, err := media.Create(context.Background(), filepath.Join(t.TempDir(), "x.iso"), media.CreateOptions{
		Files: []string{folder(t, files)},
		Warn:  func(list []string) error { got, told = list, true; return nil },
	})
	if err != nil || !told {
		t.Fatalf("%v, told %v", err, told)
	}
	return got
}

func TestWhatSetupWouldIgnore(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		says  []string // one for each warning
	}{
		{"right", map[string]string{"Autounattend.xml": answers, "drivers/unattend.xml": "", "unattend.xml": "", "sub/Autounattend.xml": ""}, nil},
		{"in another case", map[string]string{"AUTOUNATTEND.XML": answers}, nil},
		{"none, and none meant", map[string]string{"avma-deploy.xml": answers, "setup.ps1": "", "sub/unattend.xml": ""}, nil},
		{"the name of later passes", map[string]string{"unattend.xml": answers}, []string{"rename it to Autounattend.xml"}},
		{"in a folder", map[string]string{"sub/deep/autounattend.xml": answers}, []string{`"sub/deep/autounattend.xml" (from `}},
		{"in a folder, two", map[string]string{"a/Autounattend.xml": answers, "b/Autounattend.xml": answers}, []string{"lies in a folder", "lies in a folder"}},
		{"a second ending", map[string]string{"Autounattend.xml.txt": answers}, []string{"not quite the name"}},
		{"a typing mistake", map[string]string{"Autounatend.xml": answers}, []string{"not quite the name"}},
		{"empty", map[string]string{"Autounattend.xml": ""}, []string{"is empty"}},
		{"blank", map[string]string{"Autounattend.xml": "\r\n"}, []string{"0 root elements"}},
		{"cut off", map[string]string{"Autounattend.xml": answers[:len(answers)-5]}, []string{"a mistake on line 1"}},
		{"broken", map[string]string{"Autounattend.xml": "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\">\n<settings>&secret</settings></unattend>"}, []string{"a mistake on line 2"}},
		{"two", map[string]string{"Autounattend.xml": answers + answers}, []string{"2 root elements"}},
		{"no namespace", map[string]string{"Autounattend.xml": "<unattend><settings/></unattend>"}, []string{"of the namespace"}},
		{"another document", map[string]string{"Autounattend.xml": `<html xmlns="urn:schemas-microsoft-com:unattend"/>`}, []string{"element unattend"}},
		{"no settings", map[string]string{"Autounattend.xml": `<unattend xmlns="urn:schemas-microsoft-com:unattend"><x><settings/></x></unattend>`}, []string{"no settings"}},
		{"with a mark", map[string]string{"Autounattend.xml": "\ufeff" + `<?xml version="1.0" encoding="utf-8"?>` + answers}, nil},
		{"UTF-16", map[string]string{"Autounattend.xml": utf16le(`<?xml version="1.0" encoding="utf-16"?>` + answers)}, nil},
		{"a code page", map[string]string{"Autounattend.xml": `<?xml version="1.0" encoding="windows-1252"?>` + answers[:len(answers)-11] + "<x>\xe4</x></unattend>"}, nil},
		{"as large as it may be", map[string]string{"Autounattend.xml": answers + strings.Repeat(" ", 8<<20-len(answers))}, nil},
		{"larger", map[string]string{"Autounattend.xml": answers + strings.Repeat(" ", 8<<20-len(answers)+1)}, []string{"too many for an answer file"}},
		{"an empty folder", map[string]string{"sub/": ""}, []string{"holds no file"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := warnings(t, tt.files)
			if len(got) != len(tt.says) {
				t.Fatalf("got %q, want %q", got, tt.says)
			}
			for i, says := range tt.says {
				if !strings.Contains(got[i], says) || strings.Contains(got[i], "secret") {
					t.Errorf("got %q, want %q", got[i], says)
				}
			}
		})
	}
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// A disk full of answer files is told of as far as anybody reads.
func TestWarningsAreBounded(t *testing.T) {
	files := map[string]string{}
	for i := range 21 {
		files[fmt.Sprintf("%d/Autounattend.xml", i)] = answers
		if got, want := len(warnings(t, files)), min(i+1, 20); i > 17 && got != want {
			t.Errorf("%d warnings of %d files", got, i+1)
		}
	}
}

// An error of Warn ends it, before anything stands at the path; so does a file that cannot be read.
func TestWarningsEndIt(t *testing.T) {
	boom := errors.New("boom")
	out := filepath.Join(t.TempDir(), "made", "x.iso")
	_, err := media.Create(context.Background(), out, media.CreateOptions{
		Content: map[string][]byte{"unattend.xml": nil}, Warn: func([]string) error { return boom }})
	if !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Dir(out)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("left behind: %v", err)
	}
	in := folder(t, map[string]string{"Autounattend.xml": answers})
	fsys := &failingFs{Fs: osFs, unreadable: "Autounattend.xml"}
	_, err = media.Plan(context.Background(), media.CreateOptions{FS: fsys, Files: []string{in}, Warn: func([]string) error { return nil }})
	if !errors.Is(err, os.ErrPermission) {
		t.Errorf("got %v", err)
	}
}
