# An answer ISO as the artifact of a build of its own, for machines that Packer does not make.
#
#   packer init .
#   packer build .

packer {
  required_plugins {
    avma = {
      source  = "github.com/golden-image/avma"
      version = ">= 0.1.0"
    }
  }
}

data "avma-unattend" "core" {
  release       = "2019"
  edition       = "standard-core"
  firmware      = "bios"
  time_zone     = "W. Europe Standard Time"
  ui_language   = "en-US"
  user_locale   = "de-DE"
  computer_name = "web01"

  disk {
    windows_size  = 40960
    recovery_size = 600
  }
  network {
    addresses   = ["192.0.2.10/24"]
    gateways    = ["192.0.2.1"]
    dns_servers = ["192.0.2.53"]
  }
  rdp {}
}

source "avma-iso" "core" {
  output  = "build/ws2019-core-answers.iso"
  label   = "ANSWERS"
  content = data.avma-unattend.core.content_by_name
}

build {
  sources = ["source.avma-iso.core"]
}
