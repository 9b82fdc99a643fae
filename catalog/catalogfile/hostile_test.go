// SPDX-License-Identifier: MPL-2.0

package catalogfile_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

// A hostile file is refused with a message of a readable length, in both syntaxes; none ends the process.
func TestHostile(t *testing.T) {
	loops := "0"
	for range 12 {
		loops = "[for a in [0,1,2,3,4,5,6,7,8,9] : " + loops + "]"
	}
	for name, expr := range map[string]string{
		"parentheses":  strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		"negations":    strings.Repeat("!", 300_000) + "true",
		"sums":         strings.Repeat("1+", 300_000) + "1",
		"nested for":   loops,
		"product":      "1e999999*1e999999",
		"long number":  strings.Repeat("9", 900_000),
		"wrong tokens": strings.Repeat("@", 900_000),
	} {
		if testing.Short() && (name == "nested for" || name == "wrong tokens") {
			continue // a second each
		}
		quoted, _ := json.Marshal("${" + expr + "}")
		for path, src := range map[string]string{
			"a.hcl":  "release \"2048\" {\n  build = " + expr + "\n}\n",
			"a.json": `{"release": {"2048": {"build": ` + string(quoted) + `}}}`,
		} {
			t.Run(name+"/"+path, func(t *testing.T) {
				_, err := catalogfile.Load([]byte(src), path, nil)
				var mistakes *catalogfile.Error
				if !errors.As(err, &mistakes) {
					t.Fatalf("got %v", err)
				}
				if n := len(err.Error()); n > 200_000 {
					t.Errorf("a message of %d bytes", n)
				}
			})
		}
	}
}
