// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// fromJSON makes a value of JSON, of whatever type it implies.
func fromJSON(data []byte) (cty.Value, bool) {
	ty, err := ctyjson.ImpliedType(data)
	if err != nil {
		return cty.NilVal, false
	}
	v, err := ctyjson.Unmarshal(data, ty)
	return v, err == nil
}

// TestProperty_WhatPassesCheckIsRight makes Configs at random: whatever Check lets through gives a well-formed file in ASCII with
// CRLF that the table of settings accepts, with short enough commands.
func TestProperty_WhatPassesCheckIsRight(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	valid, rounds := 0, rounds(1000)
	for range rounds {
		cfg := randomConfig(r)
		for _, kind := range kinds {
			got, err := Generate(cfg, kind, Options{})
			if err != nil {
				if _, ok := err.(Problems); !ok {
					t.Fatalf("%+v: %v", cfg, err)
				}
				continue
			}
			valid++
			d := parse(t, got.XML)
			if !isASCII(string(got.XML)) || strings.Count(string(got.XML), "\n") != strings.Count(string(got.XML), "\r\n") {
				t.Fatalf("%+v: not ASCII with CRLF", cfg)
			}
			holdAgainstTable(t, kind.String(), d)
			for _, e := range d.root.FindElements("settings//RunSynchronousCommand/Path") {
				if utf16Length(e.Text()) > 259 {
					t.Fatalf("a command of %d characters", utf16Length(e.Text()))
				}
			}
			if t.Failed() {
				t.Fatalf("%+v", cfg)
			}
		}
	}
	if valid < rounds/5 {
		t.Errorf("only %d of %d files could be made: the test says too little", valid, 2*rounds)
	}
}

// rounds is how often a property is tried: a tenth under -short.
func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func maybe[T any](r *rand.Rand, v T) *T {
	if r.IntN(2) == 0 {
		return nil
	}
	return &v
}

func some[T any](r *rand.Rand, make func() T) []T {
	var out []T
	for range r.IntN(3) {
		out = append(out, make())
	}
	return out
}

func randomConfig(r *rand.Rand) Config {
	words := []string{"", "", "a", "Ü & <x> \"y\" 'z'", "SRV-01", "日本語", "😀"}
	user := func() User {
		return User{Name: pick(r, "packer", "Jörg", "u", "a b"), Password: pick(r, words...), Groups: some(r, func() string { return pick(r, "Administrators", "Users") }), DisplayName: pick(r, words...), Keep: r.IntN(2) == 0}
	}
	command := func() Command {
		return Command{Stage: pick(r, "", "specialize", "setup_complete", "logon"), CommandLine: pick(r, "cmd.exe /c echo \"ü\" & x", strings.Repeat("y", 250), strings.Repeat("z", 1000)), Description: pick(r, words...), Order: pick(r, nil, nil, new(1+r.IntN(9)))}
	}
	script := func() Script {
		return Script{Stage: pick(r, "", "specialize", "setup_complete"), Content: pick(r, "Write-Output 'ü'", "a\r\nb\n", "x\x00y", "@echo off\ngoto x", "]]>&amp;\n"), Type: pick(r, "", "cmd", "powershell"), Order: pick(r, nil, nil, new(1+r.IntN(9)))}
	}
	network := func() Network {
		return Network{Interface: pick(r, "", "Ethernet 2", "001122334455"), Addresses: some(r, func() string { return pick(r, "192.0.2.9/24", "2001:db8::9/64", "198.51.100.9/25") }), DNSServers: []string{"192.0.2.53"}}
	}
	domain := Domain{Name: "corp.example.com", Username: pick(r, "j", `C\j`, "j@c"), Password: pick(r, "p", "&<>")}
	return Config{
		Release: pick(r, "2012 R2", "2016", "2019", "2022", "2025"), Edition: pick(r, "datacenter", "standard", "datacenter-core", "standard-core", "essentials", "datacenter-azure-edition"),
		Evaluation: pick(r, "", "", "", "keep", "convert"), Channel: pick(r, "", "gvlk"), SetupKey: pick(r, "", "", "", "", "gvlk"), ImageIndex: maybe(r, 1+r.IntN(3)), Firmware: pick(r, "", "bios"),
		ComputerName: pick(r, "", "*", "SRV-01", "x"), Organization: pick(r, words...), Owner: pick(r, words...), TimeZone: pick(r, "", "UTC", "Tokyo Standard Time"),
		UILanguage: pick(r, "", "de-DE", "ko-KR"), AdministratorPassword: pick(r, words...), PlainPasswords: r.IntN(2) == 0,
		DriverPaths: pick(r, nil, []string{`E:\a`, `F:\ü b`}), DisableServerManager: r.IntN(2) == 0, DisableIEESC: r.IntN(2) == 0, KeepAnswerFiles: r.IntN(2) == 0,
		Users: some(r, user), AutoLogon: maybe(r, AutoLogon{Username: pick(r, "", "", "packer"), Password: pick(r, "", "x"), Count: maybe(r, 1+r.IntN(3))}), Disks: []Disk{{ID: maybe(r, r.IntN(2)), WindowsSize: pick(r, 0, 40000, 50000), RecoverySize: pick(r, 0, 0, 500)}},
		Networks: []Network{network()}, Domain: maybe(r, domain), RDP: maybe(r, RDP{DisableNLA: r.IntN(2) == 0}), FirstBoot: pick(r, nil, nil, nil, &FirstBoot{}), WinRM: maybe(r, WinRM{Protocol: pick(r, "", "http")}), OpenSSH: maybe(r, OpenSSH{Source: pick(r, "a.zip", "a.zip", "")}),
		Commands: some(r, command), Scripts: some(r, script), Deploy: maybe(r, DeploySettings{KeepCommunicator: r.IntN(2) == 0, Users: some(r, user), Networks: some(r, network), Domain: maybe(r, domain), Commands: some(r, command), Scripts: some(r, script)}),
		Components: some(r, func() Component {
			return Component{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>", For: pick(r, "", "install")}
		}),
	}
}
