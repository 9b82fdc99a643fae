// SPDX-License-Identifier: MPL-2.0

// Package report writes what was found for people and for machines: a verdict as text, JSON or JUnit. Each format has a
// file of its own. Every function is pure: same input, same bytes, written to the writer that it is given.
//
// The package judges nothing and collects nothing. It trusts nothing either: text that came from a guest is cleaned
// again on its way out, product keys are cut to their last group, and what it writes is valid whatever stood in it.
package report
