// SPDX-License-Identifier: MPL-2.0

// Package wire is the form in which a script travels to a guest and its answer comes back: command lines that cmd,
// PowerShell and Git bash all read alike, and a framed answer that survives what consoles do to text. It runs nothing
// and knows no connection; package guest and the command line do.
package wire
