# SPDX-License-Identifier: MPL-2.0
#
# What the Packer registry shows of this plugin.
integration {
  name        = "AVMA"
  description = "Windows Server images that Hyper-V activates by itself: keys, answer files, answer media, and the proof of activation."
  identifier  = "packer/golden-image/avma"
  flags       = []
  docs {
    process_docs    = true
    readme_location = "./README.md"
    external_url    = "https://github.com/golden-image/packer-plugin-avma"
  }
  license {
    type = "MPL-2.0"
    url  = "https://github.com/golden-image/packer-plugin-avma/blob/main/LICENSE"
  }
  component {
    type = "data-source"
    name = "AVMA key"
    slug = "key"
  }
  component {
    type = "data-source"
    name = "Answer files"
    slug = "unattend"
  }
  component {
    type = "builder"
    name = "Answer ISO"
    slug = "iso"
  }
  component {
    type = "provisioner"
    name = "AVMA"
    slug = "avma"
  }
}
