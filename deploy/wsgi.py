"""The WSGI entry point, for servers that have no sockets to hold."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.demo")

application = get_wsgi_application()
