# Windows Server 2022 Datacenter on a Hyper-V host, as a generation 2 machine: the answer ISO comes from the data source,
# so that it is there when hyperv-iso looks for it. Generation 2 has no floppy, and no ISO program is needed.
#
#   packer init .
#   packer validate -evaluate-datasources .
#   packer build -var iso_url=D:\iso\server2022.iso -var iso_checksum=sha256:... -var password=... .
#
# Without -evaluate-datasources validate fails: hyperv-iso looks for the answer ISO, and nobody has written it yet.
# `build/...` lies in the folder where Packer is started; "${path.root}/build/..." would lie beside this file.

packer {
  required_plugins {
    avma = {
      source  = "github.com/golden-image/avma"
      version = ">= 0.1.0"
    }
    hyperv = {
      source  = "github.com/hashicorp/hyperv"
      version = ">= 1.1.4"
    }
  }
}

variable "iso_url" {
  type    = string
  default = "server2022.iso"
}

variable "iso_checksum" {
  type    = string
  default = "none"
}

variable "password" {
  type      = string
  sensitive = true
  default   = "Change-me-2022"
}

data "avma-unattend" "ws2022" {
  release                = "2022"
  edition                = "datacenter"
  firmware               = "uefi"
  administrator_password = var.password
  iso_output             = "build/ws2022-answers.iso"

  auto_logon {
    count = 1
  }
  winrm {
    protocol = "https"
  }
}

source "hyperv-iso" "ws2022" {
  iso_url              = var.iso_url
  iso_checksum         = var.iso_checksum
  secondary_iso_images = [data.avma-unattend.ws2022.iso_path]

  generation           = 2
  enable_secure_boot   = true
  cpus                 = 2
  memory               = 4096
  disk_size            = 61440
  switch_name          = "Default Switch"
  guest_additions_mode = "disable"
  boot_wait            = "3s"
  boot_command         = ["a<wait>a<wait>a<wait>"] # any key: boot from the CD

  communicator   = "winrm"
  winrm_username = "Administrator"
  winrm_password = var.password
  winrm_use_ssl  = true
  winrm_insecure = true # the guest's own certificate
  winrm_timeout  = "2h"

  # The provisioner has put the deploy file there: it carries the AVMA key into every clone, and closes WinRM.
  shutdown_command = "C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown /quiet /unattend:C:\\Windows\\System32\\Sysprep\\avma-deploy.xml"
  shutdown_timeout = "30m"
}

build {
  sources = ["source.hyperv-iso.ws2022"]

  # Proves that this host activated the guest. It belongs last.
  provisioner "avma" {
    first_boot {}
    deploy_answer_file {
      administrator_password = var.password
    }
  }
}
