"""Fixtures of the whole suite; services and the network guard come from tests/services."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.services.plugin", "tests.services.snapshot", "tests.fixtures"]

# A machine that is busy for a moment is no fault of the code.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
