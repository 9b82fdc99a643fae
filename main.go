// SPDX-License-Identifier: MPL-2.0

// Command packer-plugin-avma is the Packer plugin: it registers the components, and does nothing else.
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	sdkversion "github.com/hashicorp/packer-plugin-sdk/version"

	"github.com/golden-image/packer-plugin-avma/builder/iso"
	"github.com/golden-image/packer-plugin-avma/datasource/key"
	unattenddata "github.com/golden-image/packer-plugin-avma/datasource/unattend"
	"github.com/golden-image/packer-plugin-avma/provisioner/avma"
	"github.com/golden-image/packer-plugin-avma/version"
)

func main() {
	if err := components().Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// components is the plugin as Packer sees it: each component under its name after "avma-", the provisioner under the
// bare name.
func components() *plugin.Set {
	set := plugin.NewSet()
	set.RegisterBuilder("iso", new(iso.Builder))
	set.RegisterDatasource("key", new(key.Datasource))
	set.RegisterDatasource("unattend", new(unattenddata.Datasource))
	set.RegisterProvisioner(plugin.DEFAULT_NAME, new(avma.Provisioner))
	set.SetVersion(sdkversion.NewPluginVersion(version.Version, version.Prerelease, version.Metadata))
	return set
}
