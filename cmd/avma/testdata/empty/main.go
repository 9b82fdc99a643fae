// SPDX-License-Identifier: MPL-2.0

// Command empty does nothing: what a process costs before it does anything.
package main

func main() {}
