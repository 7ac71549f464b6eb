"""Pictures that people send: decoded with care, then drawn anew, so that only their pixels are kept."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from PIL import Image, ImageOps

# What cameras, phones and browsers make. SVG is a program and is refused, as is whatever else Pillow could open.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 25_000_000
QUALITY = 82
# What Pillow's decoders raise on files that are cut or forged, as found by feeding them broken ones.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError, zlib.error)


@dataclass(frozen=True)
class EncodedImage:
    """A picture ready to be stored: WebP without any of what came along with the pixels (place, camera, comments)."""

    content: bytes
    width: int
    height: int
    extension: str = "webp"


def reencode(
    file: IO[bytes],
    *,
    max_side: int,
    square: bool = False,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
) -> EncodedImage:
    """Draw the picture in `file` anew as WebP, upright, its longer side at most `max_side`.

    `square` cuts it to a square of at most that side. Of an animation the first frame is kept. The kind is told by the
    content, never by the name. Raises ValidationError, with a sentence for the person who sent it, for a file that is
    too heavy, has too many pixels, is no picture, or is cut short.
    """
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        megabytes = max_bytes // (1024 * 1024)
        raise ValidationError(
            ngettext(
                "This picture weighs more than %(n)d MB. Choose a smaller one.",
                "This picture weighs more than %(n)d MB. Choose a smaller one.",
                megabytes,
            )
            % {"n": megabytes},
            code="heavy",
        )
    picture = _drawn(content, max_side, square, max_pixels)
    encoded = io.BytesIO()
    picture.save(encoded, "WEBP", quality=QUALITY, method=4)
    return EncodedImage(encoded.getvalue(), picture.width, picture.height)


def _drawn(content: bytes, max_side: int, square: bool, max_pixels: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            # Only the header is read so far: a file of 1 kB may claim a picture that fills the memory.
            if opened.width * opened.height > max_pixels:
                raise _too_many(max_pixels)
            wanted = max_side * 2 if square else max_side
            opened.draft("RGB", (wanted, wanted))
            return _resized(_plain(ImageOps.exif_transpose(opened)), max_side, square)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(max_pixels) from error
    except (*BROKEN, struct.error) as error:
        raise ValidationError(
            _("This file cannot be read as a picture. Choose a JPEG, PNG, WebP or GIF file."), code="unreadable"
        ) from error


def _plain(picture: Image.Image) -> Image.Image:
    """`picture` in plain colours, see-through only if it was, with no metadata to hand on."""
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if see_through else "RGB"
    plain = Image.new(mode, picture.size)
    plain.paste(picture.convert(mode))
    return plain


def _resized(picture: Image.Image, max_side: int, square: bool) -> Image.Image:
    if square:
        side = min(max_side, *picture.size)
        return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return picture


def _too_many(max_pixels: int) -> ValidationError:
    millions = max_pixels // 1_000_000
    return ValidationError(
        ngettext(
            "This picture has more than %(n)d million pixels. Make it smaller, then try again.",
            "This picture has more than %(n)d million pixels. Make it smaller, then try again.",
            millions,
        )
        % {"n": millions},
        code="large",
    )
