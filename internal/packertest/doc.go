// SPDX-License-Identifier: MPL-2.0

// Package packertest runs a real Packer with this plugin installed, cut off from the user's own Packer, plugins and
// network checks. It is for tests alone. It finds the Packers (internal/packerbin builds them), builds the plugin
// once for a test binary, installs it as a user would, and runs templates under each Packer that is supported:
// 1.16.0 over protobuf, 1.16.0 over gob, and 1.9.4.
package packertest
