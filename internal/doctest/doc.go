// SPDX-License-Identifier: MPL-2.0

// Package doctest runs what the documentation shows. A fenced console block holds commands after "$ " and what they
// print:
//
//	$ avma key --release 2022 --edition datacenter
//	W3GNR-8DDXR-2TFRP-H8P33-DV9BG
//
// Commands are split as a shell splits words ("…", '…', a backslash at the end of a line goes on), with NAME=value in
// front, "> FILE" behind, and "&&" between. "cat FILE" shows a file of an earlier command; where there is none it
// writes the file with the lines that the document shows. "echo $?" is the last exit status. A line "..." in the
// output stands for any lines.
//
// It is no shell, and it runs nothing but what the test gives it: no program of the machine is started.
package doctest
