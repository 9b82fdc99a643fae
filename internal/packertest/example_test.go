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

// example is a root module that users copy: what Packer reads in one folder, by file name.
type example map[string]string

// examples are the root modules in examples/, by folder.
func examples(t *testing.T) map[string]example {
	t.Helper()
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(root, "examples", "*", "*.pkr.hcl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	out := map[string]example{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Base(filepath.Dir(path))
		if out[folder] == nil {
			out[folder] = example{}
		}
		out[folder][filepath.Base(path)] = string(b)
	}
	return out
}

// rewrite gives the example with each template changed.
func (e example) rewrite(t *testing.T, change func(string) (string, error)) example {
	t.Helper()
	out := example{}
	for name, text := range e {
		changed, err := change(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = changed
	}
	return out
}

// write puts the example into p's folder.
func (e example) write(t *testing.T, p *Packer) {
	t.Helper()
	for name, text := range e {
		p.Write(t, name, text)
	}
}

// Packer reads all templates of a folder as one module: each example has a folder of its own, in which the commands of
// its header work as they stand. Nothing is replaced here, so no plugin is needed.
func TestExamplesAreModules(t *testing.T) {
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	if stray, err := filepath.Glob(filepath.Join(root, "examples", "*.pkr.*")); err != nil || len(stray) > 0 {
		t.Errorf("beside the folders of the examples lie %v (%v)", stray, err)
	}
	for name, e := range examples(t) {
		t.Run(name, func(t *testing.T) {
			p := Newest(t)
			e.write(t, p)
			p.Run(t, "fmt", "-check", "-diff", ".").Succeeds(t)
			p.Run(t, "validate", "-syntax-only", ".").Succeeds(t)
			for file, text := range e {
				if first, _, _ := strings.Cut(text, "\npacker {"); !strings.Contains(first, "#   packer init .\n") {
					t.Errorf("%s does not say in its header how it is run", file)
				}
				for _, firmware := range ovmf.FindAllString(text, -1) {
					if !strings.Contains(firmware, "_4M.fd") {
						t.Errorf("%s names %s, which newer Debian and Ubuntu do not have", file, firmware)
					}
				}
			}
		})
	}
}

var ovmf = regexp.MustCompile(`/usr/share/OVMF/[^"\s]+`)

// Each example is validated and built for real under each Packer, its hypervisor replaced by null; every ISO that it
// makes is read back, and the answer files on it are parsed.
func TestExamples(t *testing.T) {
	for name, e := range examples(t) {
		t.Run(name, func(t *testing.T) {
			var all strings.Builder
			bare := e.rewrite(t, func(template string) (string, error) {
				all.WriteString(template)
				text, replaced, err := WithoutHypervisor(template)
				t.Logf("replaced by null: %v", replaced)
				return text, err
			})
			buildable := bare.rewrite(t, WithoutGuest)
			Each(t, func(t *testing.T, p *Packer) {
				p.Install(t)
				bare.write(t, p)
				p.Run(t, "init", ".").Succeeds(t) // the one plugin that is left is installed
				p.Run(t, "validate", ".").Succeeds(t)
				p.hasISOs(t, 0)
				// A null source hides that a builder such as hyperv-iso looks for the ISO in validate: it has to be there.
				p.Run(t, "validate", "-evaluate-datasources", ".").Succeeds(t)
				p.hasISOs(t, len(dataISOs.FindAllString(all.String(), -1)))
				buildable.write(t, p)
				p.Run(t, "build", ".").Succeeds(t).Hides(t, "Change-me")
				for _, iso := range p.hasISOs(t, len(isoOutputs.FindAllString(all.String(), -1))) {
					checkAnswerISO(t, openISO(t, iso))
				}
			})
		})
	}
}

// hasISOs counts the ISOs in the folder build.
func (p *Packer) hasISOs(t *testing.T, want int) []string {
	t.Helper()
	isos, err := filepath.Glob(filepath.Join(p.Dir, "build", "*.iso"))
	if err != nil || len(isos) != want {
		t.Errorf("ISOs %v (%v), want %d of them", isos, err, want)
	}
	return isos
}

var (
	isoOutputs = regexp.MustCompile(`"build/[a-z0-9-]+\.iso"`)
	dataISOs   = regexp.MustCompile(`(?m)^\s*iso_output\s*=`)
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
	text, replaced, err := WithoutHypervisor(examples(t)["hyperv"]["hyperv.pkr.hcl"])
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
