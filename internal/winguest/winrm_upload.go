// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// The WinRM communicator transfers a file as a series of "echo BASE64 >> %TEMP%\winrmcp-....tmp" and three scripts of
// its own: one that decodes, one that cleans up, one that reads for a download. They use .NET with Windows paths, which
// no PowerShell on another system can run, so they are recognised and their work is done here.
var (
	copyPaths = regexp.MustCompile(`\[System\.IO\.Path\]::GetFullPath\("([^"]*)"`)
	readPath  = regexp.MustCompile(`\[System\.IO\.File\]::ReadAllBytes\("([^"]*)"\)`)
)

func (g *Guest) winrmCommand(line string) result {
	if strings.HasPrefix(line, "echo ") && strings.Contains(line, "winrmcp-") {
		if g.Config.Faults.RefuseUpload {
			return result{exit: 1, err: []byte("Access is denied.\r\n")}
		}
		return g.remote("winrm", line, nil, true)
	}
	args := splitArguments(line)
	if len(args) > 1 && isPowerShell(args[0]) {
		if call, err := parsePowerShell(args[1:]); err == nil && call.encoded {
			if r, ok := g.transfer(call.command); ok {
				return r
			}
			if strings.Contains(call.command, `"WinRM connected."`) { // Packer's own question, ahead of everything
				return g.remote("winrm", line, nil, true)
			}
		}
	}
	return g.remote("winrm", line, nil, false)
}

func (g *Guest) transfer(script string) (result, bool) {
	temp := func(p string) string { return g.Path(strings.ReplaceAll(p, "$env:TEMP", "%TEMP%")) }
	paths := copyPaths.FindAllStringSubmatch(script, -1)
	switch m := readPath.FindStringSubmatch(script); {
	case m != nil:
		data, err := os.ReadFile(g.Path(m[1]))
		if err != nil {
			return result{exit: 1, err: []byte("Could not find file.\r\n")}, true
		}
		return result{out: []byte(base64.StdEncoding.EncodeToString(data) + "\r\n")}, true
	case len(paths) == 0 || !strings.Contains(script, "winrmcp-"):
		return result{}, false
	case len(paths) == 1:
		os.Remove(temp(paths[0][1]))
		return result{}, true
	default:
		return result{exit: g.decodeUpload(temp(paths[0][1]), temp(strings.Trim(paths[1][1], "'")))}, true
	}
}

func (g *Guest) decodeUpload(from, to string) int {
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		return 1
	}
	data, err := os.ReadFile(from)
	if err != nil && !os.IsNotExist(err) {
		return 1
	}
	var all []byte
	for _, line := range strings.Fields(string(data)) {
		part, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return 1
		}
		all = append(all, part...)
	}
	if os.MkdirAll(filepath.Dir(to), 0o755) != nil || os.WriteFile(to, all, 0o644) != nil {
		return 1
	}
	g.mu.Lock()
	g.log = append(g.log, Command{Line: "upload " + to, Shell: "winrm", Upload: true, Finished: true})
	g.mu.Unlock()
	return 0
}
