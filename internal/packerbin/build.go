// SPDX-License-Identifier: MPL-2.0

package packerbin

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Build makes the binary of r and puts it into the cache, whole or not at all. It returns its path. The first
// build takes minutes and the Go module proxy; everything it needs is pinned by the go.sum beside its go.mod.
func Build(ctx context.Context, root string, r Release) (string, error) {
	path, err := CachePath(root, r)
	if err != nil {
		return "", err
	}
	// The compiler runs in the folder of the module: a relative path would lead elsewhere there.
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("cannot make the cache folder: %w", err)
	}
	part := path + ".part"
	defer os.Remove(part)

	cmd := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-buildvcs=false", "-trimpath",
		"-ldflags", "-s -w", "-o", part, "github.com/hashicorp/packer")
	cmd.Dir = ModuleDir(root, r)
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("cannot build packer %s: %w\n%s", r.Version, err, lastLines(out.String(), 12))
	}
	if err := os.Rename(part, path); err != nil {
		return "", fmt.Errorf("cannot put packer %s into the cache: %w", r.Version, err)
	}
	return path, nil
}

// lastLines keeps the end of a compiler's output, where the reason stands.
func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n")
}
