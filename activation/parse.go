// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"unicode/utf16"
)

// MaxFactsSize bounds a facts document, in bytes. A real one has a few KB.
const MaxFactsSize = 4 << 20

// FactsError says what is wrong with a facts document.
type FactsError struct {
	Field   string // "products[0].license_status"; "" for the document as a whole
	Problem string
}

func (e *FactsError) Error() string {
	if e.Field == "" {
		return "facts: " + e.Problem
	}
	return "facts: " + e.Field + ": " + e.Problem
}

// ParseFacts reads a facts document: JSON in UTF-8 or UTF-16, with or without a byte order mark, at most MaxFactsSize
// bytes. It accepts a report with the document under "facts" as well. Fields that it does not know are ignored; null is
// the zero value; where an array belongs, a single value stands for an array of one, because PowerShell writes it so;
// a negative error number is the same bits unsigned. Anything else of the wrong type is a *FactsError that names the field.
func ParseFacts(data []byte) (Facts, error) {
	f, _, err := parse(data)
	return f, err
}

// ParseReport is [ParseFacts] for a document that was written elsewhere, perhaps by another version: facts, or a report
// with them in it. It gives the status of the report's verdict too, "" where there is none. A document of a newer schema
// is a *FactsError: what its fields mean is not known here.
func ParseReport(data []byte) (Facts, Status, error) {
	f, top, err := parse(data)
	if err != nil {
		return f, "", err
	}
	report, _ := top["schema"].(json.Number)
	n, err := report.Int64()
	if n = max(n, int64(f.Schema)); err == nil && n > factsSchema {
		return Facts{}, "", &FactsError{Field: "schema", Problem: fmt.Sprintf("%d is newer than what this version knows (%d). Use the avma that wrote it, or a newer one", n, factsSchema)}
	}
	verdict, _ := top["verdict"].(map[string]any)
	status, _ := verdict["status"].(string)
	return f, Status(Clean(status, maxShown)), nil
}

// parse gives the facts of a document, and the document.
func parse(data []byte) (f Facts, document map[string]any, err error) {
	if len(data) > MaxFactsSize {
		return f, nil, &FactsError{Problem: fmt.Sprintf("%d bytes are more than the %d that a facts document may have", len(data), MaxFactsSize)}
	}
	data = toUTF8(data)
	if len(bytes.TrimSpace(data)) == 0 {
		return f, nil, &FactsError{Problem: "the document is empty"}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		return f, nil, &FactsError{Problem: jsonProblem(err, data)}
	}
	if _, err := d.Token(); err != io.EOF {
		return f, nil, &FactsError{Problem: "more text follows the JSON document; it has to be one document and nothing else"}
	}
	top, ok := doc.(map[string]any)
	if !ok {
		return f, nil, &FactsError{Problem: "a JSON object is expected, this is " + kindOf(doc)}
	}
	document = top
	if inner, ok := top["facts"].(map[string]any); ok && top["os"] == nil {
		top = inner
	}
	if top["schema"] == nil {
		return f, nil, &FactsError{Field: "schema", Problem: "is missing: this is no facts document. The facts script writes one, and \"avma verify\" in a guest does"}
	}
	f.Service.RearmCount = -1
	if err := fill(reflect.ValueOf(&f).Elem(), top, ""); err != nil {
		return Facts{}, nil, err
	}
	if f.Schema < 1 {
		return Facts{}, nil, &FactsError{Field: "schema", Problem: fmt.Sprintf("%d is no schema that ever was", f.Schema)}
	}
	return f, document, nil
}

// jsonProblem says where the JSON breaks.
func jsonProblem(err error, data []byte) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := min(int(syntax.Offset), len(data))
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		column := at - bytes.LastIndexByte(data[:at], '\n') - 1
		return fmt.Sprintf("no valid JSON at line %d, column %d: %s", line, max(column, 1), syntax.Error())
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the JSON document is cut off"
	}
	return "no valid JSON: " + Clean(err.Error(), maxShown)
}

// toUTF8 takes a byte order mark away and turns UTF-16, which PowerShell's redirection writes, into UTF-8.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		order, data = binary.LittleEndian, data[2:]
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order, data = binary.BigEndian, data[2:]
	case bytes.HasPrefix(data, []byte{'{', 0}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0, '{'}):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// fill sets a value of Facts from decoded JSON.
func fill(v reflect.Value, doc any, field string) error {
	if doc == nil {
		return nil
	}
	wrong := func(want string) error {
		return &FactsError{Field: field, Problem: want + " is expected, this is " + kindOf(doc)}
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), doc, field)
	case reflect.Struct:
		object, ok := doc.(map[string]any)
		if !ok {
			return wrong("an object")
		}
		return fillStruct(v, object, field)
	case reflect.Slice:
		list, ok := doc.([]any)
		if !ok {
			list = unwrapped(doc)
		}
		s := reflect.MakeSlice(v.Type(), 0, len(list))
		for i, item := range list {
			if item == nil {
				continue
			}
			e := reflect.New(v.Type().Elem()).Elem()
			if err := fill(e, item, field+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
			s = reflect.Append(s, e)
		}
		v.Set(s)
	case reflect.Map:
		object, ok := doc.(map[string]any)
		if list, isList := doc.([]any); isList && len(list) == 0 {
			return nil // an empty hashtable that became an array
		}
		if !ok {
			return wrong("an object")
		}
		m := make(map[string]string, len(object))
		for k, item := range object {
			switch x := item.(type) {
			case nil:
				m[k] = ""
			case string:
				m[k] = x
			case json.Number:
				m[k] = x.String()
			default:
				return &FactsError{Field: field + "." + Clean(k, 60), Problem: "a string is expected, this is " + kindOf(item)}
			}
		}
		v.Set(reflect.ValueOf(m))
	case reflect.String:
		s, ok := doc.(string)
		if !ok {
			return wrong("a string")
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := doc.(bool)
		if !ok {
			return wrong("true or false")
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64, reflect.Uint32:
		return fillNumber(v, doc, field)
	}
	return nil
}

func fillStruct(v reflect.Value, object map[string]any, field string) error {
	for i := range v.NumField() {
		key := v.Type().Field(i).Tag.Get("json")
		if at := bytes.IndexByte([]byte(key), ','); at >= 0 {
			key = key[:at]
		}
		path := key
		if field != "" {
			path = field + "." + key
		}
		if err := fill(v.Field(i), object[key], path); err != nil {
			return err
		}
	}
	return nil
}

// fillNumber takes whole numbers; "12.0" is whole, and a negative HRESULT is the same bits unsigned.
func fillNumber(v reflect.Value, doc any, field string) error {
	num, ok := doc.(json.Number)
	if !ok {
		return &FactsError{Field: field, Problem: "a number is expected, this is " + kindOf(doc)}
	}
	n, err := num.Int64()
	if err != nil {
		x, ferr := num.Float64()
		if ferr != nil || x != float64(int64(x)) || x > 1<<53 || x < -(1<<53) {
			return &FactsError{Field: field, Problem: "a whole number is expected, this is " + Clean(num.String(), 40)}
		}
		n = int64(x)
	}
	if v.Kind() != reflect.Uint32 {
		if v.OverflowInt(n) {
			return &FactsError{Field: field, Problem: "the number " + num.String() + " is out of range"}
		}
		v.SetInt(n)
		return nil
	}
	if n < -(1<<31) || n >= 1<<32 {
		return &FactsError{Field: field, Problem: "the number " + num.String() + " is out of range: 32 bits are expected"}
	}
	v.SetUint(uint64(uint32(n)))
	return nil
}

// unwrapped gives the array that a value stands for: PowerShell writes one element without its array, and an array
// that carries properties as {"value": [...], "Count": n}.
func unwrapped(doc any) []any {
	if object, ok := doc.(map[string]any); ok {
		list, isList := object["value"].([]any)
		if _, counted := object["Count"]; isList && counted && len(object) == 2 {
			return list
		}
	}
	return []any{doc}
}

func kindOf(doc any) string {
	switch x := doc.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case string:
		return "a string (" + strconv.Quote(Clean(x, 40)) + ")"
	case json.Number:
		return "a number (" + Clean(x.String(), 40) + ")"
	case []any:
		return "an array"
	}
	return "an object"
}
