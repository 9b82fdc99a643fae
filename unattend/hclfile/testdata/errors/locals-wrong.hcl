locals {
  a = var.none
  b = local.a.x
}
local "c" {
  expresion = 1
}
local "d" {
  expression = local.missing
}
release = local.e
