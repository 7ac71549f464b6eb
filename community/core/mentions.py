"""@mentions in Markdown: a link to the member when there is one, plain text otherwise."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

USERNAME = r"[^\W_][\w.-]{1,28}[^\W_]"
MENTION = re.compile(rf"@({USERNAME})")
MAX_MENTIONS = 10


def mentioned_names(text: str) -> list[str]:
    """The case-folded names that `text` mentions, at most ten, each once; not those in code."""
    without_code = re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.DOTALL)
    found = re.findall(rf"(?<![\w@/.])@({USERNAME})", without_code)
    return list(dict.fromkeys(name.casefold() for name in found))[:MAX_MENTIONS]


def mentions_plugin(parser: MarkdownIt) -> None:
    """Teach `parser` to link the @mentions found in its environment's `mentions` (case-folded name to address)."""
    parser.inline.ruler.before("link", "mention", _mention)


def _mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or (state.pos and re.match(r"[\w@/.]", state.src[state.pos - 1])):
        return False
    known: Mapping[str, str] = state.env.get("mentions", {})
    found = MENTION.match(state.src, state.pos)
    if not found or found[1].casefold() not in known or state.linkLevel:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": known[found[1].casefold()], "class": "mention"}
        state.push("text", "", 0).content = found[0]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
