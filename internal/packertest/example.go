// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// ownSources are the types of sources that run without a hypervisor.
var ownSources = []string{"null", "file", "avma-iso"}

// WithoutHypervisor rewrites a template so that it runs anywhere: each source of a hypervisor becomes a null source,
// and its plugin is not asked for. The expressions of such a source are kept in a local, so that what it takes from
// data sources is still evaluated. Replaced names the sources.
func WithoutHypervisor(template string) (text string, replaced []string, err error) {
	f, diags := hclwrite.ParseConfig([]byte(template), "template.pkr.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		return "", nil, diags
	}
	body := f.Body()
	for _, block := range body.Blocks() {
		switch {
		case block.Type() == "packer":
			dropPlugins(block)
		case block.Type() == "source" && !slices.Contains(ownSources, block.Labels()[0]):
			name := block.Labels()[0] + "." + block.Labels()[1]
			replaced = append(replaced, name)
			keep(body, fmt.Sprintf("kept_%d", len(replaced)), block.Body())
			block.SetLabels([]string{"null", block.Labels()[1]})
			empty(block.Body())
			block.Body().SetAttributeRaw("communicator", hclwrite.TokensForIdentifier(`"none"`))
		}
	}
	text = string(hclwrite.Format(f.Bytes()))
	for _, name := range replaced {
		_, label, _ := strings.Cut(name, ".")
		text = strings.ReplaceAll(text, `"source.`+name+`"`, `"source.null.`+label+`"`)
	}
	return text, replaced, nil
}

// WithoutGuest takes the provisioner "avma" out of a template: a null source has no guest that it could look at.
func WithoutGuest(template string) (string, error) {
	f, diags := hclwrite.ParseConfig([]byte(template), "template.pkr.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		return "", diags
	}
	for _, build := range f.Body().Blocks() {
		if build.Type() != "build" {
			continue
		}
		for _, b := range build.Body().Blocks() {
			if b.Type() == "provisioner" && b.Labels()[0] == "avma" {
				build.Body().RemoveBlock(b)
			}
		}
	}
	return string(f.Bytes()), nil
}

// empty takes everything out of a block. (Body.Clear leaves a body that nothing can be added to.)
func empty(body *hclwrite.Body) {
	for name := range body.Attributes() {
		body.RemoveAttribute(name)
	}
	for _, b := range body.Blocks() {
		body.RemoveBlock(b)
	}
}

// dropPlugins leaves only this plugin among the required ones.
func dropPlugins(block *hclwrite.Block) {
	for _, required := range block.Body().Blocks() {
		for name := range required.Body().Attributes() {
			if name != "avma" {
				required.Body().RemoveAttribute(name)
			}
		}
	}
}

// keep puts the expressions of a source into a local, in the order of their names; those of its blocks are left out.
func keep(body *hclwrite.Body, name string, from *hclwrite.Body) {
	attributes := from.Attributes()
	names := make([]string, 0, len(attributes))
	for n := range attributes {
		names = append(names, n)
	}
	slices.Sort(names)
	elements := make([]hclwrite.Tokens, 0, len(names))
	for _, n := range names {
		tokens := slices.DeleteFunc(attributes[n].Expr().BuildTokens(nil), func(t *hclwrite.Token) bool { return t.Type == hclsyntax.TokenComment })
		elements = append(elements, tokens)
	}
	locals := body.AppendNewBlock("locals", nil)
	locals.Body().SetAttributeRaw(name, hclwrite.TokensForTuple(elements))
}
