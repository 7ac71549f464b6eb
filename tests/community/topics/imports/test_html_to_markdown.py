"""HTML of posts becomes Markdown that is clean to edit and says the same when rendered."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from community.core.markdown import plain_text, render_markdown
from community.topics.imports.html_to_markdown import html_to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        (" \n ", ""),
        ("<p>One</p>\n\n<p>Two\nlines</p>", "One\n\nTwo lines"),
        ("just text", "just text"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<p>a<br><br>b</p>", "a\n\nb"),
        ("<p><br>a<br></p>", "a"),
        ("<p>a <strong>b</strong> <em>c</em> <s>d</s></p>", "a **b** *c* ~~d~~"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p><em>a</em><em>b</em></p>", "*ab*"),
        ("<p><strong><em>a</em></strong></p>", "***a***"),
        ("<p>a<b>'b'</b>c</p>", "a'b'c"),
        ("<p><a href='https://example.org/a(b)'>here</a></p>", "[here](https://example.org/a%28b%29)"),
        ("<p><a href='https://example.org/' title='A \"b\"'>here</a></p>",
         '[here](https://example.org/ "A \\"b\\"")'),
        ("<p><a href='https://example.org/a'>https://example.org/a</a></p>", "<https://example.org/a>"),
        ("<p><a href='javascript:alert(1)'>here</a></p>", "here"),
        ("<p>wow!<a href='https://example.org'>x</a></p>", "wow\\![x](https://example.org)"),
        ("<p><img src='https://example.org/a.png' alt='a [b]'></p>", "![a \\[b\\]](https://example.org/a.png)"),
        ("<p><img src='data:image/png;base64,AAAA' alt='a drawing'></p>", "a drawing"),
        ("<p><code>a`b</code> <kbd>Ctrl</kbd></p>", "`` a`b `` `Ctrl`"),
        ("<p>x<sup>2</sup> H<sub>2</sub>O, the 10<sup>th</sup></p>", "x² H₂O, the 10th"),
        ("<pre class='lang-py s-code-block'><code>a = 1\n\n  b\n</code></pre>", "```py\na = 1\n\n  b\n```"),
        ("<pre><code>```\n</code></pre>", "````\n```\n````"),
        ("<ul><li>a</li><li>b<ol start='3'><li>c</li></ol></li></ul>", "- a\n- b\n\n  3. c"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<h2>Title #</h2><hr><p>a</p>", "## Title \\#\n\n***\n\na"),
        ("<table><tr><th>A</th><th align='right'>B</th></tr><tr><td>1|2</td><td><code>a|b</code></td></tr></table>",
         "| A | B |\n| --- | ---: |\n| 1\\|2 | `a\\|b` |"),
        ("<script>alert(1)</script><style>p {}</style><p>a<!-- b --></p>", "a"),
        ("<p>a &amp; b &lt; c, AT&amp;T, &amp;amp;</p>", "a & b < c, AT&T, \\&amp;"),
        ("<p>snake_case 2 * 3 _x_ [a](b) &lt;b&gt;</p>", "snake_case 2 \\* 3 \\_x\\_ \\[a](b) \\<b>"),
        ("<p># a<br>- b<br>1. c<br>&gt; d<br>===</p>", "\\# a\n\\- b\n1\\. c\n\\> d\n\\==="),
        ("<p>1986 was fine. -5 too</p>", "1986 was fine. -5 too"),
    ],
)  # fmt: skip
def test_each_kind_of_html_has_its_markdown(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "deep" + "</div>" * 5000,
        "<blockquote>" * 100 + "deep" + "</blockquote>" * 100,
        "<ul><li>" * 100 + "deep" + "</li></ul>" * 100,
        "<b><i>" * 90 + "deep",
        "<p><a href='http://example.org/'><b>deep",
        "</p></div></body>deep<td>",
        "<table><tr><td><table><tr><td>deep</table></table>",
        "\x00<p>deep\x01\ufffe</p>",
        "<?xml version='1.0' encoding='utf-16'?><p>deep</p>",
        "<p>" + "deep [" * 5000,
    ],
)
def test_broken_and_hostile_html_keeps_its_words(html: str) -> None:
    assert "deep" in plain_text(render_markdown(html_to_markdown(html)))


WORDS = st.text(
    st.one_of(st.sampled_from("abc 1.*_`[]()<>&#~|\\!+-=:/\n\"'^@$é²\u00a0\u2028😀"), st.characters(codec="utf-8")),
    max_size=25,
).map(lambda text: escape(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "", text)))  # fmt: skip
URLS = st.sampled_from(
    [
        "https://example.org/",
        "http://example.org/a_b*c(d)?x=1&copy=2",
        "/questions/1",
        "javascript:x",
        "https://a.b/%C3%A9 \\|",
    ]
)


def inline(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.tuples(st.sampled_from("strong em s code b span sub sup kbd".split()), content).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    )
    link = st.tuples(URLS, content).map(lambda pair: f'<a href="{escape(pair[0])}">{pair[1]}</a>')
    return st.one_of(wrapped, link, st.lists(content, min_size=2, max_size=4).map("".join), st.just("<br>"))


def block(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.tuples(
        st.sampled_from("p blockquote h1 h3 pre div span".split()), st.lists(content, max_size=3).map("".join)
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
    items = st.tuples(st.sampled_from(["ul", "ol", "ol start='7'"]), st.lists(content, min_size=1, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(f'<li>{item}</li>' for item in pair[1])}</{pair[0][:2]}>"
    )  # fmt: skip
    row = st.lists(content, min_size=1, max_size=3).map(lambda cells: "".join(f"<td>{cell}</td>" for cell in cells))
    table = st.lists(row, min_size=1, max_size=3).map(
        lambda rows: f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    )
    return st.one_of(wrapped, items, table, st.lists(content, min_size=2, max_size=3).map("".join), st.just("<hr>"))


INLINE = st.recursive(WORDS, inline, max_leaves=6)
HTML = st.recursive(INLINE, block, max_leaves=8)


def visible(html: str) -> str:
    """The characters that a reader sees, without spaces; raised and lowered digits count as digits."""
    text = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()ni0123456789+-=()")
    return re.sub(r"[\s\u2028\u200b-\u200f\ufeff]+", "", text.translate(digits))


@settings(max_examples=150)
@given(HTML)
def test_no_visible_text_is_lost_or_added(html: str) -> None:
    rendered = render_markdown(html_to_markdown(html))
    assert visible(rendered) == visible(html)
