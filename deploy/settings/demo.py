"""The embedded default: one process, SQLite, nothing to install; what `make demo` runs."""

import secrets

from deploy.settings import environment
from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import ALLOWED_HOSTS, LOGGING, SITE_URL, STORAGES, VAR_DIR

VAR_DIR.mkdir(parents=True, exist_ok=True)
_key_file = VAR_DIR / "secret_key"
if not _key_file.exists():
    _key_file.write_text(secrets.token_urlsafe(50))
    _key_file.chmod(0o600)
SECRET_KEY = environment.text("SECRET_KEY", _key_file.read_text())
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
SITE_URL = SITE_URL or f"http://localhost:{environment.integer('PORT', 8000)}"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "deploy.static.QuickStorage"}}
# What each background task and each page did is of no interest on the console of a demo.
QUIET = ("wagtail", "_granian")
LOGGING = {**LOGGING, "loggers": {name: {"level": "WARNING"} for name in QUIET}}
