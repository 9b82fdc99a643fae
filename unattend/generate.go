// SPDX-License-Identifier: MPL-2.0

package unattend

// Check says everything that is wrong with a Config, for both kinds of file, and reads the script files that it names.
// Nothing is written. The order is that of the attributes.
func Check(cfg Config, opts Options) Problems {
	return nil
}

// Generate writes the answer file of one kind. The error is a Problems that holds everything that is wrong with
// the Config; nothing is generated then.
func Generate(cfg Config, kind Kind, opts Options) (Result, error) {
	return Result{}, nil
}
