// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"
)

// User and Password log on to every guest.
const (
	User     = "packer"
	Password = "S3cret-but-only-here"
)

var hostKey = sync.OnceValues(func() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return ssh.NewSignerFromKey(private)
})

// SSH starts OpenSSH for Windows in the guest and returns its address on the loopback interface.
func (g *Guest) SSH() (host string, port int) {
	g.t.Helper()
	key, err := hostKey()
	g.must(err)
	conf := &ssh.ServerConfig{
		ServerVersion: "SSH-2.0-OpenSSH_for_Windows_" + or(g.Config.OpenSSH, "9.5"),
		PasswordCallback: func(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			if c.User() == User && string(password) == Password {
				return nil, nil
			}
			return nil, errors.New("access denied")
		},
	}
	conf.AddHostKey(key)
	return g.listen(func(c net.Conn) { g.serveSSH(c, conf) })
}

// listen accepts connections as long as the guest is there; while it is away they are closed at once.
func (g *Guest) listen(serve func(net.Conn)) (string, int) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	g.must(err)
	port := l.Addr().(*net.TCPAddr).Port
	g.wg.Add(2)
	go func() { defer g.wg.Done(); <-g.ctx.Done(); l.Close() }()
	go func() {
		defer g.wg.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if !g.reachable(strconv.Itoa(port)) {
				c.Close()
				continue
			}
			g.mu.Lock()
			g.conns[c] = struct{}{}
			g.mu.Unlock()
			g.wg.Add(1)
			go func() {
				defer g.wg.Done()
				serve(c)
				c.Close()
				g.mu.Lock()
				delete(g.conns, c)
				g.mu.Unlock()
			}()
		}
	}()
	return "127.0.0.1", port
}

func (g *Guest) serveSSH(c net.Conn, conf *ssh.ServerConfig) {
	conn, channels, requests, err := ssh.NewServerConn(c, conf)
	if err != nil {
		return
	}
	defer conn.Close()
	go ssh.DiscardRequests(requests)
	for n := range channels {
		if n.ChannelType() != "session" {
			n.Reject(ssh.UnknownChannelType, "only sessions")
			continue
		}
		ch, reqs, err := n.Accept()
		if err != nil {
			return
		}
		g.wg.Add(1)
		go func() {
			defer g.wg.Done()
			g.serveSession(conn, ch, reqs)
		}()
	}
}

func (g *Guest) serveSession(conn ssh.Conn, ch ssh.Channel, requests <-chan *ssh.Request) {
	defer ch.Close()
	pty := false
	for r := range requests {
		switch r.Type {
		case "exec":
			var p struct{ Command string }
			ssh.Unmarshal(r.Payload, &p)
			r.Reply(true, nil)
			go ssh.DiscardRequests(requests)
			g.serveExec(conn, ch, p.Command, pty)
			return
		case "pty-req":
			pty = true
			r.Reply(true, nil)
		case "env":
			r.Reply(true, nil)
		default: // no subsystem sftp here: Packer uploads with scp unless told otherwise
			r.Reply(false, nil)
		}
	}
}

func (g *Guest) serveExec(conn ssh.Conn, ch ssh.Channel, line string, pty bool) {
	if strings.HasPrefix(line, "scp ") {
		code := g.scp(line, ch)
		sendExit(ch, code)
		return
	}
	stdin := io.Reader(ch)
	if !strings.HasSuffix(strings.TrimSpace(line), "-") {
		stdin = nil
	}
	shell := or(g.Config.Shell, "cmd")
	if shell == "powershell" && (pty || g.Config.OpenSSH == "7.7") {
		line = unquoted(line)
	}
	r := g.remote(shell, line, stdin, false)
	if r.dead {
		conn.Close()
		return
	}
	if pty {
		ch.Write(terminal(append(r.out, r.err...)))
	} else {
		ch.Write(r.out)
		ch.Stderr().Write(r.err)
	}
	if r.noExit {
		conn.Close()
		return
	}
	sendExit(ch, r.exit)
}

func sendExit(ch ssh.Channel, code int) {
	ch.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{uint32(code)}))
}
