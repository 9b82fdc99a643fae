// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
)

// What is left over after matching is an error, never nothing: it may be a "not", or say evaluation in a language that
// is not known here.
func TestNothingIsDropped(t *testing.T) {
	for _, q := range [][2]string{
		{"非2022", "datacenter"}, {"<2022", "datacenter"}, {">=2022", "datacenter"}, {"2022+", "datacenter"}, {"!2022", "datacenter"}, {"~2022", "datacenter"},
		{"2022-", "datacenter"}, {"-2022", "datacenter"}, {"20 22", "datacenter"}, {"20.22", "datacenter"}, {"2022 & 2025", "datacenter"},
		{"2022", "不是Standard"}, {"2022", "!datacenter"}, {"2022", "datacenter?"}, {"2022", "datаcenter"}, {"2022", "datacenter²"}, {"2022", "non-datacenter"},
		{"2022", "Standard ohne Desktop"}, {"2022", "Datacenter Probeversion"}, {"2022", "Datacenter Пробная версия"}, {"2022", "Datacenter تقييم"},
		{"2022 非Datacenter", "datacenter"}, {"20348.評価", "datacenter"}, {"x.y.20348", "datacenter"}, {"6.3.20348", "datacenter"}, {"10.0.9600", "datacenter"},
		{"10.0.20348 N/A Build 17763", "datacenter"}, {"10.0.20348 SP1 Build 20348", "datacenter"}, {"2022 (1809)", "datacenter"}, {"2019 (17134)", "datacenter"},
		{"2022 (20348) 2019", "datacenter"}, {"22", "datacenter"}, {"win12", "datacenter"}, {"ws04", "datacenter"}, {"ws20", "datacenter"}, {"12 R29", "datacenter"},
		{"Windows Server 2022 Datacenter Evaluation", "datacenter"}, {"Windows Server 2022 Datacenter", "datacenter evaluation"},
		{"2022 Datacenter Core", "Datacenter (Desktop Experience)"}, {"2022 Datacenter (Desktop Experience)", "ServerDatacenterCor"},
	} {
		target, err := Default().Resolve(q[0], q[1])
		if err == nil {
			t.Errorf("%q %q is taken for %+v", q[0], q[1], target)
		}
	}
	for _, image := range []string{
		"Windows Server 2022 Datacenter Probeversion", "Windows Server 2022 Datacenter Пробная", "非Windows Server 2022 SERVERDATACENTER",
		"Windows Server 2022 SERVERDATACENTER <eval>", "Windows Server 2022 Datacenter 試用版",
	} {
		if target, err := Default().ResolveImage(image); err == nil {
			t.Errorf("%q is taken for %+v", image, target)
		}
	}
	for _, host := range []string{"非azure-local", "not azure-local", "2022 非Datacenter", "azure-local 23H", "azure-local 評価"} {
		if name, ok := Default().HostName(host); ok {
			t.Errorf("%q is taken for the host %s", host, name)
		}
	}
	for _, host := range []string{"azure-local", "Azure Local 2411", "Microsoft Azure Stack HCI, version 23H2", "Azure Stack HCI OS 22H2", "HCI"} {
		if name, _ := Default().HostName(host); name != AzureLocal {
			t.Errorf("%q is taken for the host %q", host, name)
		}
	}
}

// A letter, a digit or a sign of which nothing is known, anywhere in what is understood, makes it not understood.
func TestAnyLeftover(t *testing.T) {
	for _, text := range []string{"Windows Server 2022 Datacenter", "ws22 datacenter", "2019 (1809) Standard (Server Core)", "2012R2 std", "Windows Server 2025 Standard (Desktopdarstellung)"} {
		if _, err := Default().Resolve(text, ""); err != nil {
			t.Fatal(err)
		}
		for at := range text + " " {
			for _, odd := range []string{"非", "ж", "ß", "ø", "α", "ท", "٣", "²", "Ⅳ", "<", "!", "~", "\x00", "\u0301", "🙂", "q"} {
				with := text[:at] + odd + text[at:]
				if target, err := Default().Resolve(with, ""); err == nil {
					t.Errorf("%q is taken for %+v", with, target)
				}
				if target, err := Default().ResolveImage(with); err == nil {
					t.Errorf("the image %q is taken for %+v", with, target)
				}
			}
		}
	}
}

// What Setup and DISM show in the common languages, and what people write.
func TestResolveLanguages(t *testing.T) {
	dc := Target{Release: "2022", Build: 20348, Edition: Datacenter, EditionID: "ServerDatacenter"}
	std := Target{Release: "2022", Build: 20348, Edition: Standard, EditionID: "ServerStandard"}
	eval := func(t Target) Target { t.Evaluation = true; return t }
	core := func(t Target) Target { t.Core = true; return t }
	for name, want := range map[string]Target{
		"Windows Server 2022 Standard (Desktopdarstellung)":                    std,
		"Windows Server 2022 Standard Evaluation (Desktopdarstellung)":         eval(std),
		"Windows Server 2022 Standard Evaluation (expérience de bureau)":       eval(std),
		"Windows Server 2022 Standard Evaluation (Expe\u0301rience de bureau)": eval(std), // decomposed, as macOS writes it
		"Windows Server 2022 Standard (Experiencia de escritorio)":             std,
		"Windows Server 2022 Standard Evaluation (esperienza desktop)":         eval(std),
		"Windows Server 2022 Standard (Experiência Desktop)":                   std,
		"Windows Server 2022 Standard (возможности рабочего стола)":            std,
		"Windows Server 2022 Standard (Masaüstü Deneyimi)":                     std,
		"Windows Server 2022 Standard Evaluation (デスクトップ エクスペリエンス)":            eval(std),
		"Windows Server 2022 Standard（桌面体验）":                                   std,
		"Ｗｉｎｄｏｗｓ　Server　２０２２ Standard (桌面體驗)":                                  std,
		"Windows Server 2022 Standard (데스크톱 환경)":                               std,
		"Windows Server 2022 Datacenter 评估版":                                   core(eval(dc)),
		"Windows Server 2022 Datacenter ознакомительная версия":                core(eval(dc)),
		"Windows Server 2022 Datacenter 評価版":                                   core(eval(dc)),
		"Windows Server 2022 Datacenter 평가판":                                   core(eval(dc)),
		"Windows Server 2022 Datacenter 評估版 (桌面體驗)":                            eval(dc),
		"Windows Server 2022 Datacenter":                                       core(dc),
	} {
		got, err := Default().ResolveImage(name)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v\nwant %+v", name, got, err, want)
		}
		if entry, err := Default().Key(got, AVMA); (err == nil) == want.Evaluation {
			t.Errorf("%q takes %q, %v", name, entry.Key, err)
		}
	}
	for _, q := range [][2]string{
		{"ws22", "datacenter"}, {"win22", "dc"}, {"Server 22", "dc"}, {"w22", "dc"}, {"WinSrv22", "dc"}, {"Server 2022 (21H2)", "dc"}, {"2022 (20348)", "dc"},
		{"2022 (OS Build 20348)", "dc"}, {"Windows Server 2022 LTSC, version 21H2", "dc"}, {"10.0.20348 N/A Build 20348", "dc"}, {"10.0.20348 Nicht zutreffend Build 20348", "dc"},
		{"OS Version:  10.0.20348 N/A Build 20348", "dc"}, {"Microsoft Windows [Version 10.0.20348.587]", "dc"}, {"Microsoft Windows NT 10.0.20348.0", "dc"},
		{"\u200e2022", "dc"}, {"2022 (21H2) Datacenter", ""},
	} {
		if got, err := Default().Resolve(q[0], q[1]); err != nil || got != dc {
			t.Errorf("%q: %+v, %v", q, got, err)
		}
	}
	for text, want := range map[string]string{
		"win19": "2019", "12R2": "2012 R2", "12 r2": "2012 R2", "win12r2": "2012 R2", "2019 (1809)": "2019", "ws16": "2016", "ws12": "2012", "ws1909": "1909",
		"ws2019 (1809)": "2019", "1809": "1809", "win2k19": "2019", "2k16": "2016", "win20h2": "20H2", "10.0.17763 N/A Build 17763": "2019", "08r2": "2008 R2",
	} {
		if r, err := Default().FindRelease(text); err != nil || r.Name != want {
			t.Errorf("%q: %q, %v; want %s", text, r.Name, err, want)
		}
	}
}

// What is suggested is what was meant: another product of that year, or "not that one", is not.
func TestNoWrongSuggestion(t *testing.T) {
	for _, text := range []string{"SQL Server 2019", "Exchange Server 2019", "Office 2019", "<2022", "!2022", "非2022", "Hyper-V Server 2019", "Microsoft Hyper-V Server 2019", "2019 or 2022"} {
		_, err := Default().Resolve(text, "datacenter")
		if err == nil || strings.Contains(err.Error(), "did you mean") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Default().Resolve("2022", "!datacenter"); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Error(err)
	}
	if _, err := Default().FindRelease("Hyper-V Server 2019"); noKeyCode(err) != NoKeyEdition || !strings.Contains(err.Error(), "takes no key") {
		t.Error(err)
	}
	if _, err := Default().FindRelease("windows serer 2025"); err == nil || !strings.Contains(err.Error(), `did you mean "2025"?`) {
		t.Error(err)
	}
	if _, err := Default().FindRelease("22"); err == nil || !strings.Contains(err.Error(), `did you mean "2022"?`) {
		t.Error(err)
	}
}

// Each limit, at it and one beyond.
func TestSpellingLimits(t *testing.T) {
	for text, want := range map[string]int{
		"9600": 9600, "9599": 0, "9601": 0, "7600": 7600, "7601": 7601, "7602": 0, "6003": 6003, "6004": 0, "6001": 6001, "6000": 0,
		"10000": 10000, "9999": 0, "999999": 999999, "1000000": 0, "10.0.10000": 10000, "10.0.9999": 0, "6.3.9600": 9600, "6.2.9600": 0, "6.3.10000": 0,
		"20348.587": 20348, "20348.587.1": 0, "10.0.20348.587": 20348, "10.0.20348.587.1": 0, "10.0.20348.999999": 20348, "10.0.20348.1000000": 0, "10.0.20348.": 0,
		"": 0, ".": 0, "+9600": 0, "-9600": 0, "2022": 0, "build 20348": 20348,
	} {
		if n, ok := BuildNumber(text); ok != (want > 0) || ok && n != want {
			t.Errorf("%q: %d, %v; want %d", text, n, ok, want)
		}
	}
	for text, want := range map[string]bool{"2012 R2": true, "2012 R20": false, "2012 R29": false, "2012 R2 ": true, "2019": true, "20190": false, "ws20190": false, "ws20199": false,
		"17090": false, "ws17099": false, "20H2": true, "20H20": false, "20H29": false, "2k19": true, "2k190": false, "2k1": false, "2k": false, "2k:9": false, "2k9:": false, "win19": true, "win190": false} {
		if r, err := Default().Resolve(text, "datacenter"); (err == nil) != want {
			t.Errorf("%q: %q, %v", text, r.Release, err)
		} else if err != nil && strings.Contains(err.Error(), "no edition") {
			t.Errorf("%q: %v: a digit that follows a release's name makes it another name", text, err)
		}
	}
	newest := Default().newestYear()
	for year, code := range map[int]NoKeyCode{2024: "", newest + 1: NoKeyUnknownRelease, newest + 24: NoKeyUnknownRelease, newest + 25: ""} {
		if _, err := Default().FindRelease(strconv.Itoa(year)); noKeyCode(err) != code {
			t.Errorf("%d: %v", year, err)
		}
	}
	if err := Default().notServer("2025"); err != nil {
		t.Errorf("2025 is no release to come: %v", err)
	}
	for build, code := range map[int]NoKeyCode{9599: NoKeyBeforeAVMA, 9600: NoKeyUnknownBuild, 9601: NoKeyUnknownBuild, 1: NoKeyBeforeAVMA, 0: NoKeyUnknownBuild} {
		if err := Default().unknownBuild(build); err.Code != code {
			t.Errorf("build %d: %v", build, err)
		}
	}
	newer := func(build int) bool {
		return strings.Contains(Default().unknownBuild(build).Error(), "newer than this catalogue")
	}
	if build := Default().Releases()[0].Build; newer(build) || !newer(build+1) {
		t.Error("the newest build is no bound")
	}
	// Suggestions: one letter wrong in a word of up to five, two in a longer one; texts of more than 64 bytes have none.
	for text, want := range map[string]int{"stab": 0, "std2": 1, "sttd": 1, "essential5": 1, "datacent": 1, "datacen": 0, "esentialss": 1, "turbin": 1, "turbi": 0, "turbxne": 1} {
		if got := nearest(text, []string{"std", "essentials", "datacenter", "turbine"}); len(got) != want {
			t.Errorf("near %q: %q, want %d", text, got, want)
		}
	}
	if len(nearest("abcxx", []string{"abcde"})) != 0 || len(nearest("abcdxx", []string{"abcdef"})) != 1 {
		t.Error("two letters may be wrong in a word of six, not of five")
	}
	long := strings.Repeat("x", 64)
	if len(nearest(long, []string{long})) != 1 || len(nearest(long+"x", []string{long + "x"})) != 0 {
		t.Error("the bound of 64 bytes")
	}
	if got := nearest("ab", []string{"ac", "ad", "ae"}); len(got) != 2 {
		t.Errorf("%q: two at most", got)
	}
	// What is quoted is bounded by 80 characters.
	if s := quote(strings.Repeat("ж", 80)); strings.Contains(s, "...") {
		t.Error(s)
	}
	if s := quote(strings.Repeat("ж", 81)); !strings.HasSuffix(s, `ж..."`) || len(s) != 165 {
		t.Errorf("%d bytes: %s", len(s), s)
	}
}

// FuzzLeftover: whatever resolves is made of nothing but what is known.
func FuzzLeftover(f *testing.F) {
	for _, s := range []string{"Windows Server 2022 Datacenter", "2019 (1809) Standard (Server Core)", "ws22 dc", "2012R2 std", "20348 dc", "Windows Server 2022 Standard (桌面体验)"} {
		f.Add(s, "")
		f.Add(s, "datacenter")
	}
	f.Add("2022", "Standard 评估版")
	known := vocabulary()
	f.Fuzz(func(t *testing.T, release, edition string) {
		if len(release)+len(edition) > 200 {
			return
		}
		for _, answer := range []func() (Target, error){
			func() (Target, error) { return Default().Resolve(release, edition) },
			func() (Target, error) { return Default().ResolveImage(release + " " + edition) },
		} {
			target, err := answer()
			if err != nil {
				var re *ResolveError
				if !errors.As(err, &re) && noKeyCode(err) == "" {
					t.Fatalf("an error of no type: %v", err)
				}
				continue
			}
			if _, ok := buildNumber(release); ok {
				release = "2022"
			}
			for _, text := range []string{release, edition} {
				if s := spelling.Fold(text); !madeOf(s, known) {
					t.Fatalf("%q %q is taken for %+v, and %q has a piece that is not known", release, edition, target, s)
				}
			}
		}
	})
}

// vocabulary is every piece that a folded spelling may consist of.
func vocabulary() []string {
	known := []string{"microsoft", "windows", "win", "server", "srv", "ws", "w", "version", "ver", "v", "sac", "ltsc", "2k", "os", "build", " ", "e", "datacenter", "standard"}
	for _, r := range Default().Releases() {
		known = append(known, spelling.Fold(r.Name), strconv.Itoa(r.Build), spelling.Fold(strings.TrimPrefix(r.Name, "20")))
		for _, a := range r.Aliases {
			known = append(known, spelling.Fold(a))
		}
	}
	for _, e := range EditionIDs() {
		known = append(known, strings.ToLower(e.ID))
	}
	for _, n := range editionNames {
		known = append(known, n.name)
	}
	for _, w := range spelling.Words() {
		known = append(known, spelling.Fold(w.Text))
	}
	return known
}

// madeOf says whether s can be cut into pieces of known without a rest.
func madeOf(s string, known []string) bool {
	reached := make([]bool, len(s)+1)
	reached[0] = true
	for at := range s {
		for _, k := range known {
			if k != "" && reached[at] && strings.HasPrefix(s[at:], k) {
				reached[at+len(k)] = true
			}
		}
	}
	return reached[len(s)]
}

// Each word of the table says where it was read, is understood behind an edition, and what it says arrives.
func TestWords(t *testing.T) {
	for _, w := range spelling.Words() {
		if w.Source == "" && w.Language != "" || w.Language == "" && !isASCII(w.Text) {
			t.Errorf("%q: of no source", w.Text)
		}
		sp, ok := lookupSpelling("Standard (" + w.Text + ")")
		if !ok || sp.id.Base != "ServerStandard" || sp.core != (w.Says == spelling.Core) || sp.desktop != (w.Says == spelling.Desktop) || sp.id.Evaluation != (w.Says == spelling.Evaluation) {
			t.Errorf("%q: %+v, %v", w.Text, sp, ok)
		}
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
