"""How much time rewards take in a large community."""
