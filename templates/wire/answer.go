// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxAnswer bounds the document that is accepted from a guest, in bytes.
const MaxAnswer = 4 << 20

// The errors of Parse; what wraps them says more.
var (
	ErrNone = errors.New("no answer among the output")              // nothing of ours was printed
	ErrCut  = errors.New("the answer is cut off or damaged")        // it began, and is not whole
	ErrMode = errors.New("PowerShell does not run in FullLanguage") // *ModeError
)

// ModeError is the plain answer of a guest whose PowerShell is locked down.
type ModeError struct {
	Mode string // "ConstrainedLanguage", "RestrictedLanguage", "NoLanguage"
}

func (e *ModeError) Error() string { return fmt.Sprintf("PowerShell runs in %s mode", e.Mode) }

// Unwrap makes errors.Is(err, ErrMode) true.
func (e *ModeError) Unwrap() error { return ErrMode }

const mark = "#AVMA1,"

// Parse finds the answer marked with the token among whatever else a command printed, and checks that it is whole.
// Line breaks inside of it, other text between its records, their order, UTF-16 and byte order marks do not matter.
// An empty token accepts any; the last whole answer wins.
func Parse(output []byte, token string) ([]byte, error) {
	frames := map[string]*answer{}
	var order []string
	text := squeeze(output)
	for {
		i := strings.Index(text, mark)
		if i < 0 {
			break
		}
		text = text[i+len(mark):]
		end := strings.IndexByte(text, '#')
		if end < 0 {
			end = len(text)
		}
		fields := strings.Split(text[:end], ",")
		if !ValidToken(fields[0]) || token != "" && fields[0] != token {
			continue
		}
		if frames[fields[0]] == nil {
			frames[fields[0]] = &answer{}
			order = append(order, fields[0])
		}
		frames[fields[0]].take(fields[1:])
	}
	err := fmt.Errorf("%w", ErrNone)
	for i := len(order) - 1; i >= 0; i-- {
		data, problem := frames[order[i]].whole()
		if problem == nil {
			return data, nil
		}
		if i == len(order)-1 {
			err = problem
		}
	}
	return nil, err
}

// squeeze drops everything that carries nothing: blanks, line ends, control characters, the zeros and marks of UTF-16,
// and what a terminal is told where the communicator asked for one (ssh_pty).
func squeeze(output []byte) string {
	if len(output) > 4*MaxAnswer {
		output = output[len(output)-4*MaxAnswer:]
	}
	b := make([]byte, 0, len(output))
	for i := 0; i < len(output); i++ {
		switch c := output[i]; {
		case c == escape:
			i += escaped(output[i+1:])
		case c > ' ' && c < 0x7f:
			b = append(b, c)
		}
	}
	// What a serialised stream writes for a line end.
	return strings.ReplaceAll(string(b), "_x000D__x000A_", "")
}

const escape = 0x1b

// escaped is the length of a control sequence (ESC [ ... letter) or a title (ESC ] ... BEL or ESC \) without its first
// byte; 0 when it is neither.
func escaped(b []byte) int {
	const longestSequence, longestTitle = 64, 1024
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '[':
		for i, c := range b[1:min(len(b), longestSequence)] {
			if c >= '@' && c <= '~' {
				return i + 2
			}
			if c < ' ' || c > '~' {
				return 0
			}
		}
	case b[0] == ']':
		for i, c := range b[1:min(len(b), longestTitle)] {
			if c == '\a' {
				return i + 2
			}
			if c == escape {
				return i + 1 // the rest of it is one more escape
			}
		}
	}
	return 0
}

type answer struct {
	begun   bool
	mode    string
	count   int
	size    int
	sum     string
	records map[int]string
}

func (a *answer) take(fields []string) {
	switch {
	case len(fields) == 2 && fields[0] == "P":
		a.mode = fields[1]
	case len(fields) == 4 && fields[0] == "B":
		count, err1 := strconv.Atoi(fields[1])
		size, err2 := strconv.Atoi(fields[2])
		if err1 == nil && err2 == nil && count >= 0 && size >= 0 && size <= MaxAnswer && len(fields[3]) == 32 {
			*a = answer{begun: true, count: count, size: size, sum: fields[3], records: a.records}
		}
	case len(fields) == 2 && fields[0] != "E":
		n, err := strconv.Atoi(fields[0])
		if err != nil || n < 0 || n > MaxAnswer {
			return
		}
		if a.records == nil {
			a.records = map[int]string{}
		}
		a.records[n] = fields[1]
	}
}

func (a *answer) whole() ([]byte, error) {
	if a.mode != "" {
		return nil, &ModeError{Mode: a.mode}
	}
	if !a.begun {
		return nil, fmt.Errorf("%w: its beginning is missing", ErrCut)
	}
	var b strings.Builder
	for i := range a.count {
		r, ok := a.records[i]
		if !ok {
			return nil, fmt.Errorf("%w: record %d of %d is missing", ErrCut, i+1, a.count)
		}
		b.WriteString(r)
	}
	data, err := base64.StdEncoding.DecodeString(b.String())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCut, err)
	}
	sum := sha256.Sum256(data)
	if len(data) != a.size || !strings.EqualFold(hex.EncodeToString(sum[:16]), a.sum) {
		return nil, fmt.Errorf("%w: its checksum does not match", ErrCut)
	}
	return data, nil
}
