# An answer file for the avma command. The attributes and blocks are those of the data source "avma-unattend": a block
# copied from a Packer template works here unchanged.
#
#   avma unattend --config ws2022.hcl -o Autounattend.xml
#   avma unattend --config ws2022.hcl --for deploy -o avma-deploy.xml

variable "password" {
  type        = string
  default     = "Change-me-2022"
  description = "of the Administrator; give your own by --var, or in AVMA_VAR_password"
  sensitive   = true
}

release                = "2022"
edition                = "datacenter"
firmware               = "uefi"
time_zone              = "UTC"
administrator_password = var.password

auto_logon {
  count = 1
}

winrm {
  protocol = "https"
}
