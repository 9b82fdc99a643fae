# The answer file of a web server, for the avma command:
#
#   avma unattend --config web.hcl --var hostname=web01 -o Autounattend.xml
#   avma unattend --config web.hcl --var hostname=web01 --for deploy -o avma-deploy.xml
#
# The attributes and blocks are those of the data source "avma-unattend"; what stands below the locals can be pasted
# into a Packer template as it is.

variable "hostname" {
  type        = string
  description = "name of the clone"
  validation {
    condition     = length(var.hostname) <= 15
    error_message = "Windows takes at most 15 bytes."
  }
}

variable "administrator_password" {
  type        = string
  default     = "Correct-Horse-7"
  description = "give your own by AVMA_VAR_administrator_password"
  sensitive   = true
}

variable "dns_servers" {
  type    = list(string)
  default = ["10.20.0.10", "10.20.0.11"]
}

locals {
  network = "10.20.30.0/24"
}

release                = "2022"
edition                = "datacenter-core"
organization           = "Example Ltd"
time_zone              = "W. Europe Standard Time"
user_locale            = "de-DE"
input_locale           = "de-DE"
administrator_password = var.administrator_password
disable_server_manager = true

disk {
  windows_size  = 60000 # MB; the disk has 64 GB
  recovery_size = 1024
}

auto_logon {
  count = 1
}

winrm {
  protocol = "https"
}

rdp {}

script {
  name    = "features.ps1"
  stage   = "first_logon"
  content = templatefile("features.ps1.tpl", { features = ["Web-Server", "Web-Mgmt-Console"] })
}

deploy {
  computer_name = var.hostname

  network {
    interface   = "Ethernet"
    addresses   = ["${cidrhost(local.network, 21)}/24"]
    gateways    = [cidrhost(local.network, 1)]
    dns_servers = var.dns_servers
    dns_suffix  = "corp.example.com"
  }
}
