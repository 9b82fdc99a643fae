// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// check holds the block to what is known before there is a guest: release and edition may still come from it.
func (d *DeployAnswerFile) check(cat *catalog.Catalog, bad complaint) {
	cfg := d.Config
	fill(&cfg.Release, unattend.Unknown)
	fill(&cfg.Edition, unattend.Unknown)
	for _, p := range unattend.Check(cfg, d.options(cat)).Only(unattend.Error) {
		option := deployBlock
		if p.Attribute != "" {
			option += "." + p.Attribute
			p.Attribute = ""
		}
		bad(option, "%s", p.String())
	}
	if !absoluteWindowsPath(d.Path) && d.Path != unknownValue {
		bad(deployBlock+".path", `%q is no absolute path in the guest; give one such as %s`, d.Path, defaultDeployPath)
	}
}

var windowsPath = regexp.MustCompile(`^[A-Za-z]:[\\/][^<>:"|?*\x00-\x1f]+$`)

func absoluteWindowsPath(path string) bool { return windowsPath.MatchString(path) }

func (d *DeployAnswerFile) options(cat *catalog.Catalog) unattend.Options {
	return unattend.Options{Catalog: cat, Standalone: true, DeleteFiles: []string{strings.ReplaceAll(d.Path, "/", `\`)}}
}

// secrets are the texts of the block that no log may show.
func (d *DeployAnswerFile) secrets() []string {
	out := []string{d.AdministratorPassword, d.ProductKey}
	for _, u := range d.Users {
		out = append(out, u.Password)
	}
	if d.Domain != nil {
		out = append(out, d.Domain.Password)
	}
	return out
}

// writeDeploy generates the deploy answer file for what the guest is now and writes it into the guest. It comes last:
// sysprep refuses a Windows whose servicing has a restart pending, so the provisioner does, while there is a message to read.
func (r *run) writeDeploy(ctx context.Context) error {
	d := r.config.DeployAnswerFile
	cfg := d.Config
	if cfg.Release == "" || cfg.Edition == "" {
		if r.verdict.Release == "" {
			return fmt.Errorf("%s: the guest's release is not known, so its key is not either; give release and edition in the block", deployBlock)
		}
		fill(&cfg.Release, r.verdict.Release)
		fill(&cfg.Edition, editionOf(r.verdict))
	}
	if cfg.Evaluation == "" && r.verdict.Evaluation {
		cfg.Evaluation = "keep"
	}
	probe, err := r.ask(ctx, templates.Probe(), nil, guest.RunOptions{Timeout: min(probeLimit, r.answerLimit())}, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", deployBlock, err)
	}
	stops, harmless := probe.SysprepPending()
	if len(stops) > 0 {
		return fmt.Errorf("%s: a restart is pending in the guest (%s), and sysprep would refuse it; put a windows-restart provisioner before this one, and this one last", deployBlock, activation.Clean(strings.Join(stops, ", "), 200))
	}
	if len(harmless) > 0 {
		r.ui.Say(fmt.Sprintf("A restart is pending in the guest (%s), which sysprep does not mind", activation.Clean(strings.Join(harmless, ", "), 200)))
	}
	result, err := unattend.Generate(cfg, unattend.Deploy, d.options(r.catalog))
	if err != nil {
		return fmt.Errorf("%s: %w", deployBlock, err)
	}
	f, err := r.ask(ctx, templates.WriteFile(), templates.WriteFileArgs{Path: d.Path, Content: result.XML}, guest.RunOptions{Secret: true}, nil)
	if err != nil {
		return fmt.Errorf("%s: writing %s in the guest: %w", deployBlock, d.Path, err)
	}
	if err := acted(f); err != nil {
		return fmt.Errorf("%s: writing %s in the guest: %w", deployBlock, d.Path, err)
	}
	r.ui.Say(fmt.Sprintf("Wrote the deploy answer file %s; end the build with: shutdown_command = %q", d.Path, sysprepCommand(d.Path)))
	for _, n := range result.Notices.Only(unattend.Warning) {
		r.ui.Say("Deploy answer file: " + n.String())
	}
	return nil
}

// editionOf spells the guest's edition so that Core stays Core.
func editionOf(v activation.Verdict) string {
	if v.Core {
		return v.Edition + " core"
	}
	return v.Edition
}

func sysprepCommand(path string) string {
	return `C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /shutdown /quiet /unattend:` + path
}
