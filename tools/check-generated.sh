#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# Generates in a copy of the repository and compares: the working tree is left alone.
set -eu

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT INT TERM
mkdir "$copy/packer-plugin-avma"
git ls-files --cached --others --exclude-standard | while IFS= read -r f; do
	if [ -e "$f" ]; then printf '%s\n' "$f"; fi
done | tar -cf - -T - | tar -xf - -C "$copy/packer-plugin-avma"

(cd "$copy/packer-plugin-avma" && sh tools/generate.sh)

changed=0
for f in docs-partials .web-docs; do
	diff -ru "$f" "$copy/packer-plugin-avma/$f" || changed=1
done
for f in $(git ls-files --cached --others --exclude-standard '*.hcl2spec.go'); do
	diff -u "$f" "$copy/packer-plugin-avma/$f" || changed=1
done
if [ "$changed" != 0 ]; then
	echo 'Generated files are not up to date: run `make generate` and commit what it changes.' >&2
	exit 1
fi
echo 'Generated files are up to date.'
