"""A setting that is missing or malformed stops the start with one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
    "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://community.example",
    "ALLOWED_HOSTS": "community.example",
    "DATABASE_URL": "postgresql://entraide@127.0.0.1/entraide",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def start(changes: dict[str, str | None]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_a_missing_setting_is_named_in_one_line(name: str) -> None:
    done = start({name: None})
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("DATABASE_URL", "not a url"),
        ("REDIS_URL", "localhost:6379"),
        ("EMAIL_URL", "mail.example.org"),
        ("SITE_URL", "community.example"),
        ("SECURE_SSL_REDIRECT", "perhaps"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("SUPPORT_DESK_EMAIL", "the desk"),
        ("SUPPORT_MAIL_LISTEN", "8024"),
        ("BADGE_SIGNING_KEY", "c2hvcnQ="),
        ("BADGE_SIGNING_KEY", "no base64!"),
    ],
)
def test_a_malformed_setting_is_named_in_one_line(name: str, value: str) -> None:
    done = start({name: value})
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


@pytest.mark.slow
def test_secrets_may_come_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(GOOD["SECRET_KEY"])
    assert start({"SECRET_KEY": None, "SECRET_KEY_FILE": str(secret)}).returncode == 0
