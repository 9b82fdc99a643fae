release = "2022"
edition = timestamp()
