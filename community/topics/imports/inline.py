"""One run of text, links, images and emphasis, gathered piece by piece and written as Markdown."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from community.topics.imports import markdown_text as text

EMPHASIS = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "cite": "*",
    "dfn": "*",
    "var": "*",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
CODE = frozenset({"code", "tt", "samp", "kbd"})
UNSEEN = frozenset({"script", "style", "template", "head", "input", "select", "object", "embed", "svg", "math"})
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DIGITS = {"sup": (_RAISED, frozenset("0123456789+-=()ni")), "sub": (_LOWERED, frozenset("0123456789+-=()"))}


@dataclass(slots=True)
class _Emphasis:
    marker: str
    opener: int
    is_inside: bool
    closer: int = -1


@dataclass(slots=True)
class InlineRun:
    """Gathers the pieces of a paragraph (or heading, or table cell) and joins them at the end.

    Emphasis keeps an empty piece in front of its opening marker, where a space or break that the source
    has inside is moved: Markdown knows no emphasis that begins or ends with a space.
    """

    one_line: bool = False
    in_cell: bool = False
    in_label: bool = False
    pieces: list[str] = field(default_factory=list)
    open: list[_Emphasis] = field(default_factory=list)
    closed: dict[int, _Emphasis] = field(default_factory=dict)
    last: str = ""

    def add_text(self, source: str) -> None:
        """Add characters of the source; runs of white space become one space."""
        content = text.SPACES.sub(" ", source)
        if content[0] == " ":
            content = content[1:]
            if self.last not in {" ", "\n", ""}:
                self._add_space(" ")
        if not content:
            return
        self.pieces.append(text.escape(content, in_label=self.in_label, in_cell=self.in_cell))
        self.last = content[-1]

    def add_break(self) -> None:
        """Add a line break; two of them part paragraphs."""
        if self.one_line:
            if self.last not in {" ", ""}:
                self._add_space(" ")
        elif self.last == "\n":
            if not self.open and not self.in_label and self.pieces[-1] == text.HARD_BREAK:
                self.pieces[-1] = text.PARAGRAPH_BREAK
        elif self.last:
            self._add_space(text.HARD_BREAK)

    def add_code(self, content: str) -> None:
        """Add a piece of code."""
        content = text.SPACES.sub(" ", content)
        if not content.strip():
            return
        self._add_raw(text.code_span(content, in_cell=self.in_cell))

    def add_image(self, source: str, description: str, title: str) -> None:
        """Add an image, or only its description when the address is none that a reader can load."""
        url = text.address(source)
        description = text.SPACES.sub(" ", description).strip()
        if url is None:
            if description:
                self.add_text(description)
            return
        label = text.escape(description, in_label=True, in_cell=self.in_cell)
        self._add_raw(f"![{label}]({url}{text.title(title)})")

    def add_link(self, url: str, shown: str, title: str, walk: Callable[[], None]) -> None:
        """Add a link whose content `walk` adds; `shown` is that content as text."""
        target = None if self.in_label else text.address(url)
        if target is None:
            walk()
            return
        if not title and shown == url and text.is_bare_address(url):
            self._add_raw(f"<{url}>")
            return
        if self.last == "!" and self.pieces[-1].endswith("!"):
            self.pieces[-1] = self.pieces[-1][:-1] + "\\!"
        start = len(self.pieces)
        self.pieces.append("[")
        self.in_label = True
        walk()
        self.in_label = False
        if any(piece.strip() for piece in self.pieces[start + 1 :]):
            self._add_raw(f"]({target}{text.title(title)})")
        else:
            self.pieces[start] = ""

    def add_emphasis(self, marker: str, walk: Callable[[], None]) -> None:
        """Add what `walk` adds, emphasised where Markdown can say so."""
        if any(outer.marker == marker for outer in self.open):
            walk()
            return
        while self.pieces and not self.pieces[-1]:
            self.pieces.pop()
        before = self.closed.get(len(self.pieces) - 1)
        if before is not None and before.marker == marker:
            del self.closed[len(self.pieces) - 1]
            self.pieces.pop()
            emphasis = before
        elif before is not None and before.marker[0] == marker[0]:
            walk()
            return
        else:
            self.pieces += ["", marker]
            is_inside = any(outer.marker[0] == marker[0] for outer in self.open)
            emphasis = _Emphasis(marker, len(self.pieces) - 1, is_inside)
        self.open.append(emphasis)
        walk()
        self.open.pop()
        self._close(emphasis)

    def paragraphs(self) -> list[str]:
        """What was gathered, as paragraphs without the escapes that a line's start needs."""
        self._drop_emphasis_that_fails()
        pieces = self.pieces
        while pieces and (not pieces[-1] or pieces[-1].isspace() or pieces[-1] == text.HARD_BREAK):
            pieces.pop()
        if any(piece.startswith("`") for piece in pieces):
            pieces = _parted([piece for piece in pieces if piece])
        parts = "".join(pieces).split(text.PARAGRAPH_BREAK)
        return [stripped for part in parts if (stripped := part.strip())]

    def _add_raw(self, markdown: str) -> None:
        self.pieces.append(markdown)
        self.last = markdown[-1]

    def _add_space(self, space: str) -> None:
        slot = len(self.pieces)
        for emphasis in reversed(self.open):
            if emphasis.opener != slot - 1:
                break
            slot -= 2
        if slot < len(self.pieces):
            self.pieces[slot] = space
        else:
            self.pieces.append(space)
        self.last = space[-1]

    def _last_piece(self) -> int:
        index = len(self.pieces) - 1
        while index >= 0 and not self.pieces[index]:
            index -= 1
        return index

    def _close(self, emphasis: _Emphasis) -> None:
        moved = ""
        while self.pieces[-1].endswith(" ") or self.pieces[-1] in {text.HARD_BREAK, text.PARAGRAPH_BREAK, ""}:
            if len(self.pieces) - 1 <= emphasis.opener:
                break
            if self.pieces[-1].endswith(" "):
                moved = moved or " "
                self.pieces[-1] = self.pieces[-1][:-1]
            elif self.pieces[-1]:
                moved = self.pieces[-1]
                self.pieces[-1] = ""
            if not self.pieces[-1]:
                self.pieces.pop()
        if self._last_piece() <= emphasis.opener:
            del self.pieces[emphasis.opener :]
        else:
            emphasis.closer = len(self.pieces)
            self.pieces.append(emphasis.marker)
            self.closed[emphasis.closer] = emphasis
        if moved:
            self.pieces.append(moved)

    def _drop_emphasis_that_fails(self) -> None:
        standing = list(self.closed.values())
        while True:
            failing = [emphasis for emphasis in standing if not self._works(emphasis)]
            if not failing:
                return
            for emphasis in failing:
                self.pieces[emphasis.opener] = self.pieces[emphasis.closer] = ""
            standing = [emphasis for emphasis in standing if self.pieces[emphasis.opener]]

    def _works(self, emphasis: _Emphasis) -> bool:
        char = emphasis.marker[0]
        opener = (self._neighbour(emphasis.opener, -1, char), self._neighbour(emphasis.opener, 1, char))
        closer = (self._neighbour(emphasis.closer, -1, char), self._neighbour(emphasis.closer, 1, char))
        if not text.opens(*opener) or not text.closes(*closer):
            return False
        # Inside another emphasis a marker in the middle of a word could end the outer one.
        return not emphasis.is_inside or (text.only_opens(*opener) and text.only_closes(*closer))

    def _neighbour(self, index: int, step: int, marker_char: str) -> str:
        markers = {marker_char, marker_char * 2}
        index += step
        while 0 <= index < len(self.pieces):
            piece = self.pieces[index]
            if piece and piece not in markers:
                return piece[-1] if step < 0 else piece[0]
            index += step
        return ""


def _parted(pieces: list[str]) -> list[str]:
    """The pieces with a space between two codes that touch; their backticks would run together."""
    parted: list[str] = []
    for piece in pieces:
        if piece.startswith("`") and parted and parted[-1].endswith("`"):
            parted.append(" ")
        parted.append(piece)
    return parted


def add_inline(run: InlineRun, element: _Element) -> None:
    """Add an inline element and all it holds (not its tail) to the run."""
    tag = element.tag
    if tag in EMPHASIS:
        run.add_emphasis(EMPHASIS[tag], lambda: add_content(run, element))
    elif tag == "a":
        shown = element.text or "" if len(element) == 0 else "".join(element.itertext())
        href, title = element.get("href", ""), element.get("title", "")
        run.add_link(href, shown, title, lambda: add_content(run, element))
    elif tag in CODE:
        run.add_code(element.text or "" if len(element) == 0 else "".join(element.itertext()))
    elif tag == "br":
        run.add_break()
    elif tag == "img":
        run.add_image(element.get("src", ""), element.get("alt", ""), element.get("title", ""))
    elif tag in _DIGITS and (shifted := raised_or_lowered(element)):
        run.add_text(shifted)
    elif tag == "iframe":
        source = element.get("src", "")
        run.add_link(source, source, "", lambda: run.add_text(source))
    elif tag not in UNSEEN:
        add_content(run, element)


def add_content(run: InlineRun, element: _Element) -> None:
    """Add the text of an element and all that it holds to the run."""
    if element.text:
        run.add_text(element.text)
    for child in element:
        add_inline(run, child)
        if child.tail:
            run.add_text(child.tail)


def raised_or_lowered(element: _Element) -> str:
    """The raised or lowered digits of a sup or sub as characters of their own, empty when there are none for it."""
    table, known = _DIGITS[str(element.tag)]
    content = (element.text or "").strip()
    if len(element) or not content or not known.issuperset(content):
        return ""
    return content.translate(table)
