#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# Generates the HCL specs, docs-partials/ and .web-docs/ of the repository in the current folder.
set -eu

# packer-sdc looks for a folder named packer-plugin-* above each file and loops for ever without one, so it runs
# through a link of that name.
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT INT TERM
ln -s "$(pwd -P)" "$temp/packer-plugin-avma"
cd "$temp/packer-plugin-avma"

rm -rf docs-partials .web-docs
go generate ./...

# .web-docs is what the Packer registry reads: each page of docs/, its partials filled in and its front matter taken out.
mkdir -p "$temp/pages" .web-docs/components
for kind in builders datasources provisioners; do
	[ ! -d "docs/$kind" ] || cp -R "docs/$kind" "$temp/pages/"
done
go tool packer-sdc renderdocs -src "$temp/pages" -partials docs-partials -dst "$temp/rendered" 2>"$temp/log" || {
	cat "$temp/log" >&2
	exit 1
}
find "$temp/rendered" -type f -exec chmod u+rw {} +
for page in "$temp"/rendered/*/*.mdx; do
	case $page in
	*/builders/*) kind=builder ;;
	*/datasources/*) kind=data-source ;;
	*/provisioners/*) kind=provisioner ;;
	esac
	to=.web-docs/components/$kind/$(basename "$page" .mdx)
	mkdir -p "$to"
	awk 'front < 2 && /^---$/ { front++; next } front != 1 { if (text || NF) { text = 1; print } }' "$page" >"$to/README.md"
done
cp docs/README.md docs/metadata.hcl .web-docs/
