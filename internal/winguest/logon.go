// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// KeyWinlogon has the values of the automatic logon, KeyPolicies the text before a logon, KeyWinRMPolicy what a policy
// decides for WinRM.
const (
	KeyWinlogon    = `software\microsoft\windows nt\currentversion\winlogon`
	KeyPolicies    = `software\microsoft\windows\currentversion\policies\system`
	KeyWinRMPolicy = `software\policies\microsoft\windows\winrm\service`
)

// oobe does what the last pass leaves behind: who logs on by itself and how often, and what the first logon runs.
func (s *State) oobe(a *answerFile) {
	if a == nil {
		return
	}
	s.Guest.FirstLogon = a.firstLogon
	if a.autoLogon == nil {
		return
	}
	w := s.winlogon()
	w["AutoAdminLogon"], w["DefaultUserName"], w["DefaultPassword"] = text("1"), text(a.autoLogon.Username), text(a.autoLogon.Password)
	w["AutoLogonCount"] = dword(a.autoLogon.Count)
}

func (s *State) winlogon() map[string]Value {
	if s.Registry[KeyWinlogon] == nil {
		s.Registry[KeyWinlogon] = map[string]Value{}
	}
	return s.Registry[KeyWinlogon]
}

// autoLogon says whether Winlogon logs somebody on, and counts: with the last one the password is gone. (KB 221477; that
// Setup writes one more than the file says is a bug that not every release need have, so here it has none.)
func (s *State) autoLogon() bool {
	w := s.winlogon()
	if state := s.Registry[keySetupState]["ImageState"].Data; state != stateComplete {
		return false
	}
	_, password := w["DefaultPassword"]
	if on, _ := w["AutoAdminLogon"].Data.(string); on != "1" || !password {
		return false
	}
	count, counted := w["AutoLogonCount"]
	if !counted {
		return true
	}
	n := number(count.Data)
	if n <= 1 {
		w["AutoAdminLogon"] = text("0")
		delete(w, "AutoLogonCount")
		delete(w, "DefaultPassword")
	} else {
		w["AutoLogonCount"] = dword(n - 1)
	}
	return n > 0
}

func number(v any) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case int:
		return n
	}
	return 0
}

// logonByItself is Winlogon at the end of a start.
func (g *Guest) logonByItself() {
	yes := false
	if err := g.Edit(func(s *State) { yes = s.autoLogon() }); err != nil {
		if g.ctx.Err() == nil {
			g.t.Errorf("the automatic logon: %v", err)
		}
		return
	}
	if yes {
		g.Logon()
	}
}

// Logon logs an administrator on at the console. The first logon of all starts FirstLogonCommands, all at once, and never
// again, whatever becomes of them; every logon starts the tasks that have it as their trigger, in the user's session.
func (g *Guest) Logon() {
	var commands []string
	var now *State
	err := g.Edit(func(s *State) {
		now = s
		commands, s.Guest.FirstLogon = s.Guest.FirstLogon, nil
		s.Journal = append(s.Journal, Entry{At: s.now(), What: "Logon"})
	})
	if err != nil {
		if g.ctx.Err() == nil {
			g.t.Errorf("logon: %v", err)
		}
		return
	}
	for n, command := range commands {
		g.sched.process(fmt.Sprintf("first logon %d", n+1), func(ctx context.Context) {
			var out, errs lockedBuffer
			code := g.cmd(ctx, command, false, Streams{Out: &out, Err: &errs})
			g.mu.Lock()
			defer g.mu.Unlock()
			g.log = append(g.log, Command{Line: command, Shell: "first logon", Upload: true, Stdout: out.String(), Stderr: errs.String(), Exit: code, Finished: ctx.Err() == nil})
		})
	}
	g.sched.logon(now)
}

// Opened says whether one of the answer file's communicators can be reached, by the rule that it makes last of all.
func (s *State) Opened() bool {
	return slices.ContainsFunc(s.Journal, func(e Entry) bool { return strings.HasPrefix(e.What, "FirewallRule avma-") })
}
