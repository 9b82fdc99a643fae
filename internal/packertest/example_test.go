// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// examples are the templates that users copy.
func examples(t *testing.T) map[string]string {
	t.Helper()
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(root, "examples", "*.pkr.hcl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	out := map[string]string{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = string(b)
	}
	return out
}

// Each example is validated and built for real under each Packer, its hypervisor replaced by null; every ISO that it
// makes is read back, and the answer files on it are parsed.
func TestExamples(t *testing.T) {
	for name, template := range examples(t) {
		t.Run(name, func(t *testing.T) {
			text, replaced, err := WithoutHypervisor(template)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("replaced by null: %v", replaced)
			buildable, err := WithoutGuest(text)
			if err != nil {
				t.Fatal(err)
			}
			Each(t, func(t *testing.T, p *Packer) {
				p.Install(t)
				p.Write(t, name, text)
				p.Run(t, "validate", ".").Succeeds(t)
				p.Run(t, "validate", "-evaluate-datasources", ".").Succeeds(t)
				p.Write(t, name, buildable)
				p.Run(t, "build", ".").Succeeds(t).Hides(t, "Change-me")
				isos, err := filepath.Glob(filepath.Join(p.Dir, "build", "*.iso"))
				if err != nil {
					t.Fatal(err)
				}
				if want := len(isoOutputs.FindAllString(template, -1)); len(isos) != want {
					t.Errorf("ISOs %v, want %d of them", isos, want)
				}
				for _, iso := range isos {
					checkAnswerISO(t, openISO(t, iso))
				}
			})
		})
	}
}

var (
	isoOutputs = regexp.MustCompile(`"build/[a-z0-9-]+\.iso"`)
	productKey = regexp.MustCompile(`[A-Z0-9]{5}(-[A-Z0-9]{5}){4}`)
)

// answerFile is as much of an answer file as tells what it is.
type answerFile struct {
	XMLName  xml.Name `xml:"urn:schemas-microsoft-com:unattend unattend"`
	Settings []struct {
		Pass       string `xml:"pass,attr"`
		Components []struct {
			Name       string `xml:"name,attr"`
			ProductKey string `xml:"ProductKey"`
		} `xml:"component"`
	} `xml:"settings"`
}

// key is the product key where Windows reads it for activation: specialize, Microsoft-Windows-Shell-Setup.
func (f answerFile) key() string {
	for _, s := range f.Settings {
		for _, c := range s.Components {
			if s.Pass == "specialize" && c.Name == "Microsoft-Windows-Shell-Setup" {
				return strings.TrimSpace(c.ProductKey)
			}
		}
	}
	return ""
}

func checkAnswerISO(t *testing.T, image fs.FS) {
	t.Helper()
	for _, name := range []string{"Autounattend.xml", "avma-deploy.xml"} {
		text := readISO(t, image, name)
		var f answerFile
		if err := xml.Unmarshal([]byte(text), &f); err != nil && !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		passes := make([]string, 0, len(f.Settings))
		for _, s := range f.Settings {
			passes = append(passes, s.Pass)
		}
		if install := name == "Autounattend.xml"; slices.Contains(passes, "windowsPE") != install {
			t.Errorf("%s has the passes %v", name, passes)
		}
		if key := f.key(); name == "avma-deploy.xml" && !productKey.MatchString(key) {
			t.Errorf("%s carries the key %q", name, key)
		}
	}
}

// A hypervisor's source goes, what it refers to stays.
func TestWithoutHypervisor(t *testing.T) {
	text, replaced, err := WithoutHypervisor(examples(t)["hyperv.pkr.hcl"])
	if err != nil {
		t.Fatal(err)
	}
	if len(replaced) != 1 || replaced[0] != "hyperv-iso.ws2022" {
		t.Errorf("replaced %v", replaced)
	}
	for _, want := range []string{`source "null" "ws2022"`, `communicator = "none"`, `"source.null.ws2022"`, "[data.avma-unattend.ws2022.iso_path]", "avma = {"} {
		if !strings.Contains(text, want) {
			t.Errorf("the template lacks %s:\n%s", want, text)
		}
	}
	if buildable, err := WithoutGuest(text); err != nil || strings.Contains(buildable, "provisioner") || !strings.Contains(text, `provisioner "avma"`) {
		t.Errorf("without a guest (%v):\n%s", err, buildable)
	}
	if strings.Contains(text, "hashicorp/hyperv") {
		t.Error("the hypervisor's plugin is still asked for")
	}
}
