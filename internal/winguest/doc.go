// SPDX-License-Identifier: MPL-2.0

// Package winguest is a Windows Server guest for tests, as deep as can be had without Windows: the project's own
// scripts run in a real PowerShell over fakes of CIM and WMI, registry, services, scheduled tasks, event log, firewall,
// DISM and restart (folder module), and the machine is reached through a real SSH server or a WinRM service, with the
// command line parsed as the guest's shell would.
//
// What the guest is, which host it runs on and what goes wrong is a Config; a Scenario is a Config with an expected
// outcome, in a small JSON file. State keeps everything that a script may read or change; tests look at it afterwards.
//
// It is not a model of Windows: only what templates/doc.go lists is there, and it behaves as Microsoft documents it.
// Where the documentation is silent, the Config chooses between the ways in which it might behave. Nothing here is
// part of the programs.
package winguest
