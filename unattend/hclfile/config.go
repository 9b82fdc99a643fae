// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

func configSpec() hcldec.Spec { return hcldec.ObjectSpec((*unattend.FlatConfig)(nil).HCL2Spec()) }

// Config gives the answer file's configuration that the file describes. The error is an *Error.
func (f *File) Config() (unattend.Config, error) {
	value, err := f.Value(configSpec())
	if err != nil {
		return unattend.Config{}, err
	}
	cfg, err := unattend.Decode(value)
	var problems unattend.Problems
	switch {
	case errors.As(err, &problems):
		return cfg, f.Explain(problems)
	case err != nil:
		at := f.Body.MissingItemRange()
		return cfg, f.error(failure(at, "The configuration cannot be read", err.Error()))
	}
	return cfg, nil
}

// Explain gives problems their places in the file.
func (f *File) Explain(problems unattend.Problems) *Error {
	var diags hcl.Diagnostics
	more := max(0, len(problems)-MaxShown)
	for _, p := range problems[:len(problems)-more] {
		d := &hcl.Diagnostic{Severity: hcl.DiagWarning, Summary: p.Summary, Detail: p.Detail}
		if p.Severity == unattend.Error {
			d.Severity = hcl.DiagError
		}
		if p.Attribute != "" {
			d.Summary = p.Attribute + ": " + p.Summary
			d.Subject = f.Locate(p.Attribute, configSpec())
		}
		if d.Subject == nil {
			d.Summary = f.Path + ": " + d.Summary // what is left out has no line
		}
		diags = append(diags, d)
	}
	err := f.diagnose(diags)
	err.More += more
	return err
}

// Place is where an attribute stands, as "web.hcl:7,16"; "" where it is left out.
func (f *File) Place(attribute string) string {
	at := f.Locate(attribute, configSpec())
	if at == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d,%d", at.Filename, at.Start.Line, at.Start.Column)
}
