// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

type attrs = map[string]any

// hook stands for the provisioners.
type hook func(ctx context.Context, comm packersdk.Communicator, data map[string]any) error

func (h hook) Run(ctx context.Context, name string, _ packersdk.Ui, comm packersdk.Communicator, data any) error {
	if name != packersdk.HookProvision { // there is no error-cleanup-provisioner
		return nil
	}
	return h(ctx, comm, data.(map[string]any))
}

func nothing(context.Context, packersdk.Communicator, map[string]any) error { return nil }

// ui keeps what a user would see.
type ui struct {
	packersdk.BasicUi
	out bytes.Buffer
}

func newUI() *ui {
	u := new(ui)
	u.Reader, u.Writer, u.ErrorWriter = strings.NewReader(""), &u.out, &u.out
	return u
}

func builder(fsys afero.Fs) *Builder {
	return &Builder{FS: fsys, Getenv: func(string) string { return "" }}
}

func prepared(t *testing.T, fsys afero.Fs, a attrs) *Builder {
	t.Helper()
	b := builder(fsys)
	if _, warnings, err := b.Prepare(a); err != nil || len(warnings) != 0 {
		t.Fatalf("Prepare: %v, warnings %v", err, warnings)
	}
	return b
}

// read reads a file on an ISO.
func read(t *testing.T, fsys afero.Fs, iso, name string) string {
	t.Helper()
	raw, err := afero.ReadFile(fsys, iso)
	if err != nil {
		t.Fatal(err)
	}
	image, err := iso9660.Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(image, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBuild(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_ = afero.WriteFile(fsys, "scripts/setup.ps1", []byte("exit 0"), 0o644)
	b := prepared(t, fsys, attrs{"output": "out/answers.iso", "files": []string{"scripts"}, "content": attrs{"Autounattend.xml": answers}, "label": "OEMDRV"})

	u := newUI()
	var seen map[string]any
	artifact, err := b.Run(t.Context(), u, hook(func(_ context.Context, _ packersdk.Communicator, data map[string]any) error {
		seen = data
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, fsys, "out/answers.iso", "Autounattend.xml"); got != answers {
		t.Errorf("Autounattend.xml holds %q", got)
	}
	if got := read(t, fsys, "out/answers.iso", "setup.ps1"); got != "exit 0" {
		t.Errorf("setup.ps1 holds %q", got)
	}
	if seen[isoPath] != "out/answers.iso" || len(seen[isoSHA256].(string)) != 64 {
		t.Errorf("provisioners see %v", seen)
	}
	if id := artifact.Id(); artifact.BuilderId() != BuilderID || id != "sha256:"+seen[isoSHA256].(string) {
		t.Errorf("artifact %q of %q", id, artifact.BuilderId())
	}
	if f := artifact.Files(); len(f) != 1 || f[0] != "out/answers.iso" || !strings.Contains(artifact.String(), f[0]) {
		t.Errorf("Files = %v, String = %q", f, artifact)
	}
	if data, ok := artifact.State("generated_data").(map[string]any); !ok || data[isoPath] != "out/answers.iso" {
		t.Errorf("generated_data = %v", artifact.State("generated_data"))
	}
	if other := artifact.State("other"); other != nil {
		t.Errorf("State of anything else = %#v, want nil without a type", other)
	}
	if err := artifact.Destroy(); err != nil {
		t.Fatal(err)
	}
	if exists, _ := afero.Exists(fsys, "out/answers.iso"); exists {
		t.Error("Destroy leaves the ISO")
	}
}

func TestSameInputSameBytes(t *testing.T) {
	fsys := afero.NewMemMapFs()
	ids := map[string]bool{}
	for _, path := range []string{"a.iso", "b.iso"} {
		artifact, err := prepared(t, fsys, attrs{"output": path, "content": attrs{"a": "1", "b": "2"}}).Run(t.Context(), newUI(), hook(nothing))
		if err != nil {
			t.Fatal(err)
		}
		ids[artifact.Id()] = true
	}
	if len(ids) != 1 {
		t.Errorf("two builds of the same: %v", ids)
	}
}

func TestExistingOutputNeedsForce(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_ = afero.WriteFile(fsys, "a.iso", []byte("mine"), 0o644)
	a := attrs{"output": "a.iso", "content": attrs{"a": "1"}}

	_, err := prepared(t, fsys, a).Run(t.Context(), newUI(), hook(nothing))
	if err == nil || !strings.Contains(err.Error(), "-force") {
		t.Errorf("Run over an existing file: %v, want an error that names -force", err)
	}
	if b, _ := afero.ReadFile(fsys, "a.iso"); string(b) != "mine" {
		t.Error("the existing file was changed")
	}

	a["packer_force"] = true
	if _, err := prepared(t, fsys, a).Run(t.Context(), newUI(), hook(nothing)); err != nil {
		t.Errorf("with -force: %v", err)
	}
	read(t, fsys, "a.iso", "a")
}

func TestFailedProvisionerLeavesNothing(t *testing.T) {
	fsys := afero.NewMemMapFs()
	boom := errors.New("boom")
	artifact, err := prepared(t, fsys, attrs{"output": "a.iso", "content": attrs{"a": "1"}}).
		Run(t.Context(), newUI(), hook(func(context.Context, packersdk.Communicator, map[string]any) error { return boom }))
	if !errors.Is(err, boom) || artifact != nil {
		t.Errorf("Run = %v, %v, want a nil artifact and the provisioner's error", artifact, err)
	}
	if exists, _ := afero.Exists(fsys, "a.iso"); exists {
		t.Error("the ISO of a failed build is left")
	}
}

func TestOnErrorAbortKeepsTheISO(t *testing.T) {
	fsys := afero.NewMemMapFs()
	b := prepared(t, fsys, attrs{"output": "a.iso", "content": attrs{"a": "1"}, "packer_on_error": "abort"})
	_, err := b.Run(t.Context(), newUI(), hook(func(context.Context, packersdk.Communicator, map[string]any) error { return errors.New("boom") }))
	if err == nil {
		t.Fatal("Run succeeds")
	}
	if exists, _ := afero.Exists(fsys, "a.iso"); !exists {
		t.Error("-on-error=abort asks to keep what is there")
	}
}

func TestCancel(t *testing.T) {
	for _, c := range []struct {
		name   string
		before bool
	}{{"before the ISO is written", true}, {"while provisioners run", false}} {
		t.Run(c.name, func(t *testing.T) {
			fsys := afero.NewMemMapFs()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.before {
				cancel()
			}
			b := prepared(t, fsys, attrs{"output": "out/a.iso", "content": attrs{"a": "1"}})
			artifact, err := b.Run(ctx, newUI(), hook(func(ctx context.Context, _ packersdk.Communicator, _ map[string]any) error {
				cancel()
				<-ctx.Done()
				return ctx.Err()
			}))
			if err == nil || artifact != nil {
				t.Errorf("Run = %v, %v, want an error and no artifact", artifact, err)
			}
			if exists, _ := afero.Exists(fsys, "out/a.iso"); exists {
				t.Error("a cancelled build leaves its ISO")
			}
		})
	}
}

func TestProvisionerForAGuestHearsWhy(t *testing.T) {
	b := prepared(t, afero.NewMemMapFs(), attrs{"output": "a.iso", "content": attrs{"a": "1"}})
	_, err := b.Run(t.Context(), newUI(), hook(func(ctx context.Context, comm packersdk.Communicator, _ map[string]any) error {
		return comm.Start(ctx, &packersdk.RemoteCmd{Command: "hostname"})
	}))
	if !errors.Is(err, errNoGuest) {
		t.Errorf("Run: %v, want %v", err, errNoGuest)
	}
}

// A provisioner that could wait for a guest is told that none is coming.
func TestConnTypeIsNone(t *testing.T) {
	b := prepared(t, afero.NewMemMapFs(), attrs{"output": "a.iso", "content": attrs{"a": "1"}})
	if _, err := b.Run(t.Context(), newUI(), hook(func(_ context.Context, _ packersdk.Communicator, data map[string]any) error {
		if data["ConnType"] != "none" || data[isoPath] == "" {
			t.Errorf("a provisioner is told %v", data)
		}
		return nil
	})); err != nil {
		t.Fatal(err)
	}
}

func TestOutputIsAFolder(t *testing.T) {
	for _, force := range []bool{false, true} {
		fsys := afero.NewMemMapFs()
		b := prepared(t, fsys, attrs{"output": "out", "content": attrs{"a": "1"}, "packer_force": force})
		_ = fsys.MkdirAll("out", 0o755) // later than Prepare, which refuses it
		if _, _, err := builder(fsys).Prepare(attrs{"output": "out", "content": attrs{"a": "1"}, "packer_force": force}); err == nil || !strings.Contains(err.Error(), "out is a folder") {
			t.Errorf("Prepare, force %t: %v", force, err)
		}
		if _, err := b.Run(t.Context(), newUI(), hook(nothing)); err == nil || !strings.Contains(err.Error(), "out is a folder; name a file in it") {
			t.Errorf("force %t: %v", force, err)
		}
	}
}

const answers = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="windowsPE"/></unattend>`

// What Setup would ignore is said once: by validate where it is known then, else by the build.
func TestWhatSetupWouldIgnore(t *testing.T) {
	fsys := afero.NewMemMapFs()
	b := &Builder{FS: fsys, Getenv: func(string) string { return "" }}
	_, warnings, err := b.Prepare(attrs{"output": "a.iso", "content": attrs{"unattend.xml": answers, "sub/Autounattend.xml": answers}})
	if err != nil || len(warnings) != 2 {
		t.Fatalf("Prepare: %q, %v", warnings, err)
	}
	u := newUI()
	if _, err := b.Run(t.Context(), u, hook(nothing)); err != nil || strings.Contains(u.out.String(), "Warning") {
		t.Errorf("said twice: %v, %s", err, &u.out)
	}
	if _, warnings, err = b.Prepare(attrs{"output": "b.iso", "content": attrs{"Autounattend.xml": "<unknown>"}}); err != nil || len(warnings) != 0 {
		t.Errorf("what is not known is warned of: %q, %v", warnings, err)
	}
	u = newUI()
	if _, err := b.Run(t.Context(), u, hook(nothing)); err != nil || !strings.Contains(u.out.String(), "Warning: ") {
		t.Errorf("not said by the build: %v, %s", err, &u.out)
	}
}

// What stands on the ISO may be a password: nothing but names and numbers goes to the user.
func TestContentIsNotShown(t *testing.T) {
	u := newUI()
	b := &Builder{FS: afero.NewMemMapFs(), Getenv: func(string) string { return "" }}
	_, warnings, err := b.Prepare(attrs{"output": "a.iso", "content": attrs{"Autounattend.xml": "<unattend>&Pa55-of-the-build;"}})
	if err != nil || len(warnings) != 1 || strings.Contains(warnings[0], "Pa55") {
		t.Errorf("Prepare: %v, %v", warnings, err)
	}
	artifact, err := b.Run(t.Context(), u, hook(nothing))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(u.out.String()+artifact.String(), "Pa55") {
		t.Errorf("shown: %s", &u.out)
	}
}

func TestNothingToPutOnTheISO(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_, err := prepared(t, fsys, attrs{"output": "a.iso", "content": attrs{}}).Run(t.Context(), newUI(), hook(nothing))
	if !errors.Is(err, errEmpty) {
		t.Errorf("Run: %v, want %v", err, errEmpty)
	}
	if exists, _ := afero.Exists(fsys, "a.iso"); exists {
		t.Error("an empty ISO is written")
	}
}

func TestBadEpoch(t *testing.T) {
	b := prepared(t, afero.NewMemMapFs(), attrs{"output": "a.iso", "content": attrs{"a": "1"}})
	b.Getenv = func(string) string { return "now" }
	if _, err := b.Run(t.Context(), newUI(), hook(nothing)); err == nil || !strings.Contains(err.Error(), "SOURCE_DATE_EPOCH") {
		t.Errorf("Run: %v", err)
	}
}
