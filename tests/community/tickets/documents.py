"""Files as people, and others, send them."""

import io
import zipfile

from PIL import Image

WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
SHEET = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
OPEN_TEXT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office:text/>"}


def packed(members: dict[str, str]) -> bytes:
    """A zip file with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def photo(extra: bytes = b"", form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture that tells where it was taken, with `extra` bytes behind it."""
    picture, content = Image.new("RGB", size, "#0d566b"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    picture.save(content, form, exif=exif)
    return content.getvalue() + extra


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
