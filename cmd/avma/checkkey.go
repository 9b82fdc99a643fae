// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// keyReport is what `avma check-key --format json` answers.
type keyReport struct {
	Status   string          `json:"status"`   // "known", "unknown" (not in the catalogue), "malformed", "checksum"
	Form     bool            `json:"form"`     // 25 characters of the alphabet with one N
	Checksum bool            `json:"checksum"` // the built-in checksum is right
	Reason   string          `json:"reason"`
	Key      string          `json:"key"`     // normalised; only of a known key, for all others may be secret
	Entries  []catalog.Entry `json:"entries"` // what it is the key of
	Meant    []catalog.Entry `json:"meant"`   // known keys one typing error away, when it is none itself
}

func newCheckKeyCommand(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check-key KEY|-",
		Short: "Say what a product key is",
		Long: `Checks the form and the built-in checksum of a product key, and says which release, edition and channel it is of,
when it is an AVMA key or a KMS client key (GVLK) of the catalogue. Dashes, spaces and small letters are understood.
With - the key is read from standard input: a secret one belongs there, because a command line can be seen by others.
A key that is not in the catalogue is never printed.

Exit status 0: a known key. 1: malformed, mistyped, or not in the catalogue.`,
		Example: `  avma check-key W3GNR-8DDXR-2TFRP-H8P33-DV9BG
  avma check-key --format json - < key.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("which key? Give one, or - to read it from standard input")
			}
			return nil
		},
		RunE: a.runs(func(cmd *cobra.Command, args []string) error {
			c, err := a.catalog()
			if err != nil {
				return err
			}
			text := strings.Join(args, " ") // groups with spaces between them
			if text == "-" {
				if text, err = readKey(a.stdin); err != nil {
					return err
				}
			}
			report := checkKey(c, text)
			if format == "json" {
				err = a.writeJSON(cmd.Context(), "-", report)
			} else {
				err = a.write(cmd.Context(), "-", false, report.text(c))
			}
			if err == nil && report.Status != "known" {
				return no(nil)
			}
			return err
		}),
	}
	formatFlag(cmd, &format, "text", "json")
	return cmd
}

// maxKeyInput bounds what is read for a key, in bytes: a line, and what an editor may have put around it.
const maxKeyInput = 4096

// readKey reads the first line of standard input that is not empty, in UTF-8 or UTF-16, with a byte order mark or
// without. A key is ASCII, so the zero bytes of UTF-16 are all that is in between.
func readKey(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxKeyInput+1))
	switch {
	case err != nil:
		return "", failed(fmt.Errorf("cannot read standard input: %w", err))
	case len(data) > maxKeyInput:
		return "", usage(fmt.Errorf("standard input holds more than %d bytes; it has to hold one product key", maxKeyInput))
	}
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		data = bytes.TrimPrefix(data, []byte(mark))
	}
	for line := range strings.Lines(string(bytes.ReplaceAll(data, []byte{0}, nil))) {
		if line = strings.TrimSpace(line); line != "" {
			return line, nil
		}
	}
	return "", usage(errors.New("standard input is empty: it has to hold a product key"))
}

func checkKey(c *catalog.Catalog, text string) keyReport {
	r := keyReport{Entries: []catalog.Entry{}, Meant: []catalog.Entry{}}
	k, err := catalog.ParseKey(text)
	var wrong *catalog.KeyError
	switch {
	case errors.As(err, &wrong):
		r.Status, r.Reason, r.Form = string(wrong.Kind), wrong.Reason, wrong.Kind != catalog.Malformed
		r.Meant = append(r.Meant, c.Near(text)...)
		return r
	case err != nil:
		r.Status, r.Reason = string(catalog.Malformed), err.Error()
		return r
	}
	r.Form, r.Checksum = true, true
	r.Entries = append(r.Entries, c.Identify(k.String())...)
	if len(r.Entries) == 0 {
		r.Status = "unknown"
		r.Meant = append(r.Meant, c.Near(text)...)
		r.Reason = "form and checksum are right, but it is no AVMA key and no KMS client key (GVLK) of this catalogue; it may be a MAK, an OEM or a retail key, or newer than this catalogue"
		return r
	}
	r.Status, r.Key = "known", k.String()
	r.Reason = "it is an AVMA key: a Hyper-V Datacenter host activates the guest"
	if r.Entries[0].Channel == catalog.GVLK {
		r.Reason = "it is a KMS client key (GVLK), not an AVMA key: the guest looks for a KMS host, and no Hyper-V host activates it"
	}
	return r
}

func (r keyReport) text(c *catalog.Catalog) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s\n", r.Status, r.Reason)
	for _, e := range r.Entries {
		fmt.Fprintf(&b, "  %s\n", describeEntry(c, e))
	}
	for _, e := range r.Meant {
		fmt.Fprintf(&b, "  one typing error away from %s, %s\n", e.Key, describeEntry(c, e))
	}
	return b.Bytes()
}

// describeEntry is a line such as "AVMA key of Windows Server 2022 Datacenter (ServerDatacenter, build 20348; documented)".
func describeEntry(c *catalog.Catalog, e catalog.Entry) string {
	title := e.Release
	if r, ok := c.Release(e.Release); ok {
		title = r.Title
	}
	return fmt.Sprintf("%s key of %s %s (%s, build %d; %s)", strings.ToUpper(string(e.Channel)), title, e.Edition, e.EditionID, e.Build, e.Standing)
}
