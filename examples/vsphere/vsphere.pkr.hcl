# Windows Server 2025 on vSphere. No AVMA host is there, so the KMS client key goes in: `channel = "gvlk"`. An image that
# is to run on Hyper-V later takes the AVMA key instead: leave `channel` out.
#
# vsphere-iso makes a CD of `cd_content` itself and uploads it; it wants xorriso, mkisofs, hdiutil or oscdimg for that.
#
#   packer init .
#   packer validate -evaluate-datasources .
#   packer build -var password=... -var 'vcenter={server="vcenter.example.com", ...}' .

packer {
  required_plugins {
    avma = {
      source  = "github.com/golden-image/avma"
      version = ">= 0.1.0"
    }
    vsphere = {
      source  = "github.com/hashicorp/vsphere"
      version = ">= 1.4.0"
    }
  }
}

variable "password" {
  type      = string
  sensitive = true
  default   = "Change-me-2025"
}

variable "vcenter" {
  type = object({ server = string, username = string, password = string, cluster = string, datastore = string, iso = string })
  default = {
    server    = "vcenter.example.com"
    username  = "packer@vsphere.local"
    password  = "secret"
    cluster   = "cluster"
    datastore = "datastore"
    iso       = "[datastore] iso/server2025.iso"
  }
}

data "avma-unattend" "ws2025" {
  release                = "2025"
  edition                = "datacenter"
  channel                = "gvlk"
  administrator_password = var.password
  driver_paths           = ["E:\\Program Files\\VMware\\VMware Tools\\Drivers\\pvscsi\\Win10\\amd64"]

  auto_logon {}
  openssh {}
}

source "vsphere-iso" "ws2025" {
  vcenter_server      = var.vcenter.server
  username            = var.vcenter.username
  password            = var.vcenter.password
  cluster             = var.vcenter.cluster
  datastore           = var.vcenter.datastore
  insecure_connection = false

  vm_name              = "ws2025"
  guest_os_type        = "windows2019srvNext_64Guest"
  firmware             = "efi-secure"
  CPUs                 = 2
  RAM                  = 4096
  disk_controller_type = ["pvscsi"]
  storage {
    disk_size             = 61440
    disk_thin_provisioned = true
  }
  network_adapters {
    network_card = "vmxnet3"
  }
  iso_paths  = [var.vcenter.iso, "[] /vmimages/tools-isoimages/windows.iso"]
  cd_content = data.avma-unattend.ws2025.content_by_name
  cd_label   = "ANSWERS"

  communicator     = "ssh"
  ssh_username     = "Administrator"
  ssh_password     = var.password
  ssh_timeout      = "2h"
  shutdown_command = "shutdown /s /t 10 /f"
}

build {
  sources = ["source.vsphere-iso.ws2025"]
}
