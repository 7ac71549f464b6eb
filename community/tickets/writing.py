"""Checks and rendering of what customers and agents write, before it is stored."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.core.markdown import render_markdown
from community.tickets.models import SUBJECT_MAX
from community.topics import writing
from community.topics.writing import UNWANTED

SUBJECT_MIN = 3


def clean_subject(subject: str) -> str:
    """The subject on one line, without invisible characters. Raises ValidationError for its length."""
    cleaned = one_line(subject)
    if len(cleaned) < SUBJECT_MIN or not any(character.isalnum() for character in cleaned):
        raise ValidationError(_("Say in a few words what it is about."), code="subject_short")
    if len(cleaned) > SUBJECT_MAX:
        raise ValidationError(
            _("This is %(length)d characters long; %(max)d is the most. Put the details into the text.")
            % {"length": len(cleaned), "max": SUBJECT_MAX},
            code="subject_long",
        )
    return cleaned


def one_line(text: str) -> str:
    """`text` with every run of white space made one space, and nothing invisible in it."""
    return " ".join(UNWANTED.sub(" ", unicodedata.normalize("NFC", text)).split())


def clean_message(body: str) -> str:
    """The text without invisible characters. Raises ValidationError when it is empty or too long."""
    return writing.clean_body(body, few_links=False)


def render_message(body: str) -> SafeString:
    """The HTML of a message: private, so nobody is mentioned in it, and no search engine follows its links."""
    return render_markdown(body, trusted=False)
