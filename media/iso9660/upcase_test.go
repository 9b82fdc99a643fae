// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
)

// The table is the published one: compressed as the specification does it (long runs of characters that have no upper case
// as 0xFFFF and their number), it has the length and the checksum that stand there.
func TestUpcaseTable(t *testing.T) {
	var b []byte
	for c := rune(0); c <= 0xFFFF; {
		same := c
		for same <= 0xFFFF && upcase(same) == same {
			same++
		}
		if same-c > 512 {
			b = binary.LittleEndian.AppendUint16(b, 0xFFFF)
			b = binary.LittleEndian.AppendUint16(b, uint16(same-c))
			c = same
			continue
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(upcase(c)))
		c++
	}
	var sum uint32
	for _, v := range b {
		sum = (sum>>1 | sum<<31) + uint32(v)
	}
	if len(b) != 5836 || sum != 0xE619D30D {
		t.Errorf("the table has %d bytes and the checksum %08X; want 5836 and E619D30D", len(b), sum)
	}
	for _, r := range []rune{0x10000, 0x10428, 0x1F600} {
		if upcase(r) != r {
			t.Errorf("U+%04X has the upper case U+%04X", r, upcase(r))
		}
	}
}

// Two names clash where Windows takes them for one, and nowhere else.
func TestNamesThatWindowsTakesForOne(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"a", "A", true}, {"ä", "Ä", true}, {"σ", "ς", true}, {"ÿ", "Ÿ", true}, {"я", "Я", true}, {"ⅷ", "Ⅷ", true},
		{"ı", "I", false}, {"ſ", "S", false}, {"µ", "Μ", false}, {"ǅ", "Ǆ", false}, {"ა", "Ა", false}, {"ß", "SS", false}, {"ꭰ", "Ꭰ", false},
	} {
		_, err := Plan(Tree{Files: []File{{Path: tt.a}, {Path: tt.b}}}, Options{})
		if errors.Is(err, ErrInvalid) != tt.same {
			t.Errorf("%s and %s: %v", tt.a, tt.b, err)
		}
	}
}

func TestDeviceNames(t *testing.T) {
	for _, name := range []string{
		"con", "PRN", "Aux", "nul", "CONIN$", "conout$", "ConIn$.txt", "com1", "COM9", "lpt1.x", "LPT9", "com¹", "lpt³", "nul .txt", "con.a.b",
	} {
		if err := CheckName(name); err == nil || !strings.Contains(err.Error(), "keeps for a device") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{
		"co", "conx", "conin", "conout", "con$", "conin$x", "conın$", "com", "com0", "com10", "lpt", "lpt0", "xcom1", "x.con", "com⁴", "con-", "lpu1", "con1",
	} {
		if err := CheckName(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is at a limit is taken, and what is one beyond is not.
func TestLimits(t *testing.T) {
	u := func(s string, n int) string { return strings.Repeat(s, n) }
	for _, tt := range []struct {
		what     string
		at, over error
	}{
		{"a label", CheckLabel(u("a", 16)), CheckLabel(u("a", 17))},
		{"a label beyond ASCII", CheckLabel(u("ü", 16)), CheckLabel(u("ü", 17))},
		{"the characters of a label", CheckLabel("\uffff"), CheckLabel("\U00010000")},
		{"a name", CheckName(u("a", 103)), CheckName(u("a", 104))},
		{"a name beyond ASCII", CheckName(u("ü", 103)), CheckName(u("ü", 104))},
		{"the characters of a name", CheckName("\ufffd"), CheckName("\ufffe")},
		{"the characters of Joliet", nil, CheckName("\U00010000")},
		{"the size of a file", sized(MaxFileSize), sized(MaxFileSize + 1)},
		{"the size of no file", sized(0), sized(-1)},
	} {
		if tt.at != nil || !errors.Is(tt.over, ErrInvalid) {
			t.Errorf("%s: at the limit %v, beyond %v", tt.what, tt.at, tt.over)
		}
	}
}

func sized(size int64) error {
	_, err := Plan(Tree{Files: []File{{Path: "a", Size: size, Open: func() (io.ReadCloser, error) { return nil, errors.ErrUnsupported }}}}, Options{})
	return err
}
