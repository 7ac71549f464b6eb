"""The production shape: PostgreSQL, Redis, HTTPS; every setting it cannot guess must be in the environment."""

from deploy.settings import environment
from deploy.settings.base import *  # noqa: F403

SECRET_KEY = environment.text("SECRET_KEY")
SITE_URL = environment.text("SITE_URL").rstrip("/")
ALLOWED_HOSTS = environment.text("ALLOWED_HOSTS").split(",")
environment.text("DATABASE_URL")
environment.text("REDIS_URL")
environment.text("EMAIL_URL")

TASKS = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}

SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = environment.integer("SECURE_HSTS_SECONDS", 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.boolean("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = environment.boolean("SECURE_HSTS_PRELOAD", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# Whether every subdomain is served by HTTPS, and for ever, is the operator's to know: SECURE_HSTS_… above.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
