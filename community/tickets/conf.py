"""What the operator sets for support, read from the settings."""

from django.conf import settings


def desk_email() -> str:
    """The address of the brand's own help desk, to which tickets are sent; empty for none."""
    return str(settings.SUPPORT_DESK_EMAIL)


def desk_senders() -> list[str]:
    """Addresses, or domains written as @example.org, whose mails count as the desk's; by default the desk's domain."""
    chosen: list[str] = settings.SUPPORT_DESK_SENDERS
    if chosen or not desk_email():
        return [sender.lower() for sender in chosen]
    return [f"@{desk_email().rpartition('@')[2].lower()}"]


def mail_listener() -> tuple[str, int]:
    """Where `manage.py support_mail` listens: host and port."""
    host, _colon, port = str(settings.SUPPORT_MAIL_LISTEN).rpartition(":")
    return host, int(port)
