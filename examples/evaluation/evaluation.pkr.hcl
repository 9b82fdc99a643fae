# Evaluation media: it takes no product key. The image is to become a licensed one, so the install file carries no key
# and the deploy file the key of the edition that it becomes. A plain Packer that prints what was decided; put your
# own source in place of `null`.
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

data "avma-unattend" "eval" {
  release    = "2025"
  edition    = "standard"
  evaluation = "convert"
  iso_output = "build/evaluation-answers.iso"
}

source "null" "eval" {
  communicator = "none"
}

build {
  sources = ["source.null.eval"]
  provisioner "shell-local" {
    inline = ["echo ${data.avma-unattend.eval.edition_id} becomes licensed with ${data.avma-unattend.eval.key}"]
  }
}
