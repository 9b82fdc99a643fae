// SPDX-License-Identifier: MPL-2.0

package key

import (
	"log"
	"os"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/hcl2helper"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
	"github.com/golden-image/packer-plugin-avma/internal/overlay"
)

// Datasource is the data source. The zero value reads the real file system and environment.
type Datasource struct {
	FS     afero.Fs            // nil: the real one
	Getenv func(string) string // nil: os.Getenv

	config Config
}

var _ packersdk.Datasource = (*Datasource)(nil)

// ConfigSpec is the layout of the block.
func (d *Datasource) ConfigSpec() hcldec.ObjectSpec { return d.config.FlatMapstructure().HCL2Spec() }

// OutputSpec is the layout of what the block gives.
func (d *Datasource) OutputSpec() hcldec.ObjectSpec {
	return (&DatasourceOutput{}).FlatMapstructure().HCL2Spec()
}

// Configure decodes and checks the block; it may run more than once. It looks the key up as well, so that
// `packer validate` finds what cannot be had, unless a value is not known yet.
func (d *Datasource) Configure(raws ...any) error {
	d.config = Config{}
	for _, raw := range raws {
		if v, block := raw.(cty.Value); block {
			if err := engine.Refuse(v); err != nil {
				return err
			}
		}
	}
	if err := config.Decode(&d.config, &config.DecodeOpts{Interpolate: false}, raws...); err != nil {
		return err
	}
	if err := d.config.check(); err != nil {
		return err
	}
	if d.config.undecided() {
		return nil
	}
	_, err := d.look()
	return err
}

// Execute looks the key up.
func (d *Datasource) Execute() (cty.Value, error) {
	out, err := d.look()
	if err != nil {
		return cty.NullVal(cty.EmptyObject), err
	}
	for _, w := range out.Warnings {
		log.Printf("[WARN] avma-key: %s", w)
	}
	return hcl2helper.HCL2ValueFromConfig(out, d.OutputSpec()), nil
}

func (d *Datasource) look() (DatasourceOutput, error) {
	fsys, getenv := d.FS, d.Getenv
	if fsys == nil {
		fsys = afero.NewOsFs()
	}
	if getenv == nil {
		getenv = os.Getenv
	}
	cat, err := overlay.Load(fsys, getenv, d.config.Catalog)
	if err != nil {
		return DatasourceOutput{}, err
	}
	return look(cat, d.config)
}
