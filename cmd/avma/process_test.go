// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// maxBinary is the size that the command may have, as released.
const maxBinary = 12 << 20

// program builds a main package as a release does, and gives the path of the binary.
func program(t testing.TB, pkg string) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is missing; install Go from https://go.dev/dl/")
	}
	path := filepath.Join(t.TempDir(), "program")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// The program as a process: its size, its status, its streams, Ctrl-C, a closed pipe.
func TestProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program; run without -short")
	}
	path := program(t, ".")
	t.Run("size", func(t *testing.T) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > maxBinary {
			t.Errorf("%d bytes, more than %d; go list -deps . shows what is new", info.Size(), maxBinary)
		}
	})
	t.Run("answer", func(t *testing.T) {
		out, err := exec.CommandContext(t.Context(), path, "key", "--release", "2022", "--edition", "datacenter").Output()
		if err != nil || string(out) != keyOf2022+"\n" {
			t.Errorf("got %q, %v", out, err)
		}
	})
	t.Run("usage", func(t *testing.T) {
		err := exec.CommandContext(t.Context(), path, "kye").Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitUsage {
			t.Errorf("got %v", err)
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("one process cannot send Ctrl-C to another on Windows; TestInterrupted covers the rest")
		}
		interrupt(t, path, os.Interrupt)
	})
	t.Run("hung up", func(t *testing.T) {
		if runtime.GOOS == "windows" || signal.Ignored(syscall.SIGHUP) {
			t.Skip("there is no SIGHUP on Windows, and under nohup it is ignored")
		}
		interrupt(t, path, syscall.SIGHUP)
	})
	t.Run("closed pipe", func(t *testing.T) {
		cmd := exec.CommandContext(t.Context(), path, "keys")
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &stderr
		if err := cmd.Run(); err == nil || stderr.Len() > 0 {
			t.Errorf("error %v, stderr %q; want a silent end", err, stderr.String())
		}
		w.Close()
	})
}

// interrupt sends Ctrl-C, or another signal, while the program waits for its input.
func interrupt(t *testing.T, path string, with os.Signal) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), path, "unattend", "--config", "-", "-o", "out.xml")
	cmd.Dir = dir
	cmd.WaitDelay = 10 * time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: once it is written, the program is reading and has long set up its signals.
	if _, err := io.WriteString(in, strings.Repeat("# waiting\n", 20000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(with); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if cmd.ProcessState.ExitCode() != exitInterrupted || stderr.String() != "avma: interrupted\n" {
		t.Errorf("%v, stderr %q", cmd.ProcessState, stderr.String())
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// BenchmarkProcess measures whole processes against one that does nothing, in turn.
func BenchmarkProcess(b *testing.B) {
	avma, empty, measure := program(b, "."), program(b, "./testdata/empty"), program(b, "./testdata/measure")
	info, err := os.Stat(avma)
	if err != nil {
		b.Fatal(err)
	}
	config := filepath.Join("..", "..", "examples", "cli", "web.hcl")
	for _, bc := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"key", []string{"key", "--release", "2022", "--edition", "datacenter"}},
		{"unattend", []string{"unattend", "--release", "2022", "--edition", "datacenter"}},
		{"unattend-config", []string{"unattend", "--config", config, "--var", "hostname=web01"}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			out, err := exec.CommandContext(b.Context(), measure, append([]string{fmt.Sprint(max(b.N, 20)), empty, avma}, bc.args...)...).Output()
			if err != nil {
				b.Fatal(err)
			}
			var base, wall, peak int64
			if _, err := fmt.Sscan(string(out), &base, &wall, &peak); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(base)/1000, "ms-empty")
			b.ReportMetric(float64(wall)/1000, "ms")
			b.ReportMetric(float64(wall-base)/1000, "ms-over-empty")
			b.ReportMetric(float64(peak)/1024, "MiB-peak")
			b.ReportMetric(float64(info.Size())/(1<<20), "MiB-binary")
			b.ReportMetric(0, "ns/op")
		})
	}
}
