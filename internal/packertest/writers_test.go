// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"strings"
	"testing"
)

// Two components of one run that write the same file are told before anything runs, and one is never told of itself.
func TestTwoWritersOfOneFile(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		source := func(name, output string) string {
			return "source \"avma-iso\" \"" + name + "\" {\n  output  = \"" + output + "\"\n  content = { \"a\" = \"" + name + "\" }\n}\n"
		}
		build := "build {\n  sources = [\"source.avma-iso.a\", \"source.avma-iso.b\"]\n"
		p.Write(t, "isos/x.pkr.hcl", source("a", "isos/x.iso")+source("b", "isos/../isos/x.iso")+build+"}\n")
		p.Run(t, "validate", "isos").Fails(t, "output:", "x.iso is written by the source avma-iso.", "too in this run")
		p.Run(t, "validate", "-only=avma-iso.a", "isos").Succeeds(t)
		p.Run(t, "build", "-only=avma-iso.a", "isos").Succeeds(t)

		provisioner := "  provisioner \"avma\" {\n    report {\n      json = \"reports/%s.json\"\n    }\n  }\n}\n"
		sources := source("a", "reports/a.iso") + source("b", "reports/b.iso")
		p.Write(t, "one/x.pkr.hcl", sources+build+strings.ReplaceAll(provisioner, "%s", "one"))
		p.Run(t, "validate", "one").Fails(t, "report.json:", "one.json is written by a provisioner of build")
		p.Write(t, "each/x.pkr.hcl", sources+build+strings.ReplaceAll(provisioner, "%s", "${source.name}"))
		p.Run(t, "validate", "each").Succeeds(t)
		p.Write(t, "engine/x.pkr.hcl", sources+build+strings.ReplaceAll(provisioner, "%s", "{{build_name}}"))
		p.Run(t, "validate", "engine").Succeeds(t)

		data := func(name, edition string) string {
			return "data \"avma-unattend\" \"" + name + "\" {\n  release = \"2022\"\n  edition = \"" + edition + "\"\n  iso_output = \"data/x.iso\"\n}\n"
		}
		null := "source \"null\" \"x\" {\n  communicator = \"none\"\n}\nbuild {\n  sources = [\"source.null.x\"]\n}\n"
		p.Write(t, "data/x.pkr.hcl", data("a", "datacenter")+data("b", "standard")+null)
		p.Run(t, "validate", "data").Fails(t, "iso_output:", "x.iso is written by another data source avma-unattend")
		p.Write(t, "same/x.pkr.hcl", data("a", "datacenter")+null)
		p.Run(t, "validate", "-evaluate-datasources", "same").Succeeds(t)
		p.Run(t, "build", "same").Succeeds(t)
	})
}
