// SPDX-License-Identifier: MPL-2.0

// Package engine is the plugin's dealing with Packer's template engine, the {{...}} of JSON templates: Render fills in
// the options of builders and provisioners, as those of other plugins are; Refuse is for blocks that only HCL has,
// where nobody would fill anything in and a literal {{user `pw`}} would become a password. Scripts, commands, raw XML and
// the content of files are text that may hold braces of its own, and stay as they are.
package engine
