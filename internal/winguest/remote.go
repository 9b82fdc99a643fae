// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
)

// result is what goes back over the connection.
type result struct {
	out, err []byte
	exit     int
	noExit   bool // the connection is lost before the exit status
	dead     bool // the connection is lost before anything
}

// remote runs one remote command in the guest's shell, with the faults of the Config. A command goes on when its
// connection is lost, and ends with the guest's power.
func (g *Guest) remote(shell, line string, in io.Reader, upload bool) result {
	g.mu.Lock()
	power := g.power
	n := 0
	if !upload {
		n = int(g.commands.Add(1))
	}
	at := len(g.log)
	g.log = append(g.log, Command{N: n, Line: line, Shell: shell, Upload: upload})
	g.mu.Unlock()
	f := g.Config.Faults
	var cut Cut
	for _, c := range f.Cut {
		if c.Command == n && !upload {
			cut = c
		}
	}
	if cut.Point == "before" {
		g.lose(cut)
		return result{dead: true}
	}
	if f.DelayMS > 0 {
		g.sleep(power, time.Duration(f.DelayMS)*time.Millisecond)
	}
	done := make(chan result, 1)
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		done <- g.execute(power, shell, line, in, at)
	}()
	if cut.Point == "during" {
		g.sleep(power, 120*time.Millisecond)
		g.lose(cut)
		return result{dead: true}
	}
	r := <-done
	if power.Err() != nil {
		return result{dead: true}
	}
	r.out, r.err = g.noise(r.out, n), append(r.err, f.Stderr...)
	if upload {
		return r
	}
	switch cut.Point {
	case "middle":
		r.out, r.noExit = r.out[:len(r.out)/2], true
	case "after":
		r.noExit = true
	}
	if r.noExit {
		g.stayAway(cut)
	}
	return r
}

func (g *Guest) execute(power context.Context, shell, line string, in io.Reader, at int) result {
	var out, errs bytes.Buffer
	s := Streams{In: in, Out: &out, Err: &errs}
	began := time.Now()
	code := 0
	switch shell {
	case "powershell":
		code = g.psLine(power, line, s)
	case "bash":
		code = g.bashLine(power, line, s)
	default:
		code = g.cmd(power, line, false, s)
	}
	g.mu.Lock()
	c := &g.log[at]
	c.Stdout, c.Stderr, c.Exit, c.Finished, c.Took = out.String(), errs.String(), code, true, time.Since(began)
	g.mu.Unlock()
	return result{out: g.console(shell, out.String()), err: g.console(shell, errs.String()), exit: code}
}

// lose closes every connection and refuses new ones for the cut's time.
func (g *Guest) lose(c Cut) {
	g.stayAway(c)
	g.dropConnections()
}

func (g *Guest) stayAway(c Cut) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.away = time.Now().Add(time.Duration(c.AwayMS) * time.Millisecond)
}

// reachable says whether a connection is accepted now.
func (g *Guest) reachable(port string) bool {
	g.mu.Lock()
	up := g.power.Err() == nil && time.Now().After(g.away)
	g.mu.Unlock()
	if !up {
		return false
	}
	s, err := g.State()
	if err != nil {
		return false
	}
	if s.Firewall.On {
		for _, r := range s.Firewall.Rules {
			if r.Port == port && strings.EqualFold(r.Action, "Allow") {
				return true
			}
		}
		return false
	}
	return true
}

// console is text as a Windows console program writes it into a pipe: CR LF, in the OEM code page of the language. A
// WinRM shell is opened with code page 65001.
func (g *Guest) console(shell, text string) []byte {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	if shell == "winrm" {
		return []byte(text)
	}
	var e encoding.Encoding = charmap.CodePage437
	switch strings.Split(g.Config.Language, "-")[0] {
	case "de", "fr":
		e = charmap.CodePage850
	case "ko":
		e = korean.EUCKR
	}
	b, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		return []byte(text)
	}
	return bytes.ReplaceAll(b, []byte{0x1a}, []byte{'?'})
}

// noise spoils standard output as the Config says.
func (g *Guest) noise(out []byte, n int) []byte {
	f := g.Config.Faults
	if n == 0 {
		return out
	}
	var lines []string
	lines = append(lines, f.NoiseBefore...)
	for i, l := range strings.Split(strings.TrimSuffix(string(out), "\r\n"), "\r\n") {
		if i > 0 && f.NoiseEach != "" {
			lines = append(lines, f.NoiseEach)
		}
		for f.Wrap > 0 && len(l) > f.Wrap {
			lines = append(lines, l[:f.Wrap])
			l = l[f.Wrap:]
		}
		lines = append(lines, l)
	}
	lines = append(lines, f.NoiseAfter...)
	text := []byte(strings.Join(lines, "\r\n") + "\r\n")
	if n == 1 && f.LoseTail > 0 {
		text = text[:max(0, len(text)-f.LoseTail)]
	}
	return text
}
