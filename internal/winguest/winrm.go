// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Actions of WS-Management that a remote shell needs.
const (
	wsTransfer = "http://schemas.xmlsoap.org/ws/2004/09/transfer/"
	wsShell    = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/"
	wsFault    = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
)

// receiveLimit is how long a Receive waits for output before it answers that there is none yet. Windows' limit is the
// request's OperationTimeout; a short one lets the client's repetition be seen.
const receiveLimit = 2 * time.Second

type wsman struct {
	g  *Guest
	mu sync.Mutex

	shells map[string]bool
	runs   map[string]*wsRun
	last   int
}

type wsRun struct {
	shell string
	done  chan struct{}
	r     result
}

type envelope struct {
	Header struct {
		Action    string     `xml:"Action"`
		MessageID string     `xml:"MessageID"`
		Selectors []selector `xml:"SelectorSet>Selector"`
	} `xml:"Header"`
	Body struct {
		Command struct {
			Command   string   `xml:"Command"`
			Arguments []string `xml:"Arguments"`
		} `xml:"CommandLine"`
		Receive struct {
			Stream struct {
				CommandID string `xml:"CommandId,attr"`
			} `xml:"DesiredStream"`
		} `xml:"Receive"`
	} `xml:"Body"`
}

type selector struct {
	Name  string `xml:"Name,attr"`
	Value string `xml:",chardata"`
}

// WinRM starts the guest's WinRM service (HTTP, Basic) and returns its address on the loopback interface.
func (g *Guest) WinRM() (host string, port int) {
	g.t.Helper()
	w := &wsman{g: g, shells: map[string]bool{}, runs: map[string]*wsRun{}}
	l := &pipeListener{conns: make(chan net.Conn), done: g.ctx.Done()}
	server := &http.Server{Handler: w, ReadHeaderTimeout: 10 * time.Second}
	g.wg.Add(2)
	go func() { defer g.wg.Done(); server.Serve(l) }()
	go func() { defer g.wg.Done(); <-g.ctx.Done(); server.Close() }()
	return g.listen(func(c net.Conn) {
		gone := make(chan struct{})
		select {
		case l.conns <- &notifyConn{Conn: c, gone: gone}:
		case <-g.ctx.Done():
			return
		}
		select {
		case <-gone:
		case <-g.ctx.Done():
		}
	})
}

func (w *wsman) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	if user != User || password != Password {
		rw.Header().Set("WWW-Authenticate", `Basic realm="WSMAN"`)
		rw.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.URL.Path != "/wsman" || r.Method != http.MethodPost {
		rw.WriteHeader(http.StatusNotFound)
		return
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var e envelope
	if err != nil || xml.Unmarshal(data, &e) != nil {
		rw.WriteHeader(http.StatusBadRequest)
		return
	}
	shell := ""
	for _, s := range e.Header.Selectors {
		if s.Name == "ShellId" {
			shell = s.Value
		}
	}
	w.mu.Lock()
	known := w.shells[shell]
	w.mu.Unlock()
	action := strings.TrimSpace(e.Header.Action)
	if action != wsTransfer+"Create" && !known {
		w.fault(rw, "w:InvalidSelectors", 2150858843, "The request for the Windows Remote Shell with ShellId "+shell+" failed because the shell was not found on the server.")
		return
	}
	switch action {
	case wsTransfer + "Create":
		w.mu.Lock()
		w.last++
		id := fmt.Sprintf("%08X-0000-4000-8000-000000000000", w.last)
		w.shells[id] = true
		w.mu.Unlock()
		// The id stands in two places, and clients of different ages read different ones.
		w.answer(rw, wsTransfer+"CreateResponse", `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer"><a:ReferenceParameters><w:SelectorSet>`+
			`<w:Selector Name="ShellId">`+id+`</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated><rsp:Shell><rsp:ShellId>`+id+`</rsp:ShellId></rsp:Shell>`)
	case wsShell + "Command":
		line := strings.TrimSpace(strings.Join(append([]string{e.Body.Command.Command}, e.Body.Command.Arguments...), " "))
		w.answer(rw, wsShell+"CommandResponse", `<rsp:CommandResponse><rsp:CommandId>`+w.start(shell, line)+`</rsp:CommandId></rsp:CommandResponse>`)
	case wsShell + "Receive":
		w.receive(rw, e.Body.Receive.Stream.CommandID)
	case wsShell + "Signal":
		w.answer(rw, wsShell+"SignalResponse", `<rsp:SignalResponse/>`)
	case wsTransfer + "Delete":
		w.mu.Lock()
		delete(w.shells, shell)
		w.mu.Unlock()
		w.answer(rw, wsTransfer+"DeleteResponse", "")
	default:
		w.fault(rw, "wsa:ActionNotSupported", 2150858759, "The action is not supported by the service.")
	}
}

func (w *wsman) start(shell, line string) string {
	w.mu.Lock()
	w.last++
	id := fmt.Sprintf("%08X-0000-4000-9000-000000000000", w.last)
	run := &wsRun{shell: shell, done: make(chan struct{})}
	w.runs[id] = run
	w.mu.Unlock()
	w.g.wg.Add(1)
	go func() {
		defer w.g.wg.Done()
		run.r = w.g.winrmCommand(line)
		close(run.done)
	}()
	return id
}

func (w *wsman) receive(rw http.ResponseWriter, id string) {
	w.mu.Lock()
	run := w.runs[id]
	w.mu.Unlock()
	if run == nil {
		w.fault(rw, "w:InvalidSelectors", 2150858843, "The command was not found.")
		return
	}
	select {
	case <-run.done:
	case <-time.After(receiveLimit):
		w.fault(rw, "w:TimedOut", 2150858793, "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.")
		return
	case <-w.g.ctx.Done():
		drop(rw)
		return
	}
	if run.r.dead {
		drop(rw)
		return
	}
	var b strings.Builder
	b.WriteString("<rsp:ReceiveResponse>")
	for _, s := range []struct {
		name string
		data []byte
	}{{"stdout", run.r.out}, {"stderr", run.r.err}} {
		if len(s.data) > 0 {
			fmt.Fprintf(&b, `<rsp:Stream Name="%s" CommandId="%s">%s</rsp:Stream>`, s.name, id, base64.StdEncoding.EncodeToString(s.data))
		}
		fmt.Fprintf(&b, `<rsp:Stream Name="%s" CommandId="%s" End="true"></rsp:Stream>`, s.name, id)
	}
	if run.r.noExit {
		// Output arrived, and the next Receive meets a dead connection.
		run.r = result{dead: true}
		fmt.Fprintf(&b, `<rsp:CommandState CommandId="%s" State="%sCommandState/Running"/>`, id, wsShell)
	} else {
		fmt.Fprintf(&b, `<rsp:CommandState CommandId="%s" State="%sCommandState/Done"><rsp:ExitCode>%d</rsp:ExitCode></rsp:CommandState>`, id, wsShell, uint32(run.r.exit))
	}
	b.WriteString("</rsp:ReceiveResponse>")
	w.answer(rw, wsShell+"ReceiveResponse", b.String())
}

const soapHead = `<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ` +
	`xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"><s:Header><a:Action>%s</a:Action></s:Header><s:Body>`

func (w *wsman) answer(rw http.ResponseWriter, action, body string) {
	rw.Header().Set("Content-Type", "application/soap+xml;charset=UTF-8")
	fmt.Fprintf(rw, soapHead+"%s</s:Body></s:Envelope>", action, body)
}

func (w *wsman) fault(rw http.ResponseWriter, subcode string, code uint32, text string) {
	rw.Header().Set("Content-Type", "application/soap+xml;charset=UTF-8")
	rw.WriteHeader(http.StatusInternalServerError)
	fmt.Fprintf(rw, soapHead+`<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>%s</s:Value></s:Subcode></s:Code>`+
		`<s:Reason><s:Text xml:lang="en-US">%s</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="%d"><f:Message>%s</f:Message></f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>`,
		wsFault, subcode, text, code, text)
}

// drop closes the connection without an answer.
func drop(rw http.ResponseWriter) {
	if h, ok := rw.(http.Hijacker); ok {
		if c, _, err := h.Hijack(); err == nil {
			c.Close()
		}
	}
}

// pipeListener hands the connections that the guest accepts to the HTTP server.
type pipeListener struct {
	conns chan net.Conn
	done  <-chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

type notifyConn struct {
	net.Conn
	once sync.Once
	gone chan struct{}
}

func (c *notifyConn) Close() error {
	c.once.Do(func() { close(c.gone) })
	return c.Conn.Close()
}
