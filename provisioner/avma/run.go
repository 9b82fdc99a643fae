// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// scripts is what the flow asks of a guest. *guest.Runner is one.
type scripts interface {
	Run(ctx context.Context, s templates.Script, args any, o guest.RunOptions) (activation.Facts, error)
	// Answers says whether the guest runs a command that needs no upload.
	Answers(ctx context.Context) bool
}

// run is one run of the provisioner against one guest.
type run struct {
	config  Config
	catalog *catalog.Catalog
	clock   Clock
	ui      packersdk.Ui
	guest   scripts
	port    int      // the communicator's; 0: not known
	fs      afero.Fs // for reports

	facts   activation.Facts
	looked  bool // facts were collected
	met     bool // a script was answered, so there is a guest
	machine machine
	verdict activation.Verdict
	started time.Time
}

// errNotActivated is what conclude turns into the explanation: the verdict says why.
var errNotActivated = errors.New("the guest is not activated")

// all is the whole flow: activate, judge, then what stays in the image.
func (r *run) all(ctx context.Context) error {
	r.started = r.clock.Now()
	r.verdict = activation.CouldNotLook(activation.CodeUnfinished, "", r.expectation())
	if err := r.writeReports(ctx, r.verdict, false); err != nil {
		return err // better now than after an hour
	}
	if err := r.prove(ctx); err != nil {
		if r.config.Verify != verifyWarn || ctx.Err() != nil {
			return err
		}
		r.takeError(ctx, err)
		r.ui.Error(err.Error())
	}
	if r.config.FirstBoot.On() {
		if err := r.registerFirstBoot(ctx); err != nil {
			return err
		}
	}
	if r.config.DeployAnswerFile != nil {
		return r.writeDeploy(ctx)
	}
	return nil
}

// prove looks, takes the steps that help, and says what came of it.
func (r *run) prove(ctx context.Context) error {
	r.ui.Say("Looking at the guest: release, edition, key, host...")
	if err := r.look(ctx); err != nil {
		return err
	}
	r.describe()
	if err := r.activate(ctx); err != nil {
		return err
	}
	r.say()
	if !r.satisfied() && r.config.Verify != verifyWarn {
		if r.ownKeyIn() {
			return r.ownKeyRefusal()
		}
		return errNotActivated
	}
	return nil
}

// satisfied says whether the verdict is what verify asks for.
func (r *run) satisfied() bool {
	switch r.verdict.Status {
	case activation.Activated:
		return true
	case activation.Deferred:
		return r.config.Verify == verifyFirstBoot
	}
	return r.ownKeyLicensed()
}

// expectation is what the guest is held against.
func (r *run) expectation() activation.Expectation {
	return activation.Expectation{
		Catalog: r.catalog, Release: r.config.Release, Edition: r.config.Edition, PartialKey: lastGroup(r.config.ProductKey),
		Hosts: r.config.ExpectedHosts, HostRelease: r.config.HostRelease, Defer: r.config.Verify == verifyFirstBoot, Now: r.clock.Now(),
	}
}

func (r *run) policy() activation.Policy {
	return activation.Policy{
		ReplaceKey: r.config.ReplaceKey, Convert: r.config.ConvertEvaluation, SkipInstall: r.config.SkipInstall,
		InstallAnyway: r.config.Verify == verifyWarn, Elevates: r.config.Elevate,
	}
}

// lastGroup is the part of a key that Windows shows, and that may be shown.
func lastGroup(key string) string {
	k, err := catalog.ParseKey(key)
	if err != nil {
		return ""
	}
	return k.PartialKey()
}

// look reads the facts and judges them.
func (r *run) look(ctx context.Context) error {
	f, err := r.ask(ctx, templates.Facts(), nil, guest.RunOptions{}, nil)
	if err != nil {
		return err
	}
	r.take(ctx, f)
	return nil
}

// take makes facts the current ones, and writes the reports anew.
func (r *run) take(ctx context.Context, f activation.Facts) {
	r.facts, r.looked = f, true
	r.verdict = activation.Judge(f, r.expectation())
	r.noteReports(ctx)
}

// describe says what was found, before anything is done.
func (r *run) describe() {
	v := r.verdict
	what := fmt.Sprintf("Windows build %d, %s", v.Build, v.EditionID)
	if v.Release != "" {
		what = fmt.Sprintf("Windows Server %s %s", v.Release, v.Edition)
		if v.Evaluation {
			what += " Evaluation"
		}
		if v.Core {
			what += " (Server Core)"
		}
		what += fmt.Sprintf(", build %d", v.Build)
	}
	key := "no key is installed"
	if v.PartialKey != "" {
		key = fmt.Sprintf("the key ending in %s is installed (%s)", v.PartialKey, v.Channel)
	}
	r.ui.Say(fmt.Sprintf("Found %s; %s", what, key))
}

// say tells the verdict.
func (r *run) say() {
	v := r.verdict
	switch {
	case r.ownKeyLicensed():
		r.sayOwnKey()
		return
	case r.ownKeyIn() && r.config.Verify != verifyWarn:
		return // the error says it
	}
	if v.Status == activation.Activated {
		host := "the host " + v.Host
		if v.Host == "" {
			host = "its host"
		}
		r.ui.Say(fmt.Sprintf("Activated by %s with the key ending in %s, after %s", host, v.PartialKey, spell(r.clock.Now().Sub(r.started).Round(time.Second))))
	}
	for i, reason := range v.Reasons {
		if reason.Severity == activation.Info && (i > 0 || v.Status == activation.Activated) {
			continue
		}
		r.explain(reason, r.satisfied())
	}
}

// explain shows one reason: an error only where it is one.
func (r *run) explain(reason activation.Reason, fine bool) {
	text := fmt.Sprintf("%s: %s. %s", reason.Code, reason.Summary, reason.Detail)
	if reason.HResult != "" {
		text += " [" + strings.TrimSpace(reason.HResult+" "+reason.Symbol) + "]"
	}
	if reason.Remedy != "" {
		text += "\n  What to do: " + reason.Remedy
	}
	if reason.Severity == activation.Error && !fine {
		r.ui.Error(text)
		return
	}
	r.ui.Say(text)
}
