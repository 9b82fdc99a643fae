release = "2022"
administrator_password = "Secret1!
firmware = "uefi"
