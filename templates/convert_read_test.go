// SPDX-License-Identifier: MPL-2.0

package templates

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fragmentsRun runs fragments and a script after them, in PowerShell.
func fragmentsRun(t *testing.T, script string, names ...string) string {
	t.Helper()
	pwsh := powershell(t)
	text := ""
	for _, n := range names {
		text += fragments(t)[n] + "\n"
	}
	path := filepath.Join(t.TempDir(), "test.ps1")
	if err := os.WriteFile(path, []byte(text+script), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(pwsh, "-NoProfile", "-File", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.ReplaceAll(strings.TrimSpace(string(out)), "\r\n", "\n")
}

// LastBootUpTime moves when the clock is set: a little with time synchronisation, by hours when the firmware's clock
// was in another time zone. (avma.md section 5: the boot time must change)
func TestASetClockIsNoRestart(t *testing.T) {
	out := fragmentsRun(t, `
function Read-AvmaJson($Path) { [pscustomobject]@{ phase = $phase; exit_code = 0; target = 'ServerDatacenter'; targets = @('ServerDatacenter'); started_utc = $started; boot_utc = '2024-05-06T07:00:00Z' } }
function Get-AvmaBootTime { $boot }
function Get-AvmaPendingRestart { $pending }
function Get-AvmaKey { [pscustomobject]@{ EditionID = $edition } }
function Get-AvmaTaskState { $itsTask }
$eval = 'ServerDatacenterEval'
foreach ($case in
    @('nothing has happened', 'restart_needed', '2024-05-06T07:00:00Z', 'cbs', $eval, ''),
    @('set by seconds', 'restart_needed', '2024-05-06T07:00:04Z', 'cbs', $eval, ''),
    @('set by hours', 'restart_needed', '2024-05-06T16:00:00Z', 'cbs', $eval, ''),
    @('restarted', 'restart_needed', '2024-05-06T07:20:00Z', '', 'ServerDatacenter', ''),
    @('restarted, another restart is pending', 'restart_needed', '2024-05-06T07:20:00Z', 'cbs', 'ServerDatacenter', ''),
    @('restarted, to no avail', 'restart_needed', '2024-05-06T07:20:00Z', '', $eval, ''),
    @('set by hours while DISM runs', 'running', '2024-05-06T16:00:00Z', '', $eval, 'Running'),
    @('restarted while DISM ran', 'running', '2024-05-06T16:00:00Z', '', $eval, 'Ready'),
    @('the same, no task cmdlets', 'running', '2024-05-06T16:00:00Z', '', $eval, 'unknown'),
    @('DISM runs, no task cmdlets', 'running', '2024-05-06T07:00:00Z', '', $eval, 'unknown'),
    @('the task is gone', 'running', '2024-05-06T07:00:00Z', '', $eval, '')
) {
    $name, $phase, $boot, $pending, $edition, $itsTask = $case
    $started = '2024-05-06T07:01:00Z'
    $action = @{ error_id = '' }
    Read-AvmaConversion $action
    "${name}: $($action.phase) $($action.error_id)".Trim()
}
`, "common.ps1", "convert_read.ps1")
	const want = `nothing has happened: restart_needed
set by seconds: restart_needed
set by hours: restart_needed
restarted: done
restarted, another restart is pending: done
restarted, to no avail: done
set by hours while DISM runs: running
restarted while DISM ran: failed interrupted
the same, no task cmdlets: failed interrupted
DISM runs, no task cmdlets: running
the task is gone: failed interrupted`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestATaskThatCouldNotRunIsNotRegistered(t *testing.T) {
	out := fragmentsRun(t, `
function Get-ExecutionPolicy($Scope) { if ($Scope -eq 'MachinePolicy') { $itsPolicy } else { 'Bypass' } }
function Register-ScheduledTask($TaskName, $Xml, [switch]$Force) { "registered under $itsPolicy" | Out-Host }
foreach ($itsPolicy in 'Undefined', 'RemoteSigned', 'AllSigned', 'Restricted') {
    try { Register-AvmaTask 'avma-convert' '<Task/>' } catch { "$itsPolicy $("$_".Split(':')[0])" }
}
`, "common.ps1", "tasks.ps1")
	const want = "registered under Undefined\nregistered under RemoteSigned\nAllSigned AvmaExecutionPolicy\nRestricted AvmaExecutionPolicy"
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestTaskStates(t *testing.T) {
	out := fragmentsRun(t, `
function Get-ScheduledTask($TaskName) {
    switch ($TaskName) {
        'number' { [pscustomobject]@{ State = [byte]4 } }
        'name' { [pscustomobject]@{ State = 'Ready' } }
        'none' { Write-Error -Message 'Nichts gefunden' -ErrorId 'CmdletizationQuery_NotFound_TaskName' }
        'broken' { throw 'the module does not load' }
    }
}
foreach ($name in 'number', 'name', 'none', 'broken') { "${name}=$(Get-AvmaTaskState $name)" }
`, "common.ps1", "tasks.ps1")
	if want := "number=Running\nname=Ready\nnone=\nbroken=unknown"; out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}
