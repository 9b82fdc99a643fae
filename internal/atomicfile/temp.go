// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/afero"
)

const (
	// attempts bounds the search for a free temporary name.
	attempts = 1000
	// beyond is how many names after the one that was free are looked at for leftovers of runs that were killed while
	// others were under way.
	beyond = 8
	// tempSuffix ends a temporary name: ".answers.iso.1.partial". It begins with a dot and has an ending of its own, so
	// that a leftover is neither taken for an answer file nor picked up by a glob.
	tempSuffix = ".partial"
	// maxBase is how much of a file's name stands in its temporary name, in bytes, so that there is room for the rest of
	// it wherever a name may have 143 (eCryptfs) or 255.
	maxBase = 100
)

// tempBase is what all temporary names of a file begin with. A long name is cut, with a checksum in place of the rest.
func tempBase(base string) string {
	if len(base) <= maxBase {
		return "." + base + "."
	}
	cut := maxBase
	for cut > 0 && !utf8.RuneStart(base[cut]) {
		cut--
	}
	sum := sha256.Sum256([]byte(base))
	return "." + base[:cut] + "~" + hex.EncodeToString(sum[:4]) + "."
}

func tempName(path string, n int) string {
	dir, base := filepath.Split(path)
	return filepath.Join(dir, tempBase(base)+strconv.Itoa(n)+tempSuffix)
}

// IsTemp says whether base is a temporary name of a file named file; both are names without folders.
func IsTemp(base, file string) bool {
	rest, ok := strings.CutPrefix(base, tempBase(file))
	if !ok {
		return false
	}
	digits, ok := strings.CutSuffix(rest, tempSuffix)
	n, err := strconv.Atoi(digits)
	return ok && err == nil && 1 <= n && n <= attempts && strconv.Itoa(n) == digits
}

// create makes the temporary file, in the same folder, as renaming does not cross file systems. Whoever writes a file
// holds a lock on it; one that is there without it is a leftover, and goes.
func (f *File) create() error {
	for n := 1; n <= attempts; n++ {
		name := tempName(f.path, n)
		file, err := f.open(name)
		if errors.Is(err, fs.ErrExist) && reclaim(f.fsys, name) {
			file, err = f.open(name)
		}
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		unlock, ok := lock(file, name)
		if !ok { // somebody took it for a leftover just now
			_ = file.Close()
			continue
		}
		f.temp, f.file, f.unlock = name, file, unlock
		for k := n + 1; k <= min(n+beyond, attempts); k++ {
			reclaim(f.fsys, tempName(f.path, k))
		}
		return nil
	}
	return errors.New("there are too many temporary files of it; delete the .*" + tempSuffix + " files beside it")
}

// open makes a new file. It has the mode of a secret one until Commit, but where the umask is to have its say.
func (f *File) open(name string) (afero.File, error) {
	if _, real := f.fsys.(*afero.OsFs); real && f.secret() {
		return createSecret(name)
	}
	mode := Secret
	if f.o.Mode == 0 {
		mode = 0o666
	}
	return f.fsys.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
}

// secret says whether nobody but the owner may read the file.
func (f *File) secret() bool { return f.o.Mode != 0 && f.o.Mode&0o077 == 0 }

// chmod sets the mode by the open file where it can: a name may lead elsewhere by now.
func (f *File) chmod() error {
	if f.o.Mode == 0 || f.o.Mode == Secret {
		return nil
	}
	if file, ok := f.file.(*os.File); ok {
		return file.Chmod(f.o.Mode)
	}
	return f.fsys.Chmod(f.temp, f.o.Mode)
}

// flush brings the content to the disk. Some file systems have no such thing and say so.
func flush(file afero.File) error {
	err := file.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

// reclaim removes a temporary file that nobody is writing any more, and says whether it did. It leaves what belongs to
// somebody else, and what it cannot be sure of.
func reclaim(fsys afero.Fs, name string) bool {
	if _, real := fsys.(*afero.OsFs); !real {
		return false
	}
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || !isOurs(info) {
		return false
	}
	return removeUnlocked(name, info)
}
