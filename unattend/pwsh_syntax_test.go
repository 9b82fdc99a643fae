// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestPwsh_SyntaxOfPowerShell4(t *testing.T) {
	s := newShell(t)
	if !s.reduced {
		t.Skip("this pwsh has no -CheckSyntax: name the reduced test PowerShell in AVMA_TEST_PWSH")
	}
	dir := t.TempDir()
	var files []string
	for name, cfg := range map[string]Config{"full": full(), "minimal": server()} {
		for _, kind := range kinds {
			d := must(t, cfg, kind)
			texts := map[string]string{}
			for _, f := range d.root.FindElements("Extensions/File") {
				if n := f.SelectAttrValue("name", ""); strings.HasSuffix(n, ".ps1") && f.SelectAttrValue("encoding", "") == "" {
					texts[n] = f.Text()
				}
			}
			if e := d.root.FindElement("Extensions/Extract"); e != nil {
				texts["extract.ps1"] = e.Text()
			}
			for i, e := range d.root.FindElements("settings//Path") {
				if script, ok := strings.CutPrefix(e.Text(), inPowerShell+`"`); ok {
					texts[fmt.Sprintf("command-%d.ps1", i)] = strings.TrimSuffix(script, `"`)
				}
			}
			for n, text := range texts {
				file := filepath.Join(dir, name+"-"+kind.String()+"-"+n)
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				files = append(files, file)
			}
		}
	}
	out, err := exec.Command(s.pwsh, append([]string{"-CheckSyntax", "4.0"}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
