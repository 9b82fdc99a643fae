// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/hcl2helper"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/internal/engine"
	"github.com/golden-image/packer-plugin-avma/internal/onewriter"
	"github.com/golden-image/packer-plugin-avma/internal/overlay"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// workLimit bounds Configure and Execute: Packer gives a data source no context.
const workLimit = 10 * time.Minute

// Datasource is the data source. The zero value works on the real file system and environment.
type Datasource struct {
	FS     afero.Fs            // nil: the real one
	Getenv func(string) string // nil: os.Getenv

	answers unattend.Config
	iso     ISO
}

var _ packersdk.Datasource = (*Datasource)(nil)

// ConfigSpec is the layout of the block: that of an answer file, and of its ISO.
func (d *Datasource) ConfigSpec() hcldec.ObjectSpec {
	return new(Config).FlatMapstructure().HCL2Spec()
}

// OutputSpec is the layout of what the block gives.
func (d *Datasource) OutputSpec() hcldec.ObjectSpec {
	return (&DatasourceOutput{}).FlatMapstructure().HCL2Spec()
}

// Configure decodes and checks the block; it may run more than once, and writes nothing. What is not known yet
// ("<unknown>" under packer validate) passes.
func (d *Datasource) Configure(raws ...any) error {
	d.answers, d.iso = unattend.Config{}, ISO{}
	if err := d.decode(raws); err != nil {
		return err
	}
	if err := d.iso.check(); err != nil {
		return err
	}
	if d.iso.Catalog != unattend.Unknown {
		cat, err := d.catalog()
		if err != nil {
			return err
		}
		if err := unattend.Check(d.answers, d.options(cat)).Err(); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), workLimit)
	defer cancel()
	if err := d.iso.plan(ctx, d.fs()); err != nil {
		return err
	}
	if d.iso.ISOOutput == "" || d.iso.ISOOutput == unattend.Unknown {
		return nil
	}
	owner := onewriter.Owner{Name: "another data source avma-unattend", Config: fmt.Sprintf("%#v", raws)}
	if err := onewriter.Of(d.fs(), d.getenv()).Claim(d.iso.path(), owner); err != nil {
		return fmt.Errorf("iso_output: %w", err)
	}
	return nil
}

func (d *Datasource) getenv() func(string) string {
	if d.Getenv == nil {
		return os.Getenv
	}
	return d.Getenv
}

// decode hands the answer file's part to the one decoder that there is for it. Text is taken as it is: PowerShell and
// Jinja write {{ too.
func (d *Datasource) decode(raws []any) (err error) {
	for _, raw := range raws {
		v, ok := raw.(cty.Value)
		if !ok {
			return fmt.Errorf("the block arrives as %T, not as an HCL value; avma-unattend is for HCL templates", raw)
		}
		if err := engine.Refuse(v); err != nil {
			return err
		}
		if d.answers, err = unattend.Decode(v); err != nil {
			return err
		}
		if err := config.Decode(&d.iso, &config.DecodeOpts{Interpolate: false}, d.iso.part(v)); err != nil {
			return err
		}
	}
	if len(raws) == 0 {
		return errors.New("the block is empty; release and edition are required")
	}
	return nil
}

// Execute generates the answer files, and writes the ISO where one is asked for.
func (d *Datasource) Execute() (cty.Value, error) {
	ctx, cancel := context.WithTimeout(context.Background(), workLimit)
	defer cancel()
	out, err := d.generate(ctx)
	if err != nil {
		return cty.NullVal(cty.EmptyObject), err
	}
	for _, n := range out.Notices {
		log.Printf("avma-unattend: %s", n)
	}
	return hcl2helper.HCL2ValueFromConfig(out, d.OutputSpec()), nil
}

func (d *Datasource) catalog() (*catalog.Catalog, error) {
	return overlay.Load(d.fs(), d.getenv(), d.iso.Catalog)
}

func (d *Datasource) options(cat *catalog.Catalog) unattend.Options {
	return unattend.Options{Catalog: cat, FS: d.fs()}
}

func (d *Datasource) fs() afero.Fs {
	if d.FS == nil {
		return afero.NewOsFs()
	}
	return d.FS
}
