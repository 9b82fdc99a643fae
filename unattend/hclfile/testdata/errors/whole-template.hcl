data "avma-unattend" "install" {
  release = "2022"
  edition = "datacenter"
}
