"""Slips of the fingers: how far one word is from another, and how far is still the same word meant."""

import re
from collections.abc import Mapping

from search.analysis import fold

WORD = re.compile(r"[^\W_]+")


def allowed_slips(word: str) -> int:
    """How many slips may lie between `word` and what was meant: none in short words and codes."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def slips_between(typed: str, meant: str, most: int) -> int:
    """The letters added, dropped, replaced or swapped with their neighbour between two words; most + 1 means more.

    The optimal string alignment distance (F. Damerau, 1964), after what both ends share is set aside.
    """
    if abs(len(typed) - len(meant)) > most:
        return most + 1
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    typed, meant = typed[start : len(typed) - end], meant[start : len(meant) - end]
    before: list[int] = []
    above = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, 1):
        current = [row]
        for column, other in enumerate(meant, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return min(above[-1], most + 1)


def put_right(text: str, meant: Mapping[str, str]) -> str:
    """`text` with each folded word that `meant` knows replaced; empty when nothing is to be put right."""
    if not meant:
        return ""
    changed = WORD.sub(lambda found: meant.get(fold(found.group()), found.group()), text)
    return changed if changed != text else ""
