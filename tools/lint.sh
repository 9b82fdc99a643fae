#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
#
# The linters. Those that are Go programs are pinned in tools/lint and built from there; what they are told to let
# pass stands in staticcheck.conf, with reasons.
set -u

bin=$(pwd)/.cache/tools
bad=0
fail() { echo "lint: $1" >&2; bad=1; }

unformatted=$(git ls-files --cached --others --exclude-standard '*.go' | xargs gofmt -l)
[ -z "$unformatted" ] || fail "run gofmt -w on:
$unformatted"

go vet ./... || fail 'go vet has findings'

mkdir -p "$bin"
if (cd tools/lint && GOFLAGS= go build -mod=readonly -buildvcs=false -o "$bin/" tool); then
	"$bin/staticcheck" ./... || fail 'staticcheck has findings'
	"$bin/actionlint" -shellcheck= -pyflakes= || fail 'actionlint has findings'
else
	fail 'the linters of tools/lint cannot be built (see above); without a network they must be in the module cache'
fi

bare=$(git ls-files --cached --others --exclude-standard '*.go' | while read -r f; do
	head -n 3 "$f" | grep -qE '^// (SPDX-License-Identifier: MPL-2.0|Code generated)' || echo "$f"
done)
[ -z "$bare" ] || fail "no SPDX licence line at the top of:
$bare"

if ! tidy=$(go mod tidy -diff 2>&1); then
	case $tidy in
	*'diff current/'*) fail "go.mod or go.sum is not tidy, run go mod tidy:
$tidy" ;;
	*) echo "lint: whether go.mod is tidy could not be told here (it takes the module proxy)" ;;
	esac
fi
go mod verify >/dev/null || fail 'a module in the cache is not what go.sum says'

for f in .ci/run tools/*.sh; do sh -n "$f" 2>/dev/null || bash -n "$f" || fail "$f does not parse"; done

[ "$bad" = 0 ] && echo 'lint: clean'
exit "$bad"
