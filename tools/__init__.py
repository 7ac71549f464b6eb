"""Small build scripts, called by the Makefile."""
