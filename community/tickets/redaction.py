"""What a text tells of a person: proposed for removal before it is asked in public. Pure; people have the last word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

EMAIL, PHONE, NUMBER, ACCOUNT, ADDRESS, NAME = "email", "phone", "number", "account", "address", "name"
KINDS = (EMAIL, ACCOUNT, PHONE, NUMBER, ADDRESS, NAME)
MOST_PASSES = 4

# A space that may be one that does not break, at most one; and what a number is introduced by.
_S = "[ \u00a0]"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,30}"
_FULL_NAME = rf"{_WORD}(?:{_S}{_WORD}){{0,3}}"
_STREET_FR = (
    r"rue|avenue|av\.|boulevard|bd|chemin|allée|place|impasse|route|quai|cours|square|passage|lotissement|résidence"
)
_STREET_EN = "street|st|road|rd|avenue|ave|lane|ln|drive|close|court|way|place|square|crescent|terrace|gardens"
_NUMBERED = (
    r"commande|cde|order|facture|invoice|bill|receipt|ticket de caisse|contrat|contract|police|client|customer|account|"
    r"compte|adhérent|dossier|case|référence|réf\.?|reference|ref\.?|suivi|tracking|colis|parcel|série|serial"
)
_FIGURE = r"(?:n[°ºo]\.?|no\.?|number|numéro|num\.?|is|est|id|[#:])"
_FAREWELL = r"cordialement|salutations|bien à vous|merci[^\n]{0,20}|regards|thanks|thank you|cheers|sincerely"
_INTRODUCTION = r"je m['’]appelle|mon nom est|au nom de|je suis|my name is|in the name of|i am|i['’]m|this is"
_TITLE = r"M\.|MM\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Mlle|Dr\.?|Monsieur|Madame"

# In this order: what an earlier pattern takes, a later one no longer sees. Every quantifier is bounded; (?i:…) ignores
# case. What is to go is the group `found`.
_SOURCES: tuple[tuple[str, str], ...] = (
    (EMAIL, r"(?P<found>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"),
    (ACCOUNT, rf"(?<!\w)(?P<found>(?i:[A-Z]{{2}}\d{{2}}(?:{_S}?[A-Z0-9]{{4}}){{3,7}}(?:{_S}?[A-Z0-9]{{1,3}})?))(?!\w)"),
    (ACCOUNT, r"(?<![\w-])(?P<found>\d(?:[ \u00a0-]?\d){12,18})(?![\w-])"),
    (PHONE, rf"(?<![\w.])(?P<found>(?:(?:\+|00)33[ .]?(?:\(0\))?[ .]?|0)[1-9](?:(?:{_S}|[.-])?\d{{2}}){{4}})(?!\d)"),
    (PHONE, r"(?<![\w.])(?P<found>(?:\+|00)\d{1,3}(?:[ .()\u00a0-]{0,2}\d){6,12})(?!\d)"),
    (PHONE, r"(?<![\w.-])(?P<found>\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4})(?![\w-])"),
    (
        NUMBER,
        rf"\b(?i:{_NUMBERED})\b{_S}{{0,2}}(?:(?i:{_FIGURE}){_S}{{0,2}}){{0,3}}"
        r"(?P<found>(?=[\w/.-]{0,30}\d[\w/.-]{0,30}\d)[A-Za-z0-9][\w/.-]{2,30}\w)",
    ),
    (NUMBER, r"(?<![\w-])(?P<found>(?=(?:[A-Z-]{0,12}\d){6})[A-Z]{1,5}-?\d[\dA-Z-]{4,24})(?![\w-])"),
    (NUMBER, r"(?<![\w.,-])(?P<found>\d{6,20})(?![\w-])"),
    (
        ADDRESS,
        rf"(?<!\w)(?P<found>\d{{1,4}}{_S}?(?i:bis|ter|quater)?,?{_S}{{1,2}}(?i:{_STREET_FR}){_S}[^\n,.;!?]{{2,60}})",
    ),
    (ADDRESS, rf"(?<!\w)(?P<found>\d{{1,5}}[a-z]?[ ](?:[A-Z][\w'’-]{{1,30}}[ ]){{1,4}}(?i:{_STREET_EN})\b\.?)"),
    (ADDRESS, rf"(?<![\w.,])(?P<found>\d{{5}}{_S}{_WORD}(?:[ -]{_WORD}){{0,3}})"),
    (ADDRESS, r"(?<!\w)(?P<found>[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2})(?!\w)"),
    (NAME, rf"\b(?i:{_INTRODUCTION}){_S}(?P<found>{_FULL_NAME})"),
    (NAME, rf"(?<!\w)(?:{_TITLE}){_S}(?P<found>{_FULL_NAME})"),
    (
        NAME,
        rf"(?im:^[^\n]{{0,30}}\b(?:{_FAREWELL})[ ,.!]{{0,3}}$)\n{{1,3}}(?P<found>{_FULL_NAME})[ .]{{0,2}}(?=\n|\Z)",
    ),
)
PATTERNS = tuple((kind, re.compile(source)) for kind, source in _SOURCES)


@dataclass(frozen=True)
class Found:
    """A piece of a text that tells of a person."""

    start: int
    end: int
    kind: str


def find(text: str, names: Iterable[str] = ()) -> list[Found]:
    """What `text` tells of a person, in order and without overlap; `names` are names that are known to be theirs."""
    taken: list[Found] = []
    for kind, pattern in (*PATTERNS, *_known(names)):
        for match in pattern.finditer(text):
            start, end = match.span("found")
            if not any(each.start < end and start < each.end for each in taken):
                taken.append(Found(start, end, kind))
    return sorted(taken, key=lambda each: each.start)


def redact(text: str, labels: Mapping[str, str], names: Iterable[str] = ()) -> str:
    """`text` with each piece that `find` finds replaced by the label of its kind."""
    known = list(names)
    for _pass in range(MOST_PASSES):
        pieces = find(text, known)
        if not pieces:
            break
        for piece in reversed(pieces):
            text = f"{text[: piece.start]}{labels[piece.kind]}{text[piece.end :]}"
    return text


def names_in_address(email: str) -> list[str]:
    """The words before the @ that may be somebody's name: "camille.durand" gives two."""
    return [part for part in re.split(r"[\W\d_]+", email.partition("@")[0]) if len(part) >= 4]


def _known(names: Iterable[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name in names:
        if name.strip():
            yield NAME, re.compile(rf"(?<!\w)(?P<found>{re.escape(name.strip())})(?!\w)", re.IGNORECASE)
