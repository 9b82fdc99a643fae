// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

func open(t testing.TB, image []byte) *iso9660.Image {
	t.Helper()
	img, err := iso9660.Open(bytes.NewReader(image), int64(len(image)))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestImageIsAProperFileSystem(t *testing.T) {
	for _, name := range []string{"deep", "dots", "empty files", "empty folders", "non-ASCII", "nothing"} {
		files := trees()[name]
		image := imageOf(t, files, iso9660.Options{})
		var want []string
		for f := range files {
			want = append(want, strings.TrimSuffix(f, "/"))
		}
		if err := fstest.TestFS(open(t, image), want...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		primary, err := iso9660.OpenPrimary(bytes.NewReader(image), int64(len(image)))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for name := range readAll(t, primary) {
			all = append(all, name)
		}
		if len(all) == 0 {
			continue
		}
		if err := fstest.TestFS(primary, all...); err != nil {
			t.Errorf("%s, primary tree: %v", name, err)
		}
	}
}

func TestImageProperties(t *testing.T) {
	image := imageOf(t, map[string]string{"Some Name.txt": "x"}, iso9660.Options{Label: "Grüße 2022"})
	img := open(t, image)
	if img.Label() != "Grüße 2022" || !img.Joliet() {
		t.Errorf("label %q, Joliet %v", img.Label(), img.Joliet())
	}
	primary, err := iso9660.OpenPrimary(bytes.NewReader(image), int64(len(image)))
	if err != nil {
		t.Fatal(err)
	}
	if primary.Label() != "GR__E_2022" || primary.Joliet() {
		t.Errorf("label %q, Joliet %v", primary.Label(), primary.Joliet())
	}
	if b, err := primary.ReadFile("SOME_NAM.TXT"); err != nil || string(b) != "x" {
		t.Errorf("%q %v", b, err)
	}
}

func TestFindIgnoresCase(t *testing.T) {
	img := open(t, imageOf(t, map[string]string{"Sources/Install.WIM": "x", "ÄRGER/é": "y"}, iso9660.Options{}))
	for in, want := range map[string]string{
		"sources/install.wim": "Sources/Install.WIM", "SOURCES": "Sources", "Sources/Install.WIM": "Sources/Install.WIM", ".": ".", "ärger/É": "ÄRGER/é",
	} {
		if got, err := img.Find(in); err != nil || got != want {
			t.Errorf("Find(%q) = %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"nowhere", "sources/x", "sources/install.wim/x"} {
		if _, err := img.Find(in); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Find(%q): %v", in, err)
		}
	}
	if _, err := img.Find("../x"); !errors.Is(err, fs.ErrInvalid) {
		t.Error(err)
	}
}

// countingReader counts what is read.
type countingReader struct {
	*bytes.Reader
	bytes int64
}

func (r *countingReader) ReadAt(b []byte, at int64) (int, error) {
	n, err := r.Reader.ReadAt(b, at)
	r.bytes += int64(n)
	return n, err
}

func TestLittleIsRead(t *testing.T) {
	files := map[string]string{"sources/install.wim": strings.Repeat("w", 4<<20), "setup.exe": "MZ"}
	for i := range 2000 {
		files[fmt.Sprintf("boot/fonts/%d/x", i)] = "x"
	}
	image := imageOf(t, files, iso9660.Options{})
	r := &countingReader{Reader: bytes.NewReader(image)}
	img, err := iso9660.Open(r, int64(len(image)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := img.Open("sources/install.wim")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	head := make([]byte, 208)
	if _, err := f.(io.ReaderAt).ReadAt(head, 1<<20); err != nil {
		t.Fatal(err)
	}
	if r.bytes > 16<<10 {
		t.Errorf("%d bytes were read to see 208 of a file", r.bytes)
	}
}

// at returns the byte offset of the Joliet root directory.
func jolietRoot(image []byte) int {
	return int(binary.LittleEndian.Uint32(image[17*sector+158:])) * sector
}

// recordNamed gives the offset of the record with a Joliet name in the directory at dir.
func recordNamed(t testing.TB, image []byte, dir int, name string) int {
	t.Helper()
	var id []byte
	for _, r := range name {
		id = append(id, byte(r>>8), byte(r))
	}
	for at := dir; image[at] != 0; at += int(image[at]) {
		if bytes.Equal(image[at+33:at+33+int(image[at+32])], id) {
			return at
		}
	}
	t.Fatalf("no record %q", name)
	return 0
}

// TestHostileImages damages an image in one place each. Whatever is read must end, in bounded memory, with an error that
// matches ErrFormat.
func TestHostileImages(t *testing.T) {
	files := map[string]string{"a/b/c": "content", "a/d/e": "more", "f": "file"}
	put := func(image []byte, at int, v uint32) {
		binary.LittleEndian.PutUint32(image[at:], v)
		binary.BigEndian.PutUint32(image[at+4:], v)
	}
	for _, tt := range []struct {
		name   string
		damage func(t *testing.T, image []byte) []byte
		says   string
	}{
		{"no descriptor", func(_ *testing.T, b []byte) []byte { clear(b[16*sector : 17*sector]); return b }, "no primary volume descriptor"},
		{"empty", func(*testing.T, []byte) []byte { return nil }, "no primary"},
		{"cut within the descriptors", func(_ *testing.T, b []byte) []byte { return b[:16*sector+100] }, "no primary"},
		{"cut before the directories", func(_ *testing.T, b []byte) []byte { return b[:20*sector] }, "cut off"},
		{"block size", func(_ *testing.T, b []byte) []byte { b[17*sector+128] = 1; return b }, "logical blocks"},
		{"root is a file", func(_ *testing.T, b []byte) []byte { b[17*sector+156+25] = 0; return b }, "not a directory"},
		{"root's name", func(_ *testing.T, b []byte) []byte { b[17*sector+156+32] = 200; return b }, "identifier"},
		{"a loop to the root", func(t *testing.T, b []byte) []byte {
			put(b, recordNamed(t, b, jolietRoot(b), "a")+2, uint32(jolietRoot(b)/sector))
			return b
		}, "are the same one"},
		{"two ways to one folder", func(t *testing.T, b []byte) []byte {
			a := int(binary.LittleEndian.Uint32(b[recordNamed(t, b, jolietRoot(b), "a")+2:])) * sector
			copy(b[recordNamed(t, b, a, "d")+2:], b[recordNamed(t, b, a, "b")+2:][:16])
			return b
		}, "are the same one"},
		{"directory outside", func(t *testing.T, b []byte) []byte {
			put(b, recordNamed(t, b, jolietRoot(b), "a")+2, 1<<31)
			return b
		}, "cut off or damaged"},
		{"directory of 4 GiB", func(t *testing.T, b []byte) []byte {
			put(b, recordNamed(t, b, jolietRoot(b), "a")+10, 1<<32-1)
			return b
		}, "cut off or damaged"},
		{"file outside", func(t *testing.T, b []byte) []byte {
			put(b, recordNamed(t, b, jolietRoot(b), "f")+10, 1<<30)
			return b
		}, "cut off or damaged"},
		{"interleaved", func(t *testing.T, b []byte) []byte {
			b[recordNamed(t, b, jolietRoot(b), "f")+26] = 1
			return b
		}, "interleaved"},
		{"short record", func(t *testing.T, b []byte) []byte {
			b[recordNamed(t, b, jolietRoot(b), "f")] = 12
			return b
		}, "directory record"},
		{"record across the end", func(t *testing.T, b []byte) []byte {
			at := jolietRoot(b) + sector - 10
			b[at] = 34
			for i := jolietRoot(b); i < at; i += int(b[i]) { // 8 records of 250 bytes and one of 38 lead there
				b[i], b[i+32] = byte(min(250, at-i)), 1
			}
			return b
		}, "directory record"},
		{"identifier longer than its record", func(t *testing.T, b []byte) []byte {
			b[recordNamed(t, b, jolietRoot(b), "f")+32] = 250
			return b
		}, "identifier of 250"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			image := tt.damage(t, imageOf(t, files, iso9660.Options{}))
			err := walkHostile(image)
			if !errors.Is(err, iso9660.ErrFormat) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

// walkHostile reads all there is and gives the first error.
func walkHostile(image []byte) error {
	img, err := iso9660.Open(bytes.NewReader(image), int64(len(image)))
	if err != nil {
		return err
	}
	var first error
	steps := 0
	_ = fs.WalkDir(img, ".", func(path string, d fs.DirEntry, err error) error {
		if steps++; steps > 100000 {
			panic("the walk does not end")
		}
		if err == nil && !d.IsDir() {
			_, err = img.ReadFile(path)
		}
		if first == nil {
			first = err
		}
		return nil
	})
	return first
}

// TestSections reads a file in several sections (ECMA-119 6.5.1), as install media above 4 GiB have it.
func TestSections(t *testing.T) {
	parts := []string{strings.Repeat("1", 2048), strings.Repeat("2", 2048), "three"}
	image := imageOf(t, map[string]string{"p1": parts[0], "p2": parts[1], "p3": parts[2], "q": "next"}, iso9660.Options{})
	root := jolietRoot(image)
	for i, name := range []string{"p1", "p2", "p3"} {
		at := recordNamed(t, image, root, name)
		if i < 2 {
			image[at+25] |= 0x80
		}
		copy(image[at+33:], "\x00p\x00x")
	}
	img := open(t, image)
	want := strings.Join(parts, "")
	if b, err := img.ReadFile("px"); err != nil || string(b) != want {
		t.Fatalf("got %d bytes, %v", len(b), err)
	}
	f, err := img.Open("px")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 1, 2047, 2048, 4090, 4096, 4100} {
		b := make([]byte, 5000)
		n, err := f.(io.ReaderAt).ReadAt(b, int64(at))
		if string(b[:n]) != want[at:] || err != io.EOF {
			t.Errorf("at %d: %d bytes, %v", at, n, err)
		}
	}
	if err := fstest.TestFS(img, "px", "q"); err != nil {
		t.Error(err)
	}
}

// FuzzOpen reads any bytes as an image: it ends, and what it gives is within the image.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"one file", "deep", "empty folders", "non-ASCII"} {
		f.Add(imageOf(f, trees()[name], iso9660.Options{Label: "SEED"})[16*sector:])
	}
	f.Fuzz(func(t *testing.T, tail []byte) {
		image := append(make([]byte, 16*sector), tail...)
		for _, open := range []func(io.ReaderAt, int64) (*iso9660.Image, error){iso9660.Open, iso9660.OpenPrimary} {
			img, err := open(bytes.NewReader(image), int64(len(image)))
			if err != nil {
				continue
			}
			seen, total := 0, 0
			_ = fs.WalkDir(img, ".", func(path string, d fs.DirEntry, err error) error {
				if seen++; seen > 1<<20 {
					t.Fatal("the walk does not end")
				}
				if err != nil {
					return nil
				}
				if _, err := img.Stat(path); err != nil {
					t.Errorf("%q is listed, but: %v", path, err)
				}
				if !d.IsDir() && total < 1<<24 {
					b, _ := img.ReadFile(path)
					total += len(b)
				}
				return nil
			})
			_, _ = img.Find("SOURCES/install.WIM")
		}
	})
}

func TestShortNamesStayAsTheyAre(t *testing.T) {
	image := imageOf(t, map[string]string{"ABCDEFGHI.TXT": "long", "abcdefgh.txt": "short", "A-B": "cleaned", "a_b": "clean", "Dir.d/x": "folder"}, iso9660.Options{})
	primary, _ := verify(t, image)
	for name, want := range map[string]string{"ABCDEFGH.TXT": "short", "ABCDEFG1.TXT": "long", "A_B": "clean", "A_B1": "cleaned", "DIR_D/X": "folder"} {
		if string(primary[name]) != want {
			t.Errorf("%s holds %q, want %q", name, primary[name], want)
		}
	}
}
