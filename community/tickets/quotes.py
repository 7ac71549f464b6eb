"""The new words of an answer by e-mail: what was quoted below them is cut off."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override
from mailparser_reply import EmailReplyParser
from mailparser_reply.parser import EmailMessage

LANGUAGES = ["fr", "en", "de", "es", "it", "nl", "pt"]
# The patterns look at a line and the next one; on longer lines they would take too long.
LONGEST_LINE = 400
LONGEST_TEXT = 60_000
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
# A header that another program broke into two lines, in the words of our two languages.
BROKEN_HEADER = re.compile(
    r"^(?:On|Le)\b[^\n]{4,200}(?:\n[^\n]{0,200})?\b(?:wrote|a écrit)[\s\u00a0\u202f]?:\s*$", re.MULTILINE
)
OUTLOOK = re.compile(
    r"^(?:_{20,}|-{3,} ?(?:Original Message|Message d['’]origine) ?-{3,})\s*$", re.MULTILINE | re.IGNORECASE
)

_parser = EmailReplyParser(languages=LANGUAGES)


def answer_above_here() -> str:
    """The line at the top of our mails, in the active language: what is quoted below it is ours."""
    # Translators: this line is found again in the customer's answer, to cut off what is quoted.
    return f"— {_('Write your answer above this line')} —"


def markers() -> list[str]:
    """That line, without its dashes, in every language."""
    found = []
    for language in ("fr", "en"):
        with override(language):
            found.append(_("Write your answer above this line"))
    return found


def new_words(text: str) -> str:
    """What the sender wrote, without quotes and signature; all of it when nothing would be left."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_TEXT].strip("\n")
    cut = _before_quotes(text)
    without_signature = SIGNATURE.split(cut, maxsplit=1)[0]
    for candidate in (without_signature, cut):
        if words := _without_quoted_end(candidate):
            return words
    return ""


def _without_quoted_end(text: str) -> str:
    """`text` without the quoted and empty lines that it ends with; quotes between the sender's words stay."""
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith(">")):
        lines.pop()
    return "\n".join(lines).strip()


def _before_quotes(text: str) -> str:
    """`text` up to the first line that introduces a quote."""
    ends = [len(text)]
    for marker in markers():
        if (at := text.find(marker)) >= 0:
            ends.append(text.rfind("\n", 0, at) + 1)
    for pattern in (BROKEN_HEADER, OUTLOOK):
        if found := pattern.search(text):
            ends.append(found.start())
    return _before_header(text[: min(ends)])


def _before_header(text: str) -> str:
    """`text` up to what a mail program of some language writes above a quote."""
    # Every line keeps its place, so that what is found in the short ones can be cut from the true ones.
    lines = text.split("\n")
    short = "\n".join(line if len(line) <= LONGEST_LINE else "x" * LONGEST_LINE for line in lines)
    found = EmailMessage(text="", languages=list(_parser.languages)).HEADER_REGEX.search(short)
    if found is None:
        return text
    return "\n".join(lines[: short.count("\n", 0, found.start())])
