"""What /readyz asks: higher apps register how their dependencies are."""

from collections.abc import Callable

from community.core.registry import Registry

# Each answers "ok", or says in one line what is degraded; it never raises.
dependencies: Registry[Callable[[], str]] = Registry("dependency")
