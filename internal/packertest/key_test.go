// SPDX-License-Identifier: MPL-2.0

package packertest

import "testing"

const keyTemplate = `
data "avma-key" "dc" {
  release = "2022"
  edition = "datacenter"
  host    = "2025"
}
data "avma-key" "std" { # another of the type: Packer keeps them in one map, which wants one type
  release = "23H2"
  edition = "datacenter"
}
locals {
  hosts = join("+", data.avma-key.dc.hosts)
  build = data.avma-key.dc.build + 1
}
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
  provisioner "shell-local" {
    inline = ["echo key=${data.avma-key.dc.key} hosts=${local.hosts} build=${local.build} std=${data.avma-key.std.standing}/${length(data.avma-key.std.warnings)}"]
  }
}
`

func TestKey(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "key.pkr.hcl", required+keyTemplate)
		p.Run(t, "validate", ".").Succeeds(t)
		p.Run(t, "validate", "-evaluate-datasources", ".").Succeeds(t)
		p.Run(t, "build", ".").Succeeds(t).Shows(t, "key=W3GNR-8DDXR-2TFRP-H8P33-DV9BG hosts=2025+2022+azure-local build=20349 std=inferred/1")
	})
}

func TestKeyRefusedBeforeAnythingIsBuilt(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "key.pkr.hcl", `
data "avma-key" "x" {
  release = "2012"
  edition = "datacenter"
}
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
}
`)
		p.Run(t, "validate", ".").Fails(t, "Windows Server 2012", "key.pkr.hcl line 2")
		p.Run(t, "build", ".").Fails(t, "Windows Server 2012")
	})
}
