package wire_test

import (
	"os"
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

func TestDump(t *testing.T) {
	for _, s := range templates.All() {
		text, _ := s.Text()
		p, _ := wire.Payload(text, "0123456789abcdef", map[string]any{"key": "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", "wait_seconds": 5})
		os.WriteFile("/tmp/gt/"+s.Name()+".ps1", []byte(p), 0o644)
		c, err := wire.Inline(p, "0123456789abcdef")
		if err == nil {
			os.WriteFile("/tmp/gt/"+s.Name()+".cmd", []byte(c), 0o644)
		}
	}
	t.Log(templates.FirstBootSetup(templates.FirstBootArgs{Armed: true}))
}
