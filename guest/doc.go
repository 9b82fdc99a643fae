// SPDX-License-Identifier: MPL-2.0

// Package guest runs one script of package templates in a Windows guest, through a Packer communicator (SSH or WinRM),
// and hands back what it answered. One call is one remote command, or an upload and a command. It knows how an answer
// can fail to come (cut off, locked down, not elevated, no PowerShell, too late) and says which; it does not retry
// what only the caller can judge, prints nothing, and does not know what the facts mean.
package guest
