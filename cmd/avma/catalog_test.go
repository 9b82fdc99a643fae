// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// answer is what one call of the program gave.
type answer struct {
	status      int
	out, stderr string
}

// ask runs the program over an empty file system; files and environment are set by with.
func ask(t *testing.T, with func(*app), args ...string) answer {
	t.Helper()
	var out, stderr bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &stderr, fs: afero.NewMemMapFs(), goos: "linux",
		getenv: func(string) (string, bool) { return "", false }, env: func() []string { return nil },
		now: func() time.Time { return time.Unix(0, 0) }}
	if with != nil {
		with(a)
	}
	status := a.run(context.Background(), args)
	return answer{status, out.String(), stderr.String()}
}

func TestKeyPrintsTheKeyAndOnlyTheKey(t *testing.T) {
	for _, test := range []struct {
		args, want, stderr string
	}{
		{"--release 2022 --edition datacenter", "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", ""},
		{"--release 2012r2 --edition std", "DBGBW-NPF86-BJVTX-K3WKJ-MTB6V", ""},
		{"--release 10.0.20348 --edition ServerDatacenterCor", "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", ""},
		{"--release 2022 --edition datacenter --channel gvlk", "WX4NM-KYWYW-QJJR4-XV3QB-6VM33", ""},
		{"--release 2022 --edition datacenter --channel AVMA --host 2025", "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", ""},
		{"--release 2022 --edition azure-edition --host azure-local", "F7TB6-YKN8Y-FCC6R-KQ484-VMK3J", ""},
		{"--release 1809 --edition datacenter --host 1809", "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", "lists no semi-annual"},
		{"--release 20H2 --edition datacenter", "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", "inferred"},
		{"--release 23H2 --edition datacenter", "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", "inferred"},
	} {
		a := ask(t, nil, append([]string{"key"}, strings.Fields(test.args)...)...)
		if a.status != 0 || a.out != test.want+"\n" || (test.stderr == "") != (a.stderr == "") || !strings.Contains(a.stderr, test.stderr) {
			t.Errorf("avma key %s: %+v", test.args, a)
		}
	}
	a := ask(t, nil, "key", "--image", "Windows Server 2022 SERVERSTANDARDCORE")
	if a.status != 0 || a.out != "YDFWN-MJ9JR-3DYRK-FXXRW-78VHK\n" {
		t.Errorf("--image: %+v", a)
	}
}

func TestKeyJSON(t *testing.T) {
	a := ask(t, nil, "key", "--release", "20H2", "--edition", "datacenter", "--format", "json")
	want := `{
  "release": "20H2",
  "build": 19042,
  "edition": "Datacenter",
  "edition_id": "ServerDatacenterACor",
  "channel": "avma",
  "key": "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW",
  "standing": "inferred",
  "source": "key of the release this one derives from; not on the AVMA page",
  "hosts": [%s
    "2025",
    "2022",
    "2019",
    "azure-local"
  ]
}
`
	newer := ""
	for _, h := range catalog.Default().Hosts() {
		if h == "2025" {
			break
		}
		newer += "\n    \"" + h + "\","
	}
	if want = fmt.Sprintf(want, newer); a.status != 0 || a.out != want {
		t.Errorf("%+v", a)
	}
	a = ask(t, nil, "key", "--release", "2022", "--edition", "standard", "--channel", "gvlk", "--format", "json")
	if !strings.Contains(a.out, `"hosts": []`) {
		t.Errorf("%+v", a)
	}
}

// No key is an answer (1); a spelling that is not understood is usage (2). Standard output stays empty.
func TestKeyRefusals(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--release", "2012", "--edition", "standard"}, 1, "2012 R2"},
		{[]string{"--release", "23H2", "--edition", "standard"}, 1, "23H2"},
		{[]string{"--release", "2025", "--edition", "essentials"}, 1, "Essentials"},
		{[]string{"--release", "windows 11", "--edition", "pro"}, 1, "client"},
		{[]string{"--release", "89999", "--edition", "standard"}, 1, "newer release of this tool"},
		{[]string{"--release", "2022", "--edition", "ServerAzureCor"}, 1, "ServerTurbine"},
		{[]string{"--release", "2022", "--edition", "ServerDatacenterEval"}, 1, "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"},
		{[]string{"--release", "2025", "--edition", "datacenter", "--host", "2022"}, 1, "2025 or newer"},
		{[]string{"--release", "2022", "--edition", "datacenter", "--host", "kvm"}, 1, "KVM"},
		{[]string{"--image", "Windows Server 2025 Standard Evaluation"}, 1, "ServerDatacenterCor"},
		{[]string{"--release", "2202", "--edition", "standard"}, 2, `did you mean "2022"?`},
		{[]string{"--release", "2022", "--edition", "datcenter"}, 2, `did you mean "Datacenter"?`},
		{[]string{"--release", "2022", "--edition", "standard", "--host", "1999"}, 2, "Known hosts"},
		{[]string{"--release", "2022", "--edition", "standard", "--host", "2022", "--channel", "gvlk"}, 2, "KMS host"},
		{[]string{"--release", "2022"}, 2, "no edition was given"},
		{nil, 2, "avma key --release 2022"},
		{[]string{"--image", "Windows Server 2022 SERVERSTANDARD", "--release", "2022"}, 2, "leave out"},
		{[]string{"--image", "Windows Server 2016 SERVERSTANDARDACORE"}, 2, "1803, 1709"},
		{[]string{"--release", "2022", "--edition", "standard", "--channel", "mak"}, 2, "avma or gvlk"},
		{[]string{"--relase", "2022"}, 2, "--release"},
		{[]string{"2022", "datacenter"}, 2, "no arguments"},
	} {
		a := ask(t, nil, append([]string{"key"}, test.args...)...)
		if a.status != test.status || a.out != "" || !strings.Contains(a.stderr, test.says) {
			t.Errorf("avma key %q: %+v", test.args, a)
		}
	}
}

func TestKeys(t *testing.T) {
	a := ask(t, nil, "keys")
	if lines := strings.Split(a.out, "\n"); a.status != 0 || !strings.HasPrefix(a.out, "RELEASE") || len(lines) != len(catalog.Default().Entries(catalog.Filter{Channel: catalog.AVMA}))+2 || !strings.Contains(a.out, "inferred") || strings.Contains(a.out, "gvlk") {
		t.Errorf("%+v", a)
	}
	a = ask(t, nil, "keys", "--channel", "all", "--format", "json")
	var entries []catalog.Entry
	if err := json.Unmarshal([]byte(a.out), &entries); err != nil || len(entries) != len(catalog.Default().Entries(catalog.Filter{})) {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	a = ask(t, nil, "keys", "--release", "17763", "--edition", "dc", "--channel", "all", "--format", "csv")
	records, err := csv.NewReader(strings.NewReader(a.out)).ReadAll()
	if err != nil || len(records) != 5 || records[0][5] != "key" || !strings.HasSuffix(records[1][8], "2025;2022;2019;azure-local") {
		t.Errorf("%q, %v", records, err)
	}
	for _, test := range []struct {
		args   string
		status int
		out    string
		says   string
	}{
		{"--release 2012", 1, "", "2012 R2"},
		{"--release 2022 --edition essentials", 1, "", "2019"},
		{"--release 2012 --format json", 1, "[]\n", "2012 R2"},
		{"--edition web", 1, "", "no AVMA key matches"},
		{"--edition web --channel all", 1, "", "no key matches"},
		{"--release 2202", 2, "", "did you mean"},
		{"--edition standrd", 2, "", "did you mean"},
		{"--release win11", 1, "", "client"},
	} {
		a := ask(t, nil, append([]string{"keys"}, strings.Fields(test.args)...)...)
		if a.status != test.status || a.out != test.out || !strings.Contains(a.stderr, test.says) {
			t.Errorf("avma keys %s: %+v", test.args, a)
		}
	}
}

func TestMatrixCommand(t *testing.T) {
	a := ask(t, nil, "matrix")
	for _, line := range []string{
		"  2025  2022  2019  2016  2012 R2  ", "  2025 Azure Ed.  2022 Azure Ed.\n",
		"  no    no    yes   yes   yes      ?               ?", "  yes   yes   yes   yes   yes      yes             yes",
		"20H2 as 2019",
	} {
		if !strings.Contains(a.out, line) {
			t.Errorf("no %q in\n%s", line, a.out)
		}
	}
	for _, test := range []struct {
		host, guest string
		status      int
		out         string
	}{
		{"2022", "2019", 0, "yes: "},
		{"2019", "2022", 1, "no: "},
		{"azure-local", "2022 Azure Edition", 0, "yes: "},
		{"2025", "2022 Azure Edition", 3, "undocumented: "}, // which is no "no"
		{"2022", "win11", 1, "no: No AVMA key exists for any Windows client"},
		{"2022", "Hyper-V Server 2019", 1, "no: Hyper-V Server"},
		{"2022", "89999", 3, "undocumented: Build 89999 is newer than this catalogue"},
		{"2022", "2046", 3, "undocumented: Windows Server 2046 is not in this catalogue"},
		{"vmware", "2022", 1, "no: "},
		{"2022", "2012", 1, "no: "},
		{"2022", "20H2", 0, "yes: "},
	} {
		a := ask(t, nil, "matrix", "--host", test.host, "--guest", test.guest)
		if a.status != test.status || !strings.HasPrefix(a.out, test.out) || a.stderr != "" {
			t.Errorf("host %s, guest %s: %+v", test.host, test.guest, a)
		}
		a = ask(t, nil, "matrix", "--host", test.host, "--guest", test.guest, "--format", "json")
		var pairs []pair
		if err := json.Unmarshal([]byte(a.out), &pairs); err != nil || len(pairs) != 1 || pairs[0].Activates != (test.status == 0) || a.status != test.status || pairs[0].Reason == "" {
			t.Errorf("host %s, guest %s: %+v, %v", test.host, test.guest, a, err)
		}
	}
	// Without a host, too: a guest that nothing activates is an answer, and a document.
	var pairs []pair
	if a := ask(t, nil, "matrix", "--guest", "win11", "--format", "json"); a.status != 1 || json.Unmarshal([]byte(a.out), &pairs) != nil || len(pairs) < 5 || pairs[0].Activates {
		t.Errorf("%+v", a)
	}
	if a := ask(t, nil, "matrix", "--guest", "win11"); a.status != 1 || !strings.HasPrefix(a.out, "no: ") || strings.Count(a.out, "\n") != 1 {
		t.Errorf("%+v", a)
	}
	if a := ask(t, nil, "key", "--release", "2022", "--edition", "azure-edition", "--host", "2022"); a.status != 0 || !strings.Contains(a.out, "F7TB6") || !strings.Contains(a.stderr, "nothing says") {
		t.Errorf("%+v", a)
	}
	if a := ask(t, nil, "matrix", "--host", "2019"); a.status != 0 || strings.Contains(a.out, "\n2022") || !strings.Contains(a.out, "\n2019") {
		t.Errorf("%+v", a)
	}
	if a := ask(t, nil, "matrix", "--guest", "2019"); a.status != 0 || !strings.Contains(a.out, "2012 R2       no\n") {
		t.Errorf("%+v", a)
	}
	for _, args := range [][]string{{"--host", "1999"}, {"--guest", "2o19"}} {
		if a := ask(t, nil, append([]string{"matrix"}, args...)...); a.status != 2 || a.out != "" {
			t.Errorf("%q: %+v", args, a)
		}
	}
}

// unknownKey is one of the few typing errors that the checksum does not catch.
const unknownKey = "CB7KF-BWN84-R7R2Y-793K2-8DDDG"

func TestCheckKey(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		says   []string
	}{
		{[]string{"W3GNR-8DDXR-2TFRP-H8P33-DV9BG"}, 0, []string{"known: ", "AVMA key of Windows Server 2022 Datacenter (ServerDatacenter, build 20348; documented)", "23H2"}},
		{[]string{"w3gnr", "8ddxr", "2tfrp", "h8p33", "dv9bg"}, 0, []string{"Windows Server 2022"}},
		{[]string{"NTBV8-9K7Q8-V27C6-M2BTV-KHMXV"}, 0, []string{"KMS client key (GVLK), not an AVMA key", "2022 Datacenter: Azure Edition"}},
		{[]string{"6NMQ9-T38WF-6MFGM-QYGYM-88J4G"}, 1, []string{"checksum: ", "one typing error away from 6NMQ9-T38WF-6MFGM-QYGYM-88J4F", "2025"}},
		{[]string{"B69WH-PRNHK-BXVK3-P9XF7-XD84C"}, 1, []string{"checksum: "}},
		{[]string{"BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B"}, 1, []string{"malformed: ", "no N"}},
		{[]string{unknownKey}, 1, []string{"unknown: ", "one typing error away from CB7KF-BWN84-R7R2Y-793K2-8XDDG"}},
		{[]string{"W3GNR"}, 1, []string{"malformed: it has 5 characters"}},
	} {
		a := ask(t, nil, append([]string{"check-key"}, test.args...)...)
		if strings.Contains(a.out, unknownKey) {
			t.Errorf("a key that may be secret is printed: %s", a.out)
		}
		for _, s := range test.says {
			if a.status != test.status || !strings.Contains(a.out, s) || a.stderr != "" {
				t.Errorf("%q: no %q in %+v", test.args, s, a)
			}
		}
		a = ask(t, nil, "check-key", "--format", "json", strings.Join(test.args, "-"))
		var r keyReport
		if err := json.Unmarshal([]byte(a.out), &r); err != nil || a.status != test.status || (r.Status == "known") != (test.status == 0) || r.Entries == nil || r.Meant == nil {
			t.Errorf("%q: %+v, %v", test.args, a, err)
		}
	}
	a := ask(t, func(a *app) { a.stdin = strings.NewReader("\ufeff\r\n W3GNR-8DDXR-2TFRP-H8P33-DV9BG\r\n") }, "check-key", "-")
	if a.status != 0 || !strings.Contains(a.out, "2022") {
		t.Errorf("standard input: %+v", a)
	}
	if a := ask(t, nil, "check-key", "-"); a.status != 2 || !strings.Contains(a.stderr, "standard input is empty") {
		t.Errorf("%+v", a)
	}
	if a := ask(t, nil, "check-key"); a.status != 2 || !strings.Contains(a.stderr, "which key?") {
		t.Errorf("%+v", a)
	}
}

const nextRelease = `
release "2048" {
  build = 89600
}
key "2048" "datacenter" {
  key = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
}
`

func TestCatalogFile(t *testing.T) {
	file := func(text string) func(*app) {
		return func(a *app) {
			if err := afero.WriteFile(a.fs, "next.hcl", []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	env := func(a *app) {
		file(nextRelease)(a)
		a.getenv = func(name string) (string, bool) { return "next.hcl", name == "AVMA_CATALOG" }
	}
	question := []string{"key", "--release", "2048", "--edition", "datacenter"}
	for name, a := range map[string]answer{
		"--catalog":    ask(t, file(nextRelease), append(question, "--catalog", "next.hcl")...),
		"AVMA_CATALOG": ask(t, env, question...),
	} {
		if a.status != 0 || a.out != "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67\n" || !strings.Contains(a.stderr, "inferred") || !strings.Contains(a.stderr, "next.hcl") {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if a := ask(t, nil, question...); a.status != 1 || !strings.Contains(a.stderr, "catalogue file") {
		t.Errorf("without: %+v", a)
	}
	a := ask(t, file(strings.Replace(nextRelease, "89600", "20348", 1)), append(question, "--catalog", "next.hcl")...)
	if a.status != 2 || !strings.Contains(a.stderr, "next.hcl:3:11: build 20348 is that of Windows Server 2022\n    3 |   build = 20348\n") {
		t.Errorf("a bad file: %+v", a)
	}
	if a := ask(t, nil, append(question, "--catalog", "gone.hcl")...); a.status != 3 || !strings.Contains(a.stderr, "gone.hcl") {
		t.Errorf("no file: %+v", a)
	}
}
