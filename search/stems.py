"""Light stemmers for French and English, over folded words: what is left when the usual endings are taken away.

Light in the sense of J. Savoy, "Light stemming approaches for the French, Portuguese, German and Hungarian languages"
(2006): plural, gender, the common verb endings and a few derivations, never down to a root that nobody would recognise.
"""

from functools import lru_cache

VOWELS = frozenset("aeiouy")
# Words whose stems are remembered: the frequent ones of both languages, some 8 MB a process.
REMEMBERED = 50_000
# An ending and what stands in its place; the first that fits is taken, so the longer of two comes first.
ENGLISH = tuple(
    tuple(rule.partition(">")[::2])
    for rule in (
        "ational>ate ization>ize isation>ize fulness>ful iveness>ive ments> ment> ations>at ation>at ators>at ator>at "
        "ating>at ated>at ates>at ate>at ies>y ied>y ying>y ings> ing> edly> ed> ness> ably> able> ible> ions> ion> "
        "ers> er> ally>al ly> es> s> e>"
    ).split()
)
FRENCH = tuple(
    "issements issement ations ation ateurs ateur atrices atrice ements ement amment emment ments ment ites ite istes "
    "iste ables able euses euse eurs eur ances ance ences ence antes ante ants ant issons issez issent issait iraient "
    "irait iront ira erions eraient erait erais erez eront erons era erai aient ions ons iez ait ais ees ee er ez ent "
    "ives ive ifs if ion ies ie ir is it es s e i".split()
)


@lru_cache(REMEMBERED)
def stems_of(word: str) -> tuple[str, str]:
    """The French and the English stem of `word`: which language it is written in need not be known."""
    return french_stem(word), english_stem(word)


def french_stem(word: str) -> str:
    """The stem of a folded French word."""
    if not is_stemmable(word):
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > 4:
        word = f"{word[:-3]}al"
    elif word.endswith("x") and len(word) > 4:
        word = word[:-1]
    for ending in FRENCH:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= (4 if len(ending) > 2 else 3) and not VOWELS.isdisjoint(rest):
            word = rest
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ei" else word


def english_stem(word: str) -> str:
    """The stem of a folded English word."""
    if not is_stemmable(word):
        return word
    for ending, instead in ENGLISH:
        rest = word.removesuffix(ending)
        is_plain_s = ending == "s" and rest[-1] in "sui"
        if rest != word and len(rest) >= 3 and not VOWELS.isdisjoint(rest) and not is_plain_s:
            word = rest + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        return f"{word[:-1]}i"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def is_stemmable(word: str) -> bool:
    """Whether `word` is long enough and no code: references are kept whole."""
    return len(word) >= 4 and word.isalpha()
