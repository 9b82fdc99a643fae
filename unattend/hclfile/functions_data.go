// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

var (
	alltrueFunc = fold(true, func(all, one bool) bool { return all && one })
	anytrueFunc = fold(false, func(any, one bool) bool { return any || one })
)

func fold(start bool, join func(a, b bool) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			result := start
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				if !v.IsKnown() {
					return cty.UnknownVal(cty.Bool), nil
				}
				result = join(result, !v.IsNull() && v.True())
			}
			return cty.BoolVal(result), nil
		},
	})
}

var sumFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Number)}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if args[0].LengthInt() == 0 {
			return cty.UnknownVal(cty.Number), errors.New("there is nothing to add up")
		}
		total := cty.Zero
		for it := args[0].ElementIterator(); it.Next(); {
			_, v := it.Element()
			if v.IsNull() {
				return cty.UnknownVal(cty.Number), errors.New("null is not a number")
			}
			total = total.Add(v)
		}
		return total, nil
	},
})

// lengthFunc counts the elements of a collection or the characters of a string.
var lengthFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowDynamicType: true}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if args[0].Type() == cty.String {
			return stdlib.Strlen(args[0])
		}
		return stdlib.Length(args[0])
	},
})

// indexFunc finds the place of a value in a list.
var indexFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "value", Type: cty.DynamicPseudoType}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsTupleType() {
			return cty.UnknownVal(cty.Number), function.NewArgErrorf(0, "it has to be a list")
		}
		for it := args[0].ElementIterator(); it.Next(); {
			i, v := it.Element()
			if same := v.Equals(args[1]); same.IsKnown() && same.True() {
				return i, nil
			}
		}
		return cty.UnknownVal(cty.Number), errors.New("the list does not hold that value")
	},
})

var cidrhostFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "hostnum", Type: cty.Number}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		prefix, err := parsePrefix(args[0].AsString())
		if err != nil {
			return cty.UnknownVal(cty.String), err
		}
		number, accuracy := args[1].AsBigFloat().Int(nil)
		size := new(big.Int).Lsh(big.NewInt(1), uint(prefix.Addr().BitLen()-prefix.Bits()))
		if number.Sign() < 0 {
			number.Add(number, size) // counted from the end
		}
		if accuracy != big.Exact || number.Sign() < 0 || number.Cmp(size) >= 0 {
			return cty.UnknownVal(cty.String), fmt.Errorf("%s has no host of that number: it has %s addresses", prefix, size)
		}
		sum := new(big.Int).Add(new(big.Int).SetBytes(prefix.Addr().AsSlice()), number)
		addr, _ := netip.AddrFromSlice(sum.FillBytes(make([]byte, prefix.Addr().BitLen()/8)))
		return cty.StringVal(addr.String()), nil
	},
})

var cidrnetmaskFunc = text(func(a []string) (string, error) {
	prefix, err := parsePrefix(a[0])
	if err != nil {
		return "", err
	}
	if !prefix.Addr().Is4() {
		return "", errors.New("only an IPv4 network has a netmask")
	}
	return net.IP(net.CIDRMask(prefix.Bits(), 32)).String(), nil
}, "prefix")

func parsePrefix(s string) (netip.Prefix, error) {
	prefix, err := netip.ParsePrefix(s)
	if err != nil {
		return prefix, fmt.Errorf("%q is no network such as 192.168.10.0/24", s)
	}
	return prefix.Masked(), nil
}
