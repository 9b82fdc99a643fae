// SPDX-License-Identifier: MPL-2.0

package media

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// bigFs has one folder of many files, none of which is there.
type bigFs struct {
	afero.Fs
	files int
	size  int64
	read  int // of the folder
}

func (f *bigFs) Stat(string) (os.FileInfo, error)     { return bigInfo{"folder", 0, os.ModeDir}, nil }
func (f *bigFs) Open(string) (afero.File, error)      { return &bigFolder{fs: f}, nil }
func (f *bigFs) fill(n int, size int64) CreateOptions { f.files, f.size = n, size; return f.options() }
func (f *bigFs) options() CreateOptions               { return CreateOptions{FS: f, Files: []string{"folder"}} }

type bigFolder struct {
	afero.File
	fs *bigFs
	at int
}

func (f *bigFolder) Close() error { return nil }

func (f *bigFolder) Readdir(n int) ([]os.FileInfo, error) {
	n = min(n, f.fs.files-f.at)
	if n == 0 {
		return nil, io.EOF
	}
	list := make([]os.FileInfo, n)
	for i := range list {
		list[i] = bigInfo{strconv.Itoa(1<<25 - f.at - i), f.fs.size, 0}
	}
	f.at += n
	f.fs.read = f.at
	return list, nil
}

type bigInfo struct {
	name string
	size int64
	mode os.FileMode
}

func (i bigInfo) Name() string       { return i.name }
func (i bigInfo) Size() int64        { return i.size }
func (i bigInfo) Mode() os.FileMode  { return i.mode }
func (i bigInfo) IsDir() bool        { return i.mode.IsDir() }
func (i bigInfo) ModTime() time.Time { return time.Time{} }
func (i bigInfo) Sys() any           { return nil }

// A disk that was given by mistake is not read to its end, whatever it has most of.
func TestTheWalkIsBounded(t *testing.T) {
	const most = iso9660.MaxFileSize
	for _, tt := range []struct {
		name  string
		files int
		size  int64
		says  string
	}{
		{"names", MaxNames, 0, ""},
		{"one name more", MaxNames + 1, 0, "more than 262144 files and folders"},
		{"a whole disk", 1 << 24, 0, "more than 262144 files and folders"},
		{"bytes", int(maxTotal / most), most, ""},
		{"one file more", int(maxTotal/most) + 1, most, "more than 8796093020160 bytes together"},
		{"files that are too large by themselves", int(maxTotal / most), 1 << 60, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &bigFs{}
			got, err := gather(context.Background(), f.fill(tt.files, tt.size), "")
			if tt.says == "" && (err != nil || len(got.tree.Files) != tt.files) {
				t.Fatalf("%d files, %v", len(got.tree.Files), err)
			}
			if !slices.IsSortedFunc(got.tree.Files, func(a, b iso9660.File) int { return strings.Compare(a.Path, b.Path) }) {
				t.Error("the files are not in order")
			}
			if tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says) || !errors.Is(err, ErrInvalid)) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
			if f.read > MaxNames+batch {
				t.Errorf("%d names were read", f.read)
			}
		})
	}
}

// So are the bytes of all of them.
func TestBytesOfAllFoldersAreCounted(t *testing.T) {
	f := &bigFs{}
	o := f.fill(int(maxTotal/iso9660.MaxFileSize), iso9660.MaxFileSize)
	o.Files = []string{"one", "two", "three"}
	_, err := gather(context.Background(), o, "")
	if err == nil || !strings.HasPrefix(err.Error(), filepath.Join("two", "3")) || strings.Count(err.Error(), "bytes together") != 1 {
		t.Errorf("got %v", err)
	}
}

// Folders are counted together.
func TestNamesOfAllFoldersAreCounted(t *testing.T) {
	f := &bigFs{}
	o := f.fill(MaxNames/2, 0)
	o.Files = []string{"one", "two"}
	if got, err := gather(context.Background(), o, ""); err != nil || len(got.tree.Files) != MaxNames {
		t.Errorf("%d files, %v", len(got.tree.Files), err)
	}
	o.Files = append(o.Files, "three", "four")
	_, err := gather(context.Background(), o, "")
	if err == nil || !strings.Contains(err.Error(), "three: there are more than") || strings.Contains(err.Error(), "four") {
		t.Errorf("got %v", err)
	}
}

func TestDepth(t *testing.T) {
	for deep, says := range map[int]string{maxDepth - 1: "", maxDepth: "lies more than 256 folders deep"} {
		mem := afero.NewMemMapFs()
		if err := afero.WriteFile(mem, "in/"+strings.Repeat("d/", deep)+"f", nil, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := gather(context.Background(), CreateOptions{FS: mem, Files: []string{"in"}}, "")
		if says == "" && (err != nil || len(got.tree.Files) != 1 || len(got.tree.Folders) != deep) {
			t.Errorf("%d deep: %v", deep, err)
		}
		if says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%d deep: %v, want %q", deep, err, says)
		}
	}
}

func TestProblemsShown(t *testing.T) {
	for n, more := range map[int]string{maxProblems: "", maxProblems + 1: "and 1 problems more", maxProblems + 5: "and 5 problems more"} {
		_, err := gather(context.Background(), CreateOptions{FS: afero.NewMemMapFs(), Files: make([]string, n)}, "")
		lines := strings.Split(err.Error(), "\n")
		if more == "" && len(lines) != n || more != "" && (len(lines) != maxProblems+1 || lines[maxProblems] != more) {
			t.Errorf("%d problems are told in %d lines, the last %q", n, len(lines), lines[len(lines)-1])
		}
	}
}

// What is wrong with the options is told before anything is looked at.
func TestOptionsFirst(t *testing.T) {
	f := &bigFs{}
	for name, o := range map[string]CreateOptions{
		"17 characters": {Label: strings.Repeat("A", 17)},
		"1899":          {Time: time.Date(1899, 12, 31, 23, 59, 59, 0, time.UTC)},
		"2156":          {Time: time.Date(2156, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		o.FS, o.Files = f.fill(10, 0).FS, []string{"folder"}
		_, planned := Plan(context.Background(), o)
		_, created := Create(context.Background(), "x.iso", o)
		for _, err := range []error{planned, created} {
			if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), name) || f.read != 0 {
				t.Errorf("%s: %v, after %d names", name, err, f.read)
			}
		}
	}
}
