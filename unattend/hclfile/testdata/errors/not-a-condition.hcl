variable "a" {
  default = 1
  validation {
    condition     = "x"
    error_message = "x"
  }
  validation {
    condition     = null
    error_message = "x"
  }
}
release = "2022"
