// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

func findPowerShell() (string, bool) {
	if p := os.Getenv("AVMA_TEST_PWSH"); p != "" {
		return p, true
	}
	p, err := exec.LookPath("pwsh")
	return p, err == nil
}

// Streams are the standard streams of a process in the guest.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// psCall is a command line of powershell.exe, taken apart.
type psCall struct {
	command string // -Command, or decoded -EncodedCommand
	encoded bool
	file    string // -File
	args    []string
	stdin   bool // -Command -
}

// parsePowerShell reads the arguments as powershell.exe does: names may be cut short, the rest after -Command is the
// command, a bare text too.
func parsePowerShell(args []string) (psCall, error) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "" || (a[0] != '-' && a[0] != '/') || a == "-" {
			return psCommand(strings.Join(args[i:], " ")), nil
		}
		name := strings.ToLower(a[1:])
		is := func(full string, least int) bool { return len(name) >= least && strings.HasPrefix(full, name) }
		value := func() string {
			i++
			if i < len(args) {
				return args[i]
			}
			return ""
		}
		switch {
		case is("encodedcommand", 1) || name == "ec":
			text, err := decodeUTF16(value())
			return psCall{command: text, encoded: true}, err
		case is("command", 1):
			return psCommand(strings.Join(args[i+1:], " ")), nil
		case is("file", 1):
			f := value()
			return psCall{file: f, args: args[min(i+1, len(args)):]}, nil
		case is("noprofile", 3), is("noninteractive", 4), is("nologo", 3), is("sta", 2), is("mta", 2), is("noexit", 3):
		case is("executionpolicy", 2), name == "ep", is("inputformat", 2), is("outputformat", 1), is("windowstyle", 1), is("version", 1), is("psconsolefile", 2), is("configurationname", 2):
			value()
		default:
			return psCall{}, fmt.Errorf("powershell.exe: unknown parameter %s", a)
		}
	}
	return psCall{command: "", stdin: true}, nil
}

func psCommand(text string) psCall { return psCall{command: text, stdin: text == "-"} }

func decodeUTF16(b64 string) (string, error) {
	data, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		return "", err
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
	}
	return string(utf16.Decode(units)), nil
}

func encodeUTF16(text string) string {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// PowerShell runs powershell.exe with these arguments in the guest, as the communicator's user or as SYSTEM, and
// returns its exit status. It ends with ctx and with the guest's power.
func (g *Guest) PowerShell(ctx context.Context, args []string, system bool, s Streams) (int, error) {
	if slices.Contains(g.Config.Without, "powershell") {
		fmt.Fprint(s.Err, "'powershell' is not recognized as an internal or external command,\noperable program or batch file.\n")
		return 9009, nil
	}
	call, err := parsePowerShell(args)
	if err != nil {
		fmt.Fprintf(s.Err, "%v\n", err)
		return 64, nil // -196608 on Windows: the parameter is not understood
	}
	if call.stdin {
		data, err := io.ReadAll(orReader(s.In))
		if err != nil {
			return 1, err
		}
		call.command = string(data)
	}
	return g.run(ctx, call, system, s)
}

func orReader(r io.Reader) io.Reader {
	if r == nil {
		return strings.NewReader("")
	}
	return r
}

func quotePS(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// run starts the real PowerShell with the fakes loaded ahead of what was asked for. The text stays one unit with it, so
// that the emulation's check of syntax sees it, and keeps its own line numbers.
func (g *Guest) run(ctx context.Context, call psCall, system bool, s Streams) (int, error) {
	ahead := "Import-Module -Name " + quotePS(g.module) + " -DisableNameChecking;"
	if g.Config.LanguageMode != "" && !system {
		ahead += "$ExecutionContext.SessionState.LanguageMode=" + quotePS(g.Config.LanguageMode) + ";"
	}
	text := ahead + call.command
	if call.file != "" {
		text = ahead + "& " + quotePS(g.Path(call.file))
		for _, a := range call.args {
			text += " " + psArgument(a)
		}
		text += ";exit $LASTEXITCODE"
		if _, err := os.Stat(g.Path(call.file)); err != nil {
			fmt.Fprintf(s.Err, "The argument '%s' to the -File parameter does not exist.\n", call.file)
			return -196608, nil
		}
	}
	args := []string{"-NoProfile", "-NonInteractive"}
	if call.encoded {
		args = append(args, "-EncodedCommand", encodeUTF16(text))
	} else {
		args = append(args, "-Command", text)
	}
	g.mu.Lock()
	power := g.power
	g.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(power, cancel)()
	cmd := exec.CommandContext(ctx, g.pwsh, args...)
	cmd.Dir = filepath.Join(g.root, "Users/packer")
	if system {
		cmd.Dir = filepath.Join(g.root, "Windows/System32")
	}
	env, err := g.processEnvironment(ctx, system)
	if err != nil {
		return 1, err
	}
	cmd.Env = env
	cmd.Stdout, cmd.Stderr = s.Out, s.Err
	cmd.WaitDelay = 2e9
	if ctx.Value(taskKey{}) == nil {
		defer g.sched.working()()
	}
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return 1, ctx.Err()
	case errors.As(err, &exit):
		return exit.ExitCode(), nil
	}
	return 0, err
}

// psArgument passes an argument of -File: a parameter's name as such, all else as text.
func psArgument(a string) string {
	if strings.HasPrefix(a, "-") && !strings.ContainsAny(a, " '\"$;") {
		return a
	}
	return quotePS(a)
}

func (g *Guest) processEnvironment(ctx context.Context, system bool) ([]string, error) {
	s, err := g.State()
	if err != nil {
		return nil, err
	}
	env := g.environment(s)
	version := or(g.Config.PowerShell, releases[s.Guest.Release].powershell)
	more := map[string]string{
		"WINGUEST_STATE": g.statePath, "WINGUEST_ROOT": g.root, "WINGUEST_SPOOL": g.spool, "WINGUEST_KEYS": filepath.Join(g.dir, "keys.json"), "WINGUEST_LANGUAGE": s.Guest.Language,
		"WINGUEST_WITHOUT": strings.Join(g.Config.Without, ","), "WINGUEST_SLEEP_SCALE": strconv.FormatFloat(or(g.Config.SleepScale, 1), 'f', -1, 64),
		"PWSH_EMULATE": version, "HOME": filepath.Join(g.dir, "home"), "TMPDIR": filepath.Join(g.dir, "home"), "DOTNET_EnableDiagnostics": "0", "DOTNET_TieredPGO": "0", "POWERSHELL_TELEMETRY_OPTOUT": "1",
		"POWERSHELL_UPDATECHECK": "Off", "NO_COLOR": "1", "PATH": g.bin + string(os.PathListSeparator) + os.Getenv("PATH"), "PSModulePath": os.Getenv("PSModulePath"),
		"TZ": or(g.Config.TimeZone, "UTC"), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": os.Getenv("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"),
	}
	if h := g.Config.Odd.ClockHours; h != 0 {
		more["WINGUEST_CLOCK_HOURS"] = strconv.FormatFloat(h, 'f', -1, 64)
	}
	if task, ok := ctx.Value(taskKey{}).(string); ok {
		g.mu.Lock()
		more["WINGUEST_TASK"], more["WINGUEST_CLOCK"] = task, strconv.FormatFloat(g.sched.base, 'f', 3, 64)
		g.mu.Unlock()
	}
	if g.Config.Faults.DiskFull {
		more["WINGUEST_DISK_FULL"] = "1"
	}
	if system {
		more["WINGUEST_SYSTEM"] = "1"
		env["TEMP"], env["TMP"], env["USERNAME"] = g.root+"/Windows/Temp", g.root+"/Windows/Temp", s.Guest.ComputerName+"$"
	}
	var out []string
	for _, m := range []map[string]string{env, more} {
		for k, v := range m {
			if v != "" {
				out = append(out, k+"="+v)
			}
		}
	}
	return out, nil
}
