variable "hostname" {
  default = "web01"
}
release       = "2022"
edition       = "datacenter"
computer_name = var.hostnam
