// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

// row is a row of settings.tsv as it stands there: what is expected comes from the file, not from the code under test.
type row struct {
	component, path, passes, kind, emptyOK string
	most                                   int // max_length; 0: none
	bytes                                  bool
	low, high                              int // int_range; 0: none
	deprecated                             bool
}

func rows(t *testing.T) []row {
	t.Helper()
	f, err := os.Open("settings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = '\t', -1, true
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []row
	for i, f := range records[1:] {
		f = append(f, make([]string, 8-len(f))...)
		one := row{component: f[0], path: f[1], passes: f[2], kind: f[3], emptyOK: f[4], deprecated: f[7] == "yes"}
		var unit string
		if f[5] != "" {
			if n, err := fmt.Sscanf(f[5], "%d %s", &one.most, &unit); n != 2 || err != nil || unit != "bytes" && unit != "characters" {
				t.Fatalf("row %d: max_length %q", i+2, f[5])
			}
			one.bytes = unit == "bytes"
		}
		if f[6] != "" {
			if n, err := fmt.Sscanf(f[6], "%d-%d", &one.low, &one.high); n != 2 || err != nil {
				t.Fatalf("row %d: int_range %q", i+2, f[6])
			}
		}
		if f[7] != "" && f[7] != "yes" || f[3] != "" && f[3] != "leaf" || f[4] != "" && f[4] != "yes" && f[4] != "no" {
			t.Fatalf("row %d: %q", i+2, f)
		}
		out = append(out, one)
	}
	return out
}

// in is the passes in which the setting may stand; the whole list where the page names none.
func (r row) in() []string {
	if r.passes == "" {
		return schema.PassNames()
	}
	return strings.Split(r.passes, ",")
}

// content is the setting with a value, in the elements around it.
func (r row) content(value string) string {
	names := strings.Split(r.path, "/")
	text := value
	for _, name := range slices.Backward(names) {
		text = fmt.Sprintf(`<%s wcm:action="add">%s</%s>`, name, text, name)
	}
	return text
}

// found says which findings of a kind about the setting itself there are, and how many of them are errors.
func (r row) found(pass, value string, kind schema.Kind) (all, hard int) {
	for _, f := range schema.CheckContent(pass, r.component, r.content(value)) {
		if f.Kind == kind && f.Path == r.path {
			all++
			if !f.Warning {
				hard++
			}
		}
	}
	return all, hard
}

// Every limit of the table holds: at the boundary nothing is said, one beyond it there is an error.
func TestEveryLengthOfTheTable(t *testing.T) {
	limits := 0
	for _, r := range rows(t) {
		if r.most == 0 {
			continue
		}
		limits++
		pass := r.in()[0]
		for value, want := range map[string]int{
			strings.Repeat("x", r.most):   0,
			strings.Repeat("x", r.most+1): 1,
			strings.Repeat("ä", r.most/2): 0, // two bytes, one character
		} {
			if all, hard := r.found(pass, value, schema.TooLong); all != want || hard != want {
				t.Errorf("%s %s: %d letters: %d findings, %d errors, want %d", r.component, r.path, len(value), all, hard, want)
			}
		}
		letters := r.most // an umlaut is one character
		if r.bytes {
			letters = r.most / 2
		}
		if all, _ := r.found(pass, strings.Repeat("ä", letters), schema.TooLong); all != 0 {
			t.Errorf("%s %s: %d umlauts are too long", r.component, r.path, letters)
		}
		if all, _ := r.found(pass, strings.Repeat("ä", letters+1), schema.TooLong); all != 1 {
			t.Errorf("%s %s: %d umlauts are not too long", r.component, r.path, letters+1)
		}
	}
	if limits < 69 {
		t.Errorf("only %d lengths read from the table", limits)
	}
}

func TestEveryRangeOfTheTable(t *testing.T) {
	ranges := 0
	for _, r := range rows(t) {
		if r.high == 0 {
			continue
		}
		ranges++
		for value, want := range map[string]int{
			strconv.Itoa(r.low): 0, strconv.Itoa(r.high): 0, " " + strconv.Itoa(r.high) + "\n": 0, "0" + strconv.Itoa(r.low): 0,
			strconv.Itoa(r.low - 1): 1, strconv.Itoa(r.high + 1): 1, "-1": 1, "1.0": 1, "one": 1, "99999999999999999999": 1,
		} {
			if all, hard := r.found(r.in()[0], value, schema.OutOfRange); all != want || hard != want {
				t.Errorf("%s %s: %q: %d findings, %d errors, want %d", r.component, r.path, value, all, hard, want)
			}
		}
	}
	if ranges < 8 {
		t.Errorf("only %d ranges read from the table", ranges)
	}
}

// An empty element is right where the page says so, an error where it says the contrary, else a warning for a value and
// nothing for a group. (rule E8)
func TestEveryEmptyElementOfTheTable(t *testing.T) {
	kinds := map[string]int{}
	for _, r := range rows(t) {
		kinds[r.emptyOK]++
		all, hard := r.found(r.in()[0], "", schema.EmptyElement)
		wantAll, wantHard := 0, 0
		switch {
		case r.emptyOK == "no":
			wantAll, wantHard = 1, 1
		case r.emptyOK == "" && r.kind == "leaf":
			wantAll = 1
		}
		if all != wantAll || hard != wantHard {
			t.Errorf("%s %s (%q): %d findings, %d errors, want %d, %d", r.component, r.path, r.emptyOK, all, hard, wantAll, wantHard)
		}
		if r.kind != "leaf" {
			continue
		}
		if all, _ := r.found(r.in()[0], "1", schema.EmptyElement); all != 0 {
			t.Errorf("%s %s: 1 is called empty", r.component, r.path)
		}
	}
	if kinds["yes"] < 90 || kinds["no"] < 150 || kinds[""] < 800 {
		t.Errorf("rows read: %v", kinds)
	}
}

// Every setting is let through in each of its passes and in no other, and is called deprecated where it or a group
// around it is.
func TestEveryPassOfTheTable(t *testing.T) {
	all := rows(t)
	byPath := map[string]row{}
	for _, r := range all {
		byPath[strings.ToLower(r.component+"/"+r.path)] = r
	}
	for _, r := range all {
		var above []row
		old := r.deprecated
		for i, c := range r.path {
			if parent, ok := byPath[strings.ToLower(r.component+"/"+r.path[:i])]; c == '/' && ok {
				above, old = append(above, parent), old || parent.deprecated
			}
		}
		for _, pass := range schema.PassNames() {
			right := !slices.ContainsFunc(append(above, r), func(r row) bool { return !slices.Contains(r.in(), pass) })
			wrong, obsolete := 0, 0
			for _, f := range schema.CheckContent(pass, r.component, r.content("1")) {
				switch f.Kind {
				case schema.WrongPass:
					wrong++
				case schema.Obsolete:
					obsolete++
				case schema.UnknownSetting, schema.UnknownComponent, schema.UnknownPass, schema.Malformed:
					t.Errorf("%s %s: %s", r.component, r.path, f.Summary)
				}
			}
			if right != (wrong == 0) || wrong > 1 || obsolete > 1 || old != (obsolete > 0) {
				t.Errorf("%s %s in %s: %d wrong passes, %d deprecated; right %t, deprecated %t", r.component, r.path, pass, wrong, obsolete, right, old)
			}
		}
	}
}

// A group is deprecated only where everything in it is.
func TestNoGroupIsDeprecatedAlone(t *testing.T) {
	all := rows(t)
	for _, group := range all {
		for _, r := range all {
			if group.deprecated && r.component == group.component && strings.HasPrefix(r.path, group.path+"/") && !r.deprecated {
				t.Errorf("%s %s is deprecated, but %s is not", group.component, group.path, r.path)
			}
		}
	}
}
