"""What higher apps know of a member and the API tells: by the name of the field, filled in `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from community.accounts.models import User
from community.core.registry import Registry

member_extras: Registry[Callable[[HttpRequest, User], Any]] = Registry("fields of members")
