// SPDX-License-Identifier: MPL-2.0

package report

import (
	"reflect"
	"sort"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// maxText bounds any single text in a report, in characters.
const maxText = 4096

func clean(s string) string { return untrusted.Text(s, maxText) }

// cleaned is a deep copy of a document with every string cleaned and bounded, and with empty arrays and maps in place
// of missing ones, so that readers need not tell the two apart.
func cleaned[T any](doc T) T {
	v := reflect.New(reflect.TypeOf(&doc).Elem()).Elem()
	v.Set(reflect.ValueOf(&doc).Elem())
	return cleanValue(v).Interface().(T)
}

func cleanValue(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(clean(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(cleanValue(v.Field(i)))
		}
	case reflect.Slice:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(cleanValue(v.Index(i)))
		}
	case reflect.Map:
		out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		for _, k := range keys { // two keys that are the same once cleaned: the first stays
			if c := cleanValue(k); !out.MapIndex(c).IsValid() {
				out.SetMapIndex(c, cleanValue(v.MapIndex(k)))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(cleanValue(v.Elem()))
		}
	default:
		out.Set(v)
	}
	return out
}
