release = "2022"
administrator_password = Secret1
edition = "a${Secret1}"
