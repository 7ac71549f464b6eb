"""The product as people meet it: a real browser against the demo community, served as `make demo` serves it."""
