// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
	"github.com/golden-image/packer-plugin-avma/report"
)

// reportLimit bounds the writing of a report; a cancelled build gets its report too.
const reportLimit = 30 * time.Second

// writeReports writes the files that the block report names. An error names each that could not be written.
func (r *run) writeReports(fs afero.Fs) error {
	if r.config.Report == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), reportLimit)
	defer cancel()
	write := func(option, path string, format func(io.Writer, activation.Verdict, activation.Facts) error) error {
		if path == "" {
			return nil
		}
		if err := fs.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("report.%s: the folder for %s cannot be made: %w", option, path, err)
		}
		err := atomicfile.Write(ctx, fs, path, 0o644, func(w io.Writer) error { return format(w, r.verdict, r.facts) })
		if err != nil {
			return fmt.Errorf("report.%s: %w", option, err)
		}
		return nil
	}
	return errors.Join(
		write("json", r.config.Report.JSON, report.JSON),
		write("junit", r.config.Report.JUnit, report.JUnit),
	)
}
