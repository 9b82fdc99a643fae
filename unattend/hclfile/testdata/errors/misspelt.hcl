release = "2022"
winrm {
  prt = 5986
}
rpd {
}
