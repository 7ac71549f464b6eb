"""The ASGI entry point: kept pages first, then Django on a fixed set of threads."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.demo")
django.setup()

from deploy.site import site  # noqa: E402

application = site()
