// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"

	"github.com/beevik/etree"
)

// conflict is a setting of a raw component that is there already.
type conflict struct {
	path string
	use  string // what sets it: an attribute of the configuration or of another component; "": the file by itself
}

// conflict notes a setting that is there already.
func (g *merger) conflict(there *etree.Element, path string) {
	for e := there; e != nil; e = e.Parent() {
		if owner := g.owners[e]; owner != "" {
			g.conflicts = append(g.conflicts, conflict{path, owner})
			return
		}
	}
	g.conflicts = append(g.conflicts, conflict{path, g.attribute(path)})
}

// problems are the conflicts, one for each attribute that is to be used instead.
func (g *merger) problems() Problems {
	var out Problems
	for len(g.conflicts) > 0 {
		use := g.conflicts[0].use
		var paths []string
		var rest []conflict
		for _, c := range g.conflicts {
			if c.use == use {
				paths = append(paths, c.path)
			} else {
				rest = append(rest, c)
			}
		}
		g.conflicts = rest
		p := Problem{Error, g.block.path + ".xml", strings.Join(paths, ", ") + " stands in this component already", ""}
		switch {
		case use == "":
			p.Detail = "The file always sets it; leave it out."
		case use == g.block.path+".xml":
			p.Detail = "The block itself gives it twice; leave one of them out."
		case strings.HasSuffix(use, ".xml"):
			p.Detail = use + " sets it too; leave one of them out."
		default:
			p.Detail = "It is what " + use + " is for: use that and leave it out here."
		}
		out = append(out, p)
	}
	return out
}

// attributes says which attribute sets what the file writes: a component, the beginning of a path, and the attribute;
// the longest beginning counts. Behind a + is what a clone has in its deploy block. What the file always sets is not
// here.
var attributes = []struct{ component, path, attribute string }{
	{"International-Core-WinPE", "SetupUILanguage", "ui_language"},
	{"International-Core-WinPE", "InputLocale", "input_locale"},
	{"International-Core-WinPE", "SystemLocale", "system_locale"},
	{"International-Core-WinPE", "UILanguage", "ui_language"},
	{"International-Core-WinPE", "UserLocale", "user_locale"},
	{"International-Core", "InputLocale", "input_locale"},
	{"International-Core", "SystemLocale", "system_locale"},
	{"International-Core", "UILanguage", "ui_language"},
	{"International-Core", "UserLocale", "user_locale"},
	{"PnpCustomizationsWinPE", "DriverPaths", "driver_paths"},
	{"Setup", "DiskConfiguration/Disk", "disk"},
	{"Setup", "DiskConfiguration/Disk/CreatePartitions", "partition"},
	{"Setup", "DiskConfiguration/Disk/ModifyPartitions", "partition"},
	{"Setup", "ImageInstall/OSImage/InstallFrom/MetaData", "image_name or image_index"},
	{"Setup", "ImageInstall/OSImage/InstallTo", "partition"},
	{"Setup", "RunSynchronous", "command"},
	{"Setup", "UserData/FullName", "owner"},
	{"Setup", "UserData/Organization", "organization"},
	{"Setup", "UserData/ProductKey/Key", "setup_key"},
	{"Shell-Setup", "ComputerName", "+computer_name"},
	{"Shell-Setup", "ProductKey", "product_key"},
	{"Shell-Setup", "RegisteredOrganization", "organization"},
	{"Shell-Setup", "RegisteredOwner", "owner"},
	{"Shell-Setup", "TimeZone", "time_zone"},
	{"Shell-Setup", "OOBE/ProtectYourPC", "protect_your_pc"},
	{"Shell-Setup", "OOBE/HideLocalAccountScreen", "administrator_password"},
	{"Shell-Setup", "UserAccounts/AdministratorPassword", "administrator_password"},
	{"Shell-Setup", "UserAccounts/LocalAccounts", "+user"},
	{"Shell-Setup", "AutoLogon", "auto_logon"},
	{"Shell-Setup", "FirstLogonCommands", "+command"},
	{"Shell-Setup", "LogonCommands", "+command"},
	{"Deployment", "RunSynchronous", "+command"},
	{"TCPIP", "Interfaces", "+network"},
	{"DNS-Client", "Interfaces", "+network"},
	{"UnattendedJoin", "Identification", "+domain"},
	{"TerminalServices-LocalSessionManager", "", "rdp"},
	{"TerminalServices-RDP-WinStationExtensions", "", "rdp"},
	{"Networking-MPSSVC-Svc", "FirewallGroups", "rdp"},
	{"ServerManager-SvrMgrNc", "", "disable_server_manager"},
	{"IE-ESC", "", "disable_ie_esc"},
}

// attribute is the attribute that sets what stands at a path; "" when the file sets it whatever the configuration says.
func (g *merger) attribute(path string) string {
	name := strings.TrimPrefix(strings.ToLower(g.component), "microsoft-windows-")
	path = strings.ToLower(path) + "/"
	longest, found := -1, ""
	for _, a := range attributes {
		begin := strings.ToLower(a.path)
		if begin != "" {
			begin += "/"
		}
		if strings.ToLower(a.component) == name && strings.HasPrefix(path, begin) && len(begin) > longest {
			longest, found = len(begin), a.attribute
		}
	}
	own, perMachine := strings.CutPrefix(found, "+")
	if perMachine && g.w.m.kind == Deploy && !g.w.m.opts.Standalone {
		return "deploy." + own
	}
	return own
}

// yields reports whether what stands at a path is a default that gives way: nobody has set its attribute.
func (g *merger) yields(path string) bool {
	return g.attribute(path) == "protect_your_pc" && g.w.m.cfg.ProtectYourPC == nil
}
