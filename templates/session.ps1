# SPDX-License-Identifier: MPL-2.0
# Session: who runs this.
function Get-AvmaSession {
    if ($Avma.ContainsKey('Session')) { return $Avma.Session }
    $session = [ordered]@{ elevated = $false; system = $false; user_sid = '' }
    try {
        $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
        $session.user_sid = $identity.User.Value
        $session.elevated = (New-Object Security.Principal.WindowsPrincipal $identity).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
    } catch {
        # The program says the same in SIDs, which no language changes.
        Use-AvmaArea 'session' {
            if ("$(whoami.exe /user /fo csv /nh)" -match 'S-1-[0-9-]+') { $session.user_sid = $Matches[0] }
            $session.elevated = "$(whoami.exe /groups /fo csv /nh)" -match 'S-1-16-(12288|16384)'
        }
    }
    $session.system = $session.user_sid -eq 'S-1-5-18'
    if ($session.system) { $session.elevated = $true }
    $Avma.Session = $session
    $session
}
