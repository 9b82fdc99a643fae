# vars: Secret1!
variable "hostname" {
  default = "web01"
}
release = "2022"
