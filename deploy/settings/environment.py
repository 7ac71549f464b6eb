"""Reads settings from the environment; a missing or malformed one stops the start with one clear line."""

import base64
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name`_FILE points to (for container secrets).

    Raises ImproperlyConfigured when neither is set and there is no default.
    """
    if file_name := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={file_name} cannot be read: {error.strerror}.") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"The setting {name} is missing: set it in the environment (deploy/README.md lists all settings)."
        )
    return value


def boolean(name: str, default: bool) -> bool:
    """The value of `name` as a yes or no."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0.")


def integer(name: str, default: int) -> int:
    """The value of `name` as a whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error


def listing(name: str, default: str = "") -> list[str]:
    """The value of `name` split at commas, without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def url(name: str, schemes: tuple[str, ...]) -> str:
    """The value of `name`, checked to be a URL of one of `schemes`; empty when it is not set."""
    value = text(name, "")
    if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).netloc):
        expected = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must be an address that starts with {expected}.")
    return value


def signing_keys(name: str) -> list[bytes]:
    """The values of `name`, separated by commas, each 32 bytes in base64; none when it is not set."""
    found = []
    for part in filter(None, (part.strip() for part in text(name, "").split(","))):
        try:
            found.append(base64.b64decode(part, validate=True))
        except ValueError:
            found.append(b"")
        if len(found[-1]) != 32:
            raise ImproperlyConfigured(
                f"{name} must be 32 random bytes in base64: make them by openssl rand -base64 32."
            )
    return found


def address(name: str) -> str:
    """The value of `name`, checked to look like an e-mail address; empty when it is not set."""
    value = text(name, "").strip()
    if value and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", value):
        raise ImproperlyConfigured(f"{name} must be one e-mail address, such as desk@example.org.")
    return value


def listener(name: str, default: str) -> str:
    """The value of `name`, checked to be host:port."""
    value = text(name, default).strip()
    host, _colon, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ImproperlyConfigured(f"{name} must be an address to listen on, such as 127.0.0.1:8024.")
    return value


def database(default: str) -> dict[str, object]:
    """DATABASE_URL as Django's settings; SQLite gets WAL and immediate transactions, PostgreSQL a pool when asked."""
    value = text("DATABASE_URL", default)
    try:
        config: dict[str, object] = dict(dj_database_url.parse(value))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is malformed: use postgresql://user:password@host:5432/name or sqlite:///path."
        ) from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;"
            ),
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = 0
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": integer("DATABASE_POOL_SIZE", 10), "timeout": 10}}
    else:
        raise ImproperlyConfigured("DATABASE_URL must name PostgreSQL (postgresql://…) or SQLite (sqlite:///…).")
    return config


def email(default: str) -> Mapping[str, object]:
    """EMAIL_URL (smtp://, smtps://, smtp+tls://, console:, or memory:) as Django's e-mail settings."""
    value = text("EMAIL_URL", default)
    parts = urlsplit(value)
    if parts.scheme in {"console", "memory", "file"}:
        backend = {"console": "console", "memory": "locmem", "file": "filebased"}[parts.scheme]
        found: dict[str, object] = {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}
        if parts.scheme == "file":
            found["EMAIL_FILE_PATH"] = parts.path
        return found
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://user:password@host:587, smtps://…, smtp://…, or console:"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": int(options.get("timeout", 10)),
    }
