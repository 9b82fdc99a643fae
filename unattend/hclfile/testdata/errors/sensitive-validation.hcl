# vars: pw=Secret1!
variable "pw" {
  type      = string
  default   = "Other-Secret1!"
  sensitive = true
  validation {
    condition     = length(var.pw) > 14
    error_message = "The password is too short."
  }
}
release = "2022"
