# The key of a release and edition, before anything is built, and the certainty that the host will activate it.
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

data "avma-key" "dc" {
  release = "2022"
  edition = "datacenter"
  host    = "2025"
}

source "null" "key" {
  communicator = "none"
}

build {
  sources = ["source.null.key"]
  provisioner "shell-local" {
    inline = ["echo ${data.avma-key.dc.edition_id} ${data.avma-key.dc.build} takes ${data.avma-key.dc.key}"]
  }
}
