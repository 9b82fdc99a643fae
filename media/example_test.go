// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/golden-image/packer-plugin-avma/media"
	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// An answer CD is written, opened and listed.
func ExampleCreate() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	created, err := media.Create(context.Background(), filepath.Join(dir, "answers.iso"), media.CreateOptions{
		Content: map[string][]byte{"Autounattend.xml": []byte("<unattend/>"), "$OEM$/setup.cmd": []byte("rem")},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(created.Label, created.Files)

	f, err := os.Open(created.Path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	image, err := iso9660.Open(f, created.Size)
	if err != nil {
		log.Fatal(err)
	}
	_ = fs.WalkDir(image, ".", func(path string, _ fs.DirEntry, err error) error {
		fmt.Println(path)
		return err
	})
	// Output:
	// AVMA 2
	// .
	// $OEM$
	// $OEM$/setup.cmd
	// Autounattend.xml
}
