"""Blocks from which the brand builds its pages."""
