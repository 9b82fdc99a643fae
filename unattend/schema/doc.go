// SPDX-License-Identifier: MPL-2.0

// Package schema says which settings an answer file may hold: of which component, in which configuration pass, how
// long, in what range, empty or not. It is a table with look-ups, and the check of one component's content.
//
// The facts in settings.tsv are derived from Microsoft's Unattended Windows Setup Reference (CC-BY-4.0, state of
// December 2018): one row a page. Names are spelt as Windows spells them where a page misspells them. What the pages
// leave out (a newer component, a length nobody states) the table does not know either; it does not say what a
// sensible answer file is. That is unattend/lint.
package schema
