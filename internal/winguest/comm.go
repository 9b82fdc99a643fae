// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"net"
	"strconv"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	sdkssh "github.com/hashicorp/packer-plugin-sdk/sdk-internals/communicator/ssh"
	sdkwinrm "github.com/hashicorp/packer-plugin-sdk/sdk-internals/communicator/winrm"
	"golang.org/x/crypto/ssh"
)

// SSHCommunicator starts SSH in the guest and connects Packer's own communicator to it. The port is the one to name
// where a script wants to know the communicator's.
func (g *Guest) SSHCommunicator() (c packersdk.Communicator, port int) {
	return g.sshCommunicator(false)
}

// PTYCommunicator is the same with ssh_pty = true: a terminal for each command.
func (g *Guest) PTYCommunicator() (c packersdk.Communicator, port int) {
	return g.sshCommunicator(true)
}

func (g *Guest) sshCommunicator(pty bool) (c packersdk.Communicator, port int) {
	g.t.Helper()
	host, port := g.SSH()
	address := net.JoinHostPort(host, strconv.Itoa(port))
	comm, err := sdkssh.New(address, &sdkssh.Config{
		SSHConfig: &ssh.ClientConfig{
			User: User, Auth: []ssh.AuthMethod{ssh.Password(Password)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second,
		},
		Connection:             sdkssh.ConnectFunc("tcp", address),
		DisableAgentForwarding: true,
		KeepAliveInterval:      -1,
		Pty:                    pty,
	})
	g.must(err)
	return comm, port
}

// WinRMCommunicator starts WinRM in the guest and connects Packer's own communicator to it.
func (g *Guest) WinRMCommunicator() (c packersdk.Communicator, port int) {
	g.t.Helper()
	host, port := g.WinRM()
	comm, err := sdkwinrm.New(&sdkwinrm.Config{Host: host, Port: port, Username: User, Password: Password, Timeout: time.Minute})
	g.must(err)
	return comm, port
}
