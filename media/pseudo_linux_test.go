// SPDX-License-Identifier: MPL-2.0

package media

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The numbers as statfs(2) lists them.
func TestPseudoKinds(t *testing.T) {
	want := map[uint32]string{
		0x9fa0: "proc", 0x62656572: "sysfs", 0x64626720: "debugfs", 0x74726163: "tracefs", 0x73636673: "securityfs", 0x27e0eb: "cgroup",
		0x63677270: "cgroup2", 0x1cd1: "devpts", 0xcafe4a11: "bpf", 0xde5e81e4: "efivarfs", 0x6165676c: "pstore", 0xf97cff8c: "selinuxfs",
		0x42494e4d: "binfmt_misc", 0x6e736673: "nsfs",
	}
	if diff := cmp.Diff(want, pseudoKinds); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
