// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// reply is what a scripted guest does with one command.
type reply struct {
	document string // answered in a frame with the command's own token
	stdout   string // printed as it is; %s is the token
	stderr   string
	exit     int
	start    error           // Start fails with it
	hang     <-chan struct{} // the command ends when it is closed
	blocking bool            // Start returns only when the command has ended, as WinRM's does
}

// scripted is a communicator with a fixed course of events.
type scripted struct {
	packersdk.Communicator
	t        testing.TB
	mu       sync.Mutex
	replies  []reply
	commands []string
	uploads  map[string]string
	upload   error           // what each upload ends with
	slow     <-chan struct{} // an upload ends when it is closed
	dumb     bool            // it takes every command and runs none
	echoes   int
}

// seen is what has reached the guest until now, in order.
func (c *scripted) seen() (commands []string, uploads map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.commands), maps.Clone(c.uploads)
}

var tokens = regexp.MustCompile(`#AVMA1,([0-9a-f]+),P,`)

func (c *scripted) Start(ctx context.Context, cmd *packersdk.RemoteCmd) error {
	c.mu.Lock()
	if c.dumb || cmd.Command == echo {
		defer c.mu.Unlock()
		if cmd.Command == echo {
			c.echoes++
		}
		if !c.dumb {
			io.WriteString(cmd.Stdout, "avma\r\n")
		}
		cmd.SetExited(0)
		return nil
	}
	c.commands = append(c.commands, cmd.Command)
	var r reply
	if len(c.replies) > 0 {
		r, c.replies = c.replies[0], c.replies[1:]
	} else if strings.Contains(wire.Script(cmd.Command), "#AVMA1,") {
		c.t.Errorf("one command too many: %.200s", cmd.Command)
	}
	c.mu.Unlock()
	if r.start != nil {
		return r.start
	}
	token := ""
	if m := tokens.FindStringSubmatch(wire.Script(cmd.Command)); m != nil {
		token = m[1]
	}
	finish := func() {
		if r.hang != nil {
			<-r.hang
		}
		if r.document != "" {
			io.WriteString(cmd.Stdout, frame(token, r.document))
		}
		io.WriteString(cmd.Stdout, strings.ReplaceAll(r.stdout, "%s", token))
		io.WriteString(cmd.Stderr, r.stderr)
		cmd.SetExited(r.exit)
	}
	if r.blocking {
		finish()
	} else {
		go finish()
	}
	return nil
}

func (c *scripted) Upload(path string, r io.Reader, _ *os.FileInfo) error {
	data, err := io.ReadAll(r)
	if c.slow != nil {
		<-c.slow
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.uploads == nil {
		c.uploads = map[string]string{}
	}
	c.uploads[path] = string(data)
	return errors.Join(err, c.upload)
}

func frame(token, document string) string {
	sum := sha256.Sum256([]byte(document))
	return fmt.Sprintf("#AVMA1,%s,B,1,%d,%s#\r\n#AVMA1,%s,0,%s#\r\n#AVMA1,%s,E,1#\r\n", token, len(document), hex.EncodeToString(sum[:16]), token, base64.StdEncoding.EncodeToString([]byte(document)), token)
}

func runner(t testing.TB, replies ...reply) (*Runner, *scripted) {
	c := &scripted{t: t, replies: replies}
	seed := sha256.Sum256([]byte(t.Name()))
	return &Runner{Comm: c, Rand: bytes.NewReader(bytes.Repeat(seed[:], 10))}, c
}
