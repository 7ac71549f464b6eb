"""Bringing the questions and answers of another community in."""
