// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

func TestFacts(t *testing.T) {
	const setup, shell = "Microsoft-Windows-Setup", "Microsoft-Windows-Shell-Setup"
	for _, tc := range []struct {
		name            string
		component, path string
		passes          string
		leaf            bool
		empty           schema.Empty
		max             int
		bytes           bool
		low, high       int
		deprecated      bool
	}{
		{"K1 setup key", setup, "UserData/ProductKey/Key", "windowsPE", true, schema.EmptyForbidden, 0, false, 0, 0, false},
		{"K2 key in specialize only", shell, "ProductKey", "specialize", true, schema.EmptyForbidden, 0, false, 0, 0, false},
		{"1.8 computer name", shell, "ComputerName", "offlineServicing or specialize", true, schema.EmptyAllowed, 15, true, 0, 0, false},
		{"1.2 time zone", shell, "TimeZone", "specialize, auditSystem or oobeSystem", true, 0, 256, false, 0, 0, false},
		{"1.6 order", "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/Order",
			"specialize or auditUser", true, 0, 0, false, 1, 500, false},
		{"1.6 path", "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/Path",
			"specialize or auditUser", true, schema.EmptyForbidden, 259, false, 0, 0, false},
		{"1.6 first logon", shell, "FirstLogonCommands/SynchronousCommand/CommandLine", "oobeSystem", true,
			schema.EmptyAllowed, 1024, false, 0, 0, false},
		{"1.8 network location is obsolete", shell, "OOBE/NetworkLocation", "oobeSystem", true, 0, 0, false, 0, 0, true},
		{"a page that is newer than the others", shell, "OEMInformation/SupportProvider",
			"offlineServicing, generalize, specialize, auditUser or oobeSystem", true, 0, 0, false, 0, 0, false},
		{"a setting that the pages no longer have", shell, "OOBE/SkipMachineOOBE", "oobeSystem", true, 0, 0, false, 0, 0, true},
		{"a group with settings that are not deprecated", shell, "Themes", "specialize, auditSystem, auditUser or oobeSystem", false, 0, 0, false, 0, 0, false},
		{"E3 case does not matter", strings.ToUpper(shell), "productkey", "specialize", true, schema.EmptyForbidden, 0, false, 0, 0, false},
		{"a group without a page", "Microsoft-Windows-TCPIP", "Interfaces/Interface/Ipv6Settings/DhcpEnabled",
			"windowsPE or specialize", true, 0, 0, false, 0, 0, false},
		{"an underscore", "Networking-MPSSVC-Svc", "DomainProfile_EnableFirewall", "specialize", true, 0, 0, false, 0, 0, false},
		{"no pass is any pass", "Microsoft-Windows-NetBT", "Interfaces/Interface/NetbiosOptions", "any pass", true, 0, 0, false, 0, 0, false},
		{"a range with leading zeros", shell, "StartTiles/RegionalOverrides/RegionalOverride/Order",
			"specialize, auditUser or oobeSystem", true, 0, 0, false, 1, 199, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := schema.Find(tc.component, tc.path)
			if s == nil {
				t.Fatal("not in the table")
			}
			if s.Passes.String() != tc.passes || s.Leaf != tc.leaf || s.Empty != tc.empty || s.MaxLength != tc.max ||
				s.Bytes != tc.bytes || s.Min != tc.low || s.Max != tc.high || s.Deprecated != tc.deprecated {
				t.Errorf("got %+v", *s)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	for _, tc := range [][2]string{
		{"Microsoft-Windows-Nothing", "A"},
		{"Microsoft-Windows-Shell-Setup", "ShowWindowsLive"},
		{"Microsoft-Windows-Shell-Setup", "OOBE/SkipAllOOBE"},
		{"Microsoft-Windows-Shell-Setup", "ProductKey/Key"},
		{"Microsoft-Windows-Shell-Setup", ""},
		{strings.Repeat("x", 200), "A"},
		{"Microsoft-Windows-Shell-Setup", strings.Repeat("x", 200)},
	} {
		if s := schema.Find(tc[0], tc[1]); s != nil {
			t.Errorf("Find(%q, %q) = %+v, want nil", tc[0], tc[1], *s)
		}
	}
}

// The table is whole: each row is found by its own name, and each of its passes is one.
func TestTableIsWhole(t *testing.T) {
	names := schema.Components()
	byName := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	if len(names) != 85 || !slices.IsSortedFunc(names, byName) {
		t.Errorf("%d components, want 85, sorted: %q", len(names), names)
	}
	settings := 0
	var walk func(above string, list []*schema.Setting)
	walk = func(above string, list []*schema.Setting) {
		for _, s := range list {
			settings++
			if strings.ContainsAny(s.Path, " \\") || !strings.EqualFold(s.Path, above+s.Name) || s.Max < s.Min {
				t.Errorf("odd row below %q: %+v", above, *s)
			}
			walk(s.Path+"/", s.Children())
		}
	}
	for _, name := range names {
		c := schema.Lookup(name)
		if c == nil || c.Name != name {
			t.Fatalf("Lookup(%q) = %v", name, c)
		}
		walk("", c.Children())
	}
	if settings < 1120 {
		t.Errorf("%d settings, want 1120 and the groups without a page", settings)
	}
}

func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if schema.Find("Microsoft-Windows-Setup", "UserData/ProductKey/Key") == nil {
			b.Fatal("not found")
		}
	}
}
