"""Fixtures of the whole suite; services and the network guard come from tests/services."""

pytest_plugins = ["tests.services.plugin", "tests.services.snapshot", "tests.fixtures"]
