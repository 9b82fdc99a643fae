// SPDX-License-Identifier: MPL-2.0

package packerbin

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// repo makes a repository of nothing but the modules that pin the test Packers.
func repo(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, r := range Releases() {
		dir := ModuleDir(root, r)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"go.mod", "go.sum"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(r.Version), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv(r.Env, "")
	}
	t.Setenv("XDG_CACHE_HOME", "")
	return root
}

func TestFindSaysHowToGetWhatIsMissing(t *testing.T) {
	root := repo(t)
	_, err := Find(root, Releases()[0])
	if !errors.Is(err, ErrNotBuilt) || !strings.Contains(err.Error(), "make test-packers") {
		t.Errorf("Find in an empty cache: %v, want ErrNotBuilt with the command", err)
	}
}

func TestFindTakesTheCachedBinary(t *testing.T) {
	root := repo(t)
	want, err := CachePath(root, Releases()[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(want), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(want, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(root, Releases()[1]); err != nil || got != want {
		t.Errorf("Find = %q, %v, want %q", got, err, want)
	}
}

func TestFindPrefersTheVariable(t *testing.T) {
	root, r := repo(t), Releases()[0]
	mine := filepath.Join(t.TempDir(), "packer")
	t.Setenv(r.Env, mine)
	if _, err := Find(root, r); err == nil || errors.Is(err, ErrNotBuilt) || !strings.Contains(err.Error(), r.Env) {
		t.Errorf("Find with a variable that names nothing: %v, want an error that names %s", err, r.Env)
	}
	if err := os.WriteFile(mine, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(root, r); err != nil || got != mine {
		t.Errorf("Find = %q, %v, want %q", got, err, mine)
	}
}

func TestCachePathFollowsThePin(t *testing.T) {
	root, r := repo(t), Releases()[0]
	before, err := CachePath(root, r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(ModuleDir(root, r), "go.sum"), []byte("another"), 0o644); err != nil {
		t.Fatal(err)
	}
	if after, err := CachePath(root, r); err != nil || after == before {
		t.Errorf("CachePath stays %q when the pin changes (%v)", after, err)
	}
}

func TestCacheDirHonoursXDG(t *testing.T) {
	root := repo(t)
	if got, want := CacheDir(root), filepath.Join(root, ".cache", "packer"); got != want {
		t.Errorf("CacheDir = %q, want %q", got, want)
	}
	t.Setenv("XDG_CACHE_HOME", filepath.Join(root, "xdg"))
	if got, want := CacheDir(root), filepath.Join(root, "xdg", "packer-plugin-avma"); got != want {
		t.Errorf("CacheDir = %q, want %q", got, want)
	}
}

// The command is run as `go run ./tools/packer`, with the root ".".
func TestBuildFromARelativeRoot(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for the go command is a shell script; run the tests on Linux or macOS")
	}
	root, bin := repo(t), t.TempDir()
	script := "#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\necho built >\"$2\"\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Chdir(root)
	r := Releases()[0]
	path, err := Build(t.Context(), ".", r)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := Find(".", r); err != nil || found != path {
		t.Errorf("Find = %q, %v, want %q", found, err, path)
	}
}
