"""A small flat-colour canvas: shapes in page units, smoothed by drawing large and shrinking."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH = 1200
HEIGHT = 675
OVERSAMPLING = 2
COLOURS_KEPT = 192

Point = tuple[float, float]

CREAM = "#f6efe3"
SAND = "#e6d6bd"
STONE = "#c9bfb0"
CLAY = "#c9744f"
BRICK = "#a9553a"
SUN = "#f0b955"
BUTTER = "#f8dd9b"
MOSS = "#6f8f52"
LEAF = "#9dbb72"
FOREST = "#3f6246"
TEAL = "#1f7a7c"
LAGOON = "#5fb0ae"
MIST = "#cfe5e2"
SKY = "#dceef2"
WATER = "#4a9cc4"
NIGHT = "#23414c"
INK = "#2c3a40"
STEEL = "#8fa0a6"
SILVER = "#c8d2d4"
WHITE = "#ffffff"
WOOD = "#c8935a"
BARK = "#8f5f38"
EARTH = "#6a4a34"


class Canvas:
    """One picture of 1200 by 675 units, filled with `ground`."""

    def __init__(self, ground: str) -> None:
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        self._image = Image.new("RGB", size, ground)
        self._pen = ImageDraw.Draw(self._image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded by `radius`."""
        corners = [value * OVERSAMPLING for value in (left, top, right, bottom)]
        self._pen.rounded_rectangle(corners, radius * OVERSAMPLING, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Fill a circle around (x, y)."""
        self.oval(x, y, radius, radius, fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        """Fill an ellipse around (x, y) with half axes `across` and `down`."""
        corners = [value * OVERSAMPLING for value in (x - across, y - down, x + across, y + down)]
        self._pen.ellipse(corners, fill=fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)

    def stroke(self, points: Sequence[Point], fill: str, width: float) -> None:
        """Draw a line through `points` with round ends and round corners."""
        scaled = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        self._pen.line(scaled, fill=fill, width=round(width * OVERSAMPLING), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, fill)

    def ring(self, x: float, y: float, radius: float, fill: str, width: float) -> None:
        """Draw a circle's outline, `width` thick, inside `radius`."""
        corners = [value * OVERSAMPLING for value in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.ellipse(corners, outline=fill, width=round(width * OVERSAMPLING))

    def arc(self, x: float, y: float, radius: float, angles: tuple[float, float], fill: str, width: float) -> None:
        """Draw part of a circle between two `angles` in degrees, clockwise from three o'clock."""
        corners = [value * OVERSAMPLING for value in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.arc(corners, *angles, fill=fill, width=round(width * OVERSAMPLING))

    def drop(self, x: float, y: float, size: float, fill: str) -> None:
        """Draw a falling drop whose round part is centred on (x, y)."""
        side = size * math.cos(math.pi / 6)
        self.shape([(x, y - 2 * size), (x - side, y - size / 2), (x + side, y - size / 2)], fill)
        self.disc(x, y, size, fill)

    def png(self) -> bytes:
        """The picture at its final size, as a small PNG."""
        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        flat = small.quantize(COLOURS_KEPT, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        output = io.BytesIO()
        flat.save(output, "PNG", optimize=True)
        return output.getvalue()


def around(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at `degrees` (clockwise from three o'clock) on a circle around (x, y)."""
    angle = math.radians(degrees)
    return (x + radius * math.cos(angle), y + radius * math.sin(angle))


def turned(points: Sequence[Point], centre: Point, degrees: float) -> list[Point]:
    """The same points turned clockwise around `centre`."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    across, down = centre
    return [
        (
            across + (x - across) * cosine - (y - down) * sine,
            down + (x - across) * sine + (y - down) * cosine,
        )
        for x, y in points
    ]
