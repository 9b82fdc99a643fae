// SPDX-License-Identifier: MPL-2.0

// Package hclguard reads HCL and its JSON syntax from people who are careless or hostile. HCL itself has no bounds: a
// few thousand parentheses overflow the stack, which Go cannot recover from, and one line of nested loops runs for
// years. So the nesting is looked at before parsing, on the tokens; and evaluation counts.
//
// A computation in Go cannot be stopped from outside. What is counted is therefore the work itself: parsing puts
// counters around the parts of an expression that can repeat or grow (loops, splats, templates, arithmetic), and every
// function is wrapped. The count is of steps and bytes, not of time, so the same file is refused on every machine; a
// cancelled context ends the counting too. What a function would make is bounded before it is made.
//
// What a file means is not the business of this package.
package hclguard
