// SPDX-License-Identifier: MPL-2.0

// Command avma knows the product keys of Automatic Virtual Machine Activation and puts them where Windows reads them:
// keys, answer files, answer media, and the proof that a host activated a guest.
//
// Each command has a file of its own that holds flags, calls into the rooms, and printing; nothing is decided here.
// main.go is the process (signals, exit status), app.go what a command sees of the world, root.go the list of commands.
package main
