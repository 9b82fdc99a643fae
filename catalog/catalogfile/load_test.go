// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

func load(t testing.TB, text string) (*catalog.Catalog, error) {
	t.Helper()
	return Load([]byte(text), "c.hcl", nil)
}

func key(t testing.TB, c *catalog.Catalog, release, edition string, ch catalog.Channel) catalog.Entry {
	t.Helper()
	target, err := c.Resolve(release, edition)
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Key(target, ch)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A catalogue file adds a release, its keys and hosts, in HCL and in JSON alike.
func TestLoadFileAdds(t *testing.T) {
	for _, path := range []string{"testdata/next.hcl", "testdata/next.json"} {
		c, err := LoadFile(afero.NewOsFs(), path, catalog.Default())
		if err != nil {
			t.Fatal(err)
		}
		e := key(t, c, "ws2048", "Datacenter", catalog.AVMA)
		want := catalog.Entry{Release: "2048", Build: 89600, Edition: "Datacenter", EditionID: "ServerDatacenter", Channel: catalog.AVMA,
			Key: "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", Standing: catalog.Documented,
			Source: "https://learn.microsoft.com/windows-server/get-started/automatic-vm-activation", Hosts: []string{"2048"}}
		if d := cmp.Diff(want, e); d != "" {
			t.Errorf("%s: %s", path, d)
		}
		for _, spelling := range []string{"89600", "47h2", "Windows Server 2048", "10.0.89600.1"} {
			if e := key(t, c, spelling, "dc", catalog.AVMA); e.Release != "2048" {
				t.Errorf("%s: %s is %s", path, spelling, e.Release)
			}
		}
		if e := key(t, c, "48H1", "datacenter", catalog.AVMA); e.Key != want.Key || e.Standing != catalog.Inferred || e.Source != "catalogue file "+path || e.EditionID != "ServerDatacenterACor" {
			t.Errorf("%s: %+v", path, e)
		}
		if e := key(t, c, "2048", "standard", catalog.GVLK); e.Channel != catalog.GVLK {
			t.Errorf("%s: %+v", path, e)
		}
		// The matrix follows: the new host activates the older ones, and the file's word on azure-local counts.
		old, _ := c.Resolve("2019", "standard")
		if a := c.Activates("2048", old); !a.OK {
			t.Errorf("%s: %+v", path, a)
		}
		new28, _ := c.Resolve("2048", "datacenter")
		for _, host := range []string{"2025", catalog.AzureLocal} {
			if a := c.Activates(host, new28); a.OK || !a.Known {
				t.Errorf("%s: host %s: %+v", path, host, a)
			}
		}
		if name, err := c.ImageName(new28); err != nil || name != "Windows Server 2048 SERVERDATACENTER" {
			t.Errorf("%s: %q, %v", path, name, err)
		}
		if got := c.Entries(catalog.Filter{}); got[0].Release != "48H1" || c.Releases()[0].Name != "48H1" {
			t.Errorf("%s: the newest release is %s", path, got[0].Release)
		}
		guest, err := c.Guest(catalog.GuestID{Build: 89700, EditionID: "ServerDatacenterACor", ProductType: 3})
		if err != nil || guest.Release != "48H1" {
			t.Errorf("%s: %+v, %v", path, guest, err)
		}
	}
}

func TestLoadOverrides(t *testing.T) {
	c, err := load(t, `
key "2022" "datacenter" {
  key      = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
  standing = "cross-checked"
}
key "23H2" "standard" { # an edition that the built-in catalogue says does not exist
  key = "YDFWN-MJ9JR-3DYRK-FXXRW-78VHK"
}
release "2022" {
  build   = 20350
  aliases = ["2022 Update", "21H2"]
}
host "2025" {
  activates = ["2025"]
}
`)
	if err != nil {
		t.Fatal(err)
	}
	if e := key(t, c, "2022 update", "datacenter", catalog.AVMA); e.Key != "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67" || e.Build != 20350 || e.Standing != catalog.CrossChecked {
		t.Errorf("%+v", e)
	}
	if e := key(t, c, "23H2", "standard", catalog.AVMA); e.EditionID != "ServerStandardACor" {
		t.Errorf("%+v", e)
	}
	target, _ := c.Resolve("2019", "standard")
	if a := c.Activates("2025", target); a.OK {
		t.Errorf("%+v", a)
	}
	if n, base := len(c.Entries(catalog.Filter{})), len(catalog.Default().Entries(catalog.Filter{})); n != base+1 {
		t.Errorf("%d entries, %d before", n, base)
	}
	// The base is as it was.
	if e := key(t, catalog.Default(), "2022", "datacenter", catalog.AVMA); e.Key != "W3GNR-8DDXR-2TFRP-H8P33-DV9BG" || e.Build != 20348 {
		t.Errorf("the built-in catalogue has changed: %+v", e)
	}
}

func TestLoadEncodings(t *testing.T) {
	text, err := os.ReadFile("testdata/next.hcl")
	if err != nil {
		t.Fatal(err)
	}
	utf16Text := func(order binary.ByteOrder) []byte {
		out := order.(binary.AppendByteOrder).AppendUint16(nil, 0xfeff)
		for _, u := range utf16.Encode([]rune(string(text))) {
			out = order.(binary.AppendByteOrder).AppendUint16(out, u)
		}
		return out
	}
	for name, data := range map[string][]byte{
		"UTF-8 with a byte order mark": append([]byte("\xef\xbb\xbf"), text...),
		"CRLF":                         []byte(strings.ReplaceAll(string(text), "\n", "\r\n")),
		"UTF-16 little-endian":         utf16Text(binary.LittleEndian),
		"UTF-16 big-endian":            utf16Text(binary.BigEndian),
	} {
		if _, err := Load(data, "c.hcl", nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, data := range map[string]string{"Latin-1": "# caf\xe9\n", "half a character": "\xff\xfea"} {
		if _, err := Load([]byte(data), "c.hcl", nil); err == nil || !strings.Contains(err.Error(), "as UTF-8") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadFileUnreadable(t *testing.T) {
	fsys := afero.NewMemMapFs()
	if _, err := LoadFile(fsys, "gone.hcl", nil); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := afero.WriteFile(fsys, "big.hcl", make([]byte, maxSize+1), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadFile(fsys, "big.hcl", nil); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Error(err)
	}
	if err := afero.WriteFile(fsys, "empty.hcl", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := LoadFile(fsys, "empty.hcl", nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(catalog.Default().Entries(catalog.Filter{}), c.Entries(catalog.Filter{}), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("an empty file changes the catalogue: %s", d)
	}
}

func TestLoadTooManyBlocks(t *testing.T) {
	_, err := load(t, strings.Repeat("host \"2022\" {\n activates = []\n}\n", maxBlocks+1))
	if err == nil || !strings.Contains(err.Error(), "too many") {
		t.Error(err)
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"next.hcl", "next.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, strings.HasSuffix(name, "json"))
	}
	for _, m := range mistakes {
		f.Add([]byte(m.text), false)
	}
	f.Add([]byte("\xff\xfea\x00"), false)
	f.Add([]byte(`{"key":[{"2022":{"dc":[{"key":1}]}}]}`), true)
	f.Fuzz(func(t *testing.T, data []byte, json bool) {
		name := "f.hcl"
		if json {
			name = "f.json"
		}
		c, err := Load(data, name, nil)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v with %v", c, err)
		}
		if err != nil {
			_ = err.Error()
			return
		}
		for _, e := range c.Entries(catalog.Filter{}) {
			if _, err := catalog.ParseKey(e.Key); err != nil {
				t.Fatalf("%+v: %v", e, err)
			}
			target, err := c.Resolve(e.Release, e.EditionID)
			if err != nil {
				t.Fatalf("%+v is not found again: %v", e, err)
			}
			if got, err := c.Key(target, e.Channel); err != nil || got.Key != e.Key {
				t.Fatalf("%+v is found as %+v, %v", e, got, err)
			}
		}
	})
}
