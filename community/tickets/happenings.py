"""The words for what happened to a ticket: codes are stored, sentences are said in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    "reopened": gettext_noop("The request is open again."),
    "closed.solved": gettext_noop("The request is closed: solved."),
    "closed.answered_there": gettext_noop("The request is closed: the answer is in the community."),
    "closed.no_answer_needed": gettext_noop("The request is closed: no answer was needed."),
    "closed.duplicate": gettext_noop("The request is closed: it was sent twice."),
    "closed.spam": gettext_noop("The request is closed."),
    "closed.other": gettext_noop("The request is closed."),
    "asked_in_public": gettext_noop("The question was asked in the community."),
    "declined_public": gettext_noop("The question is not asked in public."),
}


def sentence(code: str) -> str:
    """What the system message `code` says."""
    return _(SENTENCES.get(code, "Something changed.")) if code in SENTENCES else ""
