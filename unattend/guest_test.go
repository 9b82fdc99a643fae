// SPDX-License-Identifier: MPL-2.0

package unattend_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// A clone goes through its first boot with a deploy file as it is generated: the files are extracted, what the build
// opened is closed, the first-boot check is registered, and finds that the host activated the clone.
func TestGuest_DeployFileOnAClone(t *testing.T) {
	g := winguest.New(t, winguest.Config{Release: "2022", Key: "avma", SleepScale: 0.02})
	r, err := unattend.Generate(unattend.Config{
		Release: "2022", Edition: "datacenter", AdministratorPassword: "P@ssw0rd", FirstBoot: &unattend.FirstBoot{}, Deploy: &unattend.DeploySettings{ComputerName: "WEB-01"},
	}, unattend.Deploy, unattend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const path = `C:\Windows\System32\Sysprep\avma-deploy.xml`
	if err := os.MkdirAll(strings.TrimSuffix(g.Path(path), "/avma-deploy.xml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(g.Path(path), r.XML, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := g.Generalize(); err != nil {
		t.Fatal(err)
	}
	c := g.Clone(t, winguest.CloneOptions{AnswerFile: path})
	for _, command := range c.Commands() {
		if command.Shell == "specialize" && command.Exit != 0 {
			t.Errorf("%s: exit %d\n%s%s", command.Line, command.Exit, command.Stdout, command.Stderr)
		}
	}
	for _, file := range []string{"plan.json", "finish.ps1", "close.ps1", "first_boot.ps1"} {
		if _, err := os.Stat(c.Path(`C:\Windows\Setup\avma\` + file)); err != nil {
			t.Errorf("not extracted: %v", err)
		}
	}
	c.Until(3*time.Minute, "the verdict of the first boot", func(s *winguest.State) bool {
		return s.Registry[winguest.KeyGuest]["AvmaStatus"].Data == "activated"
	})
}
