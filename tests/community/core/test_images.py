"""Pictures that people send, good and hostile."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from community.core.images import reencode


def picture(kind="JPEG", size=(640, 480), mode="RGB", **options) -> io.BytesIO:
    file = io.BytesIO()
    Image.new(mode, size, 90).save(file, kind, **options)
    file.seek(0)
    return file


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGB")],
)
def test_every_usual_kind_becomes_a_webp_within_the_side_asked_for(kind, mode):
    encoded = reencode(picture(kind, (1200, 600), mode), max_side=300)
    assert opened(encoded.content).format == "WEBP"
    assert (encoded.width, encoded.height, encoded.extension) == (300, 150, "webp")


def test_a_small_picture_is_not_blown_up():
    assert reencode(picture(size=(50, 40)), max_side=300).width == 50


def test_a_square_is_cut_from_the_middle():
    encoded = reencode(picture(size=(900, 300)), max_side=256, square=True)
    assert opened(encoded.content).size == (256, 256)


def test_place_camera_and_comments_are_dropped_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    encoded = reencode(picture(size=(400, 200), exif=exif, comment=b"secret"), max_side=400)
    assert (encoded.width, encoded.height) == (200, 400)
    assert not opened(encoded.content).getexif()
    assert b"secret" not in encoded.content
    assert b"A camera" not in encoded.content


def test_of_an_animation_the_first_frame_is_kept():
    file = io.BytesIO()
    first, second = Image.new("RGB", (20, 20), "red"), Image.new("RGB", (20, 20), "blue")
    first.save(file, "GIF", save_all=True, append_images=[second])
    file.seek(0)
    kept = opened(reencode(file, max_side=20).content)
    red, _green, blue = kept.convert("RGB").getpixel((10, 10))
    assert getattr(kept, "n_frames", 1) == 1
    assert red > blue


def test_what_hides_behind_a_picture_is_not_kept():
    polyglot = picture().getvalue() + b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in reencode(io.BytesIO(polyglot), max_side=100).content


def bomb() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(10000)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "unreadable"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "unreadable"),
        (b"GIF89a<script>", "unreadable"),
        (picture().getvalue()[:400], "unreadable"),
        (picture("BMP").getvalue(), "unreadable"),
        (b"x" * (8 * 1024 * 1024 + 1), "heavy"),
        (bomb(), "large"),
        (picture("PNG", (5001, 5000), "1").getvalue(), "large"),
    ],
    ids=["empty", "svg", "postscript", "gif-of-script", "cut", "bitmap", "heavy", "bomb", "many-pixels"],
)
def test_a_file_that_is_no_picture_of_ours_is_refused_with_a_sentence(content, code):
    with pytest.raises(ValidationError) as refused:
        reencode(io.BytesIO(content), max_side=300)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@given(kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), data=st.data())
def test_a_damaged_file_is_drawn_or_refused_but_never_breaks(kind, data):
    content = bytearray(picture(kind, (64, 48), "L" if kind == "GIF" else "RGB").getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        encoded = reencode(io.BytesIO(bytes(content)), max_side=100)
    except ValidationError:
        return
    assert max(encoded.width, encoded.height) <= 100
