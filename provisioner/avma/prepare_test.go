// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"
)

// block reads the inside of a provisioner block as Packer does.
func block(t *testing.T, text string) cty.Value {
	t.Helper()
	f, diags := hclparse.NewParser().ParseHCL([]byte(text), "test.pkr.hcl")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v, diags := hcldec.Decode(f.Body, (&Provisioner{}).ConfigSpec(), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return v
}

func TestPrepareWithNothing(t *testing.T) {
	p := &Provisioner{Getenv: func(string) string { return "" }}
	if err := p.Prepare(block(t, ``)); err != nil {
		t.Fatal(err)
	}
	if p.config.Verify != "required" || p.config.ActivationTimeout != 10*time.Minute || p.config.PollInterval != 15*time.Second {
		t.Errorf("defaults: %+v", p.config)
	}
}

func TestPrepareTwiceIsTheSame(t *testing.T) {
	p := &Provisioner{Getenv: func(string) string { return "" }}
	if err := p.Prepare(block(t, `expected_hosts = ["a"]`)); err != nil {
		t.Fatal(err)
	}
	if err := p.Prepare(block(t, `release = "2022"`)); err != nil {
		t.Fatal(err)
	}
	if len(p.config.ExpectedHosts) != 0 || p.config.Release != "2022" {
		t.Errorf("the first Prepare shows through: %+v", p.config)
	}
}

func TestPrepareLetsPlaceholdersPass(t *testing.T) {
	p := &Provisioner{Getenv: func(string) string { return "" }}
	err := p.Prepare(block(t, `
		release = "<unknown>"
		edition = "<unknown>"
		product_key = "<unknown>"
		verify = "<unknown>"
		transport = "<unknown>"
		host_release = "<unknown>"
		catalog = "<unknown>"
		activation_timeout = "<unknown>"
		expected_hosts = ["<unknown>"]
		deploy_answer_file {
			computer_name = "<unknown>"
			time_zone = "<unknown>"
			path = "<unknown>"
		}`))
	if err != nil {
		t.Error(err)
	}
}

func TestDeployBlockKeepsBraces(t *testing.T) {
	p := &Provisioner{Getenv: func(string) string { return "" }}
	if err := p.Prepare(block(t, `
		deploy_answer_file {
			organization = "{{ not a template }}"
		}`)); err != nil {
		t.Fatal(err)
	}
	if p.config.DeployAnswerFile.Organization != "{{ not a template }}" {
		t.Errorf("organization %q", p.config.DeployAnswerFile.Organization)
	}
}

func TestPrepareRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"verify", `verify = "maybe"`, "verify"},
		{"first_boot without its block", `verify = "first_boot"`, "first_boot { enabled = true }"},
		{"first_boot's deadline before its interval", "first_boot {\ndeadline = \"4m59s\"\n}", "first_boot.deadline"},
		{"first_boot's deadline of seconds", "first_boot {\ndeadline = \"30s\"\n}", "first_boot.deadline"},
		{"first_boot's deadline of more than a day", "first_boot {\ndeadline = \"24h1s\"\n}", "first_boot.deadline"},
		{"first_boot's interval", "first_boot {\ninterval = \"59s\"\n}", "first_boot.interval"},
		{"first_boot's hosts", "first_boot {\nexpected_hosts = [\"hv-01\", \" \"]\n}", "first_boot.expected_hosts[1]"},
		{"transport", `transport = "carrier pigeon"`, "transport"},
		{"release", `release = "2202"`, "release"},
		{"edition", `edition = "datacentre-ish"`, "edition"},
		{"no such key", "release = \"2022\"\nedition = \"essentials\"", "release, edition"},
		{"evaluation edition", "release = \"2022\"\nedition = \"ServerDatacenterEval\"", "convert_evaluation"},
		{"host release", `host_release = "1999"`, "host_release"},
		{"poll interval", `poll_interval = "10ms"`, "poll_interval"},
		{"empty host", `expected_hosts = [""]`, "expected_hosts[0]"},
		{"key and skip", "skip_install = true\nproduct_key = \"W3GNR-8DDXR-2TFRP-H8P33-DV9BG\"", "skip_install"},
		{"report", `report {}`, "report"},
		{"a folder for a report", "report {\n json = \"out/\"\n}", "report.json"},
		{"a folder that is there", "report {\n junit = \"there\"\n}", "report.junit"},
		{"one file for two reports", "report {\n json = \"out/a\"\n junit = \"out/./a\"\n}", "report.junit"},
		{"a KMS client key", `product_key = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33"`, "KMS client key"},
		{"a key of another release", "release = \"2022\"\nproduct_key = \"YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67\"", "Windows Server 2025 Datacenter"},
		{"a key of another edition", "edition = \"standard\"\nproduct_key = \"W3GNR-8DDXR-2TFRP-H8P33-DV9BG\"", "Windows Server 2022 Datacenter"},
		{"a guest newer than its host", "release = \"2022\"\nhost_release = \"2019\"", "host_release"},
		{"skip and replace", "skip_install = true\nreplace_key = true", "replace_key"},
		{"skip and convert", "skip_install = true\nconvert_evaluation = true", "convert_evaluation"},
		{"a host with a blank", `expected_hosts = ["hv-01 "]`, "expected_hosts[0]"},
		{"two hosts in one", `expected_hosts = ["hv-01,hv-02"]`, "expected_hosts[0]"},
		{"a wildcard", `expected_hosts = ["hv-01", "hv-*"]`, "expected_hosts[1]"},
		{"a domain in front", `expected_hosts = ["CORP\\hv-01"]`, "expected_hosts[0]"},
		{"no time for the activation", `activation_timeout = "0s"`, "activation_timeout"},
		{"no time for a restart", `restart_timeout = "0m"`, "restart_timeout"},
		{"no interval", "first_boot {\n interval = \"0\"\n}", "interval"},
		{"deploy path", "deploy_answer_file {\n path = \"avma.xml\"\n}", "deploy_answer_file.path"},
		{"deploy name", "deploy_answer_file {\n computer_name = \"a-name-of-16-char\"\n}", "deploy_answer_file.computer_name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fs := afero.NewMemMapFs()
			if err := fs.Mkdir("there", 0o755); err != nil {
				t.Fatal(err)
			}
			err := (&Provisioner{FS: fs, Getenv: func(string) string { return "" }}).Prepare(block(t, c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one about %q", err, c.want)
			}
		})
	}
}

func TestMistypedKeyIsNotRepeated(t *testing.T) {
	const key = "W3GNR-8DDXR-2TFRP-H8P33-DV9BB"
	err := (&Provisioner{Getenv: func(string) string { return "" }}).Prepare(block(t, `product_key = "`+key+`"`))
	if err == nil || strings.Contains(err.Error(), key) {
		t.Errorf("error: %v", err)
	}
}

func TestSpecHasNoneOfPackersOwnNames(t *testing.T) {
	for _, name := range []string{"name", "timeout", "pause_before", "max_retries", "continue_on_error", "override", "only", "except"} {
		if _, ok := (&Provisioner{}).ConfigSpec()[name]; ok {
			t.Errorf("the block has an option %q, which Packer keeps for itself", name)
		}
	}
}

func TestSourceWithoutAGuestIsToldAtOnce(t *testing.T) {
	err := (&Provisioner{}).Provision(t.Context(), nil, nil, map[string]any{"ConnType": "none"})
	if err == nil || !strings.Contains(err.Error(), "communicator") {
		t.Errorf("error: %v", err)
	}
}

// What stands beside a limit and is fine.
func TestPrepareTakes(t *testing.T) {
	for name, text := range map[string]string{
		"a MAK":                                     `product_key = "` + mak + `"`,
		"the guest's own key":                       "release = \"2022\"\nedition = \"datacenter\"\nproduct_key = \"W3GNR-8DDXR-2TFRP-H8P33-DV9BG\"",
		"a key that two releases share":             "release = \"1903\"\nproduct_key = \"H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW\"",
		"a key without a release":                   `product_key = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"`,
		"a host of the guest's release":             "release = \"2022\"\nhost_release = \"2022\"",
		"an older build host, and clones elsewhere": "release = \"2022\"\nhost_release = \"2019\"\nverify = \"first_boot\"\nfirst_boot {}",
		"Azure Edition, which is not documented":    "release = \"2022\"\nedition = \"datacenter-azure-edition\"\nhost_release = \"2022\"",
		"hosts":                                     `expected_hosts = ["hv-01", "HV_02", "hv-03.example.net.", "höst"]`,
		"a second":                                  `activation_timeout = "1s"`,
	} {
		if err := (&Provisioner{FS: afero.NewMemMapFs(), Getenv: func(string) string { return "" }}).Prepare(block(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
