#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# Runs the tests that need no other program (no PowerShell, no Packer) with the race detector, in random order, several
# times over, as if on one core, on two and on eight, and once more beside programs that eat all cores. What depends on
# the machine's speed, on the order of tests or on what a test left behind comes out here.
set -eu

count=${1:-5}
root=$(pwd)
bin=$root/.cache/test/stress
race=
[ "$(go env CGO_ENABLED)" != 1 ] || race=-race
# What they would run is not there: those tests skip, and are run by `make test`.
export AVMA_TEST_PWSH= AVMA_TEST_PACKER_1_16=none AVMA_TEST_PACKER_1_9=none AVMA_TEST_NO_PROGRAMS=1

rm -rf "$bin"
mkdir -p "$bin"
packages=$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}} {{.Dir}}{{end}}' ./... | grep -vE '/internal/(winguest|packertest)')
# shellcheck disable=SC2086
echo "$packages" | while read -r path dir; do
	go test $race -buildvcs=false -c -o "$bin/$(echo "$path" | tr / _).test" "$path"
done

run() { # cores: each package by itself, so that a failure is not another one's doing
	echo "stress: GOMAXPROCS=$1, $count times, shuffled${2:+, $2}"
	echo "$packages" | while read -r path dir; do
		(cd "$dir" && GOMAXPROCS=$1 "$bin/$(echo "$path" | tr / _).test" -test.short -test.shuffle=on \
			-test.count="$count" -test.timeout=10m >"$bin/out" 2>&1) || {
			echo "stress: $path fails with GOMAXPROCS=$1:"
			grep -vE '^(PASS|ok|=== )' "$bin/out" | tail -n 60
			exit 1
		}
	done
}

for cores in 1 2 8; do run "$cores" ''; done

eaters=
trap 'kill $eaters 2>/dev/null || :' EXIT INT TERM
for _ in $(seq $((2 * $(getconf _NPROCESSORS_ONLN)))); do
	sh -c 'while :; do :; done' &
	eaters="$eaters $!"
done
count=1
run 2 'every core taken twice'
