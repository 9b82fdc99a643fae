release = "2022"
editon  = "datacenter"
