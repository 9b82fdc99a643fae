release    = "2022"
edition    = "datacenter"
iso_output = "build/answers.iso"
files      = ["drivers"]
label      = "ANSWERS"
catalog    = "next.hcl"
content = {
  "a.ps1" = "exit"
}

winrm {
  label = "x"
}
