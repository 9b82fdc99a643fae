# vars: release=2012
variable "release" {
  type        = string
  description = "Windows Server release"
  validation {
    condition     = contains(["2019", "2022"], var.release)
    error_message = "We build 2019 and 2022 only."
  }
}
release = var.release
