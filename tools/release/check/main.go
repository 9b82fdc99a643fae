// SPDX-License-Identifier: MPL-2.0

// Command check reads a release configuration with the release tool's own strict types: an attribute that it does not
// know, a value of the wrong type, or an id that names nothing is an error. It takes seconds where building the whole
// tool for its check command takes many minutes; the release workflow, which has the tool, runs that one.
package main

import (
	"fmt"
	"os"

	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: check .goreleaser.yml")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	fmt.Printf("%s: read by the release tool's own types\n", os.Args[1])
}

func check(path string) error {
	project, err := config.Load(path)
	if err != nil {
		return err
	}
	if project.Version != 2 || len(project.Builds) == 0 || len(project.Archives) == 0 {
		return fmt.Errorf("version %d with %d builds and %d archives releases nothing", project.Version, len(project.Builds), len(project.Archives))
	}
	builds := map[string]bool{}
	for _, b := range project.Builds {
		if builds[b.ID] {
			return fmt.Errorf("two builds have the id %q", b.ID)
		}
		builds[b.ID] = true
		if _, err := os.Stat(b.Main); err != nil {
			return fmt.Errorf("build %q: %w", b.ID, err)
		}
	}
	for _, a := range project.Archives {
		for _, id := range a.IDs {
			if !builds[id] {
				return fmt.Errorf("archive %q takes the build %q, which there is not", a.ID, id)
			}
		}
	}
	return nil
}
