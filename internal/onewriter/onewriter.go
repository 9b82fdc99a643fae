// SPDX-License-Identifier: MPL-2.0

package onewriter

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"
)

// Owner is who writes a file.
type Owner struct {
	Name   string // for people: `the provisioner of build "win"`
	Config string // what it was told; a component that is started twice with the same is one. "": compared by process alone
}

// Notes are the notes of one run. The zero value notes nothing.
type Notes struct {
	FS  afero.Fs
	Dir string // of the notes
	Run string // PACKER_RUN_UUID; "": not run by Packer, nothing is noted
	PID int
	Now func() time.Time
}

// Of gives the notes of the run that this process belongs to.
func Of(fsys afero.Fs, getenv func(string) string) Notes {
	n := Notes{FS: fsys, Run: getenv("PACKER_RUN_UUID"), PID: os.Getpid(), Now: time.Now}
	if n.Run == "" {
		return n
	}
	var err error
	if n.Dir, err = packersdk.CachePath("avma-outputs"); err != nil {
		n.Run = ""
	}
	return n
}

// keep is how long a note outlives its writing; no build takes that long.
const keep = 7 * 24 * time.Hour

// Claim notes that the owner writes the file, and is an error when another one of this run does. Claiming again is fine.
// Where no note can be made, nothing is known and nothing is said.
func (n Notes) Claim(path string, o Owner) error {
	if n.Run == "" || path == "" {
		return nil
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil
	}
	if runtime.GOOS == "windows" {
		abs = strings.ToLower(abs)
	}
	name := filepath.Join(n.Dir, digest(n.Run+"\x00"+abs))
	mine := strings.Join([]string{o.Name, strconv.Itoa(n.PID), digest(o.Config)}, "\n")
	if err := n.write(name, mine); err == nil || !errors.Is(err, fs.ErrExist) {
		if err != nil {
			log.Printf("[DEBUG] avma: whether %s is written twice is not known: %v", path, err)
		}
		return nil
	}
	data, err := afero.ReadFile(n.FS, name)
	other := strings.Split(string(data), "\n")
	if err != nil || len(other) != 3 || other[1] == strconv.Itoa(n.PID) || o.Config != "" && other[2] == digest(o.Config) {
		return nil
	}
	return fmt.Errorf("%s is written by %s too in this run, and one would replace the other's; give each its own", path, other[0])
}

func (n Notes) write(name, text string) error {
	if err := n.FS.MkdirAll(n.Dir, 0o700); err != nil {
		return err
	}
	n.sweep()
	f, err := n.FS.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// sweep removes the notes of runs that are long over.
func (n Notes) sweep() {
	infos, err := afero.ReadDir(n.FS, n.Dir)
	if err != nil {
		return
	}
	for _, i := range infos {
		if len(i.Name()) == len(digest("")) && i.Mode().IsRegular() && n.Now().Sub(i.ModTime()) > keep {
			_ = n.FS.Remove(filepath.Join(n.Dir, i.Name()))
		}
	}
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
