// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// Command is a command line that Windows runs at one stage of its setup. `%` and `&` are the shell's only if the
// line starts a shell (`cmd.exe /c ...`), except in the stages `setup_complete` and `first_logon`, which have one.
type Command struct {
	// When it runs:
	//
	// * `windowspe`: in Windows PE, before the disk is partitioned (at most 255 characters);
	// * `specialize`: at the first start, as SYSTEM (at most 259);
	// * `setup_complete`: when Setup has finished, as SYSTEM (at most 8191);
	// * `first_logon` (default): at the first logon, as that user, one after the other (at most 8191);
	// * `logon`: at every logon, all at once (at most 1024).
	Stage string `mapstructure:"stage"`
	// The command line. Secrets do not belong here: the answer file keeps them.
	CommandLine string `mapstructure:"command_line" required:"true"`
	// What it is for. At most 256 characters.
	Description string `mapstructure:"description"`
	// Its place among the commands and scripts of the stage, 1 to 500. Those without come last: the commands
	// as written, then the scripts as written.
	Order *int `mapstructure:"order"`
	// How long it may take in the stages `setup_complete` and `first_logon`, from `1m` to `24h`; then it is ended, and
	// the next one runs. Default `2h`.
	Timeout string `mapstructure:"timeout"`
}

// Script is a script that the answer file carries inside. It may be of any length; a short command extracts it
// to `%WINDIR%\Setup\avma`, and it is deleted when Setup has finished.
type Script struct {
	// The name of the file that it becomes, for example `install-tools.ps1`. Default: that of `path`, else
	// `script-1.ps1` and so on.
	Name string `mapstructure:"name"`
	// When it runs: `specialize`, `setup_complete` or `first_logon` (default). As for `command`.
	Stage string `mapstructure:"stage"`
	// The script's text. Either this or `path`.
	Content string `mapstructure:"content"`
	// The file to read the script from.
	Path string `mapstructure:"path"`
	// `powershell` or `cmd`. Default: by the ending of the name, else `powershell`.
	Type string `mapstructure:"type"`
	// Its place among the commands and scripts of the stage, 1 to 500.
	Order *int `mapstructure:"order"`
	// How long it may take in the stages `setup_complete` and `first_logon`, from `1m` to `24h`; then it is ended, and
	// the next one runs. Default `2h`. A script that installs updates may need more.
	Timeout string `mapstructure:"timeout"`
}

// Component holds settings that have no attribute of their own. They are checked against Microsoft's reference: the
// component, the pass that each setting stands in, lengths and ranges. A setting that the reference does not list is a
// warning; a component's name that is nearly one of the list is an error.
type Component struct {
	// The component's name, for example `Microsoft-Windows-LUA-Settings`.
	Name string `mapstructure:"name" required:"true"`
	// The pass: `offlineServicing`, `windowsPE`, `generalize`, `specialize`, `auditSystem`, `auditUser` or
	// `oobeSystem`.
	Pass string `mapstructure:"pass" required:"true"`
	// The settings as XML, without the `component` element itself, for example
	// `<EnableLUA>false</EnableLUA>`. The prefix `wcm` is known. They are merged with what the file writes
	// itself, on every level: items of lists come after those that are there, settings that are not there are added,
	// and a value that the file sets already is an error, which names the attribute to use.
	XML string `mapstructure:"xml" required:"true"`
	// Which file it belongs to: `install` (default), `deploy` or `both`. In a `deploy` block it is that
	// file in any case.
	For string `mapstructure:"for"`
}
