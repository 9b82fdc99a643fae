// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// PluginEnv names a variable with a plugin binary that is up to date, so that test binaries need not each build
// one. `make test` sets it.
const PluginEnv = "AVMA_TEST_PLUGIN"

// asReleased builds the plugin as a release: Packer 1.9 takes no "-dev" for ">= 0.1.0", which is what templates say.
const asReleased = "-s -w -X github.com/golden-image/packer-plugin-avma/version.Prerelease="

// source is the address under which a template asks for the plugin.
const source = "github.com/golden-image/avma"

// built is what a test binary builds once.
type built struct {
	path string // of the plugin binary
	dir  string // to remove at the end; "" when the binary is not ours
	err  error
}

var plugin = sync.OnceValue(buildPlugin)

func buildPlugin() built {
	if p := os.Getenv(PluginEnv); p != "" {
		_, err := os.Stat(p)
		return built{path: p, err: err}
	}
	root, err := Root()
	if err != nil {
		return built{err: err}
	}
	dir, err := os.MkdirTemp("", "avma-plugin-")
	if err != nil {
		return built{err: err}
	}
	path := filepath.Join(dir, "packer-plugin-avma"+exe())
	cmd := exec.Command("go", "build", "-buildvcs=false", "-ldflags", asReleased, "-o", path, ".")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return built{dir: dir, err: fmt.Errorf("cannot build the plugin: %w\n%s", err, out)}
	}
	return built{path: path, dir: dir}
}

// Main is the TestMain of a package that runs Packer: it removes what was built.
func Main(m *testing.M) {
	code := m.Run()
	if used.Load() {
		_ = os.RemoveAll(plugin().dir)
	}
	os.Exit(code)
}

// Root is the repository: the nearest folder upward with a go.mod.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod in this folder or above it: run the tests inside the repository")
		}
		dir = up
	}
}

// Description is what the plugin says of itself.
type Description struct {
	Version         string   `json:"version"`
	SDKVersion      string   `json:"sdk_version"`
	APIVersion      string   `json:"api_version"`
	Builders        []string `json:"builders"`
	PostProcessors  []string `json:"post_processors"`
	Provisioners    []string `json:"provisioners"`
	Datasources     []string `json:"datasources"`
	ProtocolVersion string   `json:"protocol_version"`
}

func describe(path string) (Description, error) {
	var d Description
	out, err := exec.Command(path, "describe").Output()
	if err != nil {
		return d, fmt.Errorf("the plugin does not describe itself: %w", err)
	}
	return d, json.Unmarshal(out, &d)
}

// installByHand puts the plugin where Packer looks, with its sum file beside it: what a person does whose Packer
// has no `plugins install --path`.
func installByHand(pluginPath, into string) error {
	d, err := describe(pluginPath)
	if err != nil {
		return err
	}
	dir := filepath.Join(into, filepath.FromSlash(source))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name := fmt.Sprintf("packer-plugin-avma_v%s_%s_%s_%s%s", d.Version, d.APIVersion, runtime.GOOS, runtime.GOARCH, exe())
	sum, err := copyFile(filepath.Join(dir, name), pluginPath)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+"_SHA256SUM"), []byte(sum), 0o644)
}

// copyFile copies an executable and returns its SHA-256 in hex.
func copyFile(to, from string) (string, error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), in)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, out.Close())
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
