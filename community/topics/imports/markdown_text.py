"""Write running text as Markdown: which characters to escape, when emphasis works, how to quote an address."""

import re
import string
import unicodedata

SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
PARAGRAPH_BREAK = "\n\n"
HARD_BREAK = "\n"

# Characters that may be active; which of them are depends on what stands around (see `_escaped`).
_ACTIVE = re.compile(r"[\\`*\[\]_<&~|:]")
_REFERENCE = re.compile(r"&(?:#|[A-Za-z0-9]*(?:;|$))")
_LINKED_LATER = re.compile(r"[^\s\\`*\[\]_<>&~|]*(?:\s|<(?![A-Za-z/!?]))")
_LINE_START = re.compile(
    r"\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|:(?=[\s-])|~(?=\s)|\||[-=:][-=:|\s]*$", re.MULTILINE | re.ASCII
)
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_CLOSING_HASHES = re.compile(r"(^|\s)(#+)$")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\\`|*_\[\]\"'\x00-\x1f\x7f]")
_ENTITY = re.compile(r"&(?=#|[A-Za-z0-9]+;)")
_WEB_ADDRESS = re.compile(r"(?:https?://|mailto:|ftp://|//|/|\?|#)", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$&'()*+,;=-]+", re.ASCII | re.IGNORECASE)
_BACKTICKS = re.compile(r"`+")
_ASCII_PUNCTUATION = frozenset(string.punctuation)


def escape(text: str, *, in_label: bool = False, in_cell: bool = False) -> str:
    """`text` such that Markdown shows it as it is; what needs escaping only at a line's start is left."""

    def escaped(match: re.Match[str]) -> str:
        char, place = match.group(), match.start()
        if char == "]":
            active = in_label
        elif char == "|":
            active = in_cell
        else:
            active = char in "`*[" or _is_active(text, char, place)
        return f"\\{char}" if active else char

    return _ACTIVE.sub(escaped, text)


def _is_active(text: str, char: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if char == "\\":
        return not after or after in _ASCII_PUNCTUATION
    if char == "_":
        return not (before.isalnum() and after.isalnum())
    if char == "<":
        return not after or (after.isascii() and after.isalpha()) or after in "/!?"
    if char == "&":
        return _REFERENCE.match(text, place) is not None
    if char == "~":
        return not before or not after or before == "~" or after == "~"
    # A colon in an address: renderers link a bare address, and would swallow escapes and markers in it.
    return text.startswith("//", place + 1) and _LINKED_LATER.match(text, place + 3) is None


def escape_line_starts(paragraph: str) -> str:
    """`paragraph` such that none of its lines begins a list, a heading, a quote, a table or a rule."""
    lines = paragraph.split("\n")
    for index, line in enumerate(lines):
        if _LINE_START.match(line):
            lines[index] = "\\" + line
        elif line[:1].isdigit():
            lines[index] = _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
    return "\n".join(lines)


def escape_heading_end(text: str) -> str:
    """`text` such that hashes at its end are not taken for the end of a heading."""
    return _CLOSING_HASHES.sub(r"\1\\\2", text)


def code_span(text: str, *, in_cell: bool = False) -> str:
    """`text` between as many backticks as it takes."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    ticks = "`" * (1 if longest == 0 else longest + 1)
    if longest or (text[0] == " " and text[-1] == " "):
        text = f" {text} "
    if in_cell:
        text = text.replace("|", "\\|")
    return f"{ticks}{text}{ticks}"


def code_fence(text: str, language: str) -> str:
    """`text` as a block of code."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def address(url: str) -> str | None:
    """`url` as it stands in a Markdown link, or None when it is not one that a reader can follow."""
    url = url.strip()
    if not _WEB_ADDRESS.match(url):
        return None
    quoted = _UNSAFE_IN_ADDRESS.sub(_percent, url)
    return _ENTITY.sub(r"\\&", quoted)


def is_bare_address(text: str) -> bool:
    """Whether `text` can be written as an address between angle brackets and be shown unchanged."""
    return _BARE_ADDRESS.fullmatch(text) is not None


def title(text: str) -> str:
    """` "text"` as the title of a link or image; nothing when there is none."""
    text = SPACES.sub(" ", text).strip()
    if not text:
        return ""
    return ' "' + _ENTITY.sub(r"\\&", text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def opens(before: str, after: str) -> bool:
    """Whether a run of markers between these two characters can begin emphasis (CommonMark 0.31, 6.2)."""
    if not after or after.isspace():
        return False
    return not _may_be_punctuation(after) or not before or before.isspace() or _is_punctuation(before)


def closes(before: str, after: str) -> bool:
    """Whether a run of markers between these two characters can end emphasis (CommonMark 0.31, 6.2)."""
    return opens(after, before)


def only_opens(before: str, after: str) -> bool:
    """Whether a run of markers that `opens` between these two characters cannot be taken for an end."""
    return not before or before.isspace() or (_is_punctuation(before) and after.isalnum())


def only_closes(before: str, after: str) -> bool:
    """Whether a run of markers that `closes` between these two characters cannot be taken for a beginning."""
    return only_opens(after, before)


def _is_punctuation(char: str) -> bool:
    return char in _ASCII_PUNCTUATION or unicodedata.category(char).startswith("P")


def _may_be_punctuation(char: str) -> bool:
    # Renderers differ about symbols; a letter or a digit is certain.
    return not char.isalnum()


def _percent(match: re.Match[str]) -> str:
    char = match.group()
    if char in "*_|'":
        return char if char == "'" else f"\\{char}" if char != "|" else "%7C"
    return "".join(f"%{byte:02X}" for byte in char.encode())
