release = "2022"
dynamic "user" {
  for_each = ["a", "b"]
  content {
    name = user.valu
  }
}
