// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

// rawMaker makes raw components at random from the table of settings. Each value is one of a kind, and rawMaker keeps
// where it stands.
type rawMaker struct {
	r      *rand.Rand
	pass   string
	values map[string]string // a value: pass, component and path that it was given at
	orders int
}

// component makes a component of a few settings.
func (g *rawMaker) component() Component {
	names := schema.Components()
	name := pick(g.r, pick(g.r, names...), pick(g.r, shellName, setupName, deploymentName, "Microsoft-Windows-TCPIP", "Microsoft-Windows-DNS-Client", "Microsoft-Windows-PnpCustomizationsWinPE", "Networking-MPSSVC-Svc"))
	c := schema.Lookup(name)
	var in []string
	for _, pass := range schema.PassNames() {
		if one, _ := schema.ParsePass(pass); c.Passes == 0 || c.Passes.Has(one) {
			in = append(in, pass)
		}
	}
	g.pass = pick(g.r, in...)
	return Component{Name: name, Pass: g.pass, XML: g.some(c.Name, "", c.Children(), 3), For: pick(g.r, "", "both", "deploy")}
}

// some writes up to most of the settings.
func (g *rawMaker) some(component, above string, settings []*schema.Setting, most int) string {
	one, _ := schema.ParsePass(g.pass)
	var out strings.Builder
	left := most
	for _, i := range g.r.Perm(len(settings)) {
		s := settings[i]
		if left == 0 {
			break
		}
		if !s.AllowedIn(one) || s.Deprecated || s.Name == "PlainText" {
			continue
		}
		left--
		listItem, isList := schema.AsListItem(s.Name)
		path := strings.TrimPrefix(above+"/"+s.Name, "/")
		for n := range 1 + g.r.IntN(2) {
			if n == 1 && !isList {
				break
			}
			tag := s.Name
			if isList {
				tag += ` wcm:action="add"`
			}
			if listItem.Keyed {
				tag += fmt.Sprintf(` wcm:keyValue="%d"`, n+1)
			}
			out.WriteString("<" + tag + ">" + g.inside(component, path, s) + "</" + s.Name + ">")
		}
	}
	return out.String()
}

// inside is the value of a setting, or the settings of a group.
func (g *rawMaker) inside(component, path string, s *schema.Setting) string {
	if len(s.Children()) > 0 {
		if text := g.some(component, path, s.Children(), 2); text != "" {
			return text
		}
	}
	parent := path[:max(0, strings.LastIndex(path, "/"))]
	switch s.Name {
	case identities[strings.ToLower(parent[strings.LastIndex(parent, "/")+1:])]:
		return pick(g.r, "0", "1", "Ethernet", "packer", "corp") // of something that the file has, or not
	case "Order":
		g.orders++
		return fmt.Sprint(1 + g.orders%500)
	}
	if s.Max > 0 {
		return fmt.Sprint(s.Min)
	}
	value := fmt.Sprintf("raw%d", len(g.values))
	g.values[value] = g.pass + " " + component + " " + path
	return value
}

// TestProperty_RawIsThereOnce makes raw components at random: whatever Check lets through gives a well-formed file with each
// raw value in it exactly once, where it was given.
func TestProperty_RawIsThereOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 6))
	made, values, rounds := 0, 0, rounds(400)
	for range rounds {
		cfg := pick(r, server(), full(), goldens["static-network"], goldens["domain-joined"], goldens["qemu-virtio"])
		cfg.Components = nil
		if cfg.Deploy != nil {
			d := *cfg.Deploy
			d.Components, cfg.Deploy = nil, &d
		}
		var makers []*rawMaker
		for range 1 + r.IntN(3) {
			g := &rawMaker{r: r, values: map[string]string{}}
			c := g.component()
			for v := range g.values { // one of a kind among all components, too
				c.XML = strings.ReplaceAll(c.XML, ">"+v+"<", fmt.Sprintf(">%s-%d<", v, len(makers)))
			}
			makers, cfg.Components = append(makers, g), append(cfg.Components, c)
		}
		if Check(cfg, Options{}).HasErrors() {
			continue
		}
		for _, kind := range kinds {
			got, err := Generate(cfg, kind, Options{})
			if err != nil {
				t.Fatalf("%+v passes Check: %v", cfg.Components, err)
			}
			made++
			at := places(parse(t, got.XML))
			for i, g := range makers {
				here := strings.EqualFold(cfg.Components[i].For, "both") || strings.EqualFold(orElse(cfg.Components[i].For, "install"), kind.String())
				for v, want := range g.values {
					found := at[fmt.Sprintf("%s-%d", v, i)]
					values++
					if here && (len(found) != 1 || !strings.EqualFold(found[0], want)) || !here && len(found) > 0 {
						t.Fatalf("%v: %s of %q is at %q, want %q (%t)\n%+v\n%s", kind, v, cfg.Components[i].For, found, want, here, cfg.Components, got.XML)
					}
				}
			}
		}
	}
	if made < rounds*3/4 || values < rounds*15/4 {
		t.Errorf("only %d files with %d values: the test says too little", made, values)
	}
}

// places says where each value stands: pass, component and path.
func places(d document) map[string][]string {
	at := map[string][]string{}
	for _, s := range d.root.SelectElements("settings") {
		for _, c := range s.ChildElements() {
			for _, e := range c.FindElements(".//*") {
				if hasChildren(e) {
					continue
				}
				path := e.Tag
				for p := e.Parent(); p != c; p = p.Parent() {
					path = p.Tag + "/" + path
				}
				at[e.Text()] = append(at[e.Text()], s.SelectAttrValue("pass", "")+" "+c.SelectAttrValue("name", "")+" "+path)
			}
		}
	}
	return at
}
