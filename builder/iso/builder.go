// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/communicator"
	"github.com/hashicorp/packer-plugin-sdk/multistep"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/onewriter"
)

// BuilderID names this builder in artifacts, for post-processors that ask.
const BuilderID = "golden-image.avma-iso"

// What a build of this builder knows, for `build.NAME` in provisioners and post-processors.
const (
	isoPath   = "ISOPath"
	isoSHA256 = "ISOSHA256"
)

// Builder is the builder. The zero value works on the real file system and environment.
type Builder struct {
	FS     afero.Fs            // nil: the real one
	Getenv func(string) string // nil: os.Getenv

	config Config
	warned []string // in Prepare
}

var _ packersdk.Builder = (*Builder)(nil)

// ConfigSpec is the layout of the block.
func (b *Builder) ConfigSpec() hcldec.ObjectSpec { return b.config.FlatMapstructure().HCL2Spec() }

// Prepare decodes and checks the block; it may run more than once. Nothing is written.
func (b *Builder) Prepare(raws ...any) (generated, warnings []string, err error) {
	if err := b.config.decode(raws...); err != nil {
		return nil, nil, err
	}
	if warnings, err = b.config.check(b.fs()); err != nil {
		return nil, nil, err
	}
	if b.config.Output != unknown {
		owner := onewriter.Owner{Name: fmt.Sprintf("the source avma-iso.%s", b.config.PackerBuildName)}
		if err := onewriter.Of(b.fs(), b.getenv()).Claim(b.config.output(), owner); err != nil {
			return nil, nil, fmt.Errorf("output: %w", err)
		}
	}
	b.warned = warnings
	return []string{isoPath, isoSHA256}, warnings, nil
}

// Run writes the ISO, then runs provisioners, which have no guest to work on. On an error, and when it is cancelled, it
// leaves no ISO behind, unless -on-error=abort asks for it.
func (b *Builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	state := new(multistep.BasicStateBag)
	state.Put("hook", hook)
	state.Put("ui", ui)
	// Provisioners read ConnType: "none" tells those that want a guest that there will never be one to wait for.
	state.Put("communicator_config", &communicator.Config{Type: "none"})

	create := &stepCreate{config: &b.config, fs: b.fs(), getenv: b.getenv(), warned: b.warned}
	steps := []multistep.Step{create, &commonsteps.StepProvision{Comm: noGuest{}}}
	commonsteps.NewRunner(steps, b.config.PackerConfig, ui).Run(ctx, state)

	if err, ok := state.Get("error").(error); ok {
		return nil, err
	}
	if _, ok := state.GetOk(multistep.StateCancelled); ok {
		return nil, errors.New("the build was cancelled")
	}
	if _, ok := state.GetOk(multistep.StateHalted); ok {
		return nil, errors.New("the build was halted")
	}
	data, _ := state.Get("generated_data").(map[string]any)
	return &artifact{created: create.created, fs: b.fs(), data: data}, nil
}

func (b *Builder) fs() afero.Fs {
	if b.FS == nil {
		return afero.NewOsFs()
	}
	return b.FS
}

func (b *Builder) getenv() func(string) string {
	if b.Getenv == nil {
		return os.Getenv
	}
	return b.Getenv
}
