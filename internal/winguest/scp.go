// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// scp is the remote end of an upload (-t) or a download (-f), as Packer's SSH communicator calls it.
func (g *Guest) scp(line string, ch io.ReadWriter) int {
	words, err := splitBash(strings.ReplaceAll(line, `\`, `/`))
	if err != nil || len(words) < 3 {
		return 1
	}
	path := g.Path(words[len(words)-1])
	flags := strings.Join(words[1:len(words)-1], "")
	g.mu.Lock()
	g.log = append(g.log, Command{Line: line, Shell: "scp", Upload: true, Finished: true})
	g.mu.Unlock()
	r := bufio.NewReader(ch)
	if strings.Contains(flags, "f") {
		return scpSend(path, ch, r)
	}
	if g.Config.Faults.RefuseUpload {
		fmt.Fprint(ch, "\x01scp: Permission denied\n")
		return 1
	}
	if g.Config.Faults.DiskFull {
		fmt.Fprint(ch, "\x01scp: write: No space left on device\n")
		return 1
	}
	return scpReceive(path, ch, r)
}

func scpReceive(path string, w io.Writer, r *bufio.Reader) int {
	dirs := []string{path}
	w.Write([]byte{0})
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return 0
		}
		var mode, size int64
		var name string
		here := dirs[len(dirs)-1]
		if info, err := os.Stat(here); err == nil && info.IsDir() {
			fmt.Sscanf(line[1:], "%o %d %s", &mode, &size, &name)
			here = filepath.Join(here, filepath.Base(strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])))
		} else {
			fmt.Sscanf(line[1:], "%o %d %s", &mode, &size, &name)
		}
		switch line[0] {
		case 'C':
			w.Write([]byte{0})
			f, err := os.Create(here)
			if err != nil {
				fmt.Fprintf(w, "\x01scp: %s: No such file or directory\n", name)
				return 1
			}
			_, err = io.CopyN(f, r, size)
			f.Close()
			r.ReadByte()
			if err != nil {
				return 1
			}
		case 'D':
			os.MkdirAll(here, 0o755)
			dirs = append(dirs, here)
		case 'E':
			dirs = dirs[:len(dirs)-1]
		case 'T':
		default:
			return 1
		}
		w.Write([]byte{0})
	}
}

func scpSend(path string, w io.Writer, r *bufio.Reader) int {
	data, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintf(w, "\x01scp: %s: No such file or directory\n", filepath.Base(path))
		return 1
	}
	r.ReadByte()
	fmt.Fprintf(w, "C0644 %d %s\n", len(data), filepath.Base(path))
	r.ReadByte()
	w.Write(data)
	w.Write([]byte{0})
	r.ReadByte()
	return 0
}
