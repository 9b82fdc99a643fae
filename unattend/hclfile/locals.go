// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// local is one value of a locals block, or one local block.
type local struct {
	name      string
	expr      hcl.Expression
	declared  hcl.Range
	sensitive bool
	state     int
	value     cty.Value
}

const (
	waiting = iota
	evaluating
	done
)

var localSchema = &hcl.BodySchema{
	Attributes: []hcl.AttributeSchema{{Name: "expression", Required: true}, {Name: "sensitive"}},
}

// locals evaluates the locals, each after those that it uses, and makes the object "local".
func (f *File) locals(blocks hcl.Blocks) (diags hcl.Diagnostics) {
	var order []*local
	byName := make(map[string]*local)
	add := func(l *local) {
		if first := byName[l.name]; first != nil {
			diags = append(diags, failure(l.declared, "Local declared twice",
				fmt.Sprintf("%q is also declared in line %d; leave one of them out.", l.name, first.declared.Start.Line))...)
			return
		}
		byName[l.name] = l
		f.localNames[l.name] = true
		order = append(order, l)
	}
	for _, block := range blocks.OfType("locals") {
		attrs, more := block.Body.JustAttributes()
		diags = append(diags, more...)
		for _, attr := range sorted(attrs) {
			add(&local{name: attr.Name, expr: attr.Expr, declared: attr.NameRange})
		}
	}
	for _, block := range blocks.OfType("local") {
		content, more := block.Body.Content(localSchema)
		if diags = append(diags, more...); more.HasErrors() {
			continue
		}
		l := &local{name: block.Labels[0], expr: content.Attributes["expression"].Expr, declared: block.DefRange}
		if attr := content.Attributes["sensitive"]; attr != nil {
			diags = append(diags, f.constant(attr.Expr, &l.sensitive)...)
		}
		add(l)
	}
	f.Context.Variables["local"] = cty.EmptyObjectVal
	for _, l := range order {
		diags = append(diags, f.evaluate(l, byName, nil)...)
	}
	return diags
}

// evaluate gives l its value. path names the locals that wait for it, to tell a circle.
func (f *File) evaluate(l *local, all map[string]*local, path []string) (diags hcl.Diagnostics) {
	if l.state == done {
		return nil
	}
	path = append(path, "local."+l.name)
	if l.state == evaluating {
		return failure(l.declared, "Locals in a circle", "A local cannot need itself: "+strings.Join(path, " -> ")+".")
	}
	l.state = evaluating
	defer func() { l.state = done }()
	for _, used := range l.expr.Variables() {
		if used.RootName() != "local" || len(used) < 2 {
			continue
		}
		name, ok := used[1].(hcl.TraverseAttr)
		if !ok || all[name.Name] == nil {
			continue
		}
		diags = append(diags, f.evaluate(all[name.Name], all, path)...)
	}
	if diags.HasErrors() {
		return diags
	}
	value, more := l.expr.Value(f.Context)
	for _, d := range more {
		f.advise(d)
	}
	if diags = append(diags, more...); more.HasErrors() {
		return diags
	}
	if l.sensitive || value.ContainsMarked() {
		f.keepSecret(value)
	}
	if l.sensitive {
		value = value.Mark("sensitive")
	}
	l.value = value
	f.budget.Spend(f.Context.Variables["local"].LengthInt() / 4) // the object is made anew
	f.Context.Variables["local"] = withAttr(f.Context.Variables["local"], l.name, value)
	return diags
}

// withAttr gives an object with one more attribute.
func withAttr(object cty.Value, name string, value cty.Value) cty.Value {
	attrs := object.AsValueMap()
	if attrs == nil {
		attrs = make(map[string]cty.Value)
	}
	attrs[name] = value
	return cty.ObjectVal(attrs)
}
