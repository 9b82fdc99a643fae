// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

func configSpec() hcldec.Spec { return hcldec.ObjectSpec((*unattend.FlatConfig)(nil).HCL2Spec()) }

// Config gives the answer file's configuration that the file describes. The error is an *Error, or the context's. Where a
// part cannot be read, the rest is held against what [unattend.Check] knows, so that all mistakes are said at once;
// opts are for that.
func (f *File) Config(opts unattend.Options) (unattend.Config, error) {
	value, diags := f.decode(configSpec())
	if err := f.exhausted(); err != nil {
		return unattend.Config{}, err
	}
	cfg, err := unattend.Decode(value)
	var problems unattend.Problems
	switch {
	case errors.As(err, &problems):
	case err != nil:
		at := f.Body.MissingItemRange()
		return cfg, f.error(append(diags, failure(at, "The configuration cannot be read", err.Error())...))
	}
	if !diags.HasErrors() && len(problems) == 0 {
		return cfg, nil
	}
	wrong := make(map[string]bool)
	for _, p := range problems {
		wrong[p.Attribute] = true
	}
	broken := slices.Clone(diags)
	for _, p := range unattend.Check(cfg, opts).Only(unattend.Error) {
		// What does not stand there may only be misspelt, and what cannot be read is not there for Check.
		at := locate(f.expanded(), configSpec(), strings.Split(p.Attribute, "."), true)
		if at != nil && !wrong[p.Attribute] && !slices.ContainsFunc(broken, func(d *hcl.Diagnostic) bool { return overlaps(d, *at) }) {
			problems = append(problems, p)
		}
	}
	explained := f.explain(problems)
	all := f.diagnose(append(diags, explained.diags...))
	all.More += explained.more
	return cfg, all
}

// overlaps says whether a diagnostic is about something at, or in, a range.
func overlaps(d *hcl.Diagnostic, at hcl.Range) bool {
	return d.Subject != nil && d.Subject.Overlaps(at)
}

// Explain gives problems their places in the file.
func (f *File) Explain(problems unattend.Problems) *Error {
	explained := f.explain(problems)
	err := f.diagnose(explained.diags)
	err.More += explained.more
	return err
}

type explained struct {
	diags hcl.Diagnostics
	more  int
}

func (f *File) explain(problems unattend.Problems) explained {
	var diags hcl.Diagnostics
	more := max(0, len(problems)-MaxShown)
	for _, p := range problems[:len(problems)-more] {
		p = f.Discreet(p)
		d := &hcl.Diagnostic{Severity: hcl.DiagWarning, Summary: p.Summary, Detail: p.Detail, Extra: own{}}
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
	return explained{diags, more}
}

// Place is where an attribute stands, as "web.hcl:7,16"; "" where it is left out.
func (f *File) Place(attribute string) string {
	at := f.Locate(attribute, configSpec())
	if at == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d,%d", at.Filename, at.Start.Line, at.Start.Column)
}

// Private says whether the file's values may hold a secret that no attribute of the result shows: a sensitive value went
// into it, or text from a file or the environment.
func (f *File) Private() bool { return len(f.sensitive) > 0 || f.outside }

// Discreet gives a problem without what it may tell of a sensitive value. Texts on a password never hold it; those on
// any other attribute quote it, or speak of it.
func (f *File) Discreet(p unattend.Problem) unattend.Problem {
	path := withoutIndices(p.Attribute)
	leaf := path[strings.LastIndex(path, ".")+1:]
	for sensitive := range f.sensitive {
		if !isSecretName(leaf) && (within(path, sensitive) || within(sensitive, path)) {
			p.Summary = "the value is refused"
			if p.Severity != unattend.Error {
				p.Summary = "there is something to say of the value"
			}
			p.Detail = "It is sensitive, so neither the value nor the reason is shown. The same value of a variable that is not sensitive shows it."
		}
	}
	p.Summary, p.Detail = f.redact(p.Summary), f.redact(p.Detail)
	return p
}

// within says whether an attribute is another one, or stands in it.
func within(path, other string) bool { return path == other || strings.HasPrefix(path, other+".") }

func withoutIndices(attribute string) string { return indices.ReplaceAllString(attribute, "") }

var indices = regexp.MustCompile(`\[\d+\]`)
