// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"context"
	"slices"

	"github.com/golden-image/packer-plugin-avma/internal/epoch"
	"github.com/golden-image/packer-plugin-avma/media"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// generate makes both files, and the ISO.
func (d *Datasource) generate(ctx context.Context) (DatasourceOutput, error) {
	var none DatasourceOutput
	cat, err := d.catalog()
	if err != nil {
		return none, err
	}
	install, err := unattend.Generate(d.answers, unattend.Install, d.options(cat))
	if err != nil {
		return none, err
	}
	deploy, err := unattend.Generate(d.answers, unattend.Deploy, d.options(cat))
	if err != nil {
		return none, err
	}
	target, err := cat.Resolve(d.answers.Release, d.answers.Edition)
	if err != nil {
		return none, err
	}
	key := install.Key
	if key.Key == "" { // evaluation media to convert: the key is for the clone alone
		key = deploy.Key
	}
	out := DatasourceOutput{
		Content: string(install.XML), DeployContent: string(deploy.XML),
		ContentByName: d.iso.byName(string(install.XML), string(deploy.XML)),
		Key:           key.Key, Standing: string(key.Standing),
		Release: target.Release, Build: target.Build, Edition: target.Edition, EditionID: target.EditionID,
		Sensitive: install.Sensitive || deploy.Sensitive,
		Notices:   notices(install.Notices, deploy.Notices),
	}
	if d.iso.ISOOutput == "" {
		return out, nil
	}
	created, warnings, err := d.writeISO(ctx, out.ContentByName)
	if err != nil {
		return none, err
	}
	out.Notices = append(out.Notices, warnings...)
	out.ISOPath, out.ISOSHA256 = created.Path, created.SHA256
	return out, nil
}

func (d *Datasource) writeISO(ctx context.Context, content map[string]string) (created media.Created, warnings []string, err error) {
	at, err := epoch.FromEnv(d.getenv())
	if err != nil {
		return created, nil, err
	}
	options := d.iso.options(d.fs(), content)
	options.Time, options.Mode, options.SHA256 = at, 0o600, true
	options.Warn = func(list []string) error {
		for _, text := range list {
			warnings = append(warnings, "iso_output: "+text)
		}
		return nil
	}
	created, err = media.Create(ctx, d.iso.path(), options)
	return created, warnings, err
}

// notices are those of both files, each once.
func notices(lists ...unattend.Problems) []string {
	out := []string{}
	for _, list := range lists {
		for _, p := range list {
			if text := p.String(); !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}
