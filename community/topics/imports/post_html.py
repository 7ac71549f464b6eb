"""The stored HTML of an imported post: what rendering its Markdown gives, without the cost of rendering."""

import re

from lxml import etree
from lxml.etree import _Element

from community.core.markdown import MAX_LENGTH, render_markdown, sanitise_html
from community.topics.imports.html_to_markdown import BLOCKS, MAX_NESTING, code_block
from community.topics.imports.inline import raised_or_lowered
from community.topics.imports.markdown_text import address

_SAME = frozenset("p a strong em code pre ul ol li blockquote br hr s".split())
_RENAMED = {"b": "strong", "i": "em", "kbd": "code", "del": "s", "h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6"}
_REPLACED = frozenset({"img", "sup", "sub"})
_REWRITTEN = (*_RENAMED, *_REPLACED, "a", "p")
_UNWRAPPED = "span"
_HOLD_BLOCKS_ONLY = frozenset({"blockquote", "ul", "ol"})
_VIDEO = re.compile(r"(?:youtu\.?be|vimeo)\.?", re.IGNORECASE)


def post_html(root: _Element | None, markdown: str) -> str:
    """The safe HTML of a post: its Markdown, and the tree that the Markdown was made from (which is used up).

    Most posts are paragraphs, links, lists and code: their tree says the same as the rendered Markdown and is
    only cleaned. The others are rendered, up to the length that members may write.
    """
    post = _only_element(root)
    if post is not None and _is_plain(post):
        _rewrite(post)
        source = etree.tostring(post, encoding="unicode", method="html", with_tail=False)
        return str(sanitise_html(source[5:-6], trusted=False)).strip() + "\n"
    return str(render_markdown(markdown[:MAX_LENGTH], trusted=False))


def _only_element(root: _Element | None) -> _Element | None:
    """The element that was put around the source, unless the source closed it too early."""
    if root is None or len(root) != 1 or len(root[0]) != 1 or root[0].text or root[0][0].tail:
        return None
    post: _Element = root[0][0]
    return post if post.tag == "div" and not _has_loose_text(post) else None


def _has_loose_text(element: _Element) -> bool:
    if element.text and element.text.strip():
        return True
    return any(child.tag not in BLOCKS or (child.tail and child.tail.strip()) for child in element)


def _is_plain(post: _Element) -> bool:
    nesting = 0
    for element in post.iterdescendants():
        tag = str(element.tag)
        if tag in _HOLD_BLOCKS_ONLY:
            nesting += 1
            if _has_loose_text(element) or (tag != "blockquote" and any(child.tag != "li" for child in element)):
                return False
        elif tag == "li":
            if not _is_plain_item(element):
                return False
        elif (tag not in _SAME and tag not in _RENAMED and tag not in _REPLACED) or not _is_plain_inline(element, tag):
            return False
    return nesting <= MAX_NESTING // 2


def _is_plain_item(element: _Element) -> bool:
    """A list item holds either words (and then maybe lists) or paragraphs, not both."""
    if not any(child.tag == "p" for child in element):
        return True
    return not _has_loose_text(element)


def _is_plain_inline(element: _Element, tag: str) -> bool:
    if tag == "br":
        following = element.getnext()
        return not (following is not None and following.tag == "br" and not (element.tail or "").strip())
    if len(element) == 0:
        return True
    if tag == "p":
        return not (len(element) == 1 and element[0].tag == "a" and _VIDEO.search(element[0].get("href", "")))
    if tag == "pre":
        return True
    if tag[0] == "h" and tag != "hr":
        return element.find(".//br") is None
    # A link or image inside a link, and blocks inside what is inline, are the renderer's to judge.
    return not any(inner.tag in BLOCKS or inner.tag in {"a", "img"} for inner in element.iterdescendants())


def _rewrite(post: _Element) -> None:
    for element in post.findall(".//pre"):
        _rewrite_code(element)
    for element in post.iter(*_REWRITTEN):
        tag = str(element.tag)
        if tag in _RENAMED:
            element.tag = _RENAMED[tag]
        elif tag == "a":
            if address(element.get("href", "")) is None:
                element.tag = _UNWRAPPED
        elif tag == "img":
            _rewrite_image(element)
        elif tag in {"sup", "sub"}:
            element.text = raised_or_lowered(element) or element.text
            element.tag = _UNWRAPPED
        elif tag == "p" and len(element) == 0 and not (element.text or "").strip():
            element.tag = _UNWRAPPED
    etree.strip_tags(post, _UNWRAPPED)


def _rewrite_code(element: _Element) -> None:
    content, language = code_block(element)
    for child in list(element):
        element.remove(child)
    element.text = None
    if not content:
        element.tag = _UNWRAPPED
        return
    code = etree.SubElement(element, "code")
    code.text = content + "\n"
    if language:
        code.set("class", f"language-{language}")


def _rewrite_image(element: _Element) -> None:
    """Somebody else's image becomes a link: reading a post must not call a third party."""
    source, words = element.get("src", ""), element.get("alt", "").strip()
    if address(source) is None:
        element.tag, element.text = _UNWRAPPED, words
        return
    element.tag, element.text = "a", words or source
    for name in list(element.attrib):
        del element.attrib[name]
    element.set("href", source)
