// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

var kinds = []Kind{Install, Deploy}

func TestE1_EnvelopeAndOwnNamespaceLast(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, full(), kind)
		if d.root.Tag != "unattend" || d.root.SelectAttrValue("xmlns", "") != unattendNamespace {
			t.Errorf("%v: root is %s in %q", kind, d.root.Tag, d.root.SelectAttrValue("xmlns", ""))
		}
		children := d.root.ChildElements()
		for i, e := range children {
			last := i == len(children)-1
			if (e.Tag == "Extensions") != last {
				t.Errorf("%v: child %d of %d is %s", kind, i, len(children), e.Tag)
			}
			if ns := e.NamespaceURI(); last == (ns == unattendNamespace) {
				t.Errorf("%v: %s is in the namespace %q", kind, e.Tag, ns)
			}
		}
	}
}

func TestE2_NoPassAndNoComponentTwice(t *testing.T) {
	for _, kind := range kinds {
		seen := map[string]bool{}
		for _, s := range must(t, full(), kind).root.SelectElements("settings") {
			pass := s.SelectAttrValue("pass", "")
			if _, ok := schema.ParsePass(pass); !ok || seen[pass] {
				t.Errorf("%v: pass %q is unknown or stands twice", kind, pass)
			}
			seen[pass] = true
			for _, c := range s.ChildElements() {
				name := pass + "/" + strings.ToLower(c.SelectAttrValue("name", ""))
				if seen[name] {
					t.Errorf("%v: %s stands twice", kind, name)
				}
				seen[name] = true
			}
		}
	}
}

func TestE3_ComponentAttributes(t *testing.T) {
	for _, kind := range kinds {
		for _, c := range must(t, full(), kind).root.FindElements("settings/component") {
			for name, want := range map[string]string{"processorArchitecture": "amd64", "publicKeyToken": "31bf3856ad364e35", "language": "neutral", "versionScope": "nonSxS"} {
				if got := c.SelectAttrValue(name, ""); got != want {
					t.Errorf("%v: %s of %s is %q", kind, name, c.SelectAttrValue("name", ""), got)
				}
			}
			if schema.Lookup(c.SelectAttrValue("name", "")) == nil {
				t.Errorf("%v: %s is not in the table of components", kind, c.SelectAttrValue("name", ""))
			}
		}
	}
}

func TestE4_ListItemsHaveActionAndKey(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, full(), kind)
		items := 0
		for _, e := range d.root.FindElements("settings//*") {
			li, ok := schema.AsListItem(e.Tag)
			if !ok {
				continue
			}
			items++
			if e.SelectAttrValue("wcm:action", "") != "add" {
				t.Errorf("%v: %s has no wcm:action", kind, e.Tag)
			}
			if li.Keyed && e.SelectAttrValue("wcm:keyValue", "") == "" {
				t.Errorf("%v: %s has no wcm:keyValue", kind, e.Tag)
			}
		}
		if items == 0 {
			t.Errorf("%v: no list items at all", kind)
		}
		if !d.has(`xmlns:wcm="` + wcmNamespace + `"`) {
			t.Errorf("%v: the prefix wcm is not declared", kind)
		}
	}
}

func TestE5_SequenceIsGivenByOrder(t *testing.T) {
	cfg := server()
	cfg.Commands = []Command{{Stage: "specialize", CommandLine: "last"}, {Stage: "specialize", CommandLine: "second", Order: new(20)}, {Stage: "specialize", CommandLine: "first", Order: new(3)}}
	var got []string
	d := must(t, cfg, Install)
	for i, e := range d.component("specialize", "Deployment").FindElements("RunSynchronous/RunSynchronousCommand") {
		if want := string(rune('1' + i)); e.SelectElement("Order").Text() != want {
			t.Errorf("Order is %s, want %s", e.SelectElement("Order").Text(), want)
		}
		got = append(got, e.SelectElement("Path").Text())
	}
	if strings.Join(got, " ") != "first second last" {
		t.Errorf("the order is %v", got)
	}
}

func TestE6_ASCIIWithCRLF(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, full(), kind)
		if !bytes.HasPrefix(d.raw, []byte("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n")) {
			t.Errorf("%v: it begins with %q", kind, d.raw[:60])
		}
		for i, b := range d.raw {
			if b >= 0x80 {
				t.Fatalf("%v: byte %d is 0x%x", kind, i, b)
			}
			if b == '\n' && d.raw[i-1] != '\r' || b == '\r' && d.raw[i+1] != '\n' {
				t.Fatalf("%v: a lone line end at byte %d: %q", kind, i, d.raw[max(0, i-40):i+1])
			}
		}
		d.want("specialize", "Shell-Setup", "RegisteredOwner", "Jörg")
		if !d.has("J&#246;rg") {
			t.Errorf("%v: no numeric reference", kind)
		}
	}
}

func TestE7_ValuesAreNotReindented(t *testing.T) {
	cfg := server()
	line := `cmd.exe /c "echo  two   spaces" & echo <a>`
	cfg.Commands = []Command{{Stage: "specialize", CommandLine: line}}
	must(t, cfg, Install).want("specialize", "Deployment", "RunSynchronous/RunSynchronousCommand/Path", line)
	cfg.Commands[0].CommandLine = "cmd.exe /c echo a\necho b"
	wantProblem(t, Check(cfg, Options{}), Error, "command.command_line", "U+000A")
}

func TestE8_NoEmptyElements(t *testing.T) {
	for _, cfg := range []Config{server(), full(), {Release: "2019", Edition: "standard", Evaluation: "keep"}} {
		if cfg.Release == "2022" && cfg.OpenSSH == nil {
			cfg.Owner, cfg.Organization = "", ""
		}
		for _, kind := range kinds {
			for _, e := range must(t, cfg, kind).root.FindElements("//*") {
				if len(e.ChildElements()) == 0 && strings.TrimSpace(e.Text()) == "" {
					t.Errorf("%v: <%s> is empty", kind, e.Tag)
				}
			}
		}
	}
}

func TestE9_NoServicingPackages(t *testing.T) {
	if must(t, full(), Install).root.SelectElement("servicing") != nil {
		t.Error("there is a servicing element")
	}
}

// TestPasses_EverySettingInAPassOfTheTable holds everything that is generated against the table. (section 1.2)
func TestPasses_EverySettingInAPassOfTheTable(t *testing.T) {
	for name, cfg := range goldens {
		for _, kind := range kinds {
			r, err := Generate(cfg, kind, Options{})
			if err != nil {
				t.Errorf("%s, %v: %v", name, kind, err)
				continue
			}
			against := parse(t, r.XML)
			holdAgainstTable(t, name+", "+kind.String(), against)
		}
	}
}

func holdAgainstTable(t *testing.T, what string, d document) {
	t.Helper()
	for _, s := range d.root.SelectElements("settings") {
		for _, c := range s.ChildElements() {
			content := etree.NewDocument()
			for _, e := range c.ChildElements() {
				content.AddChild(e.Copy())
			}
			text, err := content.WriteToString()
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range schema.CheckContent(s.SelectAttrValue("pass", ""), c.SelectAttrValue("name", ""), text) {
				t.Errorf("%s: %s/%s %s: %s %s", what, s.SelectAttrValue("pass", ""), c.SelectAttrValue("name", ""), f.Path, f.Summary, f.Detail)
			}
		}
	}
}
