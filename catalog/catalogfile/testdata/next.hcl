# A release that this program does not know yet, one of its semi-annual sisters, and what Azure Local makes of them.
release "2028" {
  build   = 29600
  aliases = ["27H2"]
}

release "28H1" {
  build     = 29700
  servicing = "annual"
  keys_of   = "2028"
  editions  = ["Datacenter"]
}

# The keys here are well-formed and stand for those that Microsoft will publish.
key "2028" "datacenter" {
  key      = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
  standing = "documented"
  source   = "https://learn.microsoft.com/windows-server/get-started/automatic-vm-activation"
}

key "28H1" "ServerDatacenterACor" {
  key = "yqb4h nkhhj q6k4r 4vmy6 vch67"
}

key "2028" "standard" {
  channel = "gvlk"
  key     = "TVRH6-WHNXV-R9WG3-9XRFY-MY832"
}

host "azure-local" {
  activates = ["2025", "2022", "2019"]
}
