// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hcldec"
)

// public are the attributes whose values may be shown: choices, numbers, names and addresses, which are secret for
// nobody. A value of any other attribute is not shown, nor that of a name that is none: it may be a misspelt password.
var public = set("active addresses aliases channel computer_name count deadline disable_basic disable_ie_esc disable_nla " +
	"disable_server_manager display_name dns_servers dns_suffix driver_paths edition efi_size enabled evaluation expected_hosts " +
	"extend firmware for format gateways groups id image_index image_name input_locale interface interval keep " +
	"keep_answer_files keep_communicator label letter metric msr_size name order organization ou owner pass path " +
	"plain_passwords port protect_your_pc protocol recovery_size release remove_users setup_key size source stage " +
	"system_locale system_size time_zone timeout type type_id ui_language user_locale username windows windows_size workgroup " +
	"iso_output files")

// language is what HCL, Packer and this package name themselves.
var language = set("avma-unattend avma each else endfor endif false for heredoc if in local null path root cwd true var " +
	"any bool list map number object optional set string tuple " +
	"condition content default description dynamic error_message expression for_each iterator label labels locals sensitive " +
	"validation variable data source build packer builder provisioner catalog iso_output files " +
	// functions of Packer that are none here, as they do not give the same answer twice
	"aws_secretsmanager aws_secretsmanager_raw bcrypt consul_key formatdate legacy_isotime timeadd timestamp uuidv4 uuidv5 vault " +
	"yamldecode yamlencode rsadecrypt setsubtract strftime")

func set(words string) map[string]bool {
	all := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// words are the names that a message may show: of the language, of attributes and blocks, of functions, and of what the
// file declares.
func (f *File) words() map[string]bool {
	all := make(map[string]bool)
	for w := range language {
		all[w] = true
	}
	specWords(all, configSpec())
	if f.Context != nil {
		for name, fn := range f.Context.Functions {
			all[name] = true
			for _, p := range fn.Params() {
				all[p.Name] = true
			}
		}
	}
	for name := range f.variables {
		all[name] = true
	}
	for name := range f.localNames {
		all[name] = true
	}
	return all
}

func specWords(all map[string]bool, spec hcldec.Spec) {
	switch s := spec.(type) {
	case hcldec.ObjectSpec:
		for name, nested := range s {
			all[name] = true
			specWords(all, nested)
		}
	case *hcldec.BlockSpec:
		specWords(all, s.Nested)
	case *hcldec.BlockListSpec:
		specWords(all, s.Nested)
	}
}

// isSecretName says whether an attribute of that name holds a secret. A product key may be a MAK.
func isSecretName(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "password") || name == "product_key" || name == "account_data"
}
