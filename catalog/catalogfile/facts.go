// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// maxMSR bounds the size of a reserved partition, in MB: no Windows asks for more than 128.
const maxMSR = 1024

var powershellVersion = regexp.MustCompile(`^[1-9][0-9]?\.[0-9]{1,2}$`)

// facts reads what a release has and lacks. What is not given stays the zero value in a new release, and means what
// holds for the long-term release before it.
func (b *blockReader) facts(f *catalog.Facts) {
	if s, ok := b.oneOf("openssh", string(catalog.OpenSSHNone), string(catalog.OpenSSHOnDemand),
		string(catalog.OpenSSHInstalled)); ok {
		f.OpenSSH = catalog.OpenSSH(s)
	}
	if s, ok := b.oneOf("evaluation_images", string(catalog.EvaluationSame), string(catalog.EvaluationDisplay)); ok {
		f.EvaluationNames = catalog.EvaluationNames(s)
	}
	if b.attrs["msr_size"] != nil {
		n := b.number("msr_size", "16")
		if !b.failed && (n < 16 || n > maxMSR) {
			b.wrong(b.at("msr_size"), fmt.Sprintf("%d MB is no size of a reserved partition", n),
				fmt.Sprintf("It is 16 to %d, in MB.", maxMSR))
		}
		f.MSRSize = n
	}
	if s := b.text("powershell"); s != "" {
		if !powershellVersion.MatchString(s) {
			b.wrong(b.at("powershell"), fmt.Sprintf("%q is no version of Windows PowerShell", s),
				`It has two numbers, such as "5.1".`)
		}
		f.PowerShell = s
	}
	if b.attrs["image_editions"] != nil {
		f.NamedImages = b.editionList("image_editions")
	}
	if b.attrs["lacks"] != nil {
		f.Lacks = []string{}
		for _, s := range b.list("lacks") {
			if s != catalog.Floppy && s != catalog.WMIC {
				b.wrong(b.at("lacks"), fmt.Sprintf("nothing is known of %q", s),
					"What a release may lack is "+catalog.Floppy+" and "+catalog.WMIC+".")
				return
			}
			f.Lacks = append(f.Lacks, s)
		}
	}
}

// oneOf reads a word of a few; false where it is not given, or not one of them.
func (b *blockReader) oneOf(name string, words ...string) (string, bool) {
	s := b.text(name)
	if s == "" {
		return "", false
	}
	for _, w := range words {
		if s == w {
			return s, true
		}
	}
	b.wrong(b.at(name), fmt.Sprintf("there is no %s %q", name, s), "It is "+strings.Join(words, " or ")+".")
	return "", false
}
