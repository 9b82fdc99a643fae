// SPDX-License-Identifier: MPL-2.0

// Package diag is what every finding is made of: how bad it is, where it stands, what is wrong, why, and what to do. It
// stands on the ground floor, so that the checks of a configuration, of an answer file, of a catalogue file and of a
// guest speak one language, and one printer shows them. It finds nothing by itself, and it is no error handling: an
// operation that fails returns an error, and a [List] is one when a finding in it is.
package diag
