// SPDX-License-Identifier: MPL-2.0

// Command dist builds the release archives of both programs for all systems into dist/, with their checksums: the
// plugin in the zips that `packer init` asks for, avma in archives. The same commit and Go give the same bytes. It
// signs nothing and publishes nothing; the release workflow does that with .goreleaser.yml.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/epoch"
	"github.com/golden-image/packer-plugin-avma/version"
)

const targets = "linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64"

func main() {
	out := flag.String("o", "dist", "the folder to write to; what is in it is removed")
	only := flag.String("targets", targets, "the systems, as GOOS/GOARCH")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, strings.Fields(*only)); err != nil {
		fmt.Fprintf(os.Stderr, "dist: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, targets []string) error {
	at, err := commitTime(ctx)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var made []string
	for _, target := range targets {
		goos, goarch, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("target %q is not of the form GOOS/GOARCH", target)
		}
		for _, a := range archives(goos, goarch) {
			fmt.Println("making", a.name)
			binary := filepath.Join(dir, "."+a.binary)
			if err := build(ctx, binary, a.pkg, goos, goarch); err != nil {
				return err
			}
			if err := a.write(filepath.Join(dir, a.name), binary, at); err != nil {
				return err
			}
			if err := os.Remove(binary); err != nil {
				return err
			}
			made = append(made, a.name)
		}
	}
	return writeSums(dir, made)
}

// archives are what is made for a system. The names of the plugin's are a contract with Packer: the zip and the binary
// in it have one stem, with the version and the API version that `describe` gives.
func archives(goos, goarch string) []archive {
	exe := ""
	if goos == "windows" {
		exe = ".exe"
	}
	stem := fmt.Sprintf("packer-plugin-avma_v%s_x5.0_%s_%s", version.String(), goos, goarch)
	cli := archive{name: fmt.Sprintf("avma_v%s_%s_%s.tar.gz", version.String(), goos, goarch), binary: "avma" + exe, pkg: "./cmd/avma",
		with: []string{"LICENSE", "NOTICE", "README.md", "CHANGELOG.md"}}
	if goos == "windows" {
		cli.name = strings.TrimSuffix(cli.name, ".tar.gz") + ".zip"
	}
	return []archive{{name: stem + ".zip", binary: stem + exe, pkg: "."}, cli}
}

func build(ctx context.Context, to, pkg, goos, goarch string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", to, pkg)
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s for %s/%s: %w\n%s", pkg, goos, goarch, err, out)
	}
	return nil
}

// commitTime is the time that archives carry: SOURCE_DATE_EPOCH, else that of the commit, else 1980, where zip begins.
func commitTime(ctx context.Context) (time.Time, error) {
	at, err := epoch.FromEnv(os.Getenv)
	if err != nil || !at.IsZero() {
		return at, err
	}
	out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
	if err == nil {
		if s, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64); err == nil {
			return time.Unix(s, 0).UTC(), nil
		}
	}
	return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), nil
}
