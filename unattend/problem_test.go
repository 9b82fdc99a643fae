// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

func TestProblemsInWords(t *testing.T) {
	one := Problem{Error, "owner", "it is odd", "Use another."}
	for _, c := range []struct {
		ps   Problems
		want string
		err  bool
	}{
		{nil, "the answer file's configuration has no errors", false},
		{Problems{{Warning, "owner", "it is odd", ""}}, "the answer file's configuration has no errors", false},
		{Problems{{Info, "", "a", ""}, one}, "owner: it is odd. Use another.", true},
		{Problems{one, {Warning, "a", "b", "c"}, {Error, "", "no more", ""}},
			"2 errors in the answer file's configuration:\n* owner: it is odd. Use another.\n* no more", true},
	} {
		if got := c.ps.Error(); got != c.want {
			t.Errorf("%v: %q, want %q", []Problem(c.ps), got, c.want)
		}
		if (c.ps.Err() != nil) != c.err || c.ps.HasErrors() != c.err || (len(c.ps.Only(Error)) > 0) != c.err {
			t.Errorf("%v is an error: %v, want %v", []Problem(c.ps), !c.err, c.err)
		}
	}
}

func TestWordsOfASentence(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := either(words); got != want {
			t.Errorf("%v are %q, want %q", words, got, want)
		}
	}
}

func TestKindsByName(t *testing.T) {
	for name, want := range map[string]Kind{"": Install, "install": Install, " Deploy ": Deploy} {
		if got, err := ParseKind(name); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", name, got, err, want)
		}
	}
	if kind, err := ParseKind("both"); err == nil || kind != Install {
		t.Errorf("both is %v, %v", kind, err)
	}
}
