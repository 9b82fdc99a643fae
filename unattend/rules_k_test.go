// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

const (
	avma2022DC  = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"
	gvlk2022DC  = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33"
	avma2019ST  = "TNK62-RXVTB-4P47B-2D623-4GF74"
	unlistedKey = "N3H9H-RYFMX-97XXC-99FKX-GJJPX" // made up; the form is right
)

func TestK1_SetupKeyChoosesTheEdition(t *testing.T) {
	for choice, key := range map[string]string{"": gvlk2022DC, "auto": gvlk2022DC, "gvlk": gvlk2022DC, "avma": avma2022DC, "none": "(none)"} {
		cfg := server()
		cfg.SetupKey = choice
		d := must(t, cfg, Install)
		d.want("windowsPE", "Setup", "UserData/ProductKey/Key", key)
		d.want("specialize", "Shell-Setup", "ProductKey", avma2022DC)
	}
}

func TestK2_KeyStandsInSpecializeOfBoth(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, server(), kind)
		d.want("specialize", "Shell-Setup", "ProductKey", avma2022DC)
		if n := strings.Count(string(d.raw), avma2022DC); n != 1 {
			t.Errorf("%v: the key stands %d times", kind, n)
		}
	}
	cfg := server()
	cfg.ProductKey = avma2019ST
	wantProblem(t, Check(cfg, Options{}), Error, "product_key", "AVMA", "2019 Standard", "2022 Datacenter")
	cfg.ProductKey = "W3GNR-8DDXR-2TFRP-H8P33-DV9BH"
	wantProblem(t, Check(cfg, Options{}), Error, "product_key", "checksum")
	cfg.ProductKey = "W3GNR"
	ps := Check(cfg, Options{})
	wantProblem(t, ps, Error, "product_key", "not a product key")
	if strings.Contains(list(ps), "W3GNR") {
		t.Errorf("a message holds the key:\n%s", list(ps))
	}
	cfg.ProductKey = strings.ToLower(gvlk2022DC)
	must(t, cfg, Deploy).want("specialize", "Shell-Setup", "ProductKey", gvlk2022DC)
}

func TestK3_NoKeyInOfflineServicing(t *testing.T) {
	if d := must(t, full(), Install); d.component("offlineServicing", "Shell-Setup") != nil {
		t.Error("Shell-Setup stands in offlineServicing")
	}
	cfg := server()
	cfg.Components = []Component{{Name: "Microsoft-Windows-Shell-Setup", Pass: "offlineServicing", XML: "<ProductKey>" + avma2022DC + "</ProductKey>"}}
	if ps := Check(cfg, Options{}); !ps.HasErrors() {
		t.Errorf("it is let through: %s", list(ps))
	}
}

func TestK4_WillShowUIOnErrorWithAndWithoutKey(t *testing.T) {
	for _, evaluation := range []string{"none", "keep"} {
		cfg := server()
		cfg.Evaluation = evaluation
		must(t, cfg, Install).want("windowsPE", "Setup", "UserData/ProductKey/WillShowUI", "OnError")
	}
}

func TestK6_ImageAndKeyBelongTogether(t *testing.T) {
	cfg := server()
	cfg.ImageName = "Windows Server 2019 SERVERSTANDARD"
	wantProblem(t, Check(cfg, Options{}), Error, "image_name", "2019 Standard", "2022 Datacenter")
}

func TestK7_EvaluationTakesNoKey(t *testing.T) {
	for _, c := range []struct {
		evaluation      string
		install, deploy string
	}{{"none", avma2022DC, avma2022DC}, {"keep", "(none)", "(none)"}, {"convert", "(none)", avma2022DC}} {
		cfg := server()
		cfg.Evaluation = c.evaluation
		must(t, cfg, Install).want("specialize", "Shell-Setup", "ProductKey", c.install)
		must(t, cfg, Deploy).want("specialize", "Shell-Setup", "ProductKey", c.deploy)
		setup := "(none)"
		if c.evaluation == "none" {
			setup = gvlk2022DC
		}
		must(t, cfg, Install).want("windowsPE", "Setup", "UserData/ProductKey/Key", setup)
	}
	cfg := server()
	cfg.Edition = "ServerDatacenterEval"
	wantProblem(t, Check(cfg, Options{}), Error, "evaluation", "keep", "convert")
	cfg.Evaluation, cfg.ProductKey = "keep", avma2022DC
	wantProblem(t, Check(cfg, Options{}), Error, "product_key", "evaluation")
	cfg.ProductKey, cfg.SetupKey = "", "gvlk"
	wantProblem(t, Check(cfg, Options{}), Error, "setup_key", "evaluation")
	cfg = Config{Release: "2022", Edition: "standard-core", Evaluation: "convert"}
	d := must(t, cfg, Deploy)
	d.want("specialize", "Shell-Setup", "ProductKey", avma2022DC)
	wantProblem(t, Check(cfg, Options{}), Warning, "evaluation", "Datacenter")
	cfg = Config{Release: "2022", Edition: "datacenter-azure-edition", Evaluation: "convert"}
	wantProblem(t, Check(cfg, Options{}), Error, "evaluation", "Azure Edition")
}

func TestK8_NoEmptyKey(t *testing.T) {
	for _, evaluation := range []string{"none", "keep", "convert"} {
		cfg := server()
		cfg.Evaluation = evaluation
		for _, kind := range kinds {
			d := must(t, cfg, kind)
			if d.has("<Key/>") || d.has("<Key></Key>") || d.has("<ProductKey/>") || d.has("<ProductKey></ProductKey>") {
				t.Errorf("%s, %v: an empty key", evaluation, kind)
			}
		}
	}
}

func TestK9_AVMAInWindowsPEOnlyByName(t *testing.T) {
	cfg := server()
	cfg.SetupKey = "avma"
	wantProblem(t, Check(cfg, Options{}), Warning, "setup_key", "K9")
	if ps := Check(server(), Options{}); len(ps.Only(Warning)) > 0 {
		t.Errorf("warnings without a reason: %s", list(ps))
	}
}

func TestK10_NoNearestKey(t *testing.T) {
	for _, c := range []struct{ release, edition, attribute string }{
		{"2025", "essentials", "edition"}, {"2012", "datacenter", "release"}, {"23H2", "standard", "edition"}, {"2022", "datacentre-home", "edition"}, {"Windows 11", "datacenter", "release"},
	} {
		_, err := Generate(Config{Release: c.release, Edition: c.edition}, Install, Options{})
		ps, ok := err.(Problems)
		if !ok {
			t.Errorf("%s %s: %v", c.release, c.edition, err)
			continue
		}
		wantProblem(t, ps, Error, c.attribute)
	}
}

func TestK11_EvaluationImageIsChosenWithoutKey(t *testing.T) {
	cfg := server()
	cfg.Evaluation = "keep"
	d := must(t, cfg, Install)
	d.want("windowsPE", "Setup", "UserData/ProductKey/Key", "(none)")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Key", "/IMAGE/NAME")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value", "Windows Server 2022 SERVERDATACENTER")
}

func TestK12_K13_NothingAgainstActivation(t *testing.T) {
	for name, cfg := range goldens {
		for _, kind := range kinds {
			d := must(t, cfg, kind)
			if d.has("SkipRearm") || d.has("SkipAutoActivation") {
				t.Errorf("%s, %v: SkipRearm or SkipAutoActivation", name, kind)
			}
		}
	}
	for _, c := range []Component{
		{Name: "Microsoft-Windows-Security-SPP-UX", Pass: "specialize", XML: "<SkipAutoActivation>true</SkipAutoActivation>"},
		{Name: "Microsoft-Windows-Security-SPP", Pass: "generalize", XML: "<SkipRearm>1</SkipRearm>", For: "both"},
	} {
		for _, w := range []struct {
			name   string
			change func(*Config)
			want   Severity
		}{
			{"AVMA", func(*Config) {}, Error},
			{"an AVMA key of one's own", func(c *Config) { c.ProductKey = avma2022DC }, Error},
			{"a converted evaluation", func(c *Config) { c.Evaluation = "convert" }, Error},
			{"a kept evaluation", func(c *Config) { c.Evaluation = "keep" }, Warning},
			{"a KMS client", func(c *Config) { c.Channel = "gvlk" }, Warning},
			{"a GVLK of one's own", func(c *Config) { c.ProductKey = gvlk2022DC }, Warning},
			{"a key that is not known", func(c *Config) { c.ProductKey = unlistedKey }, Warning},
			{"a channel that is not known yet", func(c *Config) { c.Channel = Unknown }, Warning},
		} {
			t.Run(c.Pass+" "+w.name, func(t *testing.T) {
				cfg := server()
				cfg.Components = []Component{c}
				w.change(&cfg)
				ps := Check(cfg, Options{})
				wantProblem(t, ps, w.want, "component.xml", "works against activation")
				if ps.HasErrors() != (w.want == Error) {
					t.Errorf("the problems are %s", list(ps))
				}
			})
		}
	}
}

// Licensed media stops without a key in windowsPE: it gets the KMS client key of its release and edition, whatever key
// activates Windows later.
func TestK14_LicensedMediaGetsTheGVLK(t *testing.T) {
	const mak = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67" // of 2025 Datacenter
	for _, c := range []struct {
		name, key string
		cfg       Config
	}{
		{"2022 Datacenter", gvlk2022DC, server()},
		{"Server Core has the same", gvlk2022DC, Config{Release: "2022", Edition: "datacenter-core"}},
		{"2019 Standard", "N69G4-B89J2-4G8F4-WWYCC-J464C", Config{Release: "2019", Edition: "standard"}},
		{"2025 Datacenter, a key of one's own", "D764K-2NDRG-47T6Q-P8T8W-YP6DF", Config{Release: "2025", Edition: "datacenter", ProductKey: mak}},
		{"channel gvlk", gvlk2022DC, Config{Release: "2022", Edition: "datacenter", Channel: "gvlk"}},
		{"evaluation, kept", "(none)", Config{Release: "2022", Edition: "datacenter", Evaluation: "keep"}},
		{"evaluation, converted", "(none)", Config{Release: "2022", Edition: "datacenter", Evaluation: "convert"}},
		{"evaluation, by edition", "(none)", Config{Release: "2022", Edition: "ServerDatacenterEval", Evaluation: "keep"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			must(t, c.cfg, Install).want("windowsPE", "Setup", "UserData/ProductKey/Key", c.key)
			if must(t, c.cfg, Deploy).component("windowsPE", "Setup") != nil {
				t.Error("the deploy file has a windowsPE pass")
			}
			for _, p := range Check(c.cfg, Options{}) {
				if p.Attribute == "setup_key" {
					t.Errorf("there is nothing to say of setup_key: %s", p)
				}
			}
		})
	}
	if d := must(t, server(), Install); !d.has("licensed media (no evaluation)") {
		t.Error("the comment does not say which media the file is for")
	}
	cfg := server()
	cfg.Evaluation = "keep"
	if d := must(t, cfg, Install); !d.has(", evaluation, ") || d.has("licensed media") {
		t.Error("the comment does not say that the file is for evaluation media")
	}
}

// Where no KMS client key is known there is none in windowsPE, and the user is told.
func TestK14_NoGVLKKnown(t *testing.T) {
	cfg := Config{Release: "23H2", Edition: "datacenter-core", ImageIndex: new(1)}
	must(t, cfg, Install).want("windowsPE", "Setup", "UserData/ProductKey/Key", "(none)")
	wantProblem(t, Check(cfg, Options{}), Info, "setup_key", "no KMS client key", "K14")
	cfg.SetupKey = "gvlk"
	wantProblem(t, Check(cfg, Options{}), Error, "setup_key", "there is no GVLK")
	cfg.SetupKey = "none"
	for _, p := range Check(cfg, Options{}) {
		if p.Attribute == "setup_key" {
			t.Errorf("none was asked for: %s", p)
		}
	}
}
