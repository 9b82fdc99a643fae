// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"
)

// Nothing waits at a named pipe: whatever reads a file refuses what is none, and says by what it came.
func TestNamedPipes(t *testing.T) {
	dir := t.TempDir()
	pipe, config := filepath.Join(dir, "pipe"), filepath.Join(dir, "a.hcl")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	src := "variable \"how\" {}\nrelease = \"2022\"\nedition = \"datacenter\"\n" +
		"owner = var.how == \"file\" ? file(\"pipe\") : var.how == \"base64\" ? filebase64(\"pipe\") : templatefile(\"pipe\", {})\n"
	if err := os.WriteFile(config, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(dir, "script.hcl")
	src = "release = \"2022\"\nedition = \"datacenter\"\nadministrator_password = \"Passw0rd!\"\nscript {\n  stage = \"first_logon\"\n  path = \"" + pipe + "\"\n}\n"
	if err := os.WriteFile(script, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	server := []string{"unattend", "--release", "2022", "--edition", "datacenter"}
	for name, args := range map[string][]string{
		"--config":                        {"unattend", "--config", pipe},
		"--var-file":                      {"unattend", "--config", config, "--var-file", pipe},
		"file()":                          {"unattend", "--config", config, "--var", "how=file"},
		"filebase64()":                    {"unattend", "--config", config, "--var", "how=base64"},
		"templatefile()":                  {"unattend", "--config", config, "--var", "how=template"},
		"--facts":                         {"verify", "--facts", pipe},
		"--catalog":                       {"key", "--catalog", pipe, "--release", "2022", "--edition", "datacenter"},
		"--administrator-password-file":   append(server, "--administrator-password-file", pipe),
		"--product-key-file":              append(server, "--product-key-file", pipe),
		"--check":                         append(server, "--check", "-o", pipe),
		"a script":                        {"unattend", "--config", script},
		"media create":                    {"media", "create", "-o", filepath.Join(dir, "a.iso"), pipe},
		"a device":                        {"verify", "--facts", os.DevNull},
		"a link to a pipe":                {"verify", "--facts", link(t, pipe)},
		"a password, through a file name": append(server, "--administrator-password-file", filepath.Join(dir, ".", "pipe")),
	} {
		t.Run(name, func(t *testing.T) {
			type result struct {
				status int
				stderr string
			}
			done := make(chan result, 1)
			go func() {
				w := newWorld(t, nil)
				w.fs = afero.NewOsFs()
				status := w.call(t, args...)
				done <- result{status, strings.Join(strings.Fields(w.err.String()), " ")} // without line breaks
			}()
			select {
			case r := <-done:
				if r.status == 0 || !strings.Contains(r.stderr, "a named pipe") && !strings.Contains(r.stderr, "a device") {
					t.Errorf("status %d, stderr %q", r.status, r.stderr)
				}
			case <-time.After(time.Minute):
				t.Error("it waits at the pipe")
				release(pipe)
				<-done
			}
		})
	}
}

func link(t *testing.T, target string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(target, path); err != nil {
		t.Skip(err)
	}
	return path
}

// release lets a reader of the pipe go.
func release(pipe string) {
	if f, err := os.OpenFile(pipe, os.O_RDWR|syscall.O_NONBLOCK, 0); err == nil {
		f.Close()
	}
}
