// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// load reads a file and evaluates its attribute "x", and what is in blocks "b".
func load(ctx context.Context, path string, in hclfile.Input) error {
	f, err := hclfile.Load(ctx, path, in)
	if err != nil {
		return err
	}
	_, err = f.Value(hcldec.ObjectSpec{
		"x": &hcldec.AttrSpec{Name: "x", Type: cty.DynamicPseudoType},
		"b": &hcldec.BlockListSpec{TypeName: "b", Nested: hcldec.ObjectSpec{}},
	})
	return err
}

// chain is locals of which each doubles the one before.
func chain(n int, first, next string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "locals {\n  v0 = %s\n", first)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "  v%d = %s\n", i, strings.ReplaceAll(next, "@", fmt.Sprintf("local.v%d", i-1)))
	}
	fmt.Fprintf(&b, "}\nx = local.v%d\n", n)
	return b.String()
}

// Expressions that HCL would evaluate without end, without bounds, or not at all.
var hostile = map[string]string{
	"parentheses":          strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
	"negations":            strings.Repeat("!", 300_000) + "true",
	"minuses":              strings.Repeat("-", 300_000) + "1",
	"lists":                strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
	"sums":                 strings.Repeat("1+", 300_000) + "1",
	"conditions":           strings.Repeat("true ? 1 : ", 90_000) + "1",
	"indices":              "[1]" + strings.Repeat("[0]", 300_000),
	"templates":            strings.Repeat(`"${`, 100_000) + "1" + strings.Repeat(`}"`, 100_000),
	"directives":           `"` + strings.Repeat("%{if true}", 90_000) + `"`,
	"loops in a list":      strings.Repeat("[for a in [1]:", 70_000) + "1" + strings.Repeat("]", 70_000),
	"setproduct":           "setproduct(range(1000), range(1000), range(1000))",
	"format, width":        `format("%999999999s", "x")`,
	"format, precision":    `format("%.999999999f", 1.5)`,
	"format, number":       `format("%d", "1e99999999")`,
	"format, repeated":     `format("` + strings.Repeat("%[1]s", 9_000) + `", format("%4000s", "x"))`,
	"formatlist":           `formatlist("%4000s", flatten([for a in range(300) : range(300)]))`,
	"nested for":           "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
	"nested for, empty":    "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a if false]]]",
	"nested for, literals": nest(12, "[for a in [0,1,2,3,4,5,6,7,8,9] : @]", "0"),
	"nested object for":    "{for a in range(1000) : a => {for b in range(1000) : b => {for c in range(1000) : c => a}}}",
	"template loops":       `"%{for a in range(1000)}%{for b in range(1000)}%{for c in range(1000)}x%{endfor}%{endfor}%{endfor}"`,
	"splats":               "[for a in [[for b in range(1000) : {c = range(1000)}]] : a[*].c[*][a[*].c[*][0][0]]]",
	"let":                  nest(40, "[for a in [[a, a]] : @]", "a", "[for a in [1] : @]"),
	"try":                  nest(60, "try(@)", "nothing.x"),
	"product":              "1e999999*1e999999",
	"power":                "pow(10, 1000000000)",
	"infinite":             "pow(10, 1000) + 1",
	"division":             "1e400 % 1e-4000",
	"modulo of text":       `"1e99999999" % 7`,
	"pieces":               `"` + strings.Repeat("$ ", 400_000) + `"`,
	"lines":                "<<EOT\n" + strings.Repeat("\n", 900_000) + "EOT",
	"long number":          strings.Repeat("9", 900_000),
	"indent":               `indent(999999999, "a\nb")`,
	"join":                 `join(format("%4000s", ""), [for a in flatten([for a in range(90) : range(90)]) : "a"])`,
	"replace":              `replace(format("%4096s", ""), " ", format("%4096s", ""))`,
	"regex_replace":        `regex_replace(format("%4000s", ""), " ", "` + strings.Repeat("$0", 9_000) + `")`,
	"regexall":             `regexall("` + strings.Repeat("()", 900) + `", format("%4000s", ""))`,
	"regex":                `[for a in range(1000) : regex("(a{500}){2}b", format("%4000s", "a"))]`,
	"split":                `split("", join("", [for a in range(40) : format("%4000s", "")]))`,
	"jsondecode":           `jsondecode("` + strings.Repeat("[", 500_000) + `")`,
	"jsondecode, a number": `jsondecode("1e999999999")`,
	"jsondecode, values":   `jsondecode("[` + strings.Repeat("1,", 200_000) + `1]")`,
	"csvdecode":            `csvdecode("` + strings.Repeat("a,", 200_000) + `")`,
	"parseint":             `parseint("` + strings.Repeat("9", 500_000) + `", 10)`,
	"distinct":             "distinct(flatten([for a in range(300) : range(300)]))",
	"swallowed":            "can([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])",
	"errors":               "[for a in range(1000) : [for b in range(1000) : a.b.c]]",
}

// nest puts expressions into each other, at the @.
func nest(n int, around, core string, first ...string) string {
	s := core
	for range n {
		s = strings.Replace(around, "@", s, 1)
	}
	for _, f := range first {
		s = strings.Replace(f, "@", s, 1)
	}
	return s
}

// everywhere are those that are tried in each place where an expression may stand.
var everywhere = map[string]bool{"parentheses": true, "negations": true, "setproduct": true, "nested for, literals": true, "product": true}

// A hostile expression is refused soon, in each kind of file and whatever the syntax; none ends the process.
func TestHostile(t *testing.T) {
	for name, expr := range hostile {
		if testing.Short() && (!everywhere[name] || strings.HasPrefix(name, "nested")) {
			continue // each uses up what a file may cost, a second or so
		}
		quoted, _ := json.Marshal("${" + expr + "}")
		for i, tc := range []struct {
			syntax string
			in     map[string]string
			path   string
		}{
			{"native", map[string]string{"a.hcl": "x = " + expr + "\n"}, "a.hcl"},
			{"JSON", map[string]string{"a.json": `{"x": ` + string(quoted) + `}`}, "a.json"},
			{"template", map[string]string{"a.hcl": `x = templatefile("t.tpl", {})`, "t.tpl": "${" + expr + "}"}, "a.hcl"},
			{"default", map[string]string{"a.hcl": "variable \"v\" {\n  default = " + expr + "\n}\nx = var.v\n"}, "a.hcl"},
		} {
			if i > 0 && !everywhere[name] {
				continue
			}
			t.Run(name+"/"+tc.syntax, func(t *testing.T) {
				refused(t, tc.path, hclfile.Input{FS: memory(t, tc.in)})
			})
		}
	}
}

func refused(t *testing.T, path string, in hclfile.Input) {
	t.Helper()
	err := load(t.Context(), path, in)
	var diagnostics *hclfile.Error
	if !errors.As(err, &diagnostics) {
		t.Errorf("got %v, want a diagnostic", err)
	} else if text := diagnostics.Error(); len(text) > 40_000 {
		t.Errorf("a message of %d bytes", len(text))
	}
}

// What is hostile as a whole file, not as one expression.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds; run without -short")
	}
	dynamic := "%s {\n for_each = range(1000)\n content {\n%s}\n}\n"
	for name, files := range map[string]map[string]string{
		"doubling text":     {"a.hcl": chain(40, `"x"`, `"${@}${@}"`)},
		"doubling lists":    {"a.hcl": chain(60, `[1]`, `[@, @]`)},
		"doubling concat":   {"a.hcl": chain(60, `[1]`, `concat(@, @)`)},
		"doubling products": {"a.hcl": chain(60, `1e300`, `@ * @`)},
		"many locals":       {"a.hcl": chain(60_000, `1`, `@`)},
		"many variables":    {"a.hcl": strings.Repeat("variable \"a\" {}\n", 60_000)},
		"dynamic blocks":    {"a.hcl": fmt.Sprintf(dynamic, `dynamic "b"`, fmt.Sprintf(dynamic, `dynamic "c"`, fmt.Sprintf(dynamic, `dynamic "d"`, "")))},
		"blocks":            {"a.hcl": strings.Repeat("b {\n", 100_000)},
		"wrong characters":  {"a.hcl": strings.Repeat("@", 1<<20)},
		"wrong lines":       {"a.hcl": strings.Repeat("a\n", 1<<19)},
		"quotes":            {"a.hcl": strings.Repeat(`"`, 1<<20)},
		"too large":         {"a.hcl": "x = 1\n" + strings.Repeat("#", 1<<20)},
		"JSON arrays":       {"a.json": `{"x": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"},
		"JSON objects":      {"a.json": strings.Repeat(`{"x":`, 100_000) + "1" + strings.Repeat("}", 100_000)},
		"JSON number":       {"a.json": `{"x": 1e999999999}`},
		"JSON key":          {"a.json": `{"x": {"${` + strings.Repeat("(", 100_000) + `": 1}}`},
		"JSON type":         {"a.json": `{"variable": {"a": {"type": "` + strings.Repeat("(", 100_000) + `", "default": 1}}}`},
		"JSON iterator":     {"a.json": `{"dynamic": {"b": {"for_each": [1], "iterator": "` + strings.Repeat("(", 100_000) + `", "content": {}}}}`},
		"JSON, swallowed":   {"a.json": `{"x": {"a": "${can([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])}"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			path := "a.hcl"
			if files["a.json"] != "" {
				path = "a.json"
			}
			refused(t, path, hclfile.Input{FS: memory(t, files)})
		})
	}
}

func TestHostileValues(t *testing.T) {
	const declare = "variable \"v\" {\n  type = list(any)\n}\nvariable \"n\" {\n  type = number\n  default = 1\n}\nx = var.v\n"
	deep := strings.Repeat("(", 100_000)
	for name, in := range map[string]hclfile.Input{
		"a variable file":         {FS: memory(t, map[string]string{"a.hcl": declare, "v.hcl": "v = [" + deep}), VarFiles: []string{"v.hcl"}},
		"a variable file in JSON": {FS: memory(t, map[string]string{"a.hcl": declare, "v.json": `{"v": ` + strings.Repeat("[", 100_000)}), VarFiles: []string{"v.json"}},
		"a variable file, loops":  {FS: memory(t, map[string]string{"a.hcl": declare, "v.hcl": "v = " + hostile["nested for, literals"]}), VarFiles: []string{"v.hcl"}},
		"--var":                   {FS: memory(t, map[string]string{"a.hcl": declare}), Vars: []string{"v=[" + deep}},
		"--var, infinite":         {FS: memory(t, map[string]string{"a.hcl": declare}), Vars: []string{"v=[]", "n=1e999999999"}},
		"the environment":         {FS: memory(t, map[string]string{"a.hcl": declare}), Environ: []string{"AVMA_VAR_v=" + hostile["negations"]}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, "a.hcl", in) })
	}
}

// What people do write stays possible, at the bounds too.
func TestNotHostile(t *testing.T) {
	for name, expr := range map[string]string{
		"a loop over a thousand":       "[for a in range(1024) : upper(format(\"vm-%04d\", a))]",
		"a loop in a loop":             "[for a in range(100) : [for b in range(100) : a * b]]",
		"a long script":                "<<-EOT\n" + strings.Repeat("  Write-Output \"x (y) [z] {w}\" -a --b !c\n", 10_000) + "EOT",
		"many conditions in a text":    `"` + strings.Repeat("%{if true}a%{endif}", 2000) + `"`,
		"many interpolations":          `"` + strings.Repeat("${1}", 10_000) + `"`,
		"a list of many lists":         "[" + strings.Repeat("[1, [2]],\n", 10_000) + "]",
		"an object of many lines":      "{\n" + strings.Repeat("\n", 5000) + nestedObject(2000) + "}",
		"500 parentheses less one":     strings.Repeat("(", 498) + "1" + strings.Repeat(")", 498),
		"a hex number in a comparison": `"deadbeef99999" == "123e99999999"`,
		"numbers at the bound":         "[1e300, 1e200 * 1e100, -1e-200 * 1e-100, 123456789012345678901234567890]",
		"a width at the bound":         `format("%4096s", "x")`,
		"a large table":                `jsondecode("[` + strings.Repeat("1,", 20_000) + `1]")`,
	} {
		t.Run(name, func(t *testing.T) {
			if err := load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": "x = " + expr + "\n"})}); err != nil {
				t.Error(err)
			}
		})
	}
}

func nestedObject(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  a%d = -1 + 2 * 3\n", i)
	}
	return b.String()
}

// An evaluation that is under way ends with its context.
func TestCancelledEvaluation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := load(ctx, "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": "x = " + hostile["nested for"] + "\n"})})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Whatever the file, reading and evaluating it ends soon, with a result or an error of ours.
func FuzzHostile(f *testing.F) {
	for name, expr := range hostile {
		if everywhere[name] && len(expr) < 4096 {
			f.Add("x = "+expr+"\n", false)
			quoted, _ := json.Marshal("${" + expr + "}")
			f.Add(`{"x": `+string(quoted)+`}`, true)
		}
	}
	f.Add("variable \"v\" {\n  sensitive = true\n  default = \"s\"\n}\nx = upper(var.v)\n", false)
	f.Fuzz(func(t *testing.T, src string, asJSON bool) {
		path := "a.hcl"
		if asJSON {
			path = "a.json"
		}
		fsys := afero.NewMemMapFs()
		_ = afero.WriteFile(fsys, path, []byte(src), 0o600)
		start := time.Now()
		if err := load(t.Context(), path, hclfile.Input{FS: fsys}); err != nil {
			_ = err.Error()
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}
