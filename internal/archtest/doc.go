// SPDX-License-Identifier: MPL-2.0

// Package archtest holds tests of the repository as a whole: which room may import which, what the command must not
// link, and the marks that every file carries. It has no code of its own.
package archtest
