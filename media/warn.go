// SPDX-License-Identifier: MPL-2.0

package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/golden-image/packer-plugin-avma/internal/near"
	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// answerName is what Setup looks for in the root of a removable drive when it starts (Microsoft, "Windows Setup
// Automation Overview", implicit answer file search order).
const answerName = "Autounattend.xml"

// namespace is that of the root element of an answer file.
const namespace = "urn:schemas-microsoft-com:unattend"

// maxAnswer bounds what is read of an answer file, in bytes; those with scripts in them have some hundred KiB.
const maxAnswer = 8 << 20

// warn says what Windows Setup will ignore. An error is about reading.
func warn(found gathered) ([]string, error) {
	var out []string
	for _, path := range found.empty {
		out = append(out, untrusted.Line(path)+" holds no file, so nothing of it is in the image; is it the right folder?")
	}
	var others []iso9660.File
	for _, f := range found.tree.Files {
		if !strings.EqualFold(f.Path, answerName) {
			others = append(others, f)
			continue
		}
		what, err := ignored(f)
		if err != nil {
			return nil, err
		}
		if what != "" {
			out = append(out, fmt.Sprintf("%q%s %s, so Windows Setup ignores or refuses it; make it again", f.Path, from(f), what))
		}
		return out, nil
	}
	for _, f := range others {
		if what := misplaced(f.Path); what != "" {
			out = append(out, fmt.Sprintf("%q%s %s", f.Path, from(f), what))
		}
		if len(out) >= maxProblems {
			break
		}
	}
	return out, nil
}

// from says where a file comes from, for a message.
func from(f iso9660.File) string { return " (from " + untrusted.Line(f.Origin) + ")" }

// misplaced says why Setup does not see a file that looks like an answer file for it; else "".
func misplaced(path string) string {
	parts := strings.Split(path, "/")
	name := parts[len(parts)-1]
	lower := strings.ToLower(name)
	switch {
	case strings.EqualFold(name, answerName):
		return "lies in a folder, and Windows Setup looks in the root of the image alone; name the folder that it lies in, or the file itself"
	case len(parts) > 1:
		return ""
	case lower == "unattend.xml":
		return "is not what Windows Setup looks for when it starts; rename it to " + answerName
	case strings.HasPrefix(lower, "autounattend"), near.Match(name, []string{answerName}) != "":
		return "has not quite the name that Windows Setup looks for; rename it to " + answerName
	}
	return ""
}

// ignored says what is wrong with an answer file as a whole, or "". What stands in it is not judged here.
func ignored(f iso9660.File) (what string, err error) {
	if f.Size == 0 {
		return "is empty", nil
	}
	if f.Size > maxAnswer {
		return fmt.Sprintf("has %d bytes, too many for an answer file", f.Size), nil
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxAnswer))
	if err := errors.Join(err, r.Close()); err != nil {
		return "", err
	}
	return brokenXML(data), nil
}

// brokenXML says why data is no answer file; "" where it is one, or in a code page that is not known here.
func brokenXML(data []byte) string {
	known := true
	text := transform.NewReader(bytes.NewReader(data), unicode.BOMOverride(encoding.Nop.NewDecoder()))
	d := xml.NewDecoder(text)
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		known = slices.Contains([]string{"utf-16", "utf-8"}, strings.ToLower(charset)) // the mark has been seen to
		return r, nil
	}
	depth, roots, settings := 0, 0, 0
	for {
		token, err := d.Token()
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				if roots++; t.Name.Local != "unattend" || t.Name.Space != namespace {
					return fmt.Sprintf("does not begin with the element unattend of the namespace %q", namespace)
				}
			}
			if depth == 1 && t.Name.Local == "settings" {
				settings++
			}
			depth++
		case xml.EndElement:
			depth--
		}
		switch {
		case err == nil:
		case !known:
			return ""
		case !errors.Is(err, io.EOF):
			line, _ := d.InputPos() // the error itself may quote a password
			return fmt.Sprintf("is no XML: there is a mistake on line %d", line)
		case roots != 1:
			return fmt.Sprintf("is no XML: it has %d root elements instead of one", roots)
		case settings == 0:
			return "has no settings in it"
		default:
			return ""
		}
	}
}
