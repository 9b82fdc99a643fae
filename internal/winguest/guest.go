// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

//go:embed module/*.ps1
var moduleFiles embed.FS

// Guest is a simulated machine. It is switched on; servers are added with SSH and WinRM.
type Guest struct {
	Config Config

	t         testing.TB
	pwsh      string
	dir       string // everything of this guest
	root      string // drive C:
	statePath string
	spool     string
	module    string
	bin       string // programs that a process of the guest may start

	commands atomic.Int64 // remote commands so far
	sched    *scheduler
	ctx      context.Context // ends with the test
	stop     context.CancelFunc
	wg       sync.WaitGroup

	mu       sync.Mutex
	log      []Command
	power    context.Context // ends with the power
	powerOff context.CancelFunc
	away     time.Time // connections are refused until then
	conns    map[closer]struct{}
	boots    int
}

type closer interface{ Close() error }

// PowerShell finds the PowerShell that runs the guests' scripts: AVMA_TEST_PWSH, else pwsh on PATH. Without one the test
// is skipped, and the line says how to get one.
func PowerShell(t testing.TB) string {
	t.Helper()
	path, ok := findPowerShell()
	if !ok {
		t.Skip("no PowerShell: set AVMA_TEST_PWSH to a pwsh 7, or put one on PATH (https://github.com/PowerShell/PowerShell/releases)")
	}
	return path
}

// New makes a guest from its description and switches it on; it is gone with the test.
func New(t testing.TB, c Config) *Guest {
	t.Helper()
	pwsh := PowerShell(t)
	s, err := newState(c)
	if err != nil {
		t.Fatal(err)
	}
	return start(t, c, pwsh, s)
}

func start(t testing.TB, c Config, pwsh string, s *State) *Guest {
	t.Helper()
	dir := t.TempDir()
	g := &Guest{
		Config: c, t: t, pwsh: pwsh, dir: dir, root: filepath.Join(dir, "C"), statePath: filepath.Join(dir, "state.json"),
		spool: filepath.Join(dir, "spool"), module: filepath.Join(dir, "winguest.psm1"), bin: filepath.Join(dir, "bin"), conns: map[closer]struct{}{},
	}
	g.ctx, g.stop = context.WithCancel(context.Background())
	g.sched = newScheduler(g)
	for _, d := range []string{"Windows/System32/Sysprep", "Windows/Temp", "Windows/Setup/Scripts", "Program Files", "ProgramData", "Users/packer/AppData/Local/Temp"} {
		if err := os.MkdirAll(filepath.Join(g.root, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []string{"spool", "home"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if c.SetupComplete != "" {
		g.must(os.WriteFile(filepath.Join(g.root, "Windows/Setup/Scripts/SetupComplete.cmd"), []byte(c.SetupComplete), 0o644))
	}
	g.must(os.WriteFile(g.module, moduleText(), 0o644))
	g.must(g.writePrograms())
	keys, err := json.Marshal(knownKeys())
	g.must(err)
	g.must(os.WriteFile(filepath.Join(dir, "keys.json"), keys, 0o644))
	g.must(g.write(s))
	g.powerUp()
	g.wg.Add(1)
	go g.serveSpool()
	t.Cleanup(g.close)
	return g
}

func (g *Guest) must(err error) {
	if err != nil {
		g.t.Helper()
		g.t.Fatal(err)
	}
}

// close ends everything that runs in the guest.
func (g *Guest) close() {
	g.stop()
	g.mu.Lock()
	g.powerOff()
	g.sched.off()
	g.mu.Unlock()
	g.dropConnections()
	g.wg.Wait()
}

var moduleText = sync.OnceValue(func() []byte {
	names, _ := fs.Glob(moduleFiles, "module/*.ps1")
	var all []byte
	for _, n := range names { // sorted by name
		data, _ := moduleFiles.ReadFile(n)
		all = append(append(all, data...), '\n')
	}
	return all
})

// Path is where a Windows path of the guest lies on this machine. It takes C:\x, C:/x, /C:/x, /c/x (Git bash), %TEMP%\x
// and what is such a path already.
func (g *Guest) Path(windows string) string {
	p := g.expand(strings.Trim(windows, `"'`))
	if strings.HasPrefix(p, g.dir) {
		return filepath.Clean(strings.ReplaceAll(p, `\`, "/"))
	}
	p = strings.ReplaceAll(p, `\`, "/")
	low := strings.ToLower(p)
	for _, prefix := range []string{"/c:/", "c:/", "/c/"} {
		if strings.HasPrefix(low, prefix) {
			p = p[len(prefix):]
			break
		}
	}
	return g.existing(filepath.Join(g.root, filepath.Clean("/"+p)))
}

// existing finds a path as Windows would, whatever the case of its letters.
func (g *Guest) existing(path string) string {
	if _, err := os.Lstat(path); err == nil || !strings.HasPrefix(path, g.root+"/") {
		return path
	}
	at := g.root
	parts := strings.Split(strings.TrimPrefix(path, g.root+"/"), "/")
	for i, part := range parts {
		entries, _ := os.ReadDir(at)
		name := part
		for _, e := range entries {
			if strings.EqualFold(e.Name(), part) {
				name = e.Name()
				break
			}
		}
		at = filepath.Join(at, name)
		if _, err := os.Lstat(at); err != nil {
			return filepath.Join(append([]string{at}, parts[i+1:]...)...)
		}
	}
	return at
}

// environment of every process in the guest.
func (g *Guest) environment(s *State) map[string]string {
	return map[string]string{
		"COMPUTERNAME": s.Guest.ComputerName, "SystemDrive": "C:", "SystemRoot": g.root + "/Windows", "windir": g.root + "/Windows",
		"ProgramFiles": g.root + "/Program Files", "ProgramData": g.root + "/ProgramData", "PUBLIC": g.root + "/Users/Public",
		"USERPROFILE": g.root + "/Users/packer", "TEMP": g.root + "/Users/packer/AppData/Local/Temp", "TMP": g.root + "/Users/packer/AppData/Local/Temp",
		"USERNAME": "packer", "OS": "Windows_NT", "PROCESSOR_ARCHITECTURE": "AMD64",
	}
}

// expand replaces %NAME% as cmd.exe does: an unknown name stays.
func (g *Guest) expand(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	s, err := g.State()
	if err != nil {
		return text
	}
	for name, value := range g.environment(s) {
		for {
			i := strings.Index(strings.ToUpper(text), "%"+strings.ToUpper(name)+"%")
			if i < 0 {
				break
			}
			text = text[:i] + value + text[i+len(name)+2:]
		}
	}
	return text
}

// Command is one remote command, as it came over the connection.
type Command struct {
	N        int    // from 1
	Line     string // what the client sent
	Shell    string // "cmd", "powershell", "bash", "winrm"
	Upload   bool   // part of a file transfer
	Stdout   string // before noise and encoding
	Stderr   string
	Exit     int
	Finished bool
	Took     time.Duration
}

// Commands returns the remote commands so far, without those that transfer files.
func (g *Guest) Commands() []Command {
	g.mu.Lock()
	defer g.mu.Unlock()
	var out []Command
	for _, c := range g.log {
		if !c.Upload {
			out = append(out, c)
		}
	}
	return out
}

// Uploads returns the remote commands that transferred files.
func (g *Guest) Uploads() []Command {
	g.mu.Lock()
	defer g.mu.Unlock()
	var out []Command
	for _, c := range g.log {
		if c.Upload {
			out = append(out, c)
		}
	}
	return out
}

// uploaded says whether the client transferred a file.
func (g *Guest) uploaded() bool {
	for _, c := range g.Uploads() {
		if c.Shell == "scp" || strings.HasPrefix(c.Line, "upload ") {
			return true
		}
	}
	return false
}
