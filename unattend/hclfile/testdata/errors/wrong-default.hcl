variable "names" {
  type    = list(string)
  default = "web01"
}
release = "2022"
