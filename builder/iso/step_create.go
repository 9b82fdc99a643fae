// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hashicorp/packer-plugin-sdk/multistep"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/packerbuilderdata"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/epoch"
	"github.com/golden-image/packer-plugin-avma/media"
)

// stepCreate writes the ISO.
//
// Uses: ui. Produces: generated_data with the path and checksum.
type stepCreate struct {
	config *Config
	fs     afero.Fs
	getenv func(string) string
	warned []string // warnings that were said before

	created media.Created
}

func (s *stepCreate) Run(ctx context.Context, state multistep.StateBag) multistep.StepAction {
	ui := state.Get("ui").(packersdk.Ui)
	if err := s.create(ctx, ui); err != nil {
		state.Put("error", err)
		return multistep.ActionHalt
	}
	c := s.created
	ui.Say(fmt.Sprintf("Wrote %s: %d files, %d bytes, label %s", c.Path, c.Files, c.Size, c.Label))

	data := packerbuilderdata.GeneratedData{State: state}
	data.Put(isoPath, c.Path)
	data.Put(isoSHA256, c.SHA256)
	return multistep.ActionContinue
}

func (s *stepCreate) create(ctx context.Context, ui packersdk.Ui) error {
	if len(s.config.Files) == 0 && len(s.config.Content) == 0 {
		return errEmpty
	}
	path := s.config.output()
	if folder, _ := afero.IsDir(s.fs, path); folder {
		return fmt.Errorf("output: %s is a folder; name a file in it, such as %s", path, filepath.Join(path, "answers.iso"))
	}
	if exists, err := afero.Exists(s.fs, path); err != nil {
		return fmt.Errorf("output: %w", err)
	} else if exists && !s.config.PackerForce {
		return fmt.Errorf("output: %s exists already; run packer build with -force to replace it, or name another", path)
	}
	options := s.config.options(s.fs)
	var err error
	if options.Time, err = epoch.FromEnv(s.getenv); err != nil {
		return err
	}
	options.Warn = func(warnings []string) error {
		for _, text := range warnings {
			if !slices.Contains(s.warned, text) {
				ui.Say("Warning: " + text)
			}
		}
		return nil
	}
	s.created, err = media.Create(ctx, path, options)
	return err
}

// Cleanup removes the ISO of a build that failed or was cancelled later.
func (s *stepCreate) Cleanup(state multistep.StateBag) {
	_, cancelled := state.GetOk(multistep.StateCancelled)
	_, halted := state.GetOk(multistep.StateHalted)
	if s.created.Path == "" || !cancelled && !halted {
		return
	}
	ui := state.Get("ui").(packersdk.Ui)
	ui.Say("Removing " + s.created.Path)
	if err := s.fs.Remove(s.created.Path); err != nil {
		ui.Error(fmt.Sprintf("%s could not be removed: %v", s.created.Path, err))
	}
}
