// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"io"
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/internal/onewriter"
	"github.com/golden-image/packer-plugin-avma/internal/overlay"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// Provisioner is the provisioner. The zero value works on the real clock, file system and environment.
type Provisioner struct {
	FS     afero.Fs            // nil: the real one
	Getenv func(string) string // nil: os.Getenv
	Clock  Clock               // nil: the system's
	Rand   io.Reader           // nil: crypto/rand; names of files in the guest

	config  Config
	catalog *catalog.Catalog
}

var _ packersdk.Provisioner = (*Provisioner)(nil)

// ConfigSpec is the layout of the block.
func (p *Provisioner) ConfigSpec() hcldec.ObjectSpec { return spec() }

// Prepare decodes and checks the block; it may run more than once, and touches no guest.
func (p *Provisioner) Prepare(raws ...any) error {
	var c Config
	if err := c.decode(raws...); err != nil {
		return err
	}
	c.setDefaults()
	cat, err := overlay.Load(p.fs(), p.getenv(), known(c.Catalog))
	if err != nil {
		return err
	}
	p.config, p.catalog = c, cat
	secrets := []string{c.ProductKey}
	if d := c.DeployAnswerFile; d != nil {
		secrets = append(secrets, d.secrets()...)
	}
	for _, s := range secrets {
		if s != "" && s != unknownValue {
			packersdk.LogSecretFilter.Set(s)
		}
	}
	if err := c.check(cat, p.fs()); err != nil {
		return err
	}
	return c.Report.claim(onewriter.Of(p.fs(), p.getenv()), c.PackerBuildName)
}

// Provision brings the guest to its key, proves its activation and writes the reports. It returns an error when the
// proof is required and was not given.
func (p *Provisioner) Provision(ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, generatedData map[string]any) error {
	r := &run{
		config:  p.config,
		catalog: p.catalog,
		clock:   p.clock(),
		ui:      ui,
		port:    port(generatedData),
		fs:      p.fs(),
		guest: &guest.Runner{
			Comm:      comm,
			Transport: guest.Transport(p.config.Transport),
			Elevate:   p.config.Elevate,
			Rand:      p.Rand,
			Logf:      logf,
		},
	}
	if generatedData["ConnType"] == "none" {
		return r.conclude(ctx, &guest.NothingRunsError{Script: templates.Facts().Name()})
	}
	return r.conclude(ctx, r.all(ctx))
}

func (p *Provisioner) fs() afero.Fs {
	if p.FS == nil {
		return afero.NewOsFs()
	}
	return p.FS
}

func (p *Provisioner) getenv() func(string) string {
	if p.Getenv == nil {
		return os.Getenv
	}
	return p.Getenv
}

func (p *Provisioner) clock() Clock {
	if p.Clock == nil {
		return systemClock{}
	}
	return p.Clock
}

// known turns a placeholder into "not given".
func known(s string) string {
	if s == unknownValue {
		return ""
	}
	return s
}
