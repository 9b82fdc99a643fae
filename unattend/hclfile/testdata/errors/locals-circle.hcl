locals {
  a = local.b
  b = upper(local.c)
  c = "${local.a}!"
}
release = local.a
