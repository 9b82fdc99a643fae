release = "2022"
administrator_password = ["Secret1!"]
user {
  name     = "ops"
  password = <<-EOT
    Secret1!
  EOT
  groups   = "Administrators" == "x"
}
