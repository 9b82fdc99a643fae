// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// ErrInvalid is what every refusal of a tree or a label matches with errors.Is: the input is at fault, not the disk.
var ErrInvalid = errors.New("cannot be put into an image")

// Problem is one thing that is wrong with one path of a tree.
type Problem struct {
	Path   string // name in the image
	Origin string // where it comes from; may be empty
	What   string // "has ..."
	Remedy string
}

func (p Problem) String() string {
	return fmt.Sprintf("%q%s %s; %s", p.Path, from(p.Origin), p.What, p.Remedy)
}

// TreeError says everything that is wrong with a tree. It matches [ErrInvalid].
type TreeError struct{ Problems []Problem }

// maxShown bounds the lines of a message: a whole disk given by mistake has thousands of problems.
const maxShown = 20

func (e *TreeError) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0].String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d files or folders cannot be put into the image:", len(e.Problems))
	for i, p := range e.Problems {
		if i == maxShown {
			fmt.Fprintf(&b, "\n  and %d more", len(e.Problems)-i)
			break
		}
		b.WriteString("\n  " + p.String())
	}
	return b.String()
}

// Is makes errors.Is(err, ErrInvalid) true.
func (e *TreeError) Is(target error) bool { return target == ErrInvalid }

// LabelError refuses a volume label or another option. It matches [ErrInvalid].
type LabelError struct{ Label, What, Remedy string }

func (e *LabelError) Error() string {
	return fmt.Sprintf("volume label %q %s; %s", e.Label, e.What, e.Remedy)
}

// Is makes errors.Is(err, ErrInvalid) true.
func (e *LabelError) Is(target error) bool { return target == ErrInvalid }

// invalid is any other refusal.
type invalid string

func (e invalid) Error() string        { return string(e) }
func (e invalid) Is(target error) bool { return target == ErrInvalid }

func from(origin string) string {
	if origin == "" {
		return ""
	}
	return " (from " + untrusted.Line(origin) + ")"
}
