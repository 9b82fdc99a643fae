// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseFactsReadsBackWhatWasWritten(t *testing.T) {
	want := good(acted(Action{Name: "install", Done: true, HResult: 0xC004FD02, Targets: []string{"ServerDatacenter"}}), unreadable("events", 0x80070005),
		func(f *Facts) {
			f.PendingRestart = []string{"cbs"}
			f.DataExchange.Published = map[string]string{KVPStatus: "activated"}
		})
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	utf16le, utf16be := []byte{0xFF, 0xFE}, []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(string(data))) {
		utf16le = append(utf16le, byte(u), byte(u>>8))
		utf16be = append(utf16be, byte(u>>8), byte(u))
	}
	for name, doc := range map[string][]byte{
		"UTF-8": data, "UTF-8 with its mark": append([]byte("\xEF\xBB\xBF"), data...), "UTF-16 little-endian": utf16le, "UTF-16 big-endian": utf16be,
		"UTF-16 without its mark": utf16le[2:], "with line ends around it": []byte("\r\n" + string(data) + "\r\n"), "in a report": []byte(`{"schema":1,"verdict":{"status":"x"},"facts":` + string(data) + `}`),
	} {
		got, err := ParseFacts(doc)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestParseFactsTolerates(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		check     func(Facts) bool
	}{
		{"one product without its array", `{"schema":1,"products":{"license_status":1,"partial_product_key":"DV9BG"}}`, func(f Facts) bool { return len(f.Products) == 1 && f.Products[0].LicenseStatus == 1 }},
		{"an array that carries properties", `{"schema":1,"products":{"value":[{"license_status":1},{}],"Count":2}}`, func(f Facts) bool { return len(f.Products) == 2 }},
		{"one string without its array", `{"schema":1,"pending_restart":"cbs"}`, func(f Facts) bool { return len(f.PendingRestart) == 1 && f.PendingRestart[0] == "cbs" }},
		{"insertion strings without their array", `{"schema":1,"events":{"id":12309,"data":"0x00000000"}}`, func(f Facts) bool { return f.Events[0].Data[0] == "0x00000000" }},
		{"null for everything", `{"schema":1,"os":null,"products":null,"events":null,"action":null,"data_exchange":{"parameters":null}}`, func(f Facts) bool { return len(f.Products) == 0 && f.Action == nil }},
		{"a rearm count that was not read", `{"schema":1}`, func(f Facts) bool { return f.Service.RearmCount == -1 }},
		{"null in an array", `{"schema":1,"products":[null,{"id":"x"}]}`, func(f Facts) bool { return len(f.Products) == 1 && f.Products[0].ID == "x" }},
		{"fields of another version", `{"schema":1,"weather":"fine","os":{"build":20348,"color":3}}`, func(f Facts) bool { return f.OS.Build == 20348 }},
		{"a negative error number", `{"schema":1,"action":{"hresult":-1073414910}}`, func(f Facts) bool { return f.Action.HResult == 0xC004FD02 }},
		{"a whole number with a point", `{"schema":1.0,"os":{"build":20348.0}}`, func(f Facts) bool { return f.OS.Build == 20348 && f.Schema == 1 }},
		{"parameters that are numbers or null", `{"schema":1,"data_exchange":{"parameters":{"HostingSystemEditionId":8,"x":null}}}`, func(f Facts) bool { return f.DataExchange.Parameters["HostingSystemEditionId"] == "8" }},
		{"an empty table that became an array", `{"schema":1,"data_exchange":{"parameters":[]}}`, func(f Facts) bool { return len(f.DataExchange.Parameters) == 0 }},
		{"a newer schema", `{"schema":9}`, func(f Facts) bool { return f.Schema == 9 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := ParseFacts([]byte(c.doc))
			if err != nil || !c.check(f) {
				t.Errorf("%v: %+v", err, f)
			}
		})
	}
}

func TestParseFactsRefuses(t *testing.T) {
	for _, c := range []struct{ name, doc, want string }{
		{"nothing", " \r\n", "empty"},
		{"no JSON", "The term 'x' is not recognized", "line 1, column 1"},
		{"JSON that breaks in its third line", "{\n\"schema\": 1,\n  oops }", "line 3, column 3"},
		{"a cut document", `{"schema":1,"os":{"build":203`, "cut off"},
		{"two documents", `{"schema":1}{"schema":1}`, "more text follows"},
		{"an array", `[{"schema":1}]`, "a JSON object is expected, this is an array"},
		{"another document", `{"status":"activated"}`, "schema: is missing"},
		{"schema 0", `{"schema":0}`, "schema: 0"},
		{"a string for a number", `{"schema":1,"os":{"build":"20348"}}`, `os.build: a number is expected, this is a string ("20348")`},
		{"a number for a string", `{"schema":1,"products":[{},{"partial_product_key":12345}]}`, "products[1].partial_product_key: a string is expected, this is a number (12345)"},
		{"a fraction", `{"schema":1,"os":{"build":1.5}}`, "os.build: a whole number is expected"},
		{"a number too large", `{"schema":1,"products":[{"license_status":4294967296}]}`, "products[0].license_status: the number 4294967296 is out of range"},
		{"a number out of this world", `{"schema":1,"os":{"install_date":1e300}}`, "os.install_date: a whole number is expected"},
		{"a string for a truth", `{"schema":1,"session":{"elevated":"yes"}}`, "session.elevated: true or false is expected"},
		{"a string for an object", `{"schema":1,"os":"Windows"}`, "os: an object is expected"},
		{"an array for an object", `{"schema":1,"action":[1]}`, "action: an object is expected"},
		{"an object among the parameters", `{"schema":1,"data_exchange":{"parameters":{"a":{}}}}`, "data_exchange.parameters.a: a string is expected"},
		{"a value that acts on terminals", `{"schema":1,"os":{"build":"\u001b[31mred\u202e"}}`, `this is a string ("red")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := ParseFacts([]byte(c.doc))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v, want %q", err, c.want)
			}
			if d := cmp.Diff(Facts{}, f); d != "" && c.name != "nothing" {
				t.Errorf("facts beside an error: %s", d)
			}
		})
	}
	if _, err := ParseFacts(make([]byte, MaxFactsSize+1)); err == nil || !strings.Contains(err.Error(), "4194305 bytes") {
		t.Errorf("an endless document: %v", err)
	}
}

// Whatever bytes come, there is an error or facts; facts are judged without a panic, and read back as they were.
func FuzzParseFacts(f *testing.F) {
	for _, c := range judgedCases()[:12] {
		data, _ := json.Marshal(c.f)
		f.Add(data)
	}
	f.Add([]byte(`{"schema":1,"products":{"value":[{"license_status":-1}],"Count":1}}`))
	f.Add([]byte("\xFF\xFE{\x00}\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		facts, err := ParseFacts(data)
		if err != nil {
			if err.Error() != Clean(err.Error(), 0) {
				t.Errorf("the error is not clean: %q", err)
			}
			return
		}
		checkVerdict(t, facts, Expectation{}, Judge(facts, Expectation{}))
		again, err := json.Marshal(facts)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := ParseFacts(again)
		if err != nil {
			t.Fatalf("%v: %s", err, again)
		}
		if d := cmp.Diff(facts, twice, cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
	})
}
