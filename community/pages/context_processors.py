"""What every page shows of the brand."""

from typing import Any

from django.http import HttpRequest


def brand(request: HttpRequest) -> dict[str, Any]:
    """The brand's name and look, for the base template."""
    return {
        "brand": {
            "name": "Entraide",
            "strapline": "",
            "logo_url": "",
            "nav": [],
            "css_url": "",
            "footer_text": "",
        },
        "alternates": [],
    }
