# vars: hostnam=web02
variable "hostname" {
  default = "web01"
}
release = "2022"
