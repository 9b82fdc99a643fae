#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# Generates the HCL specs, docs-partials/ and .web-docs/ of the repository in the current folder.
# packer-sdc looks for a folder named packer-plugin-* above each file and loops for ever without one, so it runs
# through a link of that name.
set -eu

link=$(mktemp -d)
trap 'rm -rf "$link"' EXIT INT TERM
ln -s "$(pwd -P)" "$link/packer-plugin-avma"
cd "$link/packer-plugin-avma"

rm -rf docs-partials .web-docs
go generate ./...
mkdir -p .web-docs
go tool packer-sdc renderdocs -src docs -partials docs-partials -dst .web-docs/components 2>/dev/null ||
	go tool packer-sdc renderdocs -src docs -partials docs-partials -dst .web-docs/components
cp docs/metadata.hcl .web-docs/metadata.hcl
rm -f .web-docs/components/metadata.hcl
