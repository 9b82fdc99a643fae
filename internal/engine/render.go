// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
	"github.com/zclconf/go-cty/cty"
)

// literal are the options that hold text with a meaning of its own, at any depth: of files, scripts, commands, components.
var literal = []string{"content", "command_line", "xml"}

// secret are the options whose value no error may repeat.
var secret = []string{"product_key", "password", "administrator_password", "account_data"}

// Literal reports whether the option of that name is text that nothing is filled into.
func Literal(option string) bool { return slices.Contains(literal, option) }

// Render fills in the template engine's functions in what Packer hands to Prepare. Of an HCL block it leaves those
// options alone that are named: blocks that are read as HCL elsewhere. The error names the option.
func Render(raws []any, except ...string) ([]any, error) {
	ctx, err := context(raws)
	if err != nil {
		return nil, err
	}
	out := make([]any, len(raws))
	for i, raw := range raws {
		switch v := raw.(type) {
		case cty.Value:
			out[i], err = transform(v, except, func(option, text string) (string, error) { return fill(ctx, option, text) })
		default:
			out[i], err = value(ctx, "", raw)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// context is what the functions know. What Packer says of itself is not in the block, which is an HCL value or a map.
func context(raws []any) (*interpolate.Context, error) {
	_, raws = config.DetectContextData(raws...)
	var maps []any
	for _, raw := range raws {
		if _, block := raw.(cty.Value); !block {
			maps = append(maps, raw)
		}
	}
	return config.DetectContext(maps...)
}

// value fills in a decoded JSON value. What Packer adds (packer_..., placeholders of build variables) is kept.
func value(ctx *interpolate.Context, option string, v any) (any, error) {
	if Literal(option) || strings.HasPrefix(option, "packer_") {
		return v, nil
	}
	switch v := v.(type) {
	case string:
		return fill(ctx, option, v)
	case []byte:
		return fill(ctx, option, string(v))
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			var err error
			if out[i], err = value(ctx, option, e); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		if _, placeholders := v["PackerRunUUID"]; placeholders {
			return v, nil
		}
		out := make(map[string]any, len(v))
		for k, e := range v {
			var err error
			if out[k], err = value(ctx, k, e); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[any]any:
		if _, placeholders := v["PackerRunUUID"]; placeholders {
			return v, nil
		}
		out := make(map[any]any, len(v))
		for k, e := range v {
			var err error
			if out[k], err = value(ctx, fmt.Sprint(k), e); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return v, nil
}

func fill(ctx *interpolate.Context, option, text string) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	out, err := interpolate.Render(text, ctx)
	if err == nil {
		return out, nil
	}
	if slices.Contains(secret, option) {
		err = errors.New("what is between {{ and }} is no function that it knows")
	}
	return "", fmt.Errorf("%s: Packer's template engine cannot fill it in: %w; braces that mean themselves are written {{`{{`}}", option, err)
}
