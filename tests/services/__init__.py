"""Starts the real servers that some tests need: what the environment names, else what the machine has."""
