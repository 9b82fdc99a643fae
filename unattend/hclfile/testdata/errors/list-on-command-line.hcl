# vars: names=[web01
variable "names" {
  type = list(string)
}
release = "2022"
