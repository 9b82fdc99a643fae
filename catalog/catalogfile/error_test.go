// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"errors"
	"strings"
	"testing"
)

const good = `"YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"`

// Each mistake with where it is said to be (line:column) and what is said.
var mistakes = []struct {
	name, text, at, says string
}{
	{"not HCL", "release \"2048\" {\n  build = \n}", "2:", "Invalid expression"},
	{"unclosed", "release \"2048\" {\n", "", "release"},
	{"unknown block", "keys \"2048\" {\n}", "1:1", `"key"`},
	{"label missing", "key \"2022\" {\n  key = " + good + "\n}", "1:", "edition"},
	{"unknown attribute", "release \"2048\" {\n  build = 89600\n  bild = 1\n}", "3:3", "A release block takes: build, title"},
	{"no way to come by OpenSSH", "release \"2048\" {\n  build = 89600\n  openssh = \"yes\"\n}", "3:13", "none or on_demand or installed"},
	{"no way to name images", "release \"2048\" {\n  build = 89600\n  evaluation_images = \"other\"\n}", "3:23", "same or display"},
	{"reserved partition too small", "release \"2048\" {\n  build = 89600\n  msr_size = 15\n}", "3:14", "16 to 1024"},
	{"reserved partition too large", "release \"2048\" {\n  build = 89600\n  msr_size = 1025\n}", "3:14", "16 to 1024"},
	{"size as text", "release \"2048\" {\n  build = 89600\n  msr_size = \"16\"\n}", "3:14", "msr_size = 16."},
	{"no PowerShell", "release \"2048\" {\n  build = 89600\n  powershell = \"five\"\n}", "3:16", "no version"},
	{"no edition has an image", "release \"2048\" {\n  build = 89600\n  image_editions = [\"premium\"]\n}", "3:20", "no edition"},
	{"lacks what nobody knows", "release \"2048\" {\n  build = 89600\n  lacks = [\"mouse\"]\n}", "3:11", "floppy and wmic"},
	{"build missing", "release \"2048\" {\n}", "1:", `"build"`},
	{"build as text", "release \"2048\" {\n  build = \"89600\"\n}", "2:11", "without quotes"},
	{"half a build", "release \"2048\" {\n  build = 89600.5\n}", "2:11", "whole number"},
	{"no build number", "release \"2048\" {\n  build = 2048\n}", "2:11", "no build number"},
	{"huge build", "release \"2048\" {\n  build = 1e30\n}", "2:11", "whole number"},
	{"null", "release \"2048\" {\n  build = null\n}", "2:11", "no value"},
	{"variable", "release \"2048\" {\n  build = var.b\n}", "2:11", "Variables not allowed"},
	{"build of another", "release \"2048\" {\n  build = 20348\n}", "2:11", "Windows Server 2022"},
	{"title for a name", "release \"Windows Server 2048\" {\n  build = 89600\n}", "1:9", "begins with a digit"},
	{"name of another", "release \"2022 Datacenter\" {\n  build = 89600\n}", "1:9", "already means"},
	{"alias of another", "release \"2048\" {\n  build = 89600\n  aliases = [\"21H2\"]\n}", "3:13", "already means 2022"},
	{"alias of letters", "release \"2048\" {\n  build = 89600\n  aliases = [\"ws\"]\n}", "3:13", "begins with a digit"},
	{"alias twice", "release \"2048\" {\n  build = 89600\n  aliases = [\"a\", \"a\"]\n}", "3:13", "twice"},
	{"aliases as text", "release \"2048\" {\n  build = 89600\n  aliases = \"47H2\"\n}", "3:13", "list of texts"},
	{"alias as number", "release \"2048\" {\n  build = 89600\n  aliases = [27]\n}", "3:13", "list of texts"},
	{"servicing", "release \"2048\" {\n  build = 89600\n  servicing = \"monthly\"\n}", "3:15", "ltsc"},
	{"keys_of", "release \"2048\" {\n  build = 89600\n  keys_of = \"2027\"\n}", "3:13", "2027"},
	{"keys of itself", "release \"2048\" {\n  build = 89600\n  keys_of = \"2048\"\n}", "3:13", "no other release"},
	{"host as text", "release \"2048\" {\n  build = 89600\n  host = \"no\"\n}", "3:10", "true or false"},
	{"editions", "release \"2048\" {\n  build = 89600\n  editions = [\"Datacentre Core\"]\n}", "3:14", "no edition"},
	{"release twice", "release \"2048\" {\n  build = 89600\n}\nrelease \"2048\" {\n  build = 89601\n}", "4:1", "line 1"},
	{"title of two lines", "release \"2048\" {\n  build = 89600\n  title = \"a\\nb\"\n}", "3:11", "one line"},
	{"key of no release", "key \"2048\" \"datacenter\" {\n  key = " + good + "\n}", "1:5", "release block"},
	{"key of no edition", "key \"2022\" \"datcenter\" {\n  key = " + good + "\n}", "1:12", `did you mean "Datacenter"`},
	{"key of an evaluation", "key \"2022\" \"ServerDatacenterEval\" {\n  key = " + good + "\n}", "1:12", "evaluation"},
	{"key missing", "key \"2022\" \"datacenter\" {\n}", "1:", `"key"`},
	{"key too short", "key \"2022\" \"datacenter\" {\n  key = \"YQB4H\"\n}", "2:9", "5 characters"},
	{"key mistyped", "key \"2022\" \"datacenter\" {\n  key = \"6NMQ9-T38WF-6MFGM-QYGYM-88J4G\"\n}", "2:9", "checksum"},
	{"key without N", "key \"2022\" \"datacenter\" {\n  key = \"BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B\"\n}", "2:9", "no N"},
	{"GVLK passed off as AVMA", "key \"2022\" \"azure edition\" {\n  key = \"NTBV8-9K7Q8-V27C6-M2BTV-KHMXV\"\n}", "2:9", "GVLK"},
	{"AVMA passed off as GVLK", "key \"2022\" \"datacenter\" {\n  channel = \"gvlk\"\n  key = " + good + "\n}", "3:9", "AVMA"},
	{"channel", "key \"2022\" \"datacenter\" {\n  channel = \"mak\"\n  key = " + good + "\n}", "2:13", "avma and gvlk"},
	{"standing", "key \"2022\" \"datacenter\" {\n  standing = \"sure\"\n  key = " + good + "\n}", "2:14", "cross-checked"},
	{"key twice", "key \"2022\" \"dc\" {\n  key = " + good + "\n}\nkey \"ws2022\" \"ServerDatacenter\" {\n  key = " + good + "\n}", "4:1", "line 1"},
	{"host of no release", "host \"kvm\" {\n  activates = [\"2022\"]\n}", "1:6", "azure-local"},
	{"guest of no release", "host \"2025\" {\n  activates = [\"2022\", \"2026\"]\n}", "2:15", "2026"},
	{"host twice", "host \"2025\" {\n  activates = []\n}\nhost \"2025\" {\n  activates = []\n}", "4:1", "line 1"},
}

// A bad file is refused with line and column, the source line, what is wrong and what is right.
func TestMistakes(t *testing.T) {
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			c, err := load(t, test.text)
			var e *Error
			if c != nil || !errors.As(err, &e) {
				t.Fatalf("%v, %v", c, err)
			}
			text := err.Error()
			if !strings.Contains(text, "\nc.hcl:"+test.at) || !strings.Contains(text, test.says) {
				t.Errorf("want %q at %s:\n%s", test.says, test.at, text)
			}
			if !strings.Contains(text, " | ") || !strings.Contains(text, "^") {
				t.Errorf("no source line:\n%s", text)
			}
			for _, d := range e.Diagnostics {
				if d.Subject == nil || d.Summary == "" {
					t.Errorf("%+v", d)
				}
			}
		})
	}
}

// All mistakes at once, and the same text each time.
func TestAllMistakesAtOnce(t *testing.T) {
	const text = "release \"2048\" {\n  build = 1\n}\nkey \"2022\" \"datcenter\" {\n  key = \"x\"\n}\nhost \"x\" {\n  activates = []\n}\n"
	_, err := load(t, text)
	first := err.Error()
	for _, at := range []string{"c.hcl:2:11", "c.hcl:4:12", "c.hcl:7:6"} {
		if !strings.Contains(first, at) {
			t.Errorf("%s is missing:\n%s", at, first)
		}
	}
	for range 20 {
		if _, err := load(t, text); err.Error() != first {
			t.Fatalf("the message differs:\n%s\n%s", first, err)
		}
	}
}

// A secret key that stands in the file by mistake does not reach a log.
func TestKeysAreMasked(t *testing.T) {
	for _, text := range []string{
		"key \"2022\" \"datacenter\" {\n  key = \"AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\"\n}",
		"key \"2022\" \"datacenter\" { key = \"AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\", }",
		"key \"2022\" \"datacenter\" {\n  key = \"AAAAABBBBBCCCCCDDDDDEEEEE\"\n}",
	} {
		_, err := load(t, text)
		if err == nil || strings.Contains(err.Error(), "BBBBB") {
			t.Errorf("%v", err)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := load(t, "release \"2048\" {\n\tbuild = \"x\" # \x1b[31m\n}")
	want := "the catalogue file is not usable (1 mistake)\n" +
		"c.hcl:2:10: build has to be a number\n" +
		"    2 | \tbuild = \"x\" # ?[31m\n" +
		"      | \t        ^^^\n" +
		"        Write it without quotes: build = 26100."
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
	_, err = Load([]byte(`{"release": {"2048": {"build": "x"}}}`), "c.json", nil)
	if err == nil || !strings.Contains(err.Error(), "c.json:1:") {
		t.Errorf("JSON: %v", err)
	}
}
