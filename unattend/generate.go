// SPDX-License-Identifier: MPL-2.0

package unattend

// Check says everything that is wrong with a Config, for both kinds of file (with Options.Standalone for the deploy
// file alone), and reads the script files that it names. Nothing is written.
func Check(cfg Config, opts Options) Problems {
	opts = opts.withDefaults()
	if opts.Standalone {
		return try(newModel(cfg, Deploy, opts))
	}
	all := try(newModel(cfg, Install, opts))
	seen := make(map[Problem]bool, len(all))
	for _, p := range all {
		seen[p] = true
	}
	for _, p := range try(newModel(cfg, Deploy, opts)) {
		if !seen[p] {
			all = append(all, p)
		}
	}
	return all
}

// try builds the tree of a model for the problems that only show then: raw components that get in the way of it.
func try(m *model) Problems {
	if m.problems.HasErrors() || len(m.raw) == 0 {
		return m.problems
	}
	return append(m.problems, build(m).problems...)
}

// Generate writes the answer file of one kind. The error is a Problems that holds everything that is wrong with
// the Config, in either kind; nothing is generated then. Same Config, same scripts, same bytes.
func Generate(cfg Config, kind Kind, opts Options) (Result, error) {
	opts = opts.withDefaults()
	if opts.Standalone && kind == Install {
		opts.Standalone = false
	}
	m := newModel(cfg, kind, opts)
	other := Install
	if kind == Install {
		other = Deploy
	}
	if m.problems.HasErrors() || !opts.Standalone && try(newModel(cfg, other, opts)).HasErrors() {
		return Result{}, Check(cfg, opts)
	}
	data, err := write(m)
	if err != nil {
		return Result{}, err
	}
	return Result{XML: data, Notices: m.problems, Key: m.entry, Sensitive: m.sensitive, Private: m.sensitive || freeText(cfg)}, nil
}

// freeText says whether a Config has text of any kind in it.
func freeText(cfg Config) bool {
	d := cfg.Deploy
	return len(cfg.Commands)+len(cfg.Scripts)+len(cfg.Components) > 0 || d != nil && len(d.Commands)+len(d.Scripts)+len(d.Components) > 0
}
