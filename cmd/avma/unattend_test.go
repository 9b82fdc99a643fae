// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/binary"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/faultfs"
)

const (
	keyOf2022  = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG" // Datacenter
	keyOf2025S = "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4" // Standard
	secret     = "Secret-Horse-7"
)

// answer file of the last call, which has to be well-formed ASCII with CRLF.
func (w *world) answerFile(t *testing.T, path string) string {
	t.Helper()
	data := w.out.Bytes()
	if path != "-" {
		var err error
		if data, err = afero.ReadFile(w.fs, path); err != nil {
			t.Fatal(err)
		}
	}
	d := xml.NewDecoder(strings.NewReader(string(data)))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return string(data)
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
	}
}

func TestUnattendNeedsOnlyReleaseAndEdition(t *testing.T) {
	for _, tc := range []struct {
		name, args, has, hasNot, stderr string
	}{
		{"install", "", keyOf2022, "", "password"},
		{"deploy", "--for deploy", keyOf2022, "windowsPE", ""},
		{"BIOS", "--firmware bios", "<Active>true</Active>", "<Type>EFI</Type>", ""},
		{"UEFI", "--firmware UEFI", "<Type>EFI</Type>", "<Active>true</Active>", ""},
		{"evaluation media keeps its own", "--evaluation", "SERVERDATACENTER", keyOf2022, ""},
		{"kept by name", "--evaluation=keep --for deploy", "unattend", keyOf2022, ""},
		{"converted: no key in the install file", "--evaluation=convert", "unattend", keyOf2022, ""},
		{"converted: the key in the deploy file", "--evaluation=convert --for deploy", keyOf2022, "", ""},
		{"the clone's name", "--for deploy --computer-name WEB01", "<ComputerName>WEB01</ComputerName>", "", ""},
		{"flags of many kinds", "--time-zone UTC --image-index 3 --driver-paths E:\\a --driver-paths E:\\b --disable-server-manager", "/IMAGE/INDEX", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, nil)
			args := append([]string{"unattend", "--release", "2022", "--edition", "datacenter"}, strings.Fields(tc.args)...)
			if status := w.call(t, args...); status != 0 {
				t.Fatalf("exit status %d: %s", status, w.err.String())
			}
			got := w.answerFile(t, "-")
			if !strings.Contains(got, tc.has) || tc.hasNot != "" && strings.Contains(got, tc.hasNot) || !strings.Contains(w.err.String(), tc.stderr) {
				t.Errorf("want %q and not %q, on stderr %q; stderr is %s, the file\n%s", tc.has, tc.hasNot, tc.stderr, w.err.String(), got)
			}
		})
	}
}

func TestUnattendSecrets(t *testing.T) {
	const hcl = "release = \"2022\"\nedition = \"datacenter\"\nadministrator_password = \"From-File-1\"\nplain_passwords = true\n"
	base := []string{"unattend", "--release", "2022", "--edition", "datacenter", "--plain-passwords", "-o", "out.xml"}
	for _, tc := range []struct {
		name  string
		args  []string
		env   map[string]string
		stdin string
		want  string
	}{
		{"file", append(base, "--administrator-password-file", "pw.txt"), nil, "", secret},
		{"standard input", append(base, "--administrator-password-file", "-"), nil, secret + "\r\n", secret},
		{"environment", base, map[string]string{"AVMA_ADMINISTRATOR_PASSWORD": secret}, "", secret},
		{"HCL", []string{"unattend", "-c", "a.hcl", "-o", "out.xml"}, nil, "", "From-File-1"},
		{"environment over HCL", []string{"unattend", "-c", "a.hcl", "-o", "out.xml"}, map[string]string{"AVMA_ADMINISTRATOR_PASSWORD": secret}, "", secret},
		{"file over environment", append(base, "--administrator-password-file", "pw.txt"), map[string]string{"AVMA_ADMINISTRATOR_PASSWORD": "Other-1"}, "", secret},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"pw.txt": secret + "\n", "a.hcl": hcl})
			w.env, w.stdin = tc.env, strings.NewReader(tc.stdin)
			if status := w.call(t, tc.args...); status != 0 {
				t.Fatalf("exit status %d: %s", status, w.err.String())
			}
			if got := w.answerFile(t, "out.xml"); !strings.Contains(got, "<Value>"+tc.want+"</Value>") {
				t.Errorf("%s is not in\n%s", tc.want, got)
			}
			if info, err := w.fs.Stat("out.xml"); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, %v: the file holds a password", info.Mode().Perm(), err)
			}
			if strings.Contains(w.err.String()+w.out.String(), tc.want) {
				t.Error("the password is printed")
			}
		})
	}
}

func TestUnattendRefuses(t *testing.T) {
	const good = "release = \"2022\"\nedition = \"datacenter\"\n"
	utf16File := binary.LittleEndian.AppendUint16(nil, 0xFEFF)
	for _, unit := range utf16.Encode([]rune(good + "computer_name = \"ABCDEFGHIJKLMNOP\"\n")) {
		utf16File = binary.LittleEndian.AppendUint16(utf16File, unit)
	}
	files := map[string]string{
		"long.hcl":   good + "computer_name = \"ABCDEFGHIJKLMNOP\"\n",
		"disks.hcl":  good + "disk { id = 0 }\ndisk { id = 0 }\n",
		"index.hcl":  good + "image_index = 3\n",
		"utf16.hcl":  string(utf16File),
		"nomark.hcl": string(utf16File[2:]),
		"binary.hcl": "MZ\x00\x01\x02",
		"typo.hcl":   good + "compter_name = \"A\"\n",
		"two.hcl":    good + "computer_name = \"ABCDEFGHIJKLMNOP\"\ntime_zone = \"CET\"\n",
		"var.hcl":    "variable \"host\" {}\n" + good + "computer_name = var.host\n",
		"syntax.hcl": good + "computer_name = \"A\n",
		"empty.txt":  "\n",
		"lines.txt":  secret + "\n" + secret + "\n",
	}
	for _, tc := range []struct {
		name   string
		args   string
		status int
		stderr []string
	}{
		{"nothing given", "", exitUsage, []string{"--release"}},
		{"no edition", "--release 2022", exitUsage, []string{"--edition"}},
		{"an unknown release", "--release 2023 --edition datacenter", exitUsage, []string{"2023"}},
		{"no such key", "--release 2012 --edition datacenter", exitUsage, []string{"2012 R2"}},
		{"a computer name of 16 characters", "--release 2022 --edition datacenter --computer-name ABCDEFGHIJKLMNOP", exitUsage, []string{"--computer-name", "15"}},
		{"an image index of 0", "--release 2022 --edition datacenter --image-index 0", exitUsage, []string{"--image-index: 0 is below 1"}},
		{"an image index of 0 over a file", "--config index.hcl --image-index 0", exitUsage, []string{"--image-index: 0 is below 1"}},
		{"two disks of the number 0", "--config disks.hcl", exitUsage, []string{"on disks.hcl line 4", "disk 0 stands twice"}},
		{"the same in a file", "--config long.hcl", exitUsage, []string{"on long.hcl line 3", "computer_name", "15"}},
		{"the same in a UTF-16 file", "--config utf16.hcl", exitUsage, []string{"on utf16.hcl line 3", "15"}},
		{"the same in a clone", "--config var.hcl --var host=A --for deploy --computer-name ABCDEFGHIJKLMNOP", exitUsage, []string{"--computer-name", "15"}},
		{"UTF-16 without a mark", "--config nomark.hcl", exitFailed, []string{"nomark.hcl", "save it as UTF-8"}},
		{"a binary file", "--config binary.hcl", exitFailed, []string{"binary.hcl", "binary file"}},
		{"a missing file", "--config missing.hcl", exitFailed, []string{"missing.hcl"}},
		{"a missing variable file", "--config var.hcl --var-file missing.hcl", exitFailed, []string{"missing.hcl"}},
		{"a misspelt attribute", "--config typo.hcl", exitUsage, []string{"on typo.hcl line 3", `Did you mean "computer_name"?`}},
		{"two mistakes at once", "--config two.hcl", exitUsage, []string{"line 3", "line 4", "CET"}},
		{"a variable without a value", "--config var.hcl", exitUsage, []string{"--var host=VALUE"}},
		{"an unknown variable", "--config var.hcl --var hots=A", exitUsage, []string{`Did you mean "host"?`}},
		{"a variable without a file", "--release 2022 --edition datacenter --var a=b", exitUsage, []string{"--config"}},
		{"a mistake of syntax", "--config syntax.hcl", exitUsage, []string{"on syntax.hcl line 3"}},
		{"a missing password file", "--release 2022 --edition datacenter --administrator-password-file no.txt", exitFailed, []string{"no.txt"}},
		{"an empty password file", "--release 2022 --edition datacenter --administrator-password-file empty.txt", exitUsage, []string{"empty.txt holds no password"}},
		{"two lines", "--release 2022 --edition datacenter --administrator-password-file lines.txt", exitUsage, []string{"lines.txt has more than one line"}},
		{"standard input twice", "--config - --administrator-password-file -", exitUsage, []string{"--administrator-password-file"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, files)
			w.stdin = strings.NewReader(good)
			if status := w.call(t, append([]string{"unattend"}, strings.Fields(tc.args)...)...); status != tc.status {
				t.Errorf("exit status %d, want %d", status, tc.status)
			}
			for _, want := range tc.stderr {
				if !strings.Contains(w.err.String(), want) {
					t.Errorf("stderr has no %q:\n%s", want, w.err.String())
				}
			}
			if tc.status != 0 && w.out.Len() > 0 || strings.Contains(w.err.String(), secret) {
				t.Errorf("stdout %q, stderr %q", w.out.String(), w.err.String())
			}
		})
	}
}

// A message names what its reader used: flags where there is no file, attributes in a file, the variable that gave a value.
func TestUnattendSpeaksOfWhatWasUsed(t *testing.T) {
	const file = "release = \"2022\"\nedition = \"datacenter\"\n"
	for _, tc := range []struct {
		name, args  string
		has, hasNot []string
	}{
		{"the first note", "--release 2022 --edition datacenter", []string{"--administrator-password-file: Windows", "Set --administrator-password-file for"}, []string{"administrator_password"}},
		{"the same of a file", "--config a.hcl", []string{"administrator_password: Windows", "Set administrator_password for"}, []string{"--administrator-password-file"}},
		{"a flag over a file", "--config a.hcl --image-name x --image-index 1", []string{"Give either --image-index or --image-name."}, []string{"image_name"}},
		{"a flag beside a file", "--config index.hcl --image-name x", []string{"Give either image_index or --image-name."}, nil},
		{"an evaluation edition", "--release 2022 --edition ServerDatacenterEval", []string{"--evaluation=keep", "--evaluation=convert"}, []string{`evaluation = "`}},
		{"no key", "--release 2025 --edition essentials", []string{"--product-key-file"}, []string{"product_key"}},
		{"Setup's key", "--release 2022 --edition datacenter --setup-key avma", []string{"leave --setup-key out"}, []string{"setup_key"}},
		{"a name with blanks", "--release 2025 --edition standard --evaluation", []string{`--image-name="Windows Server 2025 Standard Evaluation (Desktop Experience)"`}, nil},
		{"plain passwords", "--release 2022 --edition datacenter --plain-passwords --administrator-password-file pw.txt", []string{"--plain-passwords: "}, []string{"plain_passwords"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"a.hcl": file, "index.hcl": file + "image_index = 1\n", "pw.txt": secret + "\n"})
			w.call(t, append([]string{"unattend"}, strings.Fields(tc.args)...)...)
			got := strings.Join(strings.Fields(w.err.String()), " ")
			for _, want := range tc.has {
				if !strings.Contains(got, want) {
					t.Errorf("stderr has no %q: %s", want, got)
				}
			}
			for _, not := range tc.hasNot {
				if strings.Contains(got, not) {
					t.Errorf("stderr has %q: %s", not, got)
				}
			}
		})
	}
}

func TestUnattendFlagsOverTheFile(t *testing.T) {
	w := newWorld(t, map[string]string{"a.hcl": "release = \"2022\"\nedition = \"datacenter\"\ncomputer_name = \"ABCDEFGHIJKLMNOP\"\n"})
	w.want(t, 0, keyOf2025S, "password", "unattend", "-c", "a.hcl", "--release", "2025", "--edition", "standard", "--computer-name", "GOOD")
}

func TestUnattendConfigFromStandardInput(t *testing.T) {
	w := newWorld(t, nil)
	w.stdin = strings.NewReader("release = \"2022\"\nedition = \"datacenter\"\n")
	w.want(t, 0, keyOf2022, "password", "unattend", "--config", "-")
	w = newWorld(t, nil)
	w.stdin = strings.NewReader("relase = \"2022\"\n")
	w.want(t, exitUsage, "", "on <stdin> line 1", "unattend", "--config", "-")
}

func TestUnattendLeavesNothingBehind(t *testing.T) {
	for _, tc := range []struct {
		name, stderr string
		status       int
		fs           func(fs afero.Fs, cancel func()) afero.Fs
	}{
		{"a read-only folder", "name a file in another folder", exitFailed, func(fs afero.Fs, _ func()) afero.Fs { return afero.NewReadOnlyFs(fs) }},
		{"disk full", "free some space", exitFailed, func(fs afero.Fs, _ func()) afero.Fs { return faultfs.DiskFull(fs, 100) }},
		{"interrupted", "interrupted", exitInterrupted, func(fs afero.Fs, cancel func()) afero.Fs {
			return faultfs.OnWrite(fs, func(int) error { cancel(); return nil })
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"out.xml": "old"})
			under := w.fs
			ctx, cancel := context.WithCancel(t.Context())
			w.fs = tc.fs(under, cancel)
			status := w.run(ctx, []string{"unattend", "--release", "2022", "--edition", "datacenter", "-o", "out.xml"})
			if status != tc.status || !strings.Contains(w.err.String(), tc.stderr) {
				t.Errorf("exit status %d, stderr %q", status, w.err.String())
			}
			w.fs = under
			if got, err := afero.ReadFile(under, "out.xml"); err != nil || string(got) != "old" || w.files(t) != "out.xml" {
				t.Errorf("the old file is %q, %v; files: %s", got, err, w.files(t))
			}
		})
	}
}

func TestUnattendAsksOnATerminal(t *testing.T) {
	w := newWorld(t, nil)
	w.readPassword = func(context.Context) ([]byte, error) { return []byte(secret), nil }
	w.want(t, 0, "<Value>"+secret+"</Value>", "Password: \n", "unattend", "--release", "2022", "--edition", "datacenter",
		"--plain-passwords", "--administrator-password-file", "-")
	ctx, cancel := context.WithCancel(t.Context())
	w = newWorld(t, nil)
	w.readPassword = func(ctx context.Context) ([]byte, error) { cancel(); return nil, ctx.Err() }
	if status := w.run(ctx, []string{"unattend", "--administrator-password-file", "-"}); status != exitInterrupted {
		t.Errorf("exit status %d, want %d: %s", status, exitInterrupted, w.err.String())
	}
}

// Ctrl-C ends a wait for standard input.
func TestUnattendInterruptedWhileReading(t *testing.T) {
	for _, args := range [][]string{{"unattend", "--config", "-"}, {"unattend", "--administrator-password-file", "-"}, {"verify", "--facts", "-"}} {
		w := newWorld(t, nil)
		r, stop := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		w.stdin = readerFunc(func(p []byte) (int, error) { cancel(); return r.Read(p) })
		if status := w.run(ctx, args); status != exitInterrupted || w.err.String() != "avma: interrupted\n" {
			t.Errorf("%q: exit status %d, want %d: %s", args, status, exitInterrupted, w.err.String())
		}
		stop.Close()
	}
}

// readerFunc is a stream.
type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// The same call gives the same bytes.
func TestUnattendIsDeterministic(t *testing.T) {
	var first string
	for range 5 {
		w := newWorld(t, nil)
		w.env["AVMA_ADMINISTRATOR_PASSWORD"] = secret
		if status := w.call(t, "unattend", "--release", "2019", "--edition", "standard-core"); status != 0 {
			t.Fatal(w.err.String())
		}
		if first == "" {
			first = w.out.String()
		}
		if got := w.out.String(); got != first {
			t.Fatal("two calls give different files")
		}
	}
}
