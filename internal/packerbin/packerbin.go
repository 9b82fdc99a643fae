// SPDX-License-Identifier: MPL-2.0

package packerbin

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// A Release is one Packer that the tests run.
type Release struct {
	Version string // "1.16.0"
	Module  string // the folder of its module, below tools/packer
	Env     string // the variable that names a binary to use instead of the cached one
}

// Releases are the Packers of the tests: the newest line, which speaks protobuf and gob, and the last one under
// the MPL-2.0, which speaks gob alone.
func Releases() []Release {
	return []Release{
		{Version: "1.16.0", Module: "v1.16", Env: "AVMA_TEST_PACKER_1_16"},
		{Version: "1.9.4", Module: "v1.9", Env: "AVMA_TEST_PACKER_1_9"},
	}
}

// ErrNotBuilt says that the cache does not hold a Packer. `make test-packers` puts it there.
var ErrNotBuilt = errors.New("not built yet: run `make test-packers` (it needs the Go module proxy once)")

// Find returns the binary for r: what the variable r.Env names, else what the cache of the repository at root
// holds. The error wraps ErrNotBuilt when neither is there.
func Find(root string, r Release) (string, error) {
	if p := os.Getenv(r.Env); p != "" {
		if _, err := os.Stat(p); err != nil {
			return "", fmt.Errorf("%s names a Packer that cannot be used: %w", r.Env, err)
		}
		return filepath.Abs(p)
	}
	p, err := CachePath(root, r)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(p); err != nil {
		return "", fmt.Errorf("packer %s is %w, or set %s to a binary", r.Version, ErrNotBuilt, r.Env)
	}
	return filepath.Abs(p)
}

// CachePath is where the binary of r belongs. Its name carries a digest of the module's go.mod and go.sum, so
// that a change of the pin is a different binary.
func CachePath(root string, r Release) (string, error) {
	h := sha256.New()
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join(ModuleDir(root, r), name))
		if err != nil {
			return "", fmt.Errorf("the module that pins packer %s: %w", r.Version, err)
		}
		h.Write(b)
	}
	name := fmt.Sprintf("packer-%s-%s-%s-%s", r.Version, runtime.GOOS, runtime.GOARCH, hex.EncodeToString(h.Sum(nil)[:4]))
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(CacheDir(root), name), nil
}

// CacheDir is $XDG_CACHE_HOME/packer-plugin-avma where that variable is set, else .cache/packer of the repository.
func CacheDir(root string) string {
	if x := os.Getenv("XDG_CACHE_HOME"); x != "" {
		return filepath.Join(x, "packer-plugin-avma")
	}
	return filepath.Join(root, ".cache", "packer")
}

// ModuleDir is the folder of the module that pins r.
func ModuleDir(root string, r Release) string {
	return filepath.Join(root, "tools", "packer", r.Module)
}
