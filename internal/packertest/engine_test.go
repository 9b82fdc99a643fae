// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// The template engine of JSON templates fills in options, as for other plugins, and no content.
func TestTemplateEngine(t *testing.T) {
	templates := map[string]string{
		"t.json": `{
  "variables": { "label": "JSON" },
  "builders": [{
    "type": "avma-iso", "name": "win", "output": "{{template_dir}}/build/{{build_name}}.iso", "label": "{{user ` + "`label`" + `}}",
    "content": { "a.ps1": "{{build_name}} {{" }
  }]
}`,
		"t.pkr.hcl": `
source "avma-iso" "win" {
  output  = "hcl/build/{{build_name}}.iso"
  content = { "a.ps1" = "{{build_name}} {{" }
}
build {
  sources = ["source.avma-iso.win"]
}
`}
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		for name, text := range templates {
			dir := map[string]string{"t.json": "json", "t.pkr.hcl": "hcl"}[name]
			p.Run(t, "build", p.Write(t, dir+"/"+name, text)).Succeeds(t)
			image := openISO(t, filepath.Join(p.Dir, dir, "build", "win.iso"))
			if got, err := fs.ReadFile(image, "a.ps1"); err != nil || string(got) != "{{build_name}} {{" {
				t.Errorf("%s: a.ps1 holds %q, %v", name, got, err)
			}
		}
	})
}
