release = "2022"
edition = "datacenter"
script {
  content = file("scripts/missing.ps1")
}
