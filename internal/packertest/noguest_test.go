// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Sources without a guest, each with another way of having none: they are told at once, and not waited for.
func TestSourceWithoutAGuest(t *testing.T) {
	sources := map[string]string{
		"null":     `communicator = "none"`,
		"file":     "content = \"x\"\n  target  = \"out/x.txt\"",
		"avma-iso": "output  = \"out/x.iso\"\n  content = { \"a\" = \"b\" }",
	}
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		for kind, body := range sources {
			t.Run(kind, func(t *testing.T) {
				dir := filepath.Dir(p.Write(t, kind+"/x.pkr.hcl", `
source "`+kind+`" "x" {
  `+body+`
}
build {
  sources = ["source.`+kind+`.x"]
  provisioner "avma" {
    report {
      json = "`+kind+`/report.json" # relative to the working folder
    }
  }
}
`))
				began := time.Now()
				p.Run(t, "build", dir).Fails(t, "this source has no guest to talk to")
				if took := time.Since(began); took > time.Minute {
					t.Errorf("it took %s", took)
				}
				if _, err := os.Stat(filepath.Join(dir, "report.json")); err != nil {
					t.Error(err)
				}
			})
		}
	})
}
