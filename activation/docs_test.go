// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the generated parts of docs/verdicts.md and docs/troubleshooting.md")

const (
	begin = "<!-- generated from the table of reasons: go test ./activation -run Docs -update -->\n"
	end   = "<!-- end of the generated part -->\n"
)

var statusMeaning = map[Status][2]string{
	Activated: {"The host activated this guest. The only good end.", "0"},
	Pending:   {"The key is right, Windows is not licensed yet, and waiting may help.", "1"},
	Deferred:  {"The key is right, only the host is missing, and leaving the proof to the first boot was asked for.", "1"},
	NotAVMA:   {"The guest holds a key of another channel (KMS, MAK, retail, OEM), licensed or not.", "1"},
	NoHost:    {"Licensed with the AVMA key, but Windows shows no trace of a host: not proven.", "1"},
	Failed:    {"Not activated, and waiting will not help.", "1"},
	Unknown:   {"It could not be looked at, or it cannot be told.", "3"},
}

var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

// markdown makes a text of the table fit for a page: placeholders in italics, nothing that Markdown or a table takes
// for its own.
func markdown(s string) string {
	s = strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "\\", "\\\\", "_", "\\_").Replace(s)
	return placeholder.ReplaceAllString(s, "*$1*")
}

func numbersOf(d Definition) string {
	var out []string
	for _, hr := range d.HResults {
		out = append(out, "`"+FormatHResult(hr)+"`")
	}
	return strings.Join(out, " ")
}

func groupOf(code string) int {
	var n int
	fmt.Sscanf(code, "AVMA-%d", &n)
	return n / 100 * 100
}

func verdictTables() string {
	var b strings.Builder
	b.WriteString("## Statuses\n\n| Status | Meaning | Exit status of `avma verify` |\n|---|---|---|\n")
	for _, s := range Statuses() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s, statusMeaning[s][0], statusMeaning[s][1])
	}
	for _, g := range Groups() {
		fmt.Fprintf(&b, "\n## %d: %s\n\n| Code | Status when it leads | Severity | What it says | Numbers of Windows |\n|---|---|---|---|---|\n", g.First, g.Title)
		for _, d := range Definitions() {
			if groupOf(d.Code) != g.First {
				continue
			}
			status := "accompanies"
			if d.Status != "" {
				status = "`" + string(d.Status) + "`"
			}
			fmt.Fprintf(&b, "| [%s](troubleshooting.md#%s) | %s | %s | %s | %s |\n", d.Code, strings.ToLower(d.Code), status, d.Severity, markdown(d.Summary), numbersOf(d))
		}
	}
	b.WriteString("\n## Numbers of Windows\n\nNumbers that are not in this table are shown as numbers.\n\n| Number | Symbol | Meaning | Code |\n|---|---|---|---|\n")
	for _, h := range HResults() {
		symbol := ""
		if h.Symbol != "" {
			symbol = "`" + h.Symbol + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", FormatHResult(h.Value), symbol, markdown(h.Meaning), h.Code)
	}
	return b.String()
}

func troubleshooting() string {
	var b strings.Builder
	for i, g := range Groups() {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "## %d: %s\n", g.First, g.Title)
		for _, d := range Definitions() {
			if groupOf(d.Code) != g.First {
				continue
			}
			fmt.Fprintf(&b, "\n### %s\n\n**%s.** %s\n", d.Code, markdown(d.Summary), markdown(d.Detail))
			if len(d.HResults) > 0 {
				var out []string
				for _, hr := range d.HResults {
					h, _ := LookupHResult(hr)
					out = append(out, "`"+FormatHResult(hr)+"` `"+h.Symbol+"`")
				}
				fmt.Fprintf(&b, "\nWindows says: %s.\n", strings.Join(out, ", "))
			}
			if d.Remedy != "" {
				fmt.Fprintf(&b, "\nWhat to do: %s\n", markdown(d.Remedy))
			}
		}
	}
	return b.String()
}

// The pages say what the code says.
func TestDocsAreInStep(t *testing.T) {
	for path, want := range map[string]string{"../docs/verdicts.md": verdictTables(), "../docs/troubleshooting.md": troubleshooting()} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, ok := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), begin)
		got, tail, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s: the marks of the generated part are missing", path)
		}
		if want = "\n" + want + "\n"; got == want {
			continue
		}
		if !*update {
			t.Errorf("%s is not in step with the table of reasons: go test ./activation -run Docs -update", path)
			continue
		}
		if err := os.WriteFile(path, []byte(head+begin+want+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every code that the pages or the scripts name exists.
func TestNamedCodesExist(t *testing.T) {
	code := regexp.MustCompile(`AVMA-[0-9]{3}`)
	for _, path := range []string{"../docs/verdicts.md", "../docs/troubleshooting.md", "../templates/first_boot_check.ps1"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range code.FindAllString(string(data), -1) {
			if _, ok := Define(c); !ok {
				t.Errorf("%s names %s, which does not exist", path, c)
			}
		}
	}
}

// The check on first boot decides alone, with codes of its own choosing: each has to mean the same as here.
func TestFirstBootCodesMeanTheSame(t *testing.T) {
	data, err := os.ReadFile("../templates/first_boot_check.ps1")
	if err != nil {
		t.Fatal(err)
	}
	pairs := regexp.MustCompile(`'(AVMA-[0-9]{3})' = '([a-z_]+)'`).FindAllStringSubmatch(string(data), -1)
	if len(pairs) < 10 {
		t.Fatalf("only %d codes found in the script's table", len(pairs))
	}
	for _, p := range pairs {
		if d, ok := Define(p[1]); !ok || string(d.Status) != p[2] {
			t.Errorf("the script publishes %s as %q; here it is %q (%s)", p[1], p[2], d.Status, d.Summary)
		}
	}
}

// The check on first boot knows the same platforms by the same parts of the firmware's strings.
func TestFirstBootKnowsThePlatforms(t *testing.T) {
	data, err := os.ReadFile("../templates/first_boot_check.ps1")
	if err != nil {
		t.Fatal(err)
	}
	var tokens []string
	for _, p := range platformTokens {
		tokens = append(tokens, p.token)
	}
	for _, want := range []string{"-match '" + strings.Join(tokens, "|") + "'", "'" + azureAssetTag + "'", "'Microsoft Corporation'", "'Virtual Machine'"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the script lacks %s", want)
		}
	}
}
