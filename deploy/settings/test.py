"""Settings of the test run: fast hashing, tasks at once, mail in memory, the environment's database or SQLite."""

import atexit
import shutil
import tempfile
from pathlib import Path

from deploy.settings import environment
from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import LOGGING, REDIS_CACHE, REDIS_URL

SECRET_KEY = "for-tests-only"  # noqa: S105
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": environment.database("sqlite://:memory:")}
VAR_DIR = Path(tempfile.mkdtemp(prefix="entraide-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STATIC_ROOT = VAR_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "tests.services.tasks.AtOnceBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if not REDIS_URL:
    CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages")
    }
else:
    CACHES = {name: {**REDIS_CACHE, "KEY_PREFIX": f"test-{name}"} for name in ("default", "pages")}
WHITENOISE_AUTOREFRESH = True
# What went well is no news under a test that failed.
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": environment.text("LOG_LEVEL", "WARNING")}}
