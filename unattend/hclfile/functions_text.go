// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// text is a function from strings to a string.
func text(fn func(args []string) (string, error), params ...string) function.Function {
	return function.New(&function.Spec{
		Params: stringParams(params),
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			s, err := fn(goStrings(args))
			if err != nil {
				return cty.UnknownVal(cty.String), err
			}
			return cty.StringVal(s), nil
		},
	})
}

// test is a question about strings.
func test(fn func(args []string) bool, params ...string) function.Function {
	return function.New(&function.Spec{
		Params: stringParams(params),
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(fn(goStrings(args))), nil
		},
	})
}

func stringParams(names []string) []function.Parameter {
	params := make([]function.Parameter, len(names))
	for i, name := range names {
		params[i] = function.Parameter{Name: name, Type: cty.String}
	}
	return params
}

func goStrings(args []cty.Value) []string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = a.AsString()
	}
	return list
}

func hash(sum func([]byte) []byte) function.Function {
	return text(func(a []string) (string, error) { return hex.EncodeToString(sum([]byte(a[0]))), nil }, "str")
}

var (
	md5Func    = hash(func(b []byte) []byte { s := md5.Sum(b); return s[:] })
	sha1Func   = hash(func(b []byte) []byte { s := sha1.Sum(b); return s[:] })
	sha256Func = hash(func(b []byte) []byte { s := sha256.Sum256(b); return s[:] })
	sha512Func = hash(func(b []byte) []byte { s := sha512.Sum512(b); return s[:] })

	startswithFunc  = test(func(a []string) bool { return strings.HasPrefix(a[0], a[1]) }, "str", "prefix")
	endswithFunc    = test(func(a []string) bool { return strings.HasSuffix(a[0], a[1]) }, "str", "suffix")
	strcontainsFunc = test(func(a []string) bool { return strings.Contains(a[0], a[1]) }, "str", "substr")

	urlencodeFunc    = text(func(a []string) (string, error) { return url.QueryEscape(a[0]), nil }, "str")
	base64encodeFunc = text(func(a []string) (string, error) {
		return base64.StdEncoding.EncodeToString([]byte(a[0])), nil
	}, "str")
	base64decodeFunc = text(func(a []string) (string, error) {
		data, err := base64.StdEncoding.DecodeString(a[0])
		if err != nil {
			return "", fmt.Errorf("the text is not base64: %w", err)
		}
		if !utf8.Valid(data) {
			return "", errors.New("what is encoded is no UTF-8 text")
		}
		return string(data), nil
	}, "str")
	textencodebase64Func = text(func(a []string) (string, error) {
		order, err := byteOrder(a[1])
		if err != nil {
			return "", err
		}
		data := []byte(a[0])
		if order != nil {
			data = data[:0:0]
			for _, unit := range utf16.Encode([]rune(a[0])) {
				data = order.AppendUint16(data, unit)
			}
		}
		return base64.StdEncoding.EncodeToString(data), nil
	}, "str", "encoding")
	textdecodebase64Func = text(func(a []string) (string, error) {
		order, err := byteOrder(a[1])
		if err != nil {
			return "", err
		}
		data, err := base64.StdEncoding.DecodeString(a[0])
		switch {
		case err != nil:
			return "", fmt.Errorf("the text is not base64: %w", err)
		case order == nil && !utf8.Valid(data):
			return "", errors.New("what is encoded is no UTF-8 text")
		case order == nil:
			return string(data), nil
		case len(data)%2 != 0:
			return "", errors.New("what is encoded ends in half a UTF-16 character")
		}
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = binary.ByteOrder(order).Uint16(data[2*i:])
		}
		return string(utf16.Decode(units)), nil
	}, "source", "encoding")
)

// utf16Order is the order of bytes in UTF-16.
type utf16Order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// byteOrder gives the order for an encoding's name; nil for UTF-8. PowerShell's -EncodedCommand takes UTF-16LE.
func byteOrder(encoding string) (utf16Order, error) {
	switch strings.ToUpper(encoding) {
	case "UTF-8", "UTF8":
		return nil, nil
	case "UTF-16LE":
		return binary.LittleEndian, nil
	case "UTF-16BE", "UTF-16":
		return binary.BigEndian, nil
	}
	return nil, fmt.Errorf("the encoding %q is not known; it takes UTF-8, UTF-16LE or UTF-16BE", encoding)
}
