// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"testing"
)

func TestMask(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"HCL", `administrator_password = "Ab1!"`, `administrator_password = "****"`},
		{"aligned", "password\t= \"Ab1!\" # \"x\"", "password\t= \"****\" # \"x\""},
		{"JSON", `{"name": "a", "password": "Ab1!", "groups": ["b"]}`, `{"name": "a", "password": "****", "groups": ["b"]}`},
		{"an escaped quote", `password = "A\"b" + "c"`, `password = "****" + "c"`},
		{"no end", "password = \"Ab1!\nname = \"b\"", "password = \"****\nname = \"b\""},
		{"an expression", `password = coalesce(var.pw, "Ab1!")`, `password = coalesce(var.pw, "****")`},
		{"a heredoc", "password = <<-EOT\n  Ab1!\r\n  EOT\nname = \"b\"", "password = <<-EOT\n******\r\n  EOT\nname = \"b\""},
		{"a heredoc without an end", "password = <<EOT\nAb1!", "password = <<EOT\n****"},
		{"a product key may be a MAK", `product_key = "AAAAA-BBBBB"`, `product_key = "***********"`},
		{"another attribute", `name = "password"`, `name = "password"`},
		{"nothing behind it", `password =`, `password =`},
		{"a reference stays", `password = var.password`, `password = var.password`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := string(mask([]byte(tc.src), isSecretName)); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

// Positions in messages fit the masked text, whatever the text.
func FuzzMask(f *testing.F) {
	f.Add([]byte("password = <<EOT\na\nEOT\n"))
	f.Add([]byte(`password = "a\`))
	f.Add([]byte("password=<<\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		got := mask(src, isSecretName)
		if len(got) != len(src) {
			t.Fatalf("%d bytes become %d", len(src), len(got))
		}
		if bytes.Count(got, []byte("\n")) != bytes.Count(src, []byte("\n")) {
			t.Error("line ends moved")
		}
	})
}
