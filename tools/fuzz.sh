#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# Runs each fuzz target of the repository for the time given. Go would make each interesting input as small as it can
# first, for up to a minute, and hardly fuzz at all: one try is enough. What crashes a target is written to its
# testdata/fuzz and stays there as a seed.
set -eu

time=${1:-20s}
for dir in $(git grep -l --untracked '^func Fuzz' -- '*_test.go' | xargs -n 1 dirname | sort -u); do
	for target in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$dir"/*_test.go | sort -u); do
		echo "fuzzing ./$dir $target for $time"
		go test -buildvcs=false -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 1x "./$dir"
	done
done
