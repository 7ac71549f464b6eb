"""Raw mail, taken apart with care: sizes and depths are bounded before the parser sees it. Pure: no database."""

import email
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from lxml import etree

from community.tickets.files import Sent
from community.topics.imports.html_to_markdown import html_to_markdown

MAX_BYTES = 15 * 1024 * 1024
MAX_HEADER_BYTES, MAX_HEADER_LINES = 100_000, 400
# Each is far more than any honest mail has.
MAX_BOUNDARIES, MAX_PARTS, MAX_DASHED_LINES = 30, 60, 3_000
MAX_HTML = 400_000
SMALLEST_INLINE_IMAGE = 6_000
AUTOMATIC_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,290}>")
# What mail programs wrap the quoted message in.
QUOTE_PARTS = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' gmail_quote ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' yahoo_quoted ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' moz-cite-prefix ')]",
    "//blockquote[@type='cite']",
    "//*[@id='divRplyFwdMsg']",
    "//*[@id='appendonsend']",
)


class Refused(Exception):
    """A mail that is not taken; its text says why, for the other mail server."""


@dataclass(frozen=True)
class ParsedMail:
    """What matters of a mail. `text` still holds what was quoted."""

    sender: str
    message_id: str
    text: str
    is_automatic: bool
    is_forged: bool
    loop_marks: tuple[str, ...] = ()
    files: list[Sent] = field(default_factory=list)


def parse(raw: bytes, envelope_sender: str) -> ParsedMail:
    """Take `raw` apart. Raises Refused for what no honest mail program writes."""
    check_bounds(raw)
    message = email.message_from_bytes(raw)
    parts = list(leaves(message))
    if len(parts) > MAX_PARTS:
        raise Refused("This mail has too many parts.")
    return ParsedMail(
        sender=parseaddr(words(message.get("From")))[1].strip().lower()[:254],
        message_id=message_id_of(message, raw),
        text=text_of(parts),
        is_automatic=is_automatic(message, envelope_sender),
        is_forged=any("dmarc=fail" in words(value).lower() for value in message.get_all("Authentication-Results", [])),
        loop_marks=tuple(words(value).strip() for value in message.get_all("X-Loop", [])),
        files=files_of(parts),
    )


def check_bounds(raw: bytes) -> None:
    """Raise Refused for a mail that would keep the parser busy: too heavy, too deep, too many parts."""
    if len(raw) > MAX_BYTES:
        raise Refused("This mail is too large.")
    header = re.split(rb"\r?\n\r?\n", raw[: MAX_HEADER_BYTES + 1], maxsplit=1)[0]
    if len(header) > MAX_HEADER_BYTES or header.count(b"\n") > MAX_HEADER_LINES:
        raise Refused("The header of this mail is too long.")
    if len(re.findall(rb"boundary\s*=", raw, re.IGNORECASE)) > MAX_BOUNDARIES:
        raise Refused("This mail is nested too deeply.")
    if raw.count(b"\n--") > MAX_DASHED_LINES:
        raise Refused("This mail has too many parts.")


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; mails inside the mail are left closed."""
    if message.get_content_maintype() == "multipart":
        payload = message.get_payload()
        for part in payload if isinstance(payload, list) else []:
            if isinstance(part, Message):
                yield from leaves(part)
    elif message.get_content_maintype() != "message":
        yield message


def is_automatic(message: Message, envelope_sender: str) -> bool:
    """Whether a program wrote it: an absence note, a bounce, a list. Nothing is ever answered to those, nor posted."""
    submitted = words(message.get("Auto-Submitted")).strip().lower()
    precedence = words(message.get("Precedence")).strip().lower()
    local = parseaddr(words(message.get("From")))[1].partition("@")[0].lower()
    return (
        bool(submitted and submitted.partition(";")[0].strip() != "no")
        or precedence in AUTOMATIC_PRECEDENCE
        or any(message.get(name) is not None for name in AUTOMATIC_HEADERS)
        or message.get_content_type() == "multipart/report"
        or envelope_sender.strip("<> ") == ""
        or local in {"mailer-daemon", "postmaster"}
    )


def message_id_of(message: Message, raw: bytes) -> str:
    """The mail's own name; without one, a digest of it, so that a mail sent again is still known."""
    found = MESSAGE_ID.search(words(message.get("Message-ID")))
    return found[0] if found else f"sha256:{hashlib.sha256(raw).hexdigest()}"


def words(value: object) -> str:
    """A header as text, whatever it is encoded in; what cannot be read is left as it is."""
    text = str(value or "")
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text


def text_of(parts: list[Message]) -> str:
    """The plain text of the mail, else its HTML turned into Markdown, without what it marks as quoted."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = next((part for part in shown if part.get_content_type() == "text/plain"), None)
    if plain is not None and (text := decoded(plain)).strip():
        return text
    markup = next((part for part in shown if part.get_content_type() == "text/html"), None)
    return html_to_markdown(without_quotes(decoded(markup)[:MAX_HTML])) if markup is not None else ""


def decoded(part: Message) -> str:
    """The text of a part, in whatever characters it came."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return raw.decode("latin-1")


def without_quotes(html: str) -> str:
    """`html` without the elements that mail programs put quoted mails into; as it is when it cannot be read."""
    try:
        root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        return html
    if root is None:
        return html
    for path in QUOTE_PARTS:
        for element in root.xpath(path):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    body = root.find("body")
    return str(etree.tostring(body if body is not None else root, encoding="unicode", method="html"))


def files_of(parts: list[Message]) -> list[Sent]:
    """The files that came along; small pictures in the text are signatures, and are left out."""
    found = []
    for part in parts:
        name, disposition = part.get_filename(), part.get_content_disposition()
        is_picture = part.get_content_maintype() == "image"
        if disposition != "attachment" and not name and not is_picture:
            continue
        content = part.get_payload(decode=True)
        raw = content if isinstance(content, bytes) else b""
        if not raw or (is_picture and disposition != "attachment" and len(raw) < SMALLEST_INLINE_IMAGE):
            continue
        found.append(Sent(words(name) or f"file.{part.get_content_subtype()}", io.BytesIO(raw)))
    return found
