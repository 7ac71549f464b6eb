"""Turns text into the words that are indexed and looked up, the same for every engine."""

import re
import unicodedata

LONGEST_WORD = 40
TOKEN = re.compile(r"[^\W_]+(?:['./-][^\W_]+)*")
PARTS = re.compile(r"[^\W_]+")
# What NFKD sets apart from letters: accents, and the marks of other scripts.
MARKS = re.compile(f"[{''.join(filter(unicodedata.combining, map(chr, range(0x300, 0x10000))))}]+")
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"}
FRENCH_ELISIONS = frozenset("l d j m t s c n qu jusqu lorsqu puisqu quoiqu".split())
ENGLISH_ENDINGS = frozenset("s re ve m ll d".split())


def fold(text: str) -> str:
    """`text` in small letters without accents or ligatures, so that "Évier" and "evier" are one word."""
    if text.isascii():
        return text.lower()
    text = text.lower()
    # One after the other: a table of them all would be looked up for each letter of the text.
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return MARKS.sub("", unicodedata.normalize("NFKD", text))


def words_of(text: str) -> list[str]:
    """The words of `text` in order, folded; elided articles are dropped, and a product code is also kept whole.

    "L'évier fuit" gives evier, fuit; "GSR 12V-15" gives gsr, 12v15, 12v, 15.
    """
    found: list[str] = []
    for token in TOKEN.findall(fold(text)):
        if token.isalnum():
            # Nearly all of them: nothing to take apart.
            found.append(token[:LONGEST_WORD])
            continue
        if is_code(token):
            found.append("".join(PARTS.findall(token))[:LONGEST_WORD])
        for piece in re.split(r"[./-]", token):
            found.extend(word[:LONGEST_WORD] for word in without_apostrophes(piece))
    return found


def is_code(token: str) -> bool:
    """Whether `token` is a reference such as 12v-15 or f-1124: several parts, with digits and letters."""
    return (
        not token.isalnum()
        and "'" not in token
        and any(character.isdigit() for character in token)
        and any(character.isalpha() for character in token)
    )


def without_apostrophes(token: str) -> list[str]:
    """The words on either side of apostrophes, less French elisions (l', qu') and English endings ('s, 're)."""
    if "'" not in token:
        return [token]
    *heads, last = token.split("'")
    kept = [head for head in heads if head not in FRENCH_ELISIONS]
    if kept and last == "t":
        return [*kept[:-1], f"{kept[-1]}t"]
    if kept and last in ENGLISH_ENDINGS:
        return kept
    return [*kept, last]
