// SPDX-License-Identifier: MPL-2.0

package report

import (
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
)

// Suite is a test suite of a JUnit document.
type Suite struct {
	Name       string
	Hostname   string    // "" when there is none
	Time       time.Time // zero: not given
	Properties [][2]string
	Cases      []Case
}

// Outcome of a case.
type Outcome string

// The outcomes of a case.
const (
	Passed  Outcome = ""
	Failure Outcome = "failure" // the answer is no
	Errored Outcome = "error"   // could not look
	Skipped Outcome = "skipped" // left for later, on purpose
)

// Case is one test case of a suite.
type Case struct {
	Class, Name string
	Outcome     Outcome
	Type        string // what kind of failure: a reason's code
	Message     string // one line
	Text        string // the long text of the failure
	Output      string // system-out
}

// JUnit writes a verdict as one suite: the case "activated by its host" passes when the guest is activated, is skipped
// when the proof was deferred, is an error when the guest could not be looked at, and fails else. Each other error has a case too,
// so that a CI system lists it.
func JUnit(w io.Writer, v activation.Verdict, f activation.Facts) error {
	return WriteJUnit(w, []Suite{suiteOf(v, f)})
}

func suiteOf(v activation.Verdict, f activation.Facts) Suite {
	s := Suite{Name: "avma", Hostname: f.OS.ComputerName}
	s.Time, _ = time.Parse(time.RFC3339, v.CheckedUTC)
	for _, p := range [][2]string{
		{"status", string(v.Status)}, {"release", v.Release}, {"edition", v.Edition}, {"edition_id", v.EditionID}, {"channel", v.Channel},
		{"partial_key", v.PartialKey}, {"expected_partial_key", v.ExpectedKey}, {"host", v.Host}, {"physical_host", v.PhysicalHost}, {"activated_utc", v.ActivatedUTC},
	} {
		if p[1] != "" {
			s.Properties = append(s.Properties, p)
		}
	}
	lead := v.Lead()
	c := Case{Class: "avma", Name: "activated by its host", Type: lead.Code, Message: lead.Summary, Text: reasonText(lead)}
	switch v.Status {
	case activation.Activated:
		c.Outcome, c.Output = Passed, allReasons(v)
	case activation.Deferred:
		c.Outcome, c.Output = Skipped, allReasons(v)
	case activation.Unknown:
		c.Outcome, c.Output = Errored, allReasons(v)
	default:
		c.Outcome, c.Output = Failure, allReasons(v)
	}
	s.Cases = append(s.Cases, c)
	for i, r := range v.Reasons {
		if i > 0 && r.Severity == activation.Error {
			s.Cases = append(s.Cases, Case{Class: "avma." + r.Code, Name: r.Summary, Outcome: Failure, Type: r.Code, Message: r.Summary, Text: reasonText(r)})
		}
	}
	return s
}

func reasonText(r activation.Reason) string {
	parts := []string{r.Detail}
	if r.HResult != "" {
		parts = append(parts, "Windows says: "+strings.TrimSpace(r.HResult+" "+r.Symbol))
	}
	if r.Remedy != "" {
		parts = append(parts, "What to do: "+r.Remedy)
	}
	return strings.Join(parts, "\n")
}

func allReasons(v activation.Verdict) string {
	var lines []string
	for _, r := range v.Reasons {
		lines = append(lines, strings.TrimSpace(r.Code+" "+string(r.Severity)+": "+r.Summary))
	}
	return strings.Join(lines, "\n")
}

type xmlSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr"`
	Skipped  int        `xml:"skipped,attr"`
	Suites   []xmlSuite `xml:"testsuite"`
}

type xmlSuite struct {
	Name       string         `xml:"name,attr"`
	Tests      int            `xml:"tests,attr"`
	Failures   int            `xml:"failures,attr"`
	Errors     int            `xml:"errors,attr"`
	Skipped    int            `xml:"skipped,attr"`
	Timestamp  string         `xml:"timestamp,attr,omitempty"`
	Hostname   string         `xml:"hostname,attr,omitempty"`
	Properties *xmlProperties `xml:"properties"`
	Cases      []xmlCase      `xml:"testcase"`
}

type xmlProperties struct {
	List []xmlProperty `xml:"property"`
}

type xmlProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type xmlCase struct {
	Class   string      `xml:"classname,attr"`
	Name    string      `xml:"name,attr"`
	Failure *xmlOutcome `xml:"failure"`
	Error   *xmlOutcome `xml:"error"`
	Skipped *xmlOutcome `xml:"skipped"`
	Output  string      `xml:"system-out,omitempty"`
}

type xmlOutcome struct {
	Message string `xml:"message,attr,omitempty"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes suites as a JUnit document. Text is cleaned, so that the XML is valid whatever stood in it.
func WriteJUnit(w io.Writer, suites []Suite) error {
	var doc xmlSuites
	for _, s := range suites {
		x := xmlSuite{Name: clean(s.Name), Hostname: clean(s.Hostname)}
		if !s.Time.IsZero() {
			x.Timestamp = s.Time.UTC().Format("2006-01-02T15:04:05")
		}
		for _, p := range s.Properties {
			if x.Properties == nil {
				x.Properties = &xmlProperties{}
			}
			x.Properties.List = append(x.Properties.List, xmlProperty{Name: clean(p[0]), Value: clean(p[1])})
		}
		for _, c := range s.Cases {
			x.add(c)
		}
		doc.Tests, doc.Failures, doc.Errors, doc.Skipped = doc.Tests+x.Tests, doc.Failures+x.Failures, doc.Errors+x.Errors, doc.Skipped+x.Skipped
		doc.Suites = append(doc.Suites, x)
	}
	data, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}

func (s *xmlSuite) add(c Case) {
	x := xmlCase{Class: clean(c.Class), Name: clean(c.Name), Output: cleanLines(c.Output)}
	o := &xmlOutcome{Message: clean(c.Message), Type: clean(c.Type), Text: cleanLines(c.Text)}
	switch c.Outcome {
	case Failure:
		x.Failure = o
		s.Failures++
	case Errored:
		x.Error = o
		s.Errors++
	case Skipped:
		x.Skipped = &xmlOutcome{Message: o.Message}
		s.Skipped++
	}
	s.Tests++
	s.Cases = append(s.Cases, x)
}

// cleanLines cleans a text that has lines of its own.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	return strings.Join(lines, "\n")
}
