// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/faultfs"
	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

const answers = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="windowsPE"/></unattend>`

func answerFiles() map[string]string {
	return map[string]string{"in/Autounattend.xml": answers, "in/scripts/a.ps1": "1", "b.txt": strings.Repeat("b", 5000)}
}

func TestMediaCreate(t *testing.T) {
	w := newWorld(t, answerFiles())
	w.want(t, 0, "out.iso: 3 files, ", "", "media", "create", "-o", "out.iso", "--label", "ANSWERS", "in", "b.txt")
	f, err := w.fs.Open("out.iso")
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := iso9660.Open(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Autounattend.xml": answers, "scripts/a.ps1": "1"} {
		got, err := afero.ReadFile(afero.FromIOFS{FS: tree}, name)
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v: an answer file holds passwords", info.Mode().Perm())
	}
}

// The same bytes in a file and on standard output, and the checksum of those.
func TestMediaCreateStreams(t *testing.T) {
	w := newWorld(t, answerFiles())
	w.want(t, 0, `"sha256": "`, "", "media", "create", "-o", "out.iso", "--sha256", "--format", "json", "in")
	var made createdMedia
	if err := json.Unmarshal(w.out.Bytes(), &made); err != nil || made.Files != 2 || made.Label != "AVMA" || made.Path != "out.iso" {
		t.Errorf("got %+v, %v", made, err)
	}
	w.out.Reset()
	w.want(t, 0, "CD001", "", "media", "create", "-o", "-", "in")
	if data, err := afero.ReadFile(w.fs, "out.iso"); err != nil || !bytes.Equal(data, w.out.Bytes()) || int64(len(data)) != made.Size {
		t.Errorf("the file has %d bytes, the stream %d, said were %d; error %v", len(data), w.out.Len(), made.Size, err)
	}
}

func TestMediaCreateFails(t *testing.T) {
	for _, tc := range []struct {
		name, stderr string
		change       func(*world)
		status       int
		args         []string
	}{
		{"a missing file", "nothing.xml", nil, exitFailed, []string{"nothing.xml"}},
		{"a long label", "16", nil, exitUsage, []string{"--label", strings.Repeat("A", 17), "in"}},
		{"two files of one name", "Autounattend.xml", nil, exitUsage, []string{"in", "in/Autounattend.xml"}},
		{"disk full", "free some space", func(w *world) { w.fs = faultfs.DiskFull(w.fs, 4096) }, exitFailed, []string{"in"}},
		{"a read-only folder", "out.iso", func(w *world) { w.fs = afero.NewReadOnlyFs(w.fs) }, exitFailed, []string{"in"}},
		{"a broken SOURCE_DATE_EPOCH", "SOURCE_DATE_EPOCH", func(w *world) { w.env["SOURCE_DATE_EPOCH"] = "today" }, exitUsage, []string{"in"}},
		{"a terminal", "terminal", func(w *world) { w.stdoutIsTerminal = true }, exitUsage, []string{"-o", "-", "in"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, answerFiles())
			before := w.files(t)
			if tc.change != nil {
				tc.change(w)
			}
			w.want(t, tc.status, "", tc.stderr, append([]string{"media", "create", "-o", "out.iso"}, tc.args...)...)
			if after := w.files(t); after != before {
				t.Errorf("left behind: %s", after)
			}
		})
	}
}

// What Setup would ignore is said; with --strict nothing is written then.
func TestMediaCreateWarns(t *testing.T) {
	files := map[string]string{"in/sub/Autounattend.xml": answers, "unattend.xml": answers, "Autounattend.xml": ""}
	for _, tc := range []struct{ path, says string }{
		{"in", "warning: \"sub/Autounattend.xml\" (from in/sub/Autounattend.xml) lies in a folder"},
		{"unattend.xml", "rename it to Autounattend.xml"},
		{"Autounattend.xml", "is empty"},
		{"none", "none holds no file"},
	} {
		w := newWorld(t, files)
		if err := w.fs.Mkdir("none", 0o755); err != nil {
			t.Fatal(err)
		}
		w.want(t, 0, "a.iso: ", tc.says, "media", "create", "-o", "a.iso", tc.path)
		w.want(t, 0, "CD001", tc.says, "media", "create", "-o", "-", tc.path)
		w.out.Reset()
		before := w.files(t)
		w.want(t, exitUsage, "", "--strict: nothing is written", "media", "create", "--strict", "-o", "b.iso", tc.path)
		if after := w.files(t); after != before {
			t.Errorf("%s: written: %s", tc.path, after)
		}
	}
	w := newWorld(t, answerFiles())
	w.want(t, 0, "a.iso: ", "", "media", "create", "--strict", "-o", "a.iso", "in")
}

func TestMediaCreateInterruptedInTheMiddle(t *testing.T) {
	w := newWorld(t, answerFiles())
	before := w.files(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.fs = faultfs.OnWrite(w.fs, func(int) error { cancel(); return nil })
	if status := w.run(ctx, []string{"media", "create", "-o", "out.iso", "in"}); status != exitInterrupted {
		t.Errorf("exit status %d, want %d; %s", status, exitInterrupted, w.err.String())
	}
	if after := w.files(t); after != before {
		t.Errorf("left behind: %s", after)
	}
}
