// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
)

// locale is the languages with their defaults.
type locale struct{ ui, system, user, input, zone string }

// checkLocale fills in the languages and holds them against what Windows has. (reference section 1.8)
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
		if a.value != "" && !unknown(a.value) && !isLanguage(a.value) {
			m.fail(a.name, fmt.Sprintf("%q is not a language", a.value), "It is a language and a region, for example en-US or de-DE."+meantLanguage(a.value))
		}
	}
	if m.cfg.InputLocale != "" && !unknown(m.cfg.InputLocale) {
		m.checkInputLocale(m.cfg.InputLocale)
	}
	m.checkTimeZone()
}

// checkTimeZone checks the time zone against the names that Windows has.
func (m *model) checkTimeZone() {
	z := m.cfg.TimeZone
	if z == "" || unknown(z) {
		return
	}
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
