# vars: count=many
variable "count" {
  type    = number
  default = 1
}
release = "2022"
