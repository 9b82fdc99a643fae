// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// locale is the languages with their defaults.
type locale struct{ ui, system, user, input, zone string }

var (
	languageTag = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z]{4})?-([A-Za-z]{2}|[0-9]{3})(_[A-Za-z0-9]+)?$`)
	})
	keyboardLayout = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{8}$`) })
	textService    = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[0-9A-Fa-f]{4}:\{[0-9A-Fa-f-]{36}\}\{[0-9A-Fa-f-]{36}\}$`)
	})
)

// checkLocale fills in the languages and checks their form. (reference section 1.8)
func (m *model) checkLocale() {
	l := &m.locale
	l.ui = orElse(m.cfg.UILanguage, "en-US")
	l.system = orElse(m.cfg.SystemLocale, l.ui)
	l.user = orElse(m.cfg.UserLocale, l.ui)
	l.input = orElse(m.cfg.InputLocale, l.user)
	l.zone = orElse(m.cfg.TimeZone, "UTC")
	for _, a := range []struct{ name, value string }{
		{"ui_language", m.cfg.UILanguage}, {"system_locale", m.cfg.SystemLocale}, {"user_locale", m.cfg.UserLocale},
	} {
		if a.value != "" && !unknown(a.value) && !languageTag().MatchString(a.value) {
			m.fail(a.name, fmt.Sprintf("%q is not a language", a.value), "It is a language and a region, for example en-US or de-DE."+meantLanguage(a.value))
		}
	}
	if m.cfg.InputLocale != "" && !unknown(m.cfg.InputLocale) {
		for _, part := range strings.Split(m.cfg.InputLocale, ";") {
			if !languageTag().MatchString(part) && !keyboardLayout().MatchString(part) && !textService().MatchString(part) {
				m.fail("input_locale", fmt.Sprintf("%q is not a keyboard", part), "It is a language (de-DE) or a layout (0407:00000407); several have a semicolon between them."+meantLanguage(part))
			}
		}
	}
	m.checkTimeZone()
}

// meantLanguage suggests what somebody meant who wrote the locale of another system: "de_DE.UTF-8", "de".
func meantLanguage(s string) string {
	base, _, _ := strings.Cut(s, ".")
	base = strings.ReplaceAll(base, "_", "-")
	if languageTag().MatchString(base) && base != s {
		return " Did you mean " + base + "?"
	}
	return ""
}

// checkTimeZone checks the time zone against the names that Windows has.
func (m *model) checkTimeZone() {
	z := m.cfg.TimeZone
	if z == "" || unknown(z) {
		return
	}
	m.length("time_zone", z, 256)
	base, dst := strings.CutSuffix(z, "_dstoff")
	if name, ok := timeZone(base); ok {
		m.locale.zone = name
		if dst {
			m.locale.zone += "_dstoff"
		}
		return
	}
	m.fail("time_zone", fmt.Sprintf("%q is not a time zone of Windows", z), suggestTimeZone(base))
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
