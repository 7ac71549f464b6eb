"""Mails taken apart: heavy, deep and broken ones are refused before they cost anything."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.tickets.desks.email.parsing import MAX_BYTES, Refused, parse, words
from community.tickets.quotes import new_words
from tests.community.tickets.letters import letter

SENDER = "camille@guest.example"
HEAD = b"From: a@b.example\r\nMessage-ID: <x@b.example>\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    """Multipart in multipart in multipart."""
    body = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(depth)
    )
    return HEAD + body + b"Content-Type: text/plain\r\n\r\nHello\r\n"


BOMBS = {
    "too heavy": HEAD + b"\r\n" + b"x" * (MAX_BYTES + 1),
    "too deep": nested(2_000),
    "a header without end": b"X-Long: " + b"y" * 200_000 + b"\r\n\r\nHello",
    "headers without end": HEAD + b"X-A: 1\r\n" * 100_000 + b"\r\nHello",
    "parts without end": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 400_000,
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 200,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused):
        parse(BOMBS[name], SENDER)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \r\n\r\n",
        HEAD + b"Content-Type: text/plain; charset=nonsense\r\n\r\nHello",
        HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!",
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        HEAD + b"Content-Type: text/html\r\n\r\n<div><p>never <b>closed",
        HEAD + b"Content-Disposition: attachment; filename*=utf-9''%ff%fe\"\r\n\r\nx",
        b"From: =?utf-8?B?broken?= <a@b.example>\r\nSubject: =?x?Q?y?=\r\n\r\nHello",
        HEAD + b"Content-Type: message/rfc822\r\n\r\nFrom: x\r\n\r\nThe mail inside",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(raw: bytes) -> None:
    assert isinstance(parse(raw, SENDER).text, str)


@given(st.binary(max_size=600))
def test_no_bytes_break_it(raw: bytes) -> None:
    for tail in (raw, HEAD + raw, HEAD + b"Content-Type: text/html\r\n\r\n" + raw):
        assert parse(tail, SENDER).message_id


@given(st.text(max_size=60))
def test_no_header_breaks_it(value: str) -> None:
    assert isinstance(words(value), str)


def test_mails_inside_the_mail_are_left_closed() -> None:
    inner = letter("SECRET-INSIDE")
    raw = letter("Outside.", files=(("mail.eml", b"x", "application/x-mail"),))
    raw = raw.replace(b"application/x-mail", b"message/rfc822").replace(b"eA==", inner)
    found = parse(raw, SENDER)
    assert "Outside." in found.text
    assert "SECRET-INSIDE" not in found.text
    assert found.files == []


def test_small_pictures_in_the_text_are_signatures() -> None:
    raw = letter("Hello.", files=(("logo.png", b"\x89PNG small", "image/png"),))
    assert parse(raw, SENDER).files
    assert parse(raw.replace(b"attachment;", b"inline;"), SENDER).files == []


@pytest.mark.parametrize(
    "line",
    [
        "On ",
        "> ",
        ">\n",
        "From: ",
        "From:   \n",
        "\n",
        "_",
        "Le a écrit",
        "wrote:",
        "On x wrote:\n",
        "Am schrieb ",
        "- ",
    ],
)
def test_cutting_quotes_never_takes_long(line: str) -> None:
    started = time.monotonic()
    new_words(line * (60_000 // len(line)) + "x")
    assert time.monotonic() - started < 3


@given(st.text(alphabet="ab>\n -_:", max_size=300))
def test_the_words_that_are_kept_were_all_written(text: str) -> None:
    kept = new_words(text)
    for line in kept.split("\n"):
        assert line.strip() in text
