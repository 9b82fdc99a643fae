// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/version"
)

func TestUsageErrors(t *testing.T) {
	for _, tc := range []struct{ args, stderr string }{
		{"kye", `there is no command "avma kye"; did you mean "avma key"?`},
		{"kye --release 2022", `there is no command "avma kye"; did you mean "avma key"?`},
		{"media crate -x", `there is no command "avma media crate"; did you mean "avma media create"?`},
		{"--release 2022", "avma has no flag --release: it needs a command before it, avma key, avma keys, avma unattend or avma verify"},
		{"frobnicate", `there is no command "avma frobnicate"; the commands are check-key, `},
		{"media crate", `there is no command "avma media crate"; did you mean "avma media create"?`},
		{"media", "avma media needs a command after it"},
		{"unattend --relase 2022", "avma unattend has no flag --relase; did you mean --release?"},
		{"unattend -release 2022", "avma unattend has no flag -release; did you mean --release?"},
		{"unattend --zzz", "avma unattend has no flag --zzz\n"},
		{"unattend --administrator-password x", "did you mean --administrator-password-file?"},
		{"unattend --firmware efi", `--firmware "efi": did you mean uefi? It takes uefi or bios`},
		{"unattend --for", "flag needs an argument: --for"},
		{"unattend --evaluation convert", "write --evaluation=convert, with an equals sign"},
		{"unattend 2022", `avma unattend takes no arguments, only flags: what is "2022" for?`},
		{"unattend web.hcl", "did you mean --config web.hcl?"},
		{"unattend out.xml", "did you mean -o out.xml?"},
		{"unattend --image-index one", `--image-index "one"`},
		{"version --format jsn", `--format "jsn": did you mean json? It takes text or json`},
		{"media create", "nothing to put into the image"},
		{"media create a.xml", "the image needs a name: -o answers.iso"},
		{"help kye", `there is no command "avma kye"; did you mean "avma key"?`},
		{"help media crate", `there is no command "avma media crate"; did you mean "avma media create"?`},
		{"completion", "avma completion needs a command after it"},
		{"completion tcsh", `there is no command "avma completion tcsh"`},
		{"unattend --catalog", "flag needs an argument: --catalog"},
	} {
		t.Run(tc.args, func(t *testing.T) {
			w := newWorld(t, nil)
			w.want(t, exitUsage, "", tc.stderr, strings.Fields(tc.args)...)
			if !strings.Contains(w.err.String(), "--help shows how it is used") || strings.Count(w.err.String(), "\n") > 3 {
				t.Errorf("the message is %q; it should be short and name --help", w.err.String())
			}
		})
	}
}

// What is missing is named in the words of the command line.
func TestMissing(t *testing.T) {
	for _, tc := range []struct{ args, stderr string }{
		{"unattend", "* --release: it is required. For example avma unattend --release 2022 --edition datacenter."},
		{"key --edition datacenter", "which release? For example: avma key --release 2022 --edition datacenter"},
		{"key --image 4", "--image 4: an image's NAME says release and edition"},
	} {
		newWorld(t, nil).want(t, exitUsage, "", tc.stderr, strings.Fields(tc.args)...)
	}
}

// Every command has a sentence on what it does and an example, which names the command itself.
func TestHelp(t *testing.T) {
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			if sub.Name() != "help" && sub.Name() != "completion" {
				walk(sub)
			}
		}
		if cmd.Short == "" || !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s: Short %q, Example %q", cmd.CommandPath(), cmd.Short, cmd.Example)
		}
		w := newWorld(t, nil)
		w.want(t, 0, "Examples:\n  avma", "", append(strings.Fields(cmd.CommandPath())[1:], "--help")...)
	}
	walk(newRoot(newWorld(t, nil).app))
}

func TestBareCommandShowsHelp(t *testing.T) {
	newWorld(t, nil).want(t, 0, "Available Commands:", "")
}

func TestVersion(t *testing.T) {
	newWorld(t, nil).want(t, 0, "avma "+version.String()+" (", "", "version")
	w := newWorld(t, nil)
	w.want(t, 0, "{", "", "version", "--format", "json")
	var got build
	if err := json.Unmarshal(w.out.Bytes(), &got); err != nil || got.Version != version.String() {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCompletion(t *testing.T) {
	for _, tc := range []struct{ args, want string }{
		{"unattend --release ", "2022"},
		{"unattend --edition ", "datacenter-core"},
		{"unattend --firmware ", "bios"},
		{"key --channel ", "gvlk"},
		{"version --format ", "json"},
		{"med", "media"},
		{"unattend --ui-language ", "pt-BR"},
		{"unattend --input-locale ", "de-DE"},
		{"unattend --time-zone ", "UTC"},
	} {
		w := newWorld(t, nil)
		if status := w.call(t, append([]string{"__complete"}, strings.Split(tc.args, " ")...)...); status != 0 {
			t.Errorf("%s: exit status %d", tc.args, status)
		}
		if got := strings.Fields(w.out.String()); !slices.Contains(got, tc.want) {
			t.Errorf("%s completes to %q, want %q among them", tc.args, got, tc.want)
		}
	}
	for args, directive := range map[string]string{"key ": ":4", "unattend --owner ": ":4", "media create ": ":0", "unattend --config ": ":8",
		"unattend --administrator-password-file ": ":0"} {
		w := newWorld(t, nil)
		w.call(t, append([]string{"__complete"}, strings.Split(args, " ")...)...)
		if got := strings.TrimSpace(w.out.String()); !strings.HasSuffix(got, directive) {
			t.Errorf("%s completes to %q, want %s at the end (4: no files, 8: files of these kinds, 0: files)", args, got, directive)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		newWorld(t, nil).want(t, 0, "avma", "", "completion", shell)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := newWorld(t, map[string]string{"a.xml": "x"})
	if status := w.run(ctx, []string{"media", "create", "-o", "a.iso", "a.xml"}); status != exitInterrupted {
		t.Errorf("exit status %d, want %d", status, exitInterrupted)
	}
	if got := w.err.String(); got != "avma: interrupted\n" {
		t.Errorf("stderr is %q", got)
	}
	if got := w.files(t); got != "a.xml" {
		t.Errorf("files: %s", got)
	}
}

// writerFunc is a stream.
type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestClosedPipe(t *testing.T) {
	for _, cause := range []error{syscall.EPIPE, io.ErrClosedPipe} {
		w := newWorld(t, nil)
		w.stdout = writerFunc(func([]byte) (int, error) { return 0, cause })
		w.want(t, exitFailed, "", "", "keys")
	}
	w := newWorld(t, nil)
	w.stdout = writerFunc(func([]byte) (int, error) { return 0, errors.New("the printer is on fire") })
	w.want(t, exitFailed, "", "the printer is on fire", "keys")
}

func TestColourOnlyWhereItBelongs(t *testing.T) {
	const bad = "relase = 1\n"
	for _, tc := range []struct {
		name     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"terminal", true, nil, true},
		{"file", false, nil, false},
		{"NO_COLOR", true, map[string]string{"NO_COLOR": "1"}, false},
		{"empty NO_COLOR", true, map[string]string{"NO_COLOR": ""}, true},
		{"dumb terminal", true, map[string]string{"TERM": "dumb"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"a.hcl": bad})
			w.stderrIsTerminal, w.env = tc.terminal, tc.env
			w.want(t, exitUsage, "", "Unsupported argument", "unattend", "--config", "a.hcl")
			if got := strings.Contains(w.err.String(), "\x1b["); got != tc.want {
				t.Errorf("colour %v, want %v", got, tc.want)
			}
		})
	}
}

// What cobra prints by itself can fail, too: a full disk is no success, and no error in usage.
func TestFullDisk(t *testing.T) {
	for _, args := range []string{"", "--help", "help key", "key --help", "completion bash", "completion fish", "version", "--version", "keys"} {
		w := newWorld(t, nil)
		w.stdout = writerFunc(func([]byte) (int, error) { return 0, syscall.ENOSPC })
		if got := w.run(t.Context(), strings.Fields(args)); got != exitFailed || !strings.Contains(w.err.String(), "avma: cannot write to standard output: ") {
			t.Errorf("avma %s: status %d and %q", args, got, w.err.String())
		}
	}
}

func TestVersionFlag(t *testing.T) {
	w := newWorld(t, nil)
	w.want(t, 0, "avma "+version.String(), "", "--version")
}
