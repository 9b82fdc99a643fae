// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
)

// findRelease understands a release's spelling; rest is what follows it, folded.
func (c *Catalog) findRelease(text string) (rel *Release, rest string, err error) {
	if build, ok := buildNumber(text); ok {
		for i := range c.releases { // long-term releases win: 17763 alone is 2019
			if r := &c.releases[i]; r.Build == build && (rel == nil || rel.CoreOnly()) {
				rel = r
			}
		}
		if rel != nil {
			return rel, "", nil
		}
		return nil, "", c.unknownBuild(build)
	}
	if rel, rest, ok := c.splitRelease(text); ok {
		return rel, rest, nil
	}
	if err := c.notServer(text); err != nil {
		return nil, "", err
	}
	return nil, "", c.releaseError(text)
}

// splitRelease takes the name of a release from the beginning of a text. The longest name wins ("2012 R2" before
// "2012"), and what follows it is folded.
func (c *Catalog) splitRelease(text string) (*Release, string, bool) {
	s, server, windows := cutProduct(spelling.Fold(text))
	if rest, ok := strings.CutPrefix(s, "2k"); ok && len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) {
		s = "20" + rest // 2k22, as the folders of virtio-win are called
	}
	var found *Release
	var length int
	try := func(r *Release, name string) {
		name = spelling.Fold(name)
		if len(name) > length && strings.HasPrefix(s, name) && !startsWithDigit(s[len(name):]) {
			found, length = r, len(name)
		}
	}
	for i := range c.releases {
		r := &c.releases[i]
		try(r, r.Name)
		for _, a := range r.Aliases {
			try(r, a)
		}
		if short, ok := strings.CutPrefix(r.Name, "20"); ok && !r.CoreOnly() && shortYear(short, server, windows) { // 2004 is no year
			try(r, short)
		}
	}
	if found == nil {
		return nil, "", false
	}
	rest := c.sameRelease(found, s[length:])
	return found, rest, !strings.HasPrefix(rest, "r2") // "2016 R2" is no release
}

// cutProduct takes what stands before a release's name off: "Microsoft Windows Server, version".
func cutProduct(s string) (rest string, server, windows bool) {
	for _, p := range []string{"microsoft", "windows", "win", "server", "srv", "ws", "w", "version", "ver", "v", "sac", "ltsc"} {
		cut, ok := strings.CutPrefix(s, p)
		if !ok {
			continue
		}
		s = cut
		switch p {
		case "server", "srv", "ws":
			server = true
		case "windows", "win", "w":
			windows = true
		}
	}
	return s, server, windows
}

// shortYear says whether a year may be written by two digits: ws22, win19, 12R2. A bare 22 may be anything, and Windows
// 12 is no server.
func shortYear(short string, server, windows bool) bool {
	return server || strings.HasSuffix(short, "R2") || windows && short != "12"
}

// sameRelease takes off what says the same release once more: "2022, version 21H2", "2019 (1809)", "2022 (build 20348)",
// "2022 LTSC".
func (c *Catalog) sameRelease(rel *Release, rest string) string {
	names := append([]string{"ltsc", "sac", strconv.Itoa(rel.Build)}, rel.Aliases...)
	for _, r := range c.releases {
		if r.Build == rel.Build && !rel.CoreOnly() {
			names = append(names, r.Name)
		}
	}
	for {
		again := strings.TrimPrefix(rest, " ")
		for _, p := range []string{"version", "os", "build"} {
			again = strings.TrimPrefix(again, p)
		}
		i := slices.IndexFunc(names, func(n string) bool {
			after, ok := strings.CutPrefix(again, spelling.Fold(n))
			return ok && !startsWithDigit(after)
		})
		if i < 0 {
			return rest
		}
		rest = strings.TrimPrefix(again, spelling.Fold(names[i]))
	}
}

// buildNumber reads "20348", "20348.587", "10.0.20348", "10.0.20348.587", "6.3.9600", and the lines that Windows shows:
// "10.0.20348 N/A Build 20348" (systeminfo), "Microsoft Windows [Version 10.0.20348.587]" (ver).
func buildNumber(text string) (int, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, p := range []string{"os version:", "microsoft windows nt", "microsoft windows", "[version", "build"} {
		text = strings.TrimSpace(strings.TrimPrefix(text, p))
	}
	text = strings.TrimSuffix(text, "]")
	if first, second, ok := strings.Cut(text, " build "); ok {
		for _, none := range []string{"n/a", "nicht zutreffend", "暂缺"} { // "no service pack", in the language of Windows
			first = strings.TrimSpace(strings.TrimSuffix(first, none))
		}
		a, ok := versionNumber(first)
		b, err := strconv.Atoi(strings.TrimSpace(second))
		return a, ok && err == nil && a == b
	}
	return versionNumber(text)
}

// versionNumber reads a version of Windows, or a build alone: five or six digits, or one that was a server before them.
func versionNumber(text string) (int, bool) {
	parts := strings.Split(text, ".")
	for _, p := range parts {
		if p == "" || len(p) > 6 || strings.Trim(p, "0123456789") != "" {
			return 0, false
		}
	}
	version := ""
	if len(parts) > 2 {
		version, parts = parts[0]+"."+parts[1], parts[2:]
	}
	if len(parts) > 2 {
		return 0, false
	}
	n, _ := strconv.Atoi(parts[0])
	kernel := map[int]string{9600: "6.3", 9200: "6.2", 7601: "6.1", 7600: "6.1", 6003: "6.0", 6002: "6.0", 6001: "6.0"}[n]
	if n >= 10000 {
		kernel = "10.0"
	}
	return n, kernel != "" && cmp.Or(version, kernel) == kernel
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func startsWithDigit(s string) bool { return s != "" && isDigit(s[0]) }
