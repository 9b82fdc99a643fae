# Values for web.hcl: avma unattend --config web.hcl --var-file web01.vars.hcl
hostname    = "web01"
dns_servers = ["10.20.0.10"]
