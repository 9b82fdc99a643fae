// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// answerFile is what the flags of `avma unattend` say.
type answerFile struct {
	config, kind   string
	vars, varFiles []string
	flags          configFlags
	secrets        secretFlags
	output         answerOutput
}

func newUnattendCommand(a *app) *cobra.Command {
	var f answerFile
	cmd := &cobra.Command{
		Use:   "unattend --release R --edition E [flags]",
		Short: "Write the answer file, with the right AVMA key in it",
		Long: `Writes an answer file: Autounattend.xml for Windows Setup (--for install), or the file that sysprep gets for a clone
(--for deploy). A release and an edition are enough; what Setup will still ask for is said on standard error. --iso makes
both, on the CD image that Setup finds its file on.

--config reads an HCL or JSON file with the attributes and blocks of the data source "avma-unattend", so a block can be
copied out of a Packer template. Variables get their values from --var, --var-file and AVMA_VAR_name. Flags are stronger
than the file.

Passwords and keys that are not public come from the file, from --administrator-password-file and --product-key-file,
or from AVMA_ADMINISTRATOR_PASSWORD and AVMA_PRODUCT_KEY; never from a flag's value, which other users could see.`,
		Example: `  avma unattend --release 2022 --edition datacenter -o Autounattend.xml
  avma unattend --release 2019 --edition standard-core --firmware bios --administrator-password-file password.txt
  avma unattend --release 2025 --edition datacenter --evaluation=convert --for deploy
  avma unattend --config web.hcl --var hostname=web01 -o Autounattend.xml
  avma unattend --release 2022 --edition datacenter --iso answers.iso
  avma unattend --config web.hcl --check --strict -o Autounattend.xml`,
		Args: f.args,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error { return a.unattend(cmd, f) }),
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.config, "config", "c", "", "HCL or JSON `FILE` that describes the answer file; - is standard input")
	flags.StringArrayVar(&f.vars, "var", nil, "`NAME=VALUE` of a variable of the file; may be repeated")
	flags.StringArrayVar(&f.varFiles, "var-file", nil, "`FILE` with values of variables; may be repeated")
	choiceFlag(cmd, &f.kind, "for", "install", "which of the two files", "install", "deploy")
	f.flags.add(a, cmd)
	f.secrets.add(cmd)
	f.output.add(cmd)
	a.strictFlag(cmd)
	fileFlag(cmd, "config", "hcl", "json")
	fileFlag(cmd, "var-file", "hcl", "json")
	return cmd
}

// args refuses arguments, and says what a lone word probably meant.
func (f *answerFile) args(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && cmd.Flags().Changed("evaluation") {
		switch args[0] {
		case "none", "keep", "convert":
			return fmt.Errorf("write --evaluation=%s, with an equals sign: --evaluation alone means keep", args[0])
		}
	}
	if len(args) > 0 {
		switch strings.ToLower(filepath.Ext(args[0])) {
		case ".hcl", ".json":
			return fmt.Errorf("did you mean --config %s?", args[0])
		case ".xml":
			return fmt.Errorf("did you mean -o %s? An answer file is written, not read", args[0])
		}
	}
	if err := noArgs(cmd, args); err != nil {
		return err
	}
	return f.output.args(cmd)
}

func (a *app) unattend(cmd *cobra.Command, f answerFile) error {
	ctx := cmd.Context()
	c, err := a.catalog()
	if err != nil {
		return err
	}
	file, cfg, err := a.readConfig(ctx, f, c)
	if err != nil {
		return err
	}
	kind, _ := unattend.ParseKind(f.kind) // the flag takes nothing else
	from := f.flags.merge(cmd, &cfg, kind, file != nil)
	if err := f.secrets.merge(ctx, a, &cfg, from, f.config == "-"); err != nil {
		return err
	}
	opts := unattend.Options{Catalog: c, FS: a.fs, Standalone: file == nil && kind == unattend.Deploy}
	files, notices, err := f.generate(cfg, kind, opts)
	if err != nil {
		return a.refused(err, cfg, from, file)
	}
	if file != nil && file.Private() {
		for i := range files {
			files[i].Private = true
		}
	}
	deliver := f.output.write
	if f.output.check {
		deliver = f.output.compare
	}
	if a.strict {
		a.notices(notices, from, file)
		if err := a.strictly(); err != nil {
			return err
		}
		return deliver(ctx, a, files)
	}
	if err := deliver(ctx, a, files); err != nil {
		return err
	}
	a.notices(notices, from, file)
	return nil
}

// generate makes the answer file of a kind, or both for an ISO, with what is to be said of them.
func (f answerFile) generate(cfg unattend.Config, kind unattend.Kind, opts unattend.Options) ([]generated, unattend.Problems, error) {
	kinds, names := []unattend.Kind{kind}, []string{""}
	if f.output.iso != "" {
		kinds, names = []unattend.Kind{unattend.Install, unattend.Deploy}, []string{installName, deployName}
	}
	var files []generated
	var notices unattend.Problems
	for i, k := range kinds {
		result, err := unattend.Generate(cfg, k, opts)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range result.Notices {
			if !slices.Contains(notices, p) {
				notices = append(notices, p)
			}
		}
		files = append(files, generated{names[i], result})
	}
	return files, notices, nil
}

// readConfig reads --config; the file is nil where there is none.
func (a *app) readConfig(ctx context.Context, f answerFile, c *catalog.Catalog) (*hclfile.File, unattend.Config, error) {
	if f.config == "" {
		if len(f.vars) > 0 || len(f.varFiles) > 0 {
			return nil, unattend.Config{}, usage(errors.New("--var and --var-file set variables of a --config file, and there is none"))
		}
		return nil, unattend.Config{}, nil
	}
	file, err := hclfile.Load(ctx, f.config, hclfile.Input{
		FS: a.fs, Stdin: a.stdin, Getenv: a.getenv, Environ: a.env(), Vars: f.vars, VarFiles: f.varFiles,
	})
	if err != nil {
		if hclfile.IsContent(err) {
			return nil, unattend.Config{}, usage(err)
		}
		return nil, unattend.Config{}, failed(err)
	}
	if w := file.Warnings; w != nil {
		a.warnings += len(w.Diagnostics) + w.More
		if !a.quiet || a.strict {
			_ = w.Print(a.stderr, a.colour(a.stderrIsTerminal))
		}
	}
	cfg, err := file.Config(unattend.Options{Catalog: c, FS: a.fs})
	if err != nil {
		return nil, unattend.Config{}, usage(err)
	}
	return file, cfg, nil
}

// refused says what is wrong with the configuration: by the flag that gave a value, else by its place in the file.
func (a *app) refused(err error, cfg unattend.Config, from origins, file *hclfile.File) error {
	var problems unattend.Problems
	if !errors.As(err, &problems) {
		return failed(err)
	}
	var ofFile, ofFlags unattend.Problems
	for _, p := range problems.Only(unattend.Error) {
		p = from.speak(p, file != nil)
		if flag, ok := from.flag(p.Attribute); ok || file == nil {
			if file == nil && (p.Attribute == "release" && cfg.Release == "" || p.Attribute == "edition" && cfg.Edition == "") {
				p.Detail = "For example avma unattend --release 2022 --edition datacenter."
			}
			p.Attribute = flag
			ofFlags = append(ofFlags, p)
		} else {
			ofFile = append(ofFile, p)
		}
	}
	if len(ofFile) == 0 {
		return usage(ofFlags)
	}
	diagnostics := file.Explain(ofFile)
	if len(ofFlags) > 0 {
		fmt.Fprintf(a.stderr, "avma: %v\n", ofFlags)
	}
	return usage(diagnostics)
}

// notices prints what the user should know of a file that was written.
func (a *app) notices(notices unattend.Problems, from origins, file *hclfile.File) {
	more := max(0, len(notices)-hclfile.MaxShown)
	for _, p := range notices[:len(notices)-more] {
		say := a.note
		if p.Severity == unattend.Warning {
			say = a.warn
		}
		if _, ok := from.flag(p.Attribute); !ok && file != nil {
			p = file.Discreet(p)
		}
		p = from.speak(p, file != nil)
		if flag, ok := from.flag(p.Attribute); ok || file == nil {
			p.Attribute = flag
		} else if at := file.Place(p.Attribute); at != "" {
			p.Attribute = at + ": " + p.Attribute
		}
		say(p.String())
	}
	if more > 0 {
		for _, p := range notices[len(notices)-more:] {
			if p.Severity == unattend.Warning {
				a.warnings++
			}
		}
		a.note(fmt.Sprintf("and %d more of these", more))
	}
}
