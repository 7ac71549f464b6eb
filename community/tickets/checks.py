"""What an operator should know before the first ticket."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_private_files(**_options: Any) -> list[CheckMessage]:
    """Private files kept below the media folder would be served to everyone."""
    media, private = Path(settings.MEDIA_ROOT).resolve(), Path(settings.PRIVATE_ROOT).resolve()
    if private == media or media in private.parents:
        return [
            Error(
                "PRIVATE_ROOT lies in MEDIA_ROOT, which is served to everyone.",
                hint="Choose a folder of its own for PRIVATE_ROOT.",
                id="tickets.E001",
            )
        ]
    return []
