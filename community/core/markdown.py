"""Markdown is the source of every post; it is rendered and sanitised once, when written."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qs, urlsplit

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from community.core.mentions import mentions_plugin
from community.core.typography import keep_marks_together

MAX_LENGTH = 32_000

TAGS = {
    "p", "br", "hr", "em", "strong", "del", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "code": {"class"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    "figure": {"class", "data-video"},
    "div": {"class", "tabindex", "role"},
}
CLASSES = {"a": {"mention"}, "figure": {"video"}, "div": {"scroll"}}
YOUTUBE_ID = re.compile(r"^[\w-]{6,20}$")
VIMEO_ID = re.compile(r"^\d{5,12}$")
SCHEME = re.compile(r"(?<![a-z0-9.+-])https?$", re.IGNORECASE)
LANGUAGE_CLASS = re.compile(r"^language-[\w+#.-]{1,30}$")


def render_markdown(text: str, *, mentions: Mapping[str, str] | None = None, trusted: bool = True) -> SafeString:
    """HTML of `text`, safe to show as it is.

    `mentions` maps the case-folded names of existing members to the addresses that their @mentions link to.
    Links of untrusted (new) authors tell search engines not to follow them. Images of other sites become links:
    reading a post must not call a third party. Raw HTML is shown as text.
    """
    environment = {"mentions": mentions or {}}
    html = _parser().render(text.replace("\x00", ""), environment)
    return sanitise_html(html, trusted=trusted)


def sanitise_html(html: str, *, trusted: bool = True) -> SafeString:
    """HTML from the renderer, or from elsewhere (an import), reduced to what a post may hold."""
    clean = _cleaner(trusted).clean(html)
    return mark_safe(clean)  # noqa: S308 - the one place where markup is declared safe: sanitised just above


@lru_cache(maxsize=2)
def _cleaner(trusted: bool) -> nh3.Cleaner:
    """The sanitiser, made once: making it takes longer than cleaning a post."""
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filter_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener" if trusted else "nofollow ugc noopener",
    )


def plain_text(html: str) -> str:
    """The words of rendered HTML, for excerpts, feeds and the search index."""
    spaced = re.sub(r"</(?:p|li|h\d|tr|pre|blockquote|figure)>|<br>|<hr>", "\n", html)
    stripped = unescape(re.sub(r"""<(?:[^>"]|"[^"]*")+>""", "", spaced))
    return re.sub(r"[ \t]*\n\s*", "\n", stripped).strip()


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        if tag == "code":
            return value if LANGUAGE_CLASS.match(value) else None
        return value if value in CLASSES.get(tag, ()) else None
    if tag == "img" and name == "src":
        return value if value.startswith(settings.MEDIA_URL) else None
    return value


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "linkify": True, "breaks": True}, renderer_cls=PostRenderer)
    parser.use(mentions_plugin)
    parser.inline.ruler.at("linkify", _web_address)
    return parser


def _web_address(state: StateInline, silent: bool) -> bool:
    """Link an address such as https://a.example where it stands.

    The library's own rule reads all the text before every colon: 30 kB of "://" would keep it busy for ten seconds.
    """
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = SCHEME.search(state.src, max(0, state.pos - 6), state.pos)
    if scheme is None or not state.pending.endswith(scheme[0]) or state.md.linkify is None:
        return False
    found = state.md.linkify.match_at_start(state.src[scheme.start() :])
    if not found:
        return False
    # An asterisk at the end is more likely to close emphasis.
    address = found.url.rstrip("*")
    target = state.md.normalizeLink(address)
    if not state.md.validateLink(target):
        return False
    if not silent:
        state.pending = state.pending.removesuffix(scheme[0])
        opening = state.push("link_open", "a", 1)
        opening.attrs, opening.markup, opening.info = {"href": target}, "linkify", "auto"
        state.push("text", "", 0).content = state.md.normalizeLinkText(address)
        closing = state.push("link_close", "a", -1)
        closing.markup, closing.info = "linkify", "auto"
    state.pos = scheme.start() + len(address)
    return True


class PostRenderer(RendererHTML):
    """CommonMark with the tables and autolinks of GitHub, headings below the page's own, and videos shown on click."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """A post's headings start at h3: h1 and h2 belong to the page."""
        return f"<h{min(6, int(tokens[idx].tag[1]) + 2)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """Closes what heading_open opened."""
        return f"</h{min(6, int(tokens[idx].tag[1]) + 2)}>\n"

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """Words, whose marks stay on their line."""
        return escapeHtml(keep_marks_together(tokens[idx].content))

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """A wide table scrolls by itself, by keyboard too, and leaves the page where it is."""
        return '<div class="scroll" tabindex="0" role="group"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """Closes what table_open opened."""
        return "</table></div>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An uploaded image, or a link to somebody else's."""
        token = tokens[idx]
        source, text = (
            str(token.attrs.get("src", "")),
            self.renderInlineAsText(token.children or [], options, env),
        )
        if source.startswith(settings.MEDIA_URL):
            return f'<img src="{_escape(source)}" alt="{_escape(text)}"{_dimensions(source)} loading="lazy">'
        return f'<a href="{_escape(source)}">{_escape(text or source)}</a>'

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """A paragraph, or the frame of a video when a video's address stands alone in it."""
        if player := _video_player(tokens[idx + 1]):
            return f'<figure class="video" data-video="{_escape(player)}">'
        return self.renderToken(tokens, idx, options, env)  # type: ignore[arg-type]

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: object) -> str:
        """Closes what paragraph_open opened."""
        if _video_player(tokens[idx - 1]):
            return "</figure>\n"
        return self.renderToken(tokens, idx, options, env)  # type: ignore[arg-type]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _dimensions(source: str) -> str:
    """Width and height, which uploads carry in their names (…-800x600.webp), so that nothing jumps while loading."""
    found = re.search(r"-(\d{1,4})x(\d{1,4})\.\w+$", source)
    return f' width="{found[1]}" height="{found[2]}"' if found else ""


def _video_player(inline: Token) -> str | None:
    """The address of the player, when `inline` is nothing but a link to a video."""
    children = inline.children or []
    if len(children) != 3 or children[0].type != "link_open" or children[0].info != "auto":
        return None
    link = urlsplit(str(children[0].attrs.get("href", "")))
    host, path = (link.hostname or "").removeprefix("www.").removeprefix("m."), link.path.strip("/")
    if host == "youtu.be" and YOUTUBE_ID.match(path):
        return f"https://www.youtube-nocookie.com/embed/{path}"
    if host == "youtube.com" and YOUTUBE_ID.match(video := parse_qs(link.query).get("v", [""])[0]):
        return f"https://www.youtube-nocookie.com/embed/{video}"
    if host == "vimeo.com" and VIMEO_ID.match(path):
        return f"https://player.vimeo.com/video/{path}"
    return None
