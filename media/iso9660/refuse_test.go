// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

func TestNamesThatAreRefused(t *testing.T) {
	long := strings.Repeat("n", iso9660.MaxNameUnits+1)
	for _, tt := range []struct{ name, path, says string }{
		{"star", "a*b", `'*'`},
		{"question mark", "what?", `'?'`},
		{"colon", "a:b", `':'`},
		{"semicolon", "a;1", `';'`},
		{"backslash", `a\b`, "write / between folders"},
		{"quote", `a"b`, "forbids"},
		{"less", "a<b", "forbids"},
		{"pipe", "a|b", "forbids"},
		{"control", "a\x01b", "U+0001"},
		{"newline", "a\nb", "U+000A"},
		{"NUL", "a\x00b", "U+0000"},
		{"C1 control", "a\u0085b", "U+0085"},
		{"beyond the BMP", "smile-😀.txt", "U+1F600"},
		{"not UTF-8", "a\xff", "UTF-8"},
		{"too long", long, "at most 103"},
		{"too long folder", "x/" + long + "/y", "at most 103"},
		{"trailing dot", "name.", "ends in a dot"},
		{"trailing space", "name ", "ends in a dot or a space"},
		{"dot", "a/./b", "no name"},
		{"dot dot", "../b", "no name"},
		{"absolute", "/a", "at either end"},
		{"folder", "a/", "at either end"},
		{"empty", "", "is not a path"},
		{"empty part", "a//b", "is not a path"},
		{"device", "aux", "device"},
		{"device with extension", "Com1.txt", "device"},
		{"device folder", "nul/x", "device"},
		{"device with a digit in superscript", "LPT².x", "device"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := iso9660.Plan(iso9660.Tree{Files: []iso9660.File{{Path: tt.path, Origin: "host.txt"}}}, iso9660.Options{})
			refused(t, err, tt.says, "host.txt")
		})
	}
	for _, name := range []string{"com", "com0", "com10", "console", "auxiliary.txt", "lpt", strings.Repeat("ß", iso9660.MaxNameUnits)} {
		if err := iso9660.CheckName(name); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	refused(t, iso9660.CheckName("a:b"), "':'")
}

// refused checks that an error is about the input and says everything in says.
func refused(t *testing.T, err error, says ...string) {
	t.Helper()
	if !errors.Is(err, iso9660.ErrInvalid) {
		t.Fatalf("got %v, want an error that matches ErrInvalid", err)
	}
	for _, s := range says {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("message %q does not say %q", err, s)
		}
	}
}

func TestClashesNameBothOrigins(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b iso9660.File
		says string
	}{
		{"twice", iso9660.File{Path: "x/f"}, iso9660.File{Path: "x/f"}, "takes the place of the file"},
		{"case of a file", iso9660.File{Path: "Read.me"}, iso9660.File{Path: "read.ME"}, "upper and lower case only"},
		{"case of a folder", iso9660.File{Path: "Dir/a"}, iso9660.File{Path: "dir/b"}, "upper and lower case only"},
		{"case beyond ASCII", iso9660.File{Path: "ÄRGER"}, iso9660.File{Path: "ärger"}, "upper and lower case only"},
		{"file then folder", iso9660.File{Path: "x"}, iso9660.File{Path: "x/y"}, `takes the place of the file "x"`},
		{"folder then file", iso9660.File{Path: "x/y"}, iso9660.File{Path: "x"}, `takes the place of the folder "x"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.a.Origin, tt.b.Origin = "first.txt", "second.txt"
			_, err := iso9660.Plan(iso9660.Tree{Files: []iso9660.File{tt.a, tt.b}}, iso9660.Options{})
			refused(t, err, tt.says, "first.txt", "second.txt")
		})
	}
}

func TestAllProblemsAtOnceButNotAWall(t *testing.T) {
	var tree iso9660.Tree
	for i := range 1000 {
		tree.Files = append(tree.Files, iso9660.File{Path: fmt.Sprintf("bad:%d", i)})
	}
	_, err := iso9660.Plan(tree, iso9660.Options{})
	refused(t, err, "1000 files or folders", "bad:0", "bad:19", "and 980 more")
	var te *iso9660.TreeError
	if !errors.As(err, &te) || len(te.Problems) != 1000 {
		t.Errorf("got %T", err)
	}
}

func TestSizesThatAreRefused(t *testing.T) {
	open := func() (io.ReadCloser, error) { panic("nothing is read before everything is checked") }
	_, err := iso9660.Plan(iso9660.Tree{Files: []iso9660.File{{Path: "install.wim", Size: 1 << 32, Open: open}}}, iso9660.Options{})
	refused(t, err, "install.wim", "4294967296", "4 GiB - 1")
	_, err = iso9660.Plan(iso9660.Tree{Files: []iso9660.File{{Path: "x", Size: -1, Open: open}}}, iso9660.Options{})
	refused(t, err, "negative")
	_, err = iso9660.Plan(iso9660.Tree{Files: []iso9660.File{{Path: "x", Size: 1}}}, iso9660.Options{})
	refused(t, err, "no content")

	l, err := iso9660.Plan(iso9660.Tree{Files: []iso9660.File{{Path: "x", Size: iso9660.MaxFileSize, Open: open}}}, iso9660.Options{})
	if err != nil || l.Size() < iso9660.MaxFileSize {
		t.Errorf("4 GiB - 1: %v", err)
	}
	var tree iso9660.Tree
	for i := range 2049 { // 8 TiB and 4 GiB
		tree.Files = append(tree.Files, iso9660.File{Path: fmt.Sprint(i), Size: iso9660.MaxFileSize, Open: open})
	}
	_, err = iso9660.Plan(tree, iso9660.Options{})
	refused(t, err, "the image would have")
}

func TestTooManyFolders(t *testing.T) {
	var tree iso9660.Tree
	for i := range 65534 { // and the root
		tree.Folders = append(tree.Folders, iso9660.Folder{Path: fmt.Sprint(i)})
	}
	if _, err := iso9660.Plan(tree, iso9660.Options{}); err != nil {
		t.Fatal(err)
	}
	tree.Folders = append(tree.Folders, iso9660.Folder{Path: "one more"})
	_, err := iso9660.Plan(tree, iso9660.Options{})
	refused(t, err, "65536 folders", "65535")
}

func TestLabels(t *testing.T) {
	for _, tt := range []struct{ name, label, says string }{
		{"17 characters", "SEVENTEEN_LETTERS", "17 characters; Joliet has room for 16"},
		{"17 wide characters", strings.Repeat("日", 17), "17 characters"},
		{"slash", "a/b", "'/'"},
		{"control", "a\tb", `'\t'`},
		{"beyond the BMP", "😀", "U+1F600"},
		{"not UTF-8", "\xff", "UTF-8"},
		{"space at the end", "x ", "space"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := iso9660.Plan(iso9660.Tree{}, iso9660.Options{Label: tt.label})
			refused(t, err, tt.says, "at most 16 letters")
			var le *iso9660.LabelError
			if !errors.As(err, &le) || le.Label != tt.label {
				t.Errorf("got %T", err)
			}
		})
	}
}

// slowReader gives its content one byte at a time, now and then nothing, and the end together with the last byte.
type slowReader struct {
	content string
	calls   int
}

func (r *slowReader) Read(b []byte) (int, error) {
	if r.calls++; r.calls%2 == 0 {
		return 0, nil
	}
	n := copy(b[:min(1, len(b))], r.content)
	r.content = r.content[n:]
	if r.content == "" {
		return n, io.EOF
	}
	return n, nil
}

func (r *slowReader) Close() error { return nil }

func TestFilesThatChangeWhileTheyAreRead(t *testing.T) {
	boom := errors.New("boom")
	for _, tt := range []struct {
		name string
		size int64
		open func() (io.ReadCloser, error)
		says string // "": no error
	}{
		{"grown", 3, text("1234"), "became longer"},
		{"grown from nothing", 0, text("1"), "became longer"},
		{"grown at a border", 1 << 20, text(strings.Repeat("x", 1<<20+1)), "became longer"},
		{"shrunk", 5, text("1234"), "became shorter"},
		{"shrunk to nothing", 5, text(""), "became shorter"},
		{"shrunk, large", 2 << 20, text(strings.Repeat("x", 2<<20-1)), "became shorter"},
		{"slow", 4, func() (io.ReadCloser, error) { return &slowReader{content: "1234"}, nil }, ""},
		{"cannot be opened", 1, func() (io.ReadCloser, error) { return nil, boom }, "boom"},
		{"cannot be read", 1, func() (io.ReadCloser, error) { return io.NopCloser(io.MultiReader(errReader{boom})), nil }, "boom"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tree := iso9660.Tree{Files: []iso9660.File{{Path: "f", Origin: "host/f", Size: tt.size, Open: tt.open}}}
			err := iso9660.Write(context.Background(), io.Discard, tree, iso9660.Options{})
			switch {
			case tt.says == "" && err != nil:
				t.Error(err)
			case tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "host/f")):
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

func text(s string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// failingWriter fails after some bytes.
type failingWriter struct {
	left int
	err  error
}

func (w *failingWriter) Write(b []byte) (int, error) {
	if len(b) > w.left {
		n := w.left
		w.left = 0
		return n, w.err
	}
	w.left -= len(b)
	return len(b), nil
}

func TestWriterThatFails(t *testing.T) {
	full := errors.New("no space left")
	l, err := iso9660.Plan(treeOf(map[string]string{"big": strings.Repeat("x", 3<<20), "d/small": "y"}), iso9660.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{0, 1, 40 << 10, 1 << 20, int(l.Size()) - 1} {
		err := l.Write(context.Background(), &failingWriter{left, full})
		var we *iso9660.WriteError
		if !errors.Is(err, full) || !errors.As(err, &we) {
			t.Errorf("after %d bytes: %v", left, err)
		}
		err = l.Write(context.Background(), &failingWriter{left, nil})
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("short after %d bytes: %v", left, err)
		}
	}
	if err := l.Write(context.Background(), &failingWriter{int(l.Size()), full}); err != nil {
		t.Error(err)
	}
}

func TestCancelWhileCopying(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	read := 0
	endless := readerFunc(func(b []byte) (int, error) {
		if read += len(b); read > 8<<20 {
			cancel()
		}
		return len(b), nil
	})
	tree := iso9660.Tree{Files: []iso9660.File{{Path: "f", Size: 1 << 31, Open: func() (io.ReadCloser, error) { return io.NopCloser(endless), nil }}}}
	if err := iso9660.Write(ctx, io.Discard, tree, iso9660.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if read > 16<<20 {
		t.Errorf("%d bytes were read after all", read)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }
