variable "administrator_password" {
  type      = string
  sensitive = true
}
release = "2022"
