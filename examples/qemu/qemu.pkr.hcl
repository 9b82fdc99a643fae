# Windows Server 2022 built with QEMU, to run on Hyper-V or Azure Local later: the AVMA key goes in here, and the host
# there activates it. KVM itself activates nothing.
#
# The virtio drivers travel on the answer ISO, in folders such as vioscsi\2k22\amd64: copy them out of virtio-win.iso and
# name the folder that holds them in `drivers`. The letters that Windows PE gives CDs are a guess, so two are named.
#
#   packer init .
#   packer validate -evaluate-datasources .
#   packer build -var iso_url=server2022.iso -var 'drivers=["virtio"]' -var password=... .

packer {
  required_plugins {
    avma = {
      source  = "github.com/golden-image/avma"
      version = ">= 0.1.0"
    }
    qemu = {
      source  = "github.com/hashicorp/qemu"
      version = ">= 1.1.0"
    }
  }
}

variable "iso_url" {
  type    = string
  default = "server2022.iso"
}

variable "drivers" {
  type    = list(string)
  default = []
}

# OVMF, as Debian and Ubuntu have it; the small OVMF_CODE.fd is gone from newer ones. QEMU looks for both files when it
# starts, not in validate. Fedora has OVMF_CODE.fd and OVMF_VARS.fd in /usr/share/edk2/ovmf.
variable "efi_code" {
  type    = string
  default = "/usr/share/OVMF/OVMF_CODE_4M.fd"
}

variable "efi_vars" {
  type    = string
  default = "/usr/share/OVMF/OVMF_VARS_4M.fd"
}

variable "password" {
  type      = string
  sensitive = true
  default   = "Change-me-2022"
}

data "avma-unattend" "ws2022" {
  release                = "2022"
  edition                = "datacenter-core"
  administrator_password = var.password
  iso_output             = "build/qemu-answers.iso"
  files                  = var.drivers
  driver_paths = flatten([for letter in ["E", "F"] : [
    for driver in ["vioscsi", "viostor", "NetKVM"] : "${letter}:\\${driver}\\2k22\\amd64"
  ]])

  auto_logon {}
  winrm {}
}

source "qemu" "ws2022" {
  iso_url      = var.iso_url
  iso_checksum = "none"

  accelerator       = "kvm"
  machine_type      = "q35"
  efi_boot          = true
  efi_firmware_code = var.efi_code
  efi_firmware_vars = var.efi_vars
  cpus              = 2
  memory            = 4096
  disk_size         = "60G"
  disk_interface    = "virtio-scsi"
  net_device        = "virtio-net"
  boot_wait         = "2s"
  boot_command      = ["<enter><wait><enter>"]

  # The answer ISO as a second CD. (A -drive here would take the place of all drives that Packer adds.)
  qemuargs = [["-cdrom", data.avma-unattend.ws2022.iso_path]]

  communicator     = "winrm"
  winrm_username   = "Administrator"
  winrm_password   = var.password
  winrm_use_ssl    = true
  winrm_insecure   = true
  winrm_timeout    = "2h"
  shutdown_command = "shutdown /s /t 10 /f"
}

build {
  sources = ["source.qemu.ws2022"]
}
