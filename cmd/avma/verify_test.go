// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
)

// guestFacts are those of a guest of Windows Server 2022 Datacenter that hv-01 activated.
func guestFacts(t *testing.T, change func(*activation.Facts)) string {
	t.Helper()
	f := activation.Facts{
		Schema: 1, CollectedUTC: "2026-01-02T03:04:05Z",
		OS: activation.OS{Build: 20348, EditionID: "ServerDatacenter", InstallationType: "Server", ProductType: 3, SKU: 8, ComputerName: "WEB01"},
		Products: []activation.Product{{Description: "Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel", LicenseStatus: 1,
			ProductKeyChannel: "VT:IA", PartialProductKey: "DV9BG", HostMachineName: "hv-01", LastActivationUTC: "2026-01-02T03:00:00Z"}},
		Service:        activation.Service{State: "Running", RearmCount: 3},
		Virtualization: activation.Virtualization{HypervisorPresent: true, Manufacturer: "Microsoft Corporation", Model: "Virtual Machine"},
		DataExchange:   activation.DataExchange{ServiceState: "Running", StartMode: "Manual", Parameters: map[string]string{"PhysicalHostName": "HV-01"}},
		PowerShell:     activation.PowerShell{Version: "5.1", LanguageMode: "FullLanguage"},
		Setup:          activation.Setup{ImageState: "IMAGE_STATE_COMPLETE"},
		Session:        activation.Session{Elevated: true},
	}
	if change != nil {
		change(&f)
	}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func notActivated(f *activation.Facts) {
	p := &f.Products[0]
	p.LicenseStatus, p.HostMachineName, p.LastActivationUTC = 5, "", ""
	p.LicenseStatusReason = 0xC004FD02
}

func TestVerifyFacts(t *testing.T) {
	unreadable := func(f *activation.Facts) {
		f.Products = nil
		f.Errors = []activation.LookError{{Area: "products", HResult: 0x80041003, Message: "Access denied"}}
	}
	for _, tc := range []struct {
		name   string
		change func(*activation.Facts)
		args   []string
		status int
		stdout string
	}{
		{"activated", nil, nil, 0, "activated"},
		{"by an expected host", nil, []string{"--expected-host", "hv-01.corp.example"}, 0, "activated"},
		{"by another host", nil, []string{"--expected-host", "hv-02"}, exitNo, "hv-02"},
		{"the expected edition", nil, []string{"--release", "2022", "--edition", "datacenter"}, 0, "activated"},
		{"another edition", nil, []string{"--release", "2022", "--edition", "standard"}, exitNo, "Standard"},
		{"not activated", notActivated, nil, exitNo, "0xC004FD02"},
		{"cannot be told", unreadable, nil, exitFailed, "unknown"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"facts.json": guestFacts(t, tc.change)})
			w.want(t, tc.status, tc.stdout, "", append([]string{"verify", "--facts", "facts.json"}, tc.args...)...)
		})
	}
}

func TestVerifyFormats(t *testing.T) {
	w := newWorld(t, map[string]string{"facts.json": guestFacts(t, nil)})
	w.want(t, 0, `"status": "activated"`, "", "verify", "--facts", "facts.json", "--format", "json", "-o", "-")
	// A report is facts, too.
	again := newWorld(t, map[string]string{"report.json": w.out.String()})
	again.want(t, 0, "<testsuites", "", "verify", "--facts", "report.json", "--format", "junit")
	if err := xml.Unmarshal(again.out.Bytes(), &struct{}{}); err != nil {
		t.Error(err)
	}
	stdin := newWorld(t, nil)
	stdin.stdin = strings.NewReader(w.out.String())
	stdin.want(t, 0, "", "", "verify", "--facts", "-", "-o", "out.txt")
	if got := stdin.files(t); got != "out.txt" {
		t.Errorf("files: %s", got)
	}
}

// The half of an expectation that is left out is what the guest is.
func TestVerifyHalfAnExpectation(t *testing.T) {
	facts := map[string]string{"f.json": guestFacts(t, nil)}
	for _, tc := range []struct {
		status int
		args   []string
	}{
		{0, []string{"--release", "2022"}}, {0, []string{"--edition", "datacenter"}}, {0, []string{"--release", "Windows Server 2022 Datacenter"}},
		{exitNo, []string{"--release", "2019"}}, {exitNo, []string{"--edition", "standard"}},
	} {
		newWorld(t, facts).want(t, tc.status, "AVMA-", "", append([]string{"verify", "--facts", "f.json"}, tc.args...)...)
	}
}

// A report says that the proof was left to the first boot: judged again, its facts still say that, and no failure.
func TestVerifyDeferredReport(t *testing.T) {
	report := map[string]string{"r.json": `{"schema":1,"verdict":{"status":"deferred"},"facts":` + guestFacts(t, notActivated) + `}`}
	newWorld(t, report).want(t, exitNo, "deferred", "", "verify", "--facts", "r.json")
	report["r.json"] = strings.Replace(report["r.json"], "deferred", "failed", 1)
	newWorld(t, report).want(t, exitNo, "failed", "", "verify", "--facts", "r.json")
}

func TestVerifyCannotLook(t *testing.T) {
	facts := guestFacts(t, nil)
	for _, tc := range []struct {
		name, stderr string
		files        map[string]string
		status       int
		args         []string
	}{
		{"not in a guest", "give the file to avma verify --facts FILE", nil, exitFailed, nil},
		{"a missing file", "--facts facts.json: there is no such file; check the name", nil, exitFailed, []string{"--facts", "facts.json"}},
		{"no facts", "facts.json holds no facts of a guest", map[string]string{"facts.json": "hello"}, exitFailed, []string{"--facts", "facts.json"}},
		{"a misspelt release", `did you mean "2022"?`, nil, exitUsage, []string{"--release", "2202"}},
		{"an edition alone, misspelt", `did you mean "Datacenter"?`, nil, exitUsage, []string{"--edition", "datcenter"}},
		{"a newer report", "schema: 99 is newer than what this version knows (1)", map[string]string{"r.json": `{"schema":99,"verdict":{"status":"activated"},"facts":` + facts + `}`},
			exitFailed, []string{"--facts", "r.json"}},
		{"newer facts", "schema: 99 is newer than what this version knows (1)", map[string]string{"f.json": strings.Replace(facts, `"schema":1`, `"schema":99`, 1)},
			exitFailed, []string{"--facts", "f.json"}},
		{"a misspelt edition", "did you mean", nil, exitUsage, []string{"--release", "2022", "--edition", "datcenter"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			newWorld(t, tc.files).want(t, tc.status, "", tc.stderr, append([]string{"verify"}, tc.args...)...)
		})
	}
}

// framed is a document as a guest script prints it.
func framed(document string) []byte {
	sum := sha256.Sum256([]byte(document))
	const token = "4242424242424242"
	return fmt.Appendf(nil, "a banner\r\n#AVMA1,%s,B,1,%d,%s#\r\n#AVMA1,%s,0,%s#\r\n", token, len(document), hex.EncodeToString(sum[:16]),
		token, base64.StdEncoding.EncodeToString([]byte(document)))
}

func TestVerifyInAGuest(t *testing.T) {
	for _, tc := range []struct {
		name   string
		out    []byte
		err    error
		status int
		stderr string
	}{
		{"it answers", framed(guestFacts(t, nil)), nil, 0, ""},
		{"it answers and PowerShell complains", framed(guestFacts(t, nil)), errors.New("exit status 1"), 0, ""},
		{"no PowerShell", nil, &exec.Error{Name: "powershell.exe", Err: exec.ErrNotFound}, exitFailed, "Windows PowerShell 4.0 or newer is needed"},
		{"a locked-down machine", []byte("#AVMA1,4242424242424242,P,ConstrainedLanguage#"), nil, exitFailed, "application control policy"},
		{"it fails", nil, errors.New("exit status 1"), exitFailed, "looking at this machine failed: exit status 1"},
		{"half an answer", framed(guestFacts(t, nil))[:200], nil, exitFailed, "cut off or damaged"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, nil)
			w.goos, w.env = "windows", map[string]string{"SystemRoot": `D:\Windows`}
			w.exec = func(_ context.Context, _ io.Reader, name string, args ...string) ([]byte, error) {
				if name != `D:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe` || args[len(args)-2] != "-Command" {
					t.Errorf("runs %s %q", name, args)
				}
				return tc.out, tc.err
			}
			want := ""
			if tc.status == 0 {
				want = "activated"
			}
			w.want(t, tc.status, want, tc.stderr, "verify")
		})
	}
}

// The real script, in a real PowerShell on a simulated guest.
func TestVerifyRunsTheScript(t *testing.T) {
	g := winguest.New(t, winguest.Config{})
	w := newWorld(t, nil)
	w.goos = "windows"
	w.exec = func(ctx context.Context, _ io.Reader, _ string, args ...string) ([]byte, error) {
		var out, stderr bytes.Buffer
		status, err := g.PowerShell(ctx, args, false, winguest.Streams{Out: &out, Err: &stderr})
		if status != 0 || err != nil {
			t.Errorf("PowerShell: status %d, %v: %s", status, err, stderr.String())
		}
		return out.Bytes(), err
	}
	// A guest fresh from volume media has the KMS client key.
	w.want(t, exitNo, "not_avma", "", "verify", "--format", "json")
}
