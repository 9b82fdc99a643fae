# A release that this program does not know yet, one of its semi-annual sisters, and what Azure Local makes of them.
release "2048" {
  build   = 89600
  aliases = ["47H2"]
}

release "48H1" {
  build     = 89700
  servicing = "annual"
  keys_of   = "2048"
  editions  = ["Datacenter"]
}

# The keys here are well-formed and stand for those that Microsoft will publish.
key "2048" "datacenter" {
  key      = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
  standing = "documented"
  source   = "https://learn.microsoft.com/windows-server/get-started/automatic-vm-activation"
}

key "48H1" "ServerDatacenterACor" {
  key = "yqb4h nkhhj q6k4r 4vmy6 vch67"
}

key "2048" "standard" {
  channel = "gvlk"
  key     = "TVRH6-WHNXV-R9WG3-9XRFY-MY832"
}

host "azure-local" {
  activates = ["2025", "2022", "2019"]
}
