// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What a terminal is told is left out whole, and nothing beside it.
func TestEscaped(t *testing.T) {
	long := func(n int) string { return strings.Repeat("1", n) }
	for in, want := range map[string]int{
		"":                           0,
		"[":                          0,
		"]":                          0,
		"x":                          0,
		"[@x":                        2,
		"[~x":                        2,
		"[K rest":                    2,
		"[25;1H":                     6,
		"[?25l":                      5,
		"[1 q":                       4, // a blank may stand in a sequence
		"[\x1fm":                     0,
		"[1\x7fm":                    0,
		"[" + long(62) + "m":         64,
		"[" + long(63) + "m":         0,
		"]0;title\a rest":            9,
		"]0;title\x1b\\":             8, // the rest is an escape of its own
		"]" + long(1022) + "\a":      1024,
		"]" + long(1023) + "\a":      0,
		"]0;title that does not end": 0,
	} {
		if got := escaped([]byte(in)); got != want {
			t.Errorf("%.20q of %d bytes: %d, want %d", in, len(in), got, want)
		}
	}
}

func TestSqueeze(t *testing.T) {
	if got := squeeze([]byte("a\x20b\x7fc\x7ed\x21\x00\xff\te")); got != "abc~d!e" {
		t.Errorf("%q", got)
	}
	// Of what is far too long the end counts, where an answer's end is.
	whole := append([]byte("#AVMA1"), bytes.Repeat([]byte{'x'}, 4*MaxAnswer-6)...)
	if got := squeeze(whole); !strings.HasPrefix(got, "#AVMA1") {
		t.Error("what is just not too long has lost its beginning")
	}
	if got := squeeze(append(whole, 'y')); !strings.HasPrefix(got, "AVMA1") || !strings.HasSuffix(got, "xy") {
		t.Error("what is too long has not lost its beginning")
	}
}

func TestTakesOnlyWhatCanBe(t *testing.T) {
	sum := strings.Repeat("0", 32)
	for fields, begun := range map[string]bool{
		"B,0,0," + sum: true,
		"B,1," + fmt.Sprint(MaxAnswer) + "," + sum:   true,
		"B,1," + fmt.Sprint(MaxAnswer+1) + "," + sum: false,
		"B,-1,0," + sum:      false,
		"B,0,-1," + sum:      false,
		"B,x,0," + sum:       false,
		"B,0,x," + sum:       false,
		"B,0,0," + sum[1:]:   false,
		"B,0,0," + sum + "0": false,
		"B,0,0":              false,
		"C,0,0," + sum:       false,
	} {
		var a answer
		if a.take(strings.Split(fields, ",")); a.begun != begun {
			t.Errorf("%.40s: begun %v", fields, a.begun)
		}
	}
	for fields, kept := range map[string]bool{
		"0,AA": true, fmt.Sprintf("%d,AA", MaxAnswer): true, fmt.Sprintf("%d,AA", MaxAnswer+1): false, "-1,AA": false, "x,AA": false, "E,1": false, "0,A,A": false,
	} {
		var a answer
		if a.take(strings.Split(fields, ",")); (len(a.records) == 1) != kept {
			t.Errorf("%s: %v", fields, a.records)
		}
	}
	var a answer
	a.take([]string{"B", "3", "6", sum})
	a.take([]string{"0", "AAAA"})
	if _, err := a.whole(); !errors.Is(err, ErrCut) || !strings.Contains(err.Error(), "record 2 of 3") {
		t.Errorf("%v", err)
	}
}

func TestTokens(t *testing.T) {
	for token, ok := range map[string]bool{
		strings.Repeat("a", 7): false, strings.Repeat("a", 8): true, strings.Repeat("f", 32): true, strings.Repeat("0", 33): false,
		"0123456g": false, "0123456A": false, "": false,
	} {
		if ValidToken(token) != ok {
			t.Errorf("%q: %v", token, !ok)
		}
	}
}

func TestPathsOfEdgeCharacters(t *testing.T) {
	for _, c := range "aAzZ09:\\._~- " {
		if _, err := FromFile(`C:\x`+string(c)+`x.ps1`, "00000000"); err != nil {
			t.Errorf("%q: %v", c, err)
		}
	}
	for _, c := range "`{@[/:;'" { // the neighbours of those ranges, and what ends a string
		if c == '/' || c == ':' {
			continue // the one becomes a backslash, the other stands in every path
		}
		if _, err := FromFile(`C:\x`+string(c)+`x.ps1`, "00000000"); err == nil {
			t.Errorf("%q is let through", c)
		}
	}
}

// A command line of exactly MaxCommand characters is sent, one more is not.
func TestLongestCommand(t *testing.T) {
	longest, over := 0, false
	for n := 5600; n < 9000 && !over; n++ {
		command, err := Inline(noise(n), "00000000")
		if over = errors.Is(err, ErrTooLong); !over {
			longest = max(longest, len(command))
		}
	}
	if !over || longest > MaxCommand || longest < MaxCommand-4 {
		t.Errorf("the longest that was sent has %d characters of %d", longest, MaxCommand)
	}
}

// noise is text that does not compress to much less than its length.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(33 + x%90)
	}
	return string(b)
}
