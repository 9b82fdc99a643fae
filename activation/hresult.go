// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"fmt"
	"strconv"
	"strings"
)

// HResult is a Windows error number of the licensing service, or one that it hands on.
type HResult struct {
	Value   uint32
	Symbol  string // of slerror.h or winerror.h; "" when it has none
	Meaning string
	Code    string // the reason that it leads to; "" when it has none of its own
}

// LookupHResult finds a number in the table. Numbers that are not in it stay numbers: FormatHResult shows them.
func LookupHResult(v uint32) (HResult, bool) {
	for _, h := range hresults {
		if h.Value == v {
			return h, true
		}
	}
	return HResult{}, false
}

// HResults is the whole table, ascending by number as written. The caller owns the slice.
func HResults() []HResult { return append([]HResult(nil), hresults[:]...) }

// FormatHResult writes a number as Windows does: 0xC004FD02.
func FormatHResult(v uint32) string { return fmt.Sprintf("0x%08X", v) }

// IsFailure tells a failing HRESULT from one that informs (0x4004FC04) or succeeds.
func IsFailure(v uint32) bool { return v&0x80000000 != 0 }

// ParseHResult takes the first HRESULT out of an error id or message, such as
// "HRESULT 0xc004f069,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand". Only "0x" with exactly eight hexadecimal digits is one.
// A failing number wins over one that is not.
func ParseHResult(s string) (uint32, bool) {
	all := FindHResults(s)
	for _, v := range all {
		if IsFailure(v) {
			return v, true
		}
	}
	if len(all) > 0 {
		return all[0], true
	}
	return 0, false
}

// FindHResults lists each "0x" with exactly eight hexadecimal digits, in the order in which they stand.
func FindHResults(s string) []uint32 {
	var out []uint32
	for {
		i := strings.Index(s, "0x")
		if j := strings.Index(s, "0X"); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i < 0 {
			return out
		}
		digits := 0
		for i+2+digits < len(s) && isHex(s[i+2+digits]) {
			digits++
		}
		if digits == 8 {
			v, _ := strconv.ParseUint(s[i+2:i+10], 16, 32)
			out = append(out, uint32(v))
		}
		s = s[i+2+digits:]
	}
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
