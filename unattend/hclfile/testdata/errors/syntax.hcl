release = "2022"
edition = "datacenter
firmware = "uefi"
