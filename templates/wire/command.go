// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// MaxCommand is the longest command line that is sent: cmd.exe takes 8,191 characters, and whoever starts it puts its
// own path and quotes around ours.
const MaxCommand = 8100

// ErrTooLong says that a script does not fit into a command line and must be uploaded.
var ErrTooLong = fmt.Errorf("the script does not fit into a command line of %d characters", MaxCommand)

// Payload is a script with its arguments as data: what runs in the guest. The token marks its answer.
// The arguments are encoded as JSON; nil means none.
func Payload(script, token string, args any) (string, error) {
	data, err := encoded(token, args)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$AvmaToken='%s'\n$AvmaIn='%s'\n$AvmaOut=''\n%s", token, data, script), nil
}

// File is the same as a file for FromFile: the arguments in the first line, the script below. The script alone is ever
// given to PowerShell as code, because code is logged: from 5.0 on every block with words such as "FromBase64String"
// stands in the event log (4104), policy or not, and an argument may be a password.
func File(script, token string, args any) (string, error) {
	data, err := encoded(token, args)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s\n$AvmaToken='%s'\n$AvmaOut=''\n%s", data, token, script), nil
}

func encoded(token string, args any) (string, error) {
	if !ValidToken(token) {
		return "", fmt.Errorf("token %q is not 8 to 32 lower-case hexadecimal digits", token)
	}
	if args == nil {
		return "", nil
	}
	j, err := json.Marshal(args)
	if err != nil {
		return "", fmt.Errorf("arguments of a guest script: %w", err)
	}
	return base64.StdEncoding.EncodeToString(j), nil
}

// ValidToken reports whether a token is safe in a file name, a task name and a command line.
func ValidToken(token string) bool {
	return len(token) >= 8 && len(token) <= 32 && strings.Trim(token, "0123456789abcdef") == ""
}

// The inline command line keeps to what cmd.exe, PowerShell and bash read alike inside double quotes: no $, no %, no
// backtick, no !, no double quote. MSYS rewrites arguments that hold a slash, so there is none either: base64 is in
// its URL form. PowerShell as the shell of an SSH server can lose the double quotes altogether (with a terminal, and
// with OpenSSH 7.7, which Windows Server 2019 comes with), so the other command lines have none: their script is
// short enough for -EncodedCommand. Mode 0 is Decompress, -va is -ValueOnly. The first statement uses only what Constrained Language Mode allows.
const (
	start    = `powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass `
	prologue = start + `-Command "`
	modeTest = `if((gv ExecutionContext -va).SessionState.LanguageMode -ne 'FullLanguage'){%s'#AVMA1,%s,P,'+(gv ExecutionContext -va).SessionState.LanguageMode+'#';exit 3};`
	inflate  = `iex (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('%s'.Replace('-','+').Replace('_',[string][char]47)))),[IO.Compression.CompressionMode]0)))).ReadToEnd()`
	fromFile = `sv AvmaText (gc -LiteralPath '%[1]s' -Raw);ri -LiteralPath '%[1]s' -Force;sv AvmaIn ((gv AvmaText -ValueOnly).Split([char]10)[0].Trim());iex (gv AvmaText -ValueOnly).Substring((gv AvmaText -ValueOnly).IndexOf([char]10))`
)

// Inline is the command line that carries the payload itself. ErrTooLong: upload it instead.
func Inline(payload, token string) (string, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return "", err
	}
	_, err = w.Write([]byte(payload))
	if err = errors.Join(err, w.Close()); err != nil {
		return "", err
	}
	text := base64.URLEncoding.EncodeToString(packed.Bytes())
	command := prologue + fmt.Sprintf(modeTest, "", token) + fmt.Sprintf(inflate, text) + `"`
	if len(command) > MaxCommand {
		return "", fmt.Errorf("%w: %d", ErrTooLong, len(command))
	}
	return command, nil
}

// FromFile is the command line that runs an uploaded File. It deletes the file once it is read, ahead of running it.
// Only names made of letters, digits, ":", "\", ".", "_", "~", "-" and blanks are accepted; slashes become backslashes.
func FromFile(path, token string) (string, error) {
	path = strings.ReplaceAll(path, "/", `\`)
	for _, r := range path {
		ok := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(`:\._~- `, r)
		if !ok {
			return "", fmt.Errorf("path %q: the character %q cannot be passed through every shell", path, r)
		}
	}
	remove := fmt.Sprintf(`ri -LiteralPath '%s' -Force;`, path)
	return encode(fmt.Sprintf(modeTest, remove, token) + fmt.Sprintf(fromFile, path)), nil
}

// Remove is the command line that deletes an uploaded payload that was not run.
func Remove(path string) (string, error) {
	if _, err := FromFile(path, "00000000"); err != nil {
		return "", err
	}
	return encode(fmt.Sprintf(`ri -LiteralPath '%s' -Force -ErrorAction SilentlyContinue`, strings.ReplaceAll(path, "/", `\`))), nil
}

// encode is a command line without a quote: the script, which is ASCII, as base64 of UTF-16. It begins with a letter,
// which MSYS leaves alone.
func encode(script string) string {
	wide := make([]byte, 0, 2*len(script))
	for _, c := range []byte(script) {
		wide = append(wide, c, 0)
	}
	return start + "-EncodedCommand " + base64.StdEncoding.EncodeToString(wide)
}

// Script is the PowerShell text of a command line that this package made: what the guest is asked to run. "" when it is
// none of them.
func Script(command string) string {
	rest, ok := strings.CutPrefix(command, start)
	if !ok {
		return ""
	}
	if encoded, ok := strings.CutPrefix(rest, "-EncodedCommand "); ok {
		wide, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return ""
		}
		return string(bytes.ReplaceAll(wide, []byte{0}, nil))
	}
	return strings.TrimSuffix(strings.TrimPrefix(rest, `-Command "`), `"`)
}
