// SPDX-License-Identifier: MPL-2.0

// Command demo is what `make demo` runs: it builds avma, shows the key that an image takes, generates both answer files of
// an example, writes the ISO that carries them, and says what to do next. It does nothing that its reader could not type.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	out := flag.String("o", filepath.Join("build", "demo"), "the folder to write to")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, "bin", *out); err != nil {
		fmt.Fprintf(os.Stderr, "demo: %v\n", err)
		os.Exit(1)
	}
}

// run builds avma into bin and writes to dir. It runs in the repository.
func run(ctx context.Context, w io.Writer, bin, dir string) error {
	avma := filepath.Join(bin, "avma")
	if runtime.GOOS == "windows" {
		avma += ".exe"
	}
	config := filepath.Join("examples", "ws2022.hcl")
	install, deploy, iso := filepath.Join(dir, "Autounattend.xml"), filepath.Join(dir, "avma-deploy.xml"), filepath.Join(dir, "answers.iso")
	steps := []struct {
		why  string
		args []string
	}{
		{"", []string{"go", "build", "-trimpath", "-buildvcs=false", "-o", avma, "./cmd/avma"}},
		{"The key of a Windows Server 2022 Datacenter guest, and how well it is known:", []string{avma, "key", "--release", "2022", "--edition", "datacenter"}},
		{"", []string{avma, "key", "--release", "2022", "--edition", "datacenter", "--format", "json"}},
		{"The answer file for the installation, the one for every clone of the image, and an ISO that carries both:",
			[]string{avma, "unattend", "--config", config, "--iso", iso, "-o", dir}},
	}
	for _, s := range steps {
		if s.why != "" {
			fmt.Fprintf(w, "\n# %s\n", s.why)
		}
		if err := show(ctx, w, s.args); err != nil {
			return err
		}
	}
	return conclude(w, install, deploy, iso)
}

// show prints a command and runs it.
func show(ctx context.Context, w io.Writer, args []string) error {
	fmt.Fprintf(w, "$ %s\n", strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// conclude shows what was made, where the key stands in it, and the next step.
func conclude(w io.Writer, install, deploy, iso string) error {
	fmt.Fprintln(w, "\n# Where the key stands in the two files (pass specialize, Microsoft-Windows-Shell-Setup). The other key, in the pass")
	fmt.Fprintln(w, "# windowsPE of the first file, is the KMS client key: licensed media wants one to choose the edition.")
	for _, path := range []string{install, deploy} {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for n, line := range bytes.Split(b, []byte("\n")) {
			if bytes.Contains(line, []byte("W3GNR")) {
				fmt.Fprintf(w, "%s:%d: %s\n", path, n+1, bytes.TrimSpace(line))
			}
		}
	}
	fmt.Fprintln(w, "\n# Made:")
	for _, path := range []string{install, deploy, iso} {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %-32s %7d bytes\n", path, info.Size())
	}
	fmt.Fprintf(w, `
# Next:
  1. Put a password of your own in place of the example's: --var password=..., or AVMA_VAR_password.
  2. Attach %s as a second CD to a generation 2 Hyper-V machine that starts from the Windows Server 2022 media
     (licensed media; for evaluation media add --evaluation). Setup finds Autounattend.xml by itself and asks nothing.
  3. Make an image of it: sysprep /generalize /oobe /shutdown /unattend:E:\avma-deploy.xml
     Every clone then knows its key, and its Datacenter host activates it.
  With Packer: see examples/hyperv/hyperv.pkr.hcl. What AVMA is, in plain words: docs/avma.md.
`, iso)
	return nil
}
