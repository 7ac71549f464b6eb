"""The ASGI entry point: kept pages first, then Django on a fixed set of threads."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.demo")
django.setup()

from deploy.site import site  # noqa: E402

application = site()

# What a node starts with stays until it stops: to look through it again and again takes milliseconds of a request.
gc.collect()
gc.freeze()
