"""What a language asks of print: French spaces before some marks, where no line must break; thousands set apart."""

import re

from django.utils.formats import number_format

THIN, FULL = "\u202f", "\u00a0"
# A colon that a bracket follows is more likely a smile.
BEFORE_MARK = re.compile(r"(?<=\S) ([?!;»%€](?=[\s?!.,…»)]|$)|:(?=\s|$))")
AFTER_QUOTE = re.compile(r"« (?=\S)")


def keep_marks_together(text: str) -> str:
    """`text` with the plain space before ? ! ; : » and after « made one that does not break.

    Which texts are French need not be known: in English nobody sets a space there. Thin before ? ! ;, full otherwise
    (Lexique des règles typographiques en usage à l’Imprimerie nationale).
    """
    together = BEFORE_MARK.sub(lambda found: (THIN if found[1] in "?!;" else FULL) + found[1], text)
    return AFTER_QUOTE.sub(f"«{FULL}", together)


def figure(number: int) -> str:
    """`number` with its thousands set apart as the reader's language does: 12,345; in French a thin space, 12 345."""
    return str(number_format(number, force_grouping=True))
