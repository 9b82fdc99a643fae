// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

//go:embed keyboards.tsv
var keyboardsText string

// keyboards is the table of keyboard layouts: the name of each by its id, and the ids in their order.
var keyboards = sync.OnceValue(func() (t struct {
	names map[string]string
	ids   []string
}) {
	t.names = map[string]string{}
	for line := range strings.Lines(keyboardsText) {
		id, name, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok {
			t.names[id], t.ids = name, append(t.ids, id)
		}
	}
	return t
})

var (
	keyboardLayout = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{4}:[0-9a-f]{8}$`) })
	textService    = sync.OnceValue(func() *regexp.Regexp {
		const guid = `\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}`
		return regexp.MustCompile(`^[0-9a-f]{4}:` + guid + guid + `$`)
	})
)

// keyboardForms says what a value of input_locale may be.
const keyboardForms = "It is a language (de-DE) or a layout (0407:00000407); several have a semicolon between them."

// checkInputLocale holds keyboards against the tables of languages and layouts. (reference section 1.8)
func (m *model) checkInputLocale(value string) {
	for _, part := range strings.Split(value, ";") {
		low := strings.ToLower(part)
		id, layout, _ := strings.Cut(low, ":")
		switch {
		case !keyboardLayout().MatchString(low) && !textService().MatchString(low):
			if !isLanguage(part) {
				m.fail("input_locale", fmt.Sprintf("%q is not a keyboard", part), keyboardForms+meantKeyboard(part))
			}
		case !languageID(id):
			m.fail("input_locale", fmt.Sprintf("%q is not a keyboard: Windows has no language %s", part, id),
				keyboardForms+meantKeyboard(layout))
		case layout[0] == '{' || keyboards().names[layout] != "":
		case strings.ContainsRune("abcde", rune(layout[0])):
			// Keyboard Layout Creator numbers from a0000000 on, input methods of old from e0000000 on.
			m.warn("input_locale", fmt.Sprintf("the layout %s is not one of Windows' own", layout),
				"It has to be in the image, or Windows takes another.")
		default:
			m.fail("input_locale", fmt.Sprintf("%q is not a keyboard: Windows has no layout %s", part, layout),
				keyboardForms+layoutsOf(id))
		}
	}
}

// layoutsOf names the layouts that belong to a language, by its number.
func layoutsOf(id string) string {
	var found []string
	for _, k := range keyboards().ids {
		if strings.HasSuffix(k, id) {
			found = append(found, fmt.Sprintf("%s:%s (%s)", id, k, keyboards().names[k]))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return " Did you mean " + either(found) + "?"
}

// meantKeyboard suggests a keyboard for the id of a layout alone, for its name, or for what is nearly a language.
func meantKeyboard(value string) string {
	low := strings.ToLower(strings.TrimSpace(value))
	low = strings.ReplaceAll(low, "0x", "")
	id := low[strings.IndexByte(low, ':')+1:]
	id = strings.Repeat("0", max(0, 8-len(id))) + id
	t := keyboards()
	if t.names[id] == "" && len(low) > 3 { // a shorter word is a language
		var names []string
		for _, k := range t.ids {
			names = append(names, t.names[k])
		}
		if i := slices.Index(names, near.Match(low, names)); i >= 0 {
			id = t.ids[i]
		}
	}
	if t.names[id] == "" {
		return meantLanguage(value)
	}
	if id[4:] == "0c00" { // the languages without a number of their own share it
		return fmt.Sprintf(" %s is the layout %s; write the language and a colon before it.", id, t.names[id])
	}
	return fmt.Sprintf(" Did you mean %s:%s (%s)?", id[4:], id, t.names[id])
}
