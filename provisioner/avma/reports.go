// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
	"github.com/golden-image/packer-plugin-avma/report"
)

// reportLimit bounds the writing of a report.
const reportLimit = 30 * time.Second

// noteReports writes the reports as things are now. On Ctrl-C Packer returns at once and the plugin ends with it, so
// the report of such a build is the one that is there already: it says that the build was not finished.
func (r *run) noteReports(ctx context.Context) {
	if err := r.writeReports(ctx, r.verdict.Unfinished(), false); err != nil {
		logf("%v", err) // the last one fails aloud
	}
}

// writeReports writes the files that the block report names. An error names each that could not be written. Nothing is
// begun once ctx has ended, so that no half of a file is left behind. A pipe or a device takes the last report alone.
func (r *run) writeReports(ctx context.Context, v activation.Verdict, last bool) error {
	if r.config.Report == nil || ctx.Err() != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportLimit)
	defer cancel()
	write := func(option, path string, format func(io.Writer, activation.Verdict, activation.Facts) error) error {
		if path == "" {
			return nil
		}
		if info, err := r.fs.Stat(path); err == nil && !last && !info.Mode().IsRegular() && !info.IsDir() {
			return nil
		}
		err := atomicfile.Write(ctx, r.fs, path, atomicfile.Secret, func(w io.Writer) error { return format(w, v, r.facts) })
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
