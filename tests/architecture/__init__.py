"""Holds the house's shape: sizes, import directions, habits."""
