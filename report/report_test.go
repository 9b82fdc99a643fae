// SPDX-License-Identifier: MPL-2.0

package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/activation"
)

var update = flag.Bool("update", false, "write the golden files")

var now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// load reads facts from testdata.
func load(t *testing.T, name string) activation.Facts {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	f, err := activation.ParseFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sample(t *testing.T, name string) (activation.Verdict, activation.Facts) {
	f := load(t, "facts-"+name+".json")
	e := activation.Expectation{Now: now, Defer: name == "deferred"}
	return activation.Judge(f, e), f
}

var samples = []string{"activated", "standard-host", "evaluation", "deferred", "unknown", "hostile"}

func TestGolden(t *testing.T) {
	for _, name := range samples {
		v, f := sample(t, name)
		for ext, write := range map[string]func(io.Writer) error{
			"txt":   func(w io.Writer) error { return Text(w, v, f, false) },
			"ansi":  func(w io.Writer) error { return Text(w, v, f, true) },
			"json":  func(w io.Writer) error { return JSON(w, v, f) },
			"junit": func(w io.Writer) error { return JUnit(w, v, f) },
		} {
			t.Run(name+"."+ext, func(t *testing.T) {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				var again bytes.Buffer
				if err := write(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
					t.Error("written twice, other bytes")
				}
				path := filepath.Join("testdata", name+"."+ext)
				if *update {
					if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatalf("%v (go test -update writes it)", err)
				}
				if d := cmp.Diff(string(want), b.String()); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

// Colour adds escape sequences and nothing else.
func TestColourChangesNothingElse(t *testing.T) {
	for _, name := range samples {
		v, f := sample(t, name)
		var plain, colour bytes.Buffer
		_ = Text(&plain, v, f, false)
		_ = Text(&colour, v, f, true)
		s := colour.String()
		for _, sgr := range []string{green, yellow, red, cyan} {
			s = strings.ReplaceAll(s, "\x1b["+sgr+"m", "")
		}
		if s = strings.ReplaceAll(s, "\x1b[0m", ""); s != plain.String() {
			t.Errorf("%s: %s", name, cmp.Diff(plain.String(), s))
		}
		if strings.ContainsAny(plain.String(), "\x1b\x07\u202e\x00") {
			t.Errorf("%s: terminal control in plain text", name)
		}
	}
}

// A report is facts too, and gives the same verdict.
func TestJSONReadsBack(t *testing.T) {
	for _, name := range samples {
		v, f := sample(t, name)
		var b bytes.Buffer
		if err := JSON(&b, v, f); err != nil {
			t.Fatal(err)
		}
		back, err := activation.ParseFacts(b.Bytes())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again := activation.Judge(back, activation.Expectation{Now: now, Defer: name == "deferred"})
		if d := cmp.Diff(v.Reasons[0].Code, again.Reasons[0].Code); d != "" || v.Status != again.Status {
			t.Errorf("%s: %s", name, d)
		}
		var doc map[string]any
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil || doc["schema"] != 1.0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// No key leaves in whole, wherever it stands.
func TestNoKeyInReports(t *testing.T) {
	const key = "QWERT-YUIPA-SDFGH-JKZXC-VBNM2"
	v, f := sample(t, "standard-host")
	f.Action = &activation.Action{Name: "install", Message: "could not install " + key, ErrorID: strings.ToLower(key), Skipped: key, Targets: []string{key}}
	f.Events = append(f.Events, activation.Event{ID: 12309, Data: []string{"key=" + key}})
	f.DataExchange.Parameters["note "+key] = key
	v.Reasons = append(v.Reasons, activation.Reason{Code: "AVMA-101", Summary: key, Detail: key, Remedy: key})
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return Text(w, v, f, false) }, func(w io.Writer) error { return JSON(w, v, f) }, func(w io.Writer) error { return JUnit(w, v, f) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ToUpper(b.String()), key[:23]) {
			t.Errorf("the key is in: %s", b.String())
		}
	}
}

func TestJUnitOutcomes(t *testing.T) {
	for name, want := range map[string][4]int{
		"activated": {1, 0, 0, 0}, "deferred": {1, 0, 0, 1}, "unknown": {1, 0, 1, 0},
	} {
		v, f := sample(t, name)
		var b bytes.Buffer
		if err := JUnit(&b, v, f); err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Errors   int `xml:"errors,attr"`
			Skipped  int `xml:"skipped,attr"`
		}
		if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		if got := [4]int{doc.Tests, doc.Failures, doc.Errors, doc.Skipped}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	v, f := sample(t, "standard-host")
	var b bytes.Buffer
	if err := JUnit(&b, v, f); err != nil || !strings.Contains(b.String(), `<failure message="The host is not Datacenter but Standard" type="AVMA-303">`) {
		t.Errorf("%v %s", err, b.String())
	}
}

// Whatever a verdict holds, the XML is well-formed and the JSON is JSON.
func FuzzReports(f *testing.F) {
	f.Add("plain", "ServerDatacenter")
	f.Add("]]><x a=\"&'", "\x00\x1b[31m\ud7ff\ufffe\uffff\U0010ffff")
	f.Add("\xff\xfe]]>", "a\r\nb")
	f.Fuzz(func(t *testing.T, a, b string) {
		v := activation.Verdict{Status: activation.Status(a), Host: b, Release: a, Edition: b, Channel: a, CheckedUTC: b,
			Reasons: []activation.Reason{{Code: a, Severity: activation.Severity(b), Summary: a, Detail: b, Remedy: a, HResult: b, Symbol: a}, {Severity: activation.Error, Summary: b}}}
		facts := activation.Facts{OS: activation.OS{ComputerName: a}, DataExchange: activation.DataExchange{Parameters: map[string]string{a: b, b: a}}}
		var x, j, txt bytes.Buffer
		if err := JUnit(&x, v, facts); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(&x)
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v: %q", err, x.String())
			}
		}
		if err := JSON(&j, v, facts); err != nil || !json.Valid(j.Bytes()) {
			t.Errorf("%v: %s", err, j.String())
		}
		if err := Text(&txt, v, facts, false); err != nil || strings.ContainsAny(txt.String(), "\x1b\x00\r") {
			t.Errorf("%v: %q", err, txt.String())
		}
	})
}
