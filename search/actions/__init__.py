"""What people do with the answers they are shown: one verb, one function."""
