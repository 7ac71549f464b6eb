"""Turn the HTML of a post into clean Markdown that says the same."""

import html
import re
from collections.abc import Iterable
from itertools import zip_longest

from lxml import etree
from lxml.etree import _Element

from community.topics.imports import markdown_text as text
from community.topics.imports.inline import UNSEEN, InlineRun, add_content, add_inline

BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th "
        "thead tr ul caption"
    ).split()
)
# Renderers give up at about 20 levels and show nothing of what is deeper; a list takes two.
MAX_NESTING = 12
MANY_TAGS = 200
_LANGUAGE = re.compile(r"\blang(?:uage)?-([A-Za-z0-9+#_-]{1,30})")
_NO_LANGUAGE = frozenset({"none", "default", "auto"})
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|pre|blockquote)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>", re.DOTALL)
_parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)


def html_to_markdown(source: str) -> str:
    """Markdown that reads like the HTML `source`; never fails, whatever `source` is.

    What Markdown cannot say keeps its text and loses its form; what has no text to show is left out.
    """
    return tree_to_markdown(parse(source), source)


def parse(source: str) -> _Element | None:
    """The tree of the HTML `source` inside a div of our own, or None when it cannot be read as a tree."""
    if not source.strip():
        return None
    try:
        root: _Element | None = etree.fromstring(f"<div>{source}</div>", _parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if source.count("<") > MANY_TAGS and _gave_up() else root


def tree_to_markdown(root: _Element | None, source: str) -> str:
    """As `html_to_markdown`, for a source that was parsed before."""
    return _without_tags(source) if root is None else "\n\n".join(_blocks(root, 0))


def _gave_up() -> bool:
    return any(entry.level == etree.ErrorLevels.FATAL for entry in _parser.error_log)


def _without_tags(source: str) -> str:
    bare = html.unescape(_TAG.sub("", _BLOCK_TAG.sub("\n\n", source)))
    parts = (text.SPACES.sub(" ", part).strip() for part in bare.split("\n\n"))
    return "\n\n".join(text.escape_line_starts(text.escape(part)) for part in parts if part)


def _blocks(element: _Element, nesting: int) -> list[str]:
    """The blocks that an element holds, in order, each without blank lines around."""
    found: list[str] = []
    run = InlineRun()
    if element.text:
        run.add_text(element.text)
    for child in element:
        if child.tag in BLOCKS or (len(child) and _holds_blocks(child)):
            if run.pieces:
                found += map(text.escape_line_starts, run.paragraphs())
                run = InlineRun()
            found += _block(child, nesting)
        else:
            add_inline(run, child)
        if child.tail:
            run.add_text(child.tail)
    if run.pieces:
        found += map(text.escape_line_starts, run.paragraphs())
    return found


def _holds_blocks(element: _Element) -> bool:
    return any(inner.tag in BLOCKS for inner in element.iterdescendants())


def _block(element: _Element, nesting: int) -> list[str]:
    tag = str(element.tag)
    if tag == "p" and len(element) == 0:
        words = text.SPACES.sub(" ", element.text or "").strip()
        return [text.escape_line_starts(text.escape(words))] if words else []
    if tag == "hr":
        return ["***"]
    if tag == "pre":
        return _code(element)
    if tag[0] == "h" and tag[1:].isdigit():
        return _heading(element, int(tag[1:]))
    if tag == "table":
        return _table(element, nesting)
    if nesting < MAX_NESTING:
        if tag in {"ul", "ol", "menu", "dir"}:
            return _list(element, nesting + 2)
        if tag == "blockquote":
            return _quote(_blocks(element, nesting + 1))
    return _blocks(element, nesting) if tag not in UNSEEN else []


def code_block(element: _Element) -> tuple[str, str]:
    """The text of a block of code and its language, both empty when there is none."""
    for line_break in element.iter("br"):
        line_break.text = "\n"
    content = "".join(element.itertext()).replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    classes = " ".join(inner.get("class", "") for inner in element.iter("pre", "code"))
    match = _LANGUAGE.search(classes)
    language = match.group(1).lower() if match and match.group(1).lower() not in _NO_LANGUAGE else ""
    return content, language


def _code(element: _Element) -> list[str]:
    content, language = code_block(element)
    return [text.code_fence(content, language)] if content else []


def _heading(element: _Element, level: int) -> list[str]:
    run = InlineRun(one_line=True)
    add_content(run, element)
    return [f"{'#' * level} {text.escape_heading_end(line)}" for line in run.paragraphs()]


def _quote(blocks: list[str]) -> list[str]:
    if not blocks:
        return []
    lines = "\n\n".join(blocks).split("\n")
    return ["\n".join(f"> {line}" if line else ">" for line in lines)]


def _list(element: _Element, nesting: int) -> list[str]:
    items = _items(element, nesting)
    if not items:
        return []
    loose = any(child.tag == "li" and child.find("p") is not None for child in element)
    second = _follows_its_like(element)
    if element.tag == "ol":
        first = _first_number(element)
        end = ")" if second else "."
        lines = [_item(f"{first + index}{end} ", blocks) for index, blocks in enumerate(items)]
    else:
        lines = [_item("+ " if second else "- ", blocks) for blocks in items]
    return [("\n\n" if loose else "\n").join(lines)]


def _items(element: _Element, nesting: int) -> list[list[str]]:
    """The blocks of each item; what stands between items belongs to an item of its own."""
    items: list[list[str]] = []
    if element.text and element.text.strip():
        items.append([text.escape_line_starts(text.escape(text.SPACES.sub(" ", element.text).strip()))])
    for child in element:
        if child.tag == "li":
            items.append(_blocks(child, nesting))
        elif child.tag in BLOCKS:
            items.append(_block(child, nesting))
        else:
            run = InlineRun()
            add_inline(run, child)
            items += [[text.escape_line_starts(part)] for part in run.paragraphs()]
        if child.tail and child.tail.strip():
            items.append([text.escape_line_starts(text.escape(text.SPACES.sub(" ", child.tail).strip()))])
    return [blocks for blocks in items if blocks]


def _item(marker: str, blocks: list[str]) -> str:
    content = blocks[0]
    for block in blocks[1:]:
        content += ("\n" if block.startswith(("- ", "1. ")) else "\n\n") + block
    if "\n" not in content:
        return marker + content
    margin = " " * len(marker)
    first, *rest = content.split("\n")
    return "\n".join([marker + first, *(margin + line if line else line for line in rest)])


def _first_number(element: _Element) -> int:
    start = element.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1


def _follows_its_like(element: _Element) -> bool:
    """Whether a list comes right after another of its kind, which Markdown would take for the same list."""
    like = 0
    previous = element.getprevious()
    while previous is not None and previous.tag == element.tag and not (previous.tail or "").strip():
        like += 1
        previous = previous.getprevious()
    return like % 2 == 1


def _table(element: _Element, nesting: int) -> list[str]:
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    if not rows or element.find(".//table") is not None:
        return _blocks_of_all(element, nesting)
    captions = [block for caption in element.iterchildren("caption") for block in _blocks(caption, nesting)]
    cells = [[child for child in row if child.tag in {"td", "th"}] for row in rows]
    width = max(map(len, cells))
    if width == 0:
        return captions
    marks = [_alignment(cell) for cell in cells[0]] + ["---"] * (width - len(cells[0]))
    lines = [_table_row(map(_cell, row), width) for row in cells]
    lines.insert(1, _table_row(marks, width))
    return [*captions, "\n".join(lines)]


def _blocks_of_all(element: _Element, nesting: int) -> list[str]:
    return [block for child in element if isinstance(child.tag, str) for block in _blocks(child, nesting)]


def _cell(element: _Element) -> str:
    run = InlineRun(one_line=True, in_cell=True)
    add_content(run, element)
    return " ".join(run.paragraphs())


def _alignment(cell: _Element) -> str:
    style = f"{cell.get('align', '')} {cell.get('style', '')}"
    if "center" in style:
        return ":---:"
    return "---:" if "right" in style else "---"


def _table_row(cells: Iterable[str], width: int) -> str:
    filled = (cell for cell, _ in zip_longest(cells, range(width), fillvalue=""))
    return f"| {' | '.join(str(cell) for cell in filled)} |"
