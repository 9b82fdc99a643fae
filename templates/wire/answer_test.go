// SPDX-License-Identifier: MPL-2.0

package wire_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

const token = "0123456789abcdef"

// frame makes an answer as templates/answer.ps1 does; a test runs that one too.
func frame(token, document string) []string {
	sum := sha256.Sum256([]byte(document))
	text := base64.StdEncoding.EncodeToString([]byte(document))
	n := (len(text) + 51) / 52
	lines := []string{fmt.Sprintf("#AVMA1,%s,B,%d,%d,%s#", token, n, len(document), strings.ToUpper(hex.EncodeToString(sum[:16])))}
	for i := range n {
		lines = append(lines, fmt.Sprintf("#AVMA1,%s,%d,%s#", token, i, text[i*52:min(len(text), i*52+52)]))
	}
	return append(lines, fmt.Sprintf("#AVMA1,%s,E,%d#", token, n))
}

func wrap(text string, columns int) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		for len(line) > columns {
			b.WriteString(line[:columns] + "\r\n")
			line = line[columns:]
		}
		b.WriteString(line + "\r\n")
	}
	return b.String()
}

func inUTF16(text string, big bool) string {
	var b bytes.Buffer
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(text))...) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

func TestParseSurvives(t *testing.T) {
	const document = `{"schema":1,"os":{"product_name":"Windows Server 2022 – 데이터센터"},"errors":[{"message":"a # and a , and #AVMA1, in the text"}]}`
	lines := frame(token, document)
	plain := strings.Join(lines, "\n")
	reversed := make([]string, 0, len(lines))
	for i := len(lines) - 1; i >= 0; i-- {
		reversed = append(reversed, lines[i])
	}
	for name, output := range map[string]string{
		"nothing":                plain,
		"CRLF":                   strings.ReplaceAll(plain, "\n", "\r\n"),
		"no line ends at all":    strings.Join(lines, ""),
		"wrapping at 7 columns":  wrap(plain, 7),
		"wrapping at 40 columns": wrap(plain, 40),
		"wrapping with padding":  strings.ReplaceAll(wrap(plain, 20), "\r\n", "      \r\n"),
		"noise around":           "WARNING: # something\n#< CLIXML\n<Objs Version=\"1.1.0.1\">\n" + plain + "\nPS C:\\> # the end",
		"noise between":          strings.Join(lines, "\nVERBOSE: 12% done, #3 of 4\n"),
		"unfinished noise":       "#AVMA1," + token + ",\n#AVMA1,\n" + plain,
		"another answer":         strings.Join(frame("ffffffffffffffff", "{}"), "\n") + plain,
		"records out of order":   strings.Join(reversed, "\n"),
		"records twice":          strings.Join(append(lines[:len(lines):len(lines)], lines[1:]...), "\n"),
		"UTF-16LE":               inUTF16(plain, false),
		"UTF-16BE":               inUTF16("noise\r\n"+plain, true),
		"UTF-8 BOM":              "\xef\xbb\xbf" + plain,
		"CLIXML strings":         "#< CLIXML\r\n<Objs>" + strings.Join(lines, "_x000D__x000A_</S><S S=\"Output\">") + "</Objs>",
		"CLIXML, wrapped":        strings.ReplaceAll(wrap(plain, 30), "\r\n", "_x000D__x000A_"),
		"a terminal's title":     "\x1b]0;C:\\Windows\\powershell.exe\x07" + strings.Join(lines, "\x1b]0;#AVMA1\x1b\\\r\n"),
		"a terminal's cursor":    strings.ReplaceAll(wrap(plain, 30), "\r\n", "\x1b[25;1H\x1b[?25l\x1b[m"),
		"terminal escapes":       "\x1b[2J\x1b[H" + strings.Join(lines, "\x1b[K\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := wire.Parse([]byte(output), token)
			if err != nil || string(got) != document {
				t.Errorf("%q %v", got, err)
			}
		})
	}
}

func TestParseRecognisesWhatIsCut(t *testing.T) {
	lines := frame(token, strings.Repeat(`{"schema":1}`, 30))
	plain := strings.Join(lines, "\r\n")
	last := strings.Index(plain, lines[len(lines)-2]) + len(lines[len(lines)-2])
	for n := range last {
		want := wire.ErrCut
		if n < len("#AVMA1,"+token) {
			want = wire.ErrNone
		}
		// The last records are whole without their final mark.
		if data, err := wire.Parse([]byte(plain[:n]), token); !errors.Is(err, want) && n < last-1 {
			t.Fatalf("cut at %d of %d: %q %v, want %v", n, last, data, err, want)
		}
	}
	for name, output := range map[string]string{
		"a byte changed":     strings.Replace(plain, lines[2][25:29], "AAAA", 1),
		"a record missing":   strings.Join(append(lines[:2:2], lines[3:]...), "\n"),
		"beginning missing":  strings.Join(lines[1:], "\n"),
		"noise in a record":  strings.Replace(plain, lines[2][30:], "VERBOSE"+lines[2][30:], 1),
		"size of the wrong":  strings.Replace(plain, ",360,", ",361,", 1),
		"impossible numbers": "#AVMA1," + token + ",B,-1,999999999999999999999,00000000000000000000000000000000#",
	} {
		if data, err := wire.Parse([]byte(output), token); !errors.Is(err, wire.ErrCut) {
			t.Errorf("%s: %q %v", name, data, err)
		}
	}
	if _, err := wire.Parse([]byte(plain), "ffffffffffffffff"); !errors.Is(err, wire.ErrNone) {
		t.Errorf("an answer to another question: %v", err)
	}
	if data, err := wire.Parse([]byte(plain), ""); err != nil || len(data) != 360 {
		t.Errorf("any token: %v", err)
	}
}

func TestParsePlainAnswer(t *testing.T) {
	_, err := wire.Parse([]byte("x\r\n#AVMA1,"+token+",P,ConstrainedLanguage#\r\n"), token)
	var mode *wire.ModeError
	if !errors.As(err, &mode) || mode.Mode != "ConstrainedLanguage" || !errors.Is(err, wire.ErrMode) {
		t.Errorf("%v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(strings.Join(frame(token, `{"schema":1}`), "\r\n")))
	f.Add([]byte("#AVMA1," + token + ",P,NoLanguage#"))
	f.Add([]byte("#AVMA1," + token + ",B,1000000000,4000000,00000000000000000000000000000000#"))
	f.Add([]byte(inUTF16(strings.Join(frame(token, `{}`), "\n"), true)))
	f.Fuzz(func(t *testing.T, output []byte) {
		data, err := wire.Parse(output, token)
		if err == nil && len(data) > wire.MaxAnswer {
			t.Errorf("an answer of %d bytes", len(data))
		}
		if err != nil && data != nil {
			t.Errorf("data with error %v", err)
		}
	})
}

// FuzzFrame: what is framed is read back, whatever stands around it and wherever it is wrapped.
func FuzzFrame(f *testing.F) {
	f.Add("{}", "noise", 10)
	f.Add(strings.Repeat("데이터", 100), "#AVMA1,", 79)
	f.Fuzz(func(t *testing.T, document, noise string, columns int) {
		if columns < 1 || strings.Contains(noise, token) {
			return
		}
		output := noise + "\n" + wrap(strings.Join(frame(token, document), "\n"), columns) + noise
		got, err := wire.Parse([]byte(output), token)
		if err != nil || string(got) != document {
			t.Errorf("%q %v", got, err)
		}
	})
}
