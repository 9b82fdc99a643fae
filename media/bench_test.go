// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/golden-image/packer-plugin-avma/media"
)

// processEnv makes this test binary a program that writes one image and exits, to compare like with like: genisoimage and
// xorriso are processes too.
const processEnv = "AVMA_MEDIA_TEST_CREATE"

func TestMain(m *testing.M) {
	if out := os.Getenv(processEnv); out != "" {
		_, err := media.Create(context.Background(), out, media.CreateOptions{Files: os.Args[1:], NoSync: true})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// smallTree is the size and shape of an answer CD: an answer file, some scripts, a driver in a folder.
func smallTree(tb testing.TB) string {
	dir := tb.TempDir()
	text := bytes.Repeat([]byte("<component/>\r\n"), 1500)
	for name, size := range map[string]int{
		"Autounattend.xml": 20000, "setup.ps1": 4000, "drivers/netkvm/netkvm.inf": 12000, "drivers/netkvm/netkvm.cat": 11000,
		"drivers/netkvm/netkvm.sys": 21000, "$OEM$/$$/Setup/Scripts/SetupComplete.cmd": 300, "certs/build.cer": 900, "empty.tag": 0,
	} {
		write(tb, filepath.Join(dir, name), text[:min(size, len(text))])
	}
	return dir
}

func write(tb testing.TB, path string, data []byte) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkCreateSmallTree compares an answer CD made in this process, in a process of its own, and by genisoimage and
// xorriso. What has "-sync" in its name is on the disk when the clock stops; genisoimage never does that by itself.
func BenchmarkCreateSmallTree(b *testing.B) { benchmarkCreate(b, smallTree(b)) }

// BenchmarkCreate64MB is the same for one file of 64 MB, and compares with copying it.
func BenchmarkCreate64MB(b *testing.B) {
	dir := b.TempDir()
	data := make([]byte, 64<<20)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	file := filepath.Join(dir, "payload.bin")
	write(b, file, data)
	b.Run("copy", func(b *testing.B) { benchmarkCopy(b, file, false, copyPlain) })
	b.Run("copy-sync", func(b *testing.B) { benchmarkCopy(b, file, true, copyPlain) })
	b.Run("copy-buffered", func(b *testing.B) { benchmarkCopy(b, file, false, copyBuffered) })
	b.Run("copy-buffered-sync", func(b *testing.B) { benchmarkCopy(b, file, true, copyBuffered) })
	benchmarkCreate(b, dir)
}

// copyPlain is what io.Copy does with two files: copy_file_range on Linux.
func copyPlain(w io.Writer, r io.Reader) error {
	_, err := io.Copy(w, r)
	return err
}

// copyBuffered copies by reading and writing 512 KiB at a time.
func copyBuffered(w io.Writer, r io.Reader) error {
	_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, 512<<10))
	return err
}

func benchmarkCopy(b *testing.B, file string, sync bool, copyFile func(io.Writer, io.Reader) error) {
	each(b, sync, func(out string) error {
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		to, err := os.Create(out)
		if err != nil {
			return err
		}
		defer to.Close()
		return copyFile(to, in)
	})
}

func benchmarkCreate(b *testing.B, dir string) {
	create := func(noSync bool) func(out string) error {
		return func(out string) error {
			_, err := media.Create(context.Background(), out, media.CreateOptions{Files: []string{dir}, NoSync: noSync})
			return err
		}
	}
	b.Run("avma", func(b *testing.B) { each(b, false, create(true)) })
	b.Run("avma-sync", func(b *testing.B) { each(b, false, create(false)) })
	b.Run("avma-process", func(b *testing.B) {
		self, err := os.Executable()
		if err != nil {
			b.Fatal(err)
		}
		each(b, false, func(out string) error {
			cmd := exec.Command(self, dir)
			cmd.Env = append(os.Environ(), processEnv+"="+out)
			return run(cmd)
		})
	})
	for _, program := range [][]string{
		{"genisoimage", "-quiet", "-J", "-joliet-long", "-o"},
		{"xorriso", "-as", "mkisofs", "-quiet", "-J", "-joliet-long", "-o"},
	} {
		name := program[0]
		tool := func(out string) error {
			return run(exec.Command(name, append(slices.Clone(program[1:]), out, dir)...))
		}
		b.Run(name, func(b *testing.B) { needs(b, name); each(b, false, tool) })
		b.Run(name+"-sync", func(b *testing.B) { needs(b, name); each(b, true, tool) })
	}
}

func run(cmd *exec.Cmd) error {
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w: %s", cmd, err, text)
	}
	return nil
}

// each runs make on a new file each time; removing it is not measured.
func each(b *testing.B, sync bool, make func(out string) error) {
	out := filepath.Join(b.TempDir(), "out.iso")
	for b.Loop() {
		if err := make(out); err != nil {
			b.Fatal(err)
		}
		if sync {
			if err := syncFile(out); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		if err := os.Remove(out); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// needs skips without the tool, naming the package that has it.
func needs(tb testing.TB, tool string) {
	tb.Helper()
	pkg := map[string]string{"genisoimage": "genisoimage", "isoinfo": "genisoimage", "xorriso": "xorriso", "7z": "7zip"}[tool]
	if _, err := exec.LookPath(tool); err != nil {
		tb.Skipf("%s is not installed; install the package %s (apt install %s) to run this", tool, pkg, pkg)
	}
}
