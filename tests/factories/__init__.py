"""Makers of what tests need, all through the product's own actions."""
