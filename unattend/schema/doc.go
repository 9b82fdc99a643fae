// SPDX-License-Identifier: MPL-2.0

// Package schema says which settings an answer file may hold: of which component, in which configuration pass, how
// long, in what range, empty or not. It is a table with look-ups, and the check of one component's content.
//
// The facts in settings.tsv are derived from Microsoft's Unattended Windows Setup Reference (CC-BY-4.0, state of
// December 2018, with a few settings of later pages): one row a page. Names are spelt as Windows spells them where a
// page misspells them, and a group is deprecated only where all of its settings are. What the pages leave out (a newer
// component, a length nobody states) the table does not know either, so a setting that it lacks is a warning. It does
// not say what a sensible answer file is. That is unattend/lint.
package schema
