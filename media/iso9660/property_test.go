// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// TestRandomTrees writes trees of every shape; what goes in comes out of both hierarchies.
func TestRandomTrees(t *testing.T) {
	seeds := 150
	if testing.Short() {
		seeds = 20
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			files := randomTree(rand.New(rand.NewPCG(uint64(seed), 1)))
			checkImage(t, imageOf(t, files, iso9660.Options{Label: "RANDOM"}), files)
		})
	}
}

// randomTree prefers names that look alike and depths around the limit.
func randomTree(rng *rand.Rand) map[string]string {
	alphabets := []string{"ab", "abcdefgh.._-", "0123456789", "ABCDEFGHIJ abc.", "äöüß日本語кир.x", "xyz$#@!~+=[]{}'"}
	name := func() string {
		alphabet := []rune(alphabets[rng.IntN(len(alphabets))])
		n := 1 + rng.IntN(12)
		if rng.IntN(20) == 0 {
			n = 1 + rng.IntN(iso9660.MaxNameUnits)
		}
		r := make([]rune, n)
		for i := range r {
			r[i] = alphabet[rng.IntN(len(alphabet))]
		}
		s := string(r)
		if iso9660.CheckName(s) != nil {
			return fmt.Sprintf("n%d", rng.IntN(1000))
		}
		return s
	}
	dirs := []string{""}
	taken := map[string]bool{}
	files := map[string]string{}
	fresh := func() string {
		for {
			path := dirs[rng.IntN(len(dirs))] + name()
			if rng.IntN(3) == 0 {
				path = dirs[len(dirs)-1] + name() // the newest: chains become deep
			}
			if key := strings.Map(unicode.ToUpper, path); !taken[key] {
				taken[key] = true
				return path
			}
		}
	}
	for range rng.IntN(60) {
		dir := fresh() + "/"
		dirs = append(dirs, dir)
		files[dir] = ""
	}
	for i := range rng.IntN(200) {
		content := fmt.Sprint(i)
		if size := rng.IntN(5); size == 0 {
			content = strings.Repeat("z", rng.IntN(3*2048))
		}
		files[fresh()] = content
	}
	for _, path := range slices.Collect(maps.Keys(files)) { // folders that have something in them need no mention
		for i := range path {
			if path[i] == '/' && i < len(path)-1 {
				delete(files, path[:i+1])
			}
		}
	}
	return files
}

// FuzzName puts any name into an image: it is refused, or comes back as it was.
func FuzzName(f *testing.F) {
	for _, s := range []string{"a", "a.b", "..", "é", "😀", "con.txt", "a\\b", strings.Repeat("x", 104), "x/y", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if strings.Contains(name, "/") || iso9660.CheckName(name) != nil {
			return
		}
		files := map[string]string{name: "content", "d/" + name: "more", "0123456789": ""}
		if strings.EqualFold(name, "d") || name == "0123456789" {
			return
		}
		checkImage(t, imageOf(t, files, iso9660.Options{}), files)
	})
}
