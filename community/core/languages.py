"""The product's two languages: which one a text is written in, which one the reader reads."""

import re

from django.utils.translation import get_language

FRENCH = frozenset(
    (
        "le la les un une des du de et est sont je tu il elle nous vous ils elles mon ma mes ton ta son sa ses notre "
        "votre leur que qui quoi dont où pour par avec sans sur sous dans en au aux ce cette ces cet pas plus ne ni "
        "mais ou donc car si comment pourquoi quand quel quelle quels quelles combien peut faut fait faire bonjour "
        "merci être avoir ai as avons avez ont y"
    ).split()
)
ENGLISH = frozenset(
    (
        "the a an and is are was were be been i you he she it we they my your his her its our their what which who "
        "whom whose that this these those for with without on under in into at by to from of not no but or so if how "
        "why when where can could should would do does did have has had will hello thanks please there here"
    ).split()
)
WORD = re.compile(r"[^\W\d_]+")
ELISION = re.compile(r"\b(?:l|d|j|qu|n|s|c|m|t)['’]", re.IGNORECASE)


def language_of(text: str, default: str) -> str:
    """The language, "fr" or "en", whose small words `text` has more of; `default` on a tie."""
    sample = text[:1000]
    words = WORD.findall(sample.lower())
    french = sum(word in FRENCH for word in words) + len(ELISION.findall(sample))
    english = sum(word in ENGLISH for word in words)
    return default if french == english else ("fr" if french > english else "en")


def reader_language() -> str:
    """The language, "fr" or "en", of the page that is being made."""
    return "fr" if (get_language() or "").startswith("fr") else "en"


def in_reader_language(french: str, english: str) -> str:
    """Whichever of the two the reader reads."""
    return french if reader_language() == "fr" else english
