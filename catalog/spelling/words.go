// SPDX-License-Identifier: MPL-2.0

package spelling

import (
	"strings"
	"sync"
)

// Says is what a word says of an edition.
type Says int

// What words say. A word with Nothing, such as "edition", is understood and changes nothing.
const (
	Nothing Says = iota
	Core
	Desktop
	Evaluation
)

// Word is one spelling.
type Word struct {
	Text     string // as it is shown; compared by [Fold]
	Says     Says
	Language string // BCP 47; "": what people type anywhere
	Source   string // where it was read; "" only where Language is
}

// Where the words were read. What Setup or DISM shows was copied from their output or their window; what stands only in
// Microsoft's translated documentation is named so.
const (
	shown    = "name of an image that DISM or Setup shows, quoted by several public repositories"
	docs     = "Microsoft's Windows Server documentation in this language (windowsserverdocs)"
	azure    = "Microsoft's Azure documentation in this language (azure-docs, Site Recovery support matrix)"
	stack    = "Microsoft's Azure Stack and deployment documentation in this language"
	bulletin = "Microsoft's security bulletins and Windows API documentation in this language (list of affected systems, GetProductInfo)"
	caption  = "OS caption of an installed Windows, quoted by public repositories"
	lab      = "Microsoft's test lab guides in this language"
)

// words is the table. A name that could not be found in public material is not here, and so is an error when somebody
// writes it: a guess could take an evaluation edition for a licensed one.
var words = []Word{
	{"Server Core Installation", Core, "", ""}, {"Server Core", Core, "", ""}, {"Core Installation", Core, "", ""}, {"Core", Core, "", ""},
	{"Server with Desktop Experience", Desktop, "", ""}, {"with Desktop Experience", Desktop, "", ""}, {"Desktop Experience", Desktop, "", ""},
	{"Server with a GUI", Desktop, "", ""}, {"Desktop", Desktop, "", ""}, {"GUI", Desktop, "", ""}, {"Full", Desktop, "", ""},
	{"Evaluation", Evaluation, "", ""}, {"Eval", Evaluation, "", ""}, {"Edition", Nothing, "", ""},

	{"Desktopdarstellung", Desktop, "de", shown}, {"Server mit Desktopdarstellung", Desktop, "de", lab},
	{"Server mit grafischer Benutzeroberfläche", Desktop, "de", lab},
	{"Server Core-Installation", Core, "de", bulletin}, {"Evaluierungsversion", Evaluation, "de", docs},

	{"Expérience de bureau", Desktop, "fr", shown}, {"Expérience Bureau", Desktop, "fr", shown}, {"Server avec Expérience utilisateur", Desktop, "fr", azure},
	{"Expérience utilisateur", Desktop, "fr", azure}, {"installation Server Core", Core, "fr", bulletin}, {"version d’évaluation", Evaluation, "fr", docs},

	{"Experiencia de escritorio", Desktop, "es", shown}, {"instalación Server Core", Core, "es", bulletin}, {"versión de evaluación", Evaluation, "es", docs},

	{"Esperienza desktop", Desktop, "it", shown}, {"installazione Server Core", Core, "it", bulletin}, {"versione di valutazione", Evaluation, "it", docs},

	{"Experiência Desktop", Desktop, "pt", shown}, {"instalação Server Core", Core, "pt", bulletin}, {"versão de avaliação", Evaluation, "pt", docs},

	{"Bureaubladervaring", Desktop, "nl", azure}, {"Server met Bureaubladervaring", Desktop, "nl", azure},
	{"Bureaubladbelevenis", Desktop, "nl", azure}, {"Server met Bureaubladbelevenis", Desktop, "nl", azure},
	{"evaluatieversie", Evaluation, "nl", stack},

	{"Środowisko pulpitu", Desktop, "pl", azure}, {"serwer z środowisko pulpitu", Desktop, "pl", azure},

	{"Server s desktopovým prostředím", Desktop, "cs", azure}, {"jádro serveru", Core, "cs", azure}, {"zkušební verze", Evaluation, "cs", stack},

	{"kiszolgáló asztali kezelőfelülettel", Desktop, "hu", azure}, {"asztali élmény", Desktop, "hu", azure},

	{"Skrivbordsmiljö", Desktop, "sv", azure}, {"Server med Skrivbordsmiljö", Desktop, "sv", azure}, {"server med GUI", Desktop, "sv", lab},
	{"utvärderingsversion", Evaluation, "sv", stack},

	{"Возможности рабочего стола", Desktop, "ru", shown}, {"установка основных серверных компонентов", Core, "ru", bulletin},
	{"ознакомительная версия", Evaluation, "ru", docs},

	{"Masaüstü Deneyimi", Desktop, "tr", shown},

	{"デスクトップ エクスペリエンス", Desktop, "ja", shown}, {"コア", Core, "ja", docs}, {"Server Core インストール", Core, "ja", bulletin},
	{"評価版", Evaluation, "ja", caption},

	{"데스크톱 환경", Desktop, "ko", shown}, {"Server Core 설치", Core, "ko", bulletin}, {"평가판", Evaluation, "ko", docs},

	{"桌面体验", Desktop, "zh-Hans", shown}, {"服务器核心安装", Core, "zh-Hans", bulletin}, {"评估版", Evaluation, "zh-Hans", docs},

	{"桌面體驗", Desktop, "zh-Hant", docs}, {"含桌面體驗", Desktop, "zh-Hant", docs}, {"評估版", Evaluation, "zh-Hant", docs},
}

// Words lists the table.
func Words() []Word { return append([]Word(nil), words...) }

// folded is the table as it is compared; made when first asked for.
var folded = sync.OnceValue(func() []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Fold(w.Text)
	}
	return out
})

// Cut takes the longest word that a folded text ends with off it. False: it ends with none, or is nothing but one.
func Cut(text string) (rest string, says Says, ok bool) {
	longest := 0
	for i, word := range folded() {
		if len(word) > longest && len(word) < len(text) && strings.HasSuffix(text, word) {
			longest, says = len(word), words[i].Says
		}
	}
	return text[:len(text)-longest], says, longest > 0
}
