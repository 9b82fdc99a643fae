// SPDX-License-Identifier: MPL-2.0

package hclguard

// The bounds. The largest configuration that anybody writes stays below a hundredth of each.
const (
	// MaxSource is the length of one file in bytes. Longer scripts stand in files of their own.
	MaxSource = 1 << 20
	// MaxDepth is how deep brackets, operators and templates may be inside each other.
	MaxDepth = 500
	// MaxPieces is how many pieces one text may be of: a line of a heredoc is one, and each $ or % begins another. HCL
	// joins them in a time that grows with their square.
	MaxPieces = 20_000
	// MaxDigits is the length of a number as it is written, and MaxExponent bounds the power of two of a number, as in
	// most computers' arithmetic. HCL compares numbers by writing them out, which takes longer the more digits there are.
	MaxDigits   = 400
	MaxExponent = 1024
	// MaxElements and MaxBytes bound one value, with all that is in it.
	MaxElements = 100_000
	MaxBytes    = 16 << 20
	// maxValueDepth is how deep lists and objects may be inside each other.
	maxValueDepth = 1000
	// maxSteps and maxTotal bound the work of one file and the bytes that it makes. A step takes about a microsecond.
	maxSteps = 250_000
	maxTotal = 64 << 20
	// maxDiagnostics is how many mistakes of syntax are kept.
	maxDiagnostics = 200
)
