"""The HTML stored with an imported post says what its Markdown renders to."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from community.core.markdown import render_markdown
from community.topics.imports.converting import convert_comment, convert_post
from tests.community.topics.imports.test_html_to_markdown import HTML, visible


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<p>a <b>b</b></p>", "<p>a <strong>b</strong></p>\n"),
        ("<h1>a</h1><hr><p>b<br>c</p>", "<h3>a</h3><hr><p>b<br>c</p>\n"),
        ("<p>x<sup>2</sup></p><p></p>", "<p>x²</p>\n"),
        ("<pre class='lang-py'><code>a\n</code></pre>", '<pre><code class="language-py">a\n</code></pre>\n'),
        (
            "<p><a href='https://example.org/' onclick='x()'>a</a></p>",
            '<p><a href="https://example.org/" rel="nofollow ugc noopener">a</a></p>\n',
        ),
        (
            "<p><img src='https://example.org/a.png' alt='a'></p>",
            '<p><a href="https://example.org/a.png" rel="nofollow ugc noopener">a</a></p>\n',
        ),
        ("<p><a href='javascript:x()'>a</a><script>x()</script></p>", "<p>a</p>\n"),
    ],
)
def test_plain_html_is_cleaned(source: str, html: str) -> None:
    assert convert_post(source).html == html


@settings(max_examples=150)
@given(HTML)
def test_the_stored_html_shows_what_its_markdown_shows(source: str) -> None:
    converted = convert_post(source)
    assert visible(converted.html) == visible(render_markdown(converted.markdown))
    assert "<script" not in converted.html
    assert " on" not in converted.html.replace(visible(converted.html), "") or "onclick=" not in converted.html


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(st.sampled_from("aB1 .,;?!()'\"-–_é\n\u00a0*&<#@/:+=~|%w"), max_size=30),
        st.lists(st.sampled_from("node.js e.g. it.is www ok 3. - a.b@c.de -- ... http a b".split(" ")), max_size=6).map(
            " ".join
        ),
    )
)
@example("Ça marche !")
@example("Il reste cinq pour cent ; cinq % ?")
def test_a_comment_is_stored_as_it_renders(source: str) -> None:
    converted = convert_comment(source)
    assert converted.html == render_markdown(converted.markdown, trusted=False)
