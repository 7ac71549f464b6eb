#!/usr/bin/env python3
"""Entraide's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line, on the embedded default unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.demo")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Entraide cannot start: {error}")


if __name__ == "__main__":
    main()
