// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

func BenchmarkGenerate(b *testing.B) {
	for _, c := range []struct {
		name string
		cfg  Config
	}{{"minimal", server()}, {"hyperv", goldens["hyperv-gen2-winrm-https"]}, {"everything", full()}} {
		for _, kind := range kinds {
			b.Run(c.name+"/"+kind.String(), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Generate(c.cfg, kind, Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
