# vars: pw=Secret1!
variable "pw" {
  type      = string
  sensitive = true
}
locals {
  copied = "x${var.pw}"
}
release = file(var.pw)
edition = regex("[", local.copied)
