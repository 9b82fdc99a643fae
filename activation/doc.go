// SPDX-License-Identifier: MPL-2.0

// Package activation judges what a Windows guest said about itself: is it activated by its Hyper-V host (Automatic
// Virtual Machine Activation, AVMA), and if not, why not and what helps.
//
// Facts come from a script in the guest and are trusted in nothing; Judge turns them into a Verdict and NextStep into
// what should be done next. Both are pure: no clock, no file, no network, no guest. Each reason has a stable code
// (AVMA-nnn), listed by Definitions. The package does not collect facts, does not act, and does not print; the scripts
// live in templates, the transport in guest, the formats in report.
package activation
