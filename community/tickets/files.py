"""Files that come with a message: what they are is told by their content, and few kinds are taken."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.images import reencode

MAX_FILES = 5
MAX_BYTES = 8 * 1024 * 1024
MAX_TOGETHER = 10 * 1024 * 1024
MAX_OF_TICKET = 60
MAX_SIDE = 2400
MAX_ZIP_ENTRIES = 5_000
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
# By the first member that tells them apart: Office Open XML by its main part, OpenDocument by what it says it is.
OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
MACROS = re.compile(r"vbaproject\.bin$|(^|/)(basic|scripts)/", re.IGNORECASE)
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"RIFF")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff/\\\\]")


@dataclass(frozen=True)
class Sent:
    """A file as it was sent: its name, and something to read it from."""

    name: str
    file: IO[bytes]


@dataclass(frozen=True)
class Judged:
    """A file that is taken: its content as it will be kept, and what it is."""

    name: str
    content: bytes
    content_type: str


def judge_all(sent: Sequence[Sent]) -> list[Judged]:
    """What is kept of the files of one message. Raises ValidationError when there are too many, or one is not taken."""
    if len(sent) > MAX_FILES:
        raise ValidationError(
            ngettext("Send at most %(n)d file at a time.", "Send at most %(n)d files at a time.", MAX_FILES)
            % {"n": MAX_FILES},
            code="files_many",
        )
    judged = [judge(each) for each in sent]
    if sum(len(each.content) for each in judged) > MAX_TOGETHER:
        raise ValidationError(
            _("These files weigh more than %(n)d MB together. Send fewer at a time.")
            % {"n": MAX_TOGETHER // (1024 * 1024)},
            code="files_heavy",
        )
    return judged


def judge(sent: Sent) -> Judged:
    """What is kept of one file. Raises ValidationError, with a sentence that names it, when it is not taken."""
    name = clean_name(sent.name)
    content = sent.file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” weighs more than %(n)d MB. Choose a smaller file.")
            % {"name": name, "n": MAX_BYTES // (1024 * 1024)},
            code="files_heavy",
        )
    if content.startswith(IMAGE_STARTS):
        return _image(name, content)
    for look in (_pdf, _office, _text):
        if found := look(content):
            extension, content_type, kept = found
            return Judged(_named(name, extension), kept, content_type)
    raise ValidationError(
        _("“%(name)s” is not a kind of file that is taken here. Send a photo, a PDF, a text or an office document.")
        % {"name": name},
        code="files_kind",
    )


def _image(name: str, content: bytes) -> Judged:
    """A picture drawn anew, without the place and the camera that were written in it."""
    image = reencode(io.BytesIO(content), max_side=MAX_SIDE)
    return Judged(_named(name, image.extension), image.content, "image/webp")


Found = tuple[str, str, bytes] | None


def _pdf(content: bytes) -> Found:
    return ("pdf", PDF, content) if content.startswith(b"%PDF-") else None


def _office(content: bytes) -> Found:
    """An office document without macros, told by the list of its members; none of them is unpacked but its own kind."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MAX_ZIP_ENTRIES or any(MACROS.search(name) for name in names):
                return None
            for main, (extension, content_type) in OFFICE.items():
                if main in names and "[Content_Types].xml" in names:
                    return extension, content_type, content
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return (OPEN_DOCUMENT[said], said, content) if said in OPEN_DOCUMENT else None
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError):
        return None
    return None


def _text(content: bytes) -> Found:
    """Plain text, kept as UTF-8; what holds control characters is no text, and markup is served as text only."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        if "\ufffd" in text:
            return None
    if not text.strip() or re.search("[\x00-\x08\x0e-\x1f\x7f]", text):
        return None
    return "txt", TEXT, text.encode()


def clean_name(name: str) -> str:
    """A name that can be shown: no folders, nothing invisible, not too long."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = " ".join(UNPRINTABLE.sub("", unicodedata.normalize("NFC", last)).split()).strip(". ")
    stem, dot, extension = cleaned.rpartition(".")
    if dot and len(cleaned) > 100:
        return f"{stem[: 98 - len(extension[:8])]}.{extension[:8]}"
    return cleaned[:100] or _("file")


def _named(name: str, extension: str) -> str:
    """`name` with the extension of what the file really is."""
    stem, dot, given = name.rpartition(".")
    if dot and given.lower() == extension:
        return name
    return f"{stem if dot and len(given) <= 5 else name}.{extension}"
