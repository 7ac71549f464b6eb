"""Drawings about openings and the garden: windows, shutters, screens, lawns, compost, decks."""

from deploy.demo.drawings.canvas import (
    BARK,
    BUTTER,
    CLAY,
    CREAM,
    EARTH,
    FOREST,
    INK,
    LAGOON,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    SAND,
    SILVER,
    SKY,
    STEEL,
    STONE,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    Canvas,
    around,
    turned,
)


def _hills(c: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    """A landscape behind a pane: sky, sun and two hills that stay inside the pane."""
    width, height = right - left, bottom - top
    c.box(left, top, right, bottom, SKY)
    c.disc(left + width * 0.75, top + height * 0.28, min(width, height) * 0.11, SUN)
    far = [(left, bottom), (left, top + height * 0.7), (left + width * 0.3, top + height * 0.52)]
    c.shape([*far, (left + width * 0.65, top + height * 0.72), (right, top + height * 0.6), (right, bottom)], LEAF)
    near = [(left, bottom), (left, top + height * 0.86), (left + width * 0.5, top + height * 0.74)]
    c.shape([*near, (right, top + height * 0.84), (right, bottom)], MOSS)


def window() -> Canvas:
    """A sash window with a flower pot on its sill."""
    c = Canvas("#e7d9c6")
    for row in range(9):
        for column in range(-1, 9):
            left = column * 150 + (75 if row % 2 else 0)
            c.box(left + 3, row * 76 + 3, left + 147, row * 76 + 73, "#d9a183" if (row + column) % 4 else "#cf9172", 3)
    c.box(360, 50, 840, 590, WHITE, 6)
    _hills(c, 400, 90, 800, 550)
    for y in (90, 312, 536):
        c.box(400, y - 14, 800, y + 14, WHITE)
    c.box(592, 90, 608, 550, WHITE)
    c.box(400, 330, 800, 338, SILVER)
    c.box(580, 296, 620, 316, "#d7a944", 4)
    c.box(320, 572, 880, 616, CREAM, 6)
    c.box(320, 606, 880, 616, STONE, 4)
    c.shape([(680, 500), (780, 500), (766, 574), (694, 574)], CLAY)
    c.box(672, 488, 788, 512, "#b8643f", 6)
    for x, y, colour in ((690, 440, SUN), (730, 412, BUTTER), (770, 446, SUN)):
        c.stroke([(730, 490), (x, y)], FOREST, 8)
        c.disc(x, y, 24, colour)
        c.disc(x, y, 9, CLAY)
    return c


def shutter() -> Canvas:
    """A roller shutter stuck halfway down a window."""
    c = Canvas("#efe4d3")
    c.box(0, 600, 1200, 675, "#b9c49a")
    c.box(300, 70, 900, 600, WHITE, 8)
    _hills(c, 340, 130, 860, 570)
    c.box(592, 130, 608, 570, WHITE)
    c.box(284, 60, 916, 140, STEEL, 10)
    c.box(284, 60, 916, 84, SILVER, 10)
    c.box(340, 136, 860, 364, "#86a5a2")
    for number in range(6):
        top = 140 + number * 36
        tilt = 10 if number == 5 else 0
        slat = [(340, top), (860, top + tilt), (860, top + 32 + tilt), (340, top + 32)]
        c.shape(slat, "#a9c3c0" if number % 2 else "#9ab7b4")
    c.shape([(334, 356), (866, 366), (866, 384), (334, 374)], NIGHT)
    c.box(322, 130, 342, 580, SILVER)
    c.box(858, 130, 878, 580, SILVER)
    c.box(270, 566, 930, 606, SAND, 6)
    c.box(1000, 300, 1070, 400, WHITE, 12)
    c.shape([(1035, 316), (1052, 342), (1018, 342)], TEAL)
    c.shape([(1035, 386), (1052, 360), (1018, 360)], STEEL)
    return c


def mosquito_net() -> Canvas:
    """A fine screen in a window frame, one insect kept outside."""
    c = Canvas("#dfe8dc")
    c.box(260, 60, 940, 610, WHITE, 8)
    _hills(c, 300, 100, 900, 570)
    for x in range(320, 900, 20):
        c.box(x, 100, x + 2, 570, "#b4c8c4")
    for y in range(120, 570, 20):
        c.box(300, y, 900, y + 2, "#b4c8c4")
    c.box(286, 86, 914, 112, NIGHT, 6)
    c.box(286, 556, 914, 584, NIGHT, 6)
    c.box(286, 86, 306, 584, NIGHT, 6)
    c.box(894, 86, 914, 584, NIGHT, 6)
    c.box(560, 548, 640, 592, STEEL, 8)
    c.box(230, 596, 970, 632, SAND, 6)
    x, y = 520, 270
    for step in (-44, -12, 24, 52):
        c.stroke([(x, y), (x + step, y + 40), (x + step * 1.3, y + 84)], INK, 4)
    c.oval(x - 30, y - 34, 44, 15, STONE)
    c.oval(x + 40, y - 32, 46, 15, STONE)
    c.oval(x, y, 40, 13, INK)
    c.disc(x - 46, y + 4, 14, INK)
    c.stroke([(x - 52, y + 10), (x - 88, y + 46)], INK, 4)
    return c


def lawn() -> Canvas:
    """A lawn with bare patches, a rake and a hedge."""
    c = Canvas(SKY)
    c.disc(1010, 120, 62, SUN)
    for x in range(-40, 1300, 130):
        c.disc(x, 250, 110, FOREST if (x // 130) % 2 else "#4a7051")
    c.box(0, 250, 1200, 675, LEAF)
    for number in range(6):
        c.shape(
            [(number * 220 - 100, 675), (number * 220 + 10, 675), (number * 130 + 300, 262), (number * 130 + 240, 262)],
            "#a9c57f",
        )
    for x, y, size in ((300, 420, 80), (690, 360, 50), (820, 540, 110), (140, 590, 70)):
        c.oval(x, y, size * 1.2, size * 0.42, "#b48a5e")
        c.oval(x - size * 0.2, y - 4, size * 0.8, size * 0.26, "#c59d70")
    for x, y in ((430, 560), (560, 470), (1050, 420), (1000, 620), (240, 330), (480, 340), (640, 610)):
        for lean in (-10, 0, 10):
            c.stroke([(x, y), (x + lean, y - 26)], MOSS, 5)
    c.stroke([(1010, 90), (560, 440)], WOOD, 16)
    c.stroke([(506, 396), (614, 494)], STEEL, 14)
    for step in range(7):
        left, top = 506 + step * 18, 396 + step * 16.3
        c.stroke([(left, top), (left - 20, top + 26)], STEEL, 7)
    return c


def compost() -> Canvas:
    """A slatted wooden bin with layers, and a fork."""
    c = Canvas(MIST)
    c.oval(980, 300, 170, 190, "#8fae79")
    c.oval(160, 330, 150, 150, "#7fa06b")
    c.box(960, 440, 990, 560, BARK)
    c.box(0, 520, 1200, 675, MOSS)
    c.oval(600, 590, 400, 40, "#5c7a45")
    layers = (EARTH, "#7d5a3f", MOSS, "#a5794f", LEAF, "#8f6844")
    for number, colour in enumerate(layers):
        c.box(330, 520 - number * 54, 870, 584 - number * 54, colour)
    c.oval(600, 250, 270, 56, "#8f6844")
    for x, y, colour in ((440, 230, CLAY), (540, 212, SUN), (640, 216, LEAF), (740, 234, CREAM), (490, 252, LEAF)):
        c.oval(x, y, 34, 15, colour)
    for top in (310, 400, 490):
        c.box(304, top, 896, top + 46, WOOD, 4)
        c.box(304, top, 896, top + 10, "#dcae78", 4)
        for x in (340, 860):
            c.disc(x, top + 26, 6, INK)
    for x in (296, 864):
        c.box(x, 270, x + 40, 600, BARK, 4)
    c.stroke([(1010, 600), (1090, 190)], WOOD, 16)
    c.stroke([(1074, 176), (1108, 184)], WOOD, 16)
    for step in (-34, 0, 34):
        c.stroke([(1010 + step, 560 + step * 0.2), (990 + step, 652 + step * 0.2)], STEEL, 9)
    c.stroke([(974, 552), (1046, 568)], STEEL, 12)
    return c


def raised_bed() -> Canvas:
    """A raised bed of planks planted with lettuces."""
    c = Canvas(SKY)
    c.disc(180, 120, 60, SUN)
    c.oval(900, 330, 420, 150, "#8fae79")
    c.oval(250, 350, 380, 130, LEAF)
    c.box(0, 340, 1200, 675, MOSS)
    c.shape([(220, 350), (980, 350), (1090, 470), (110, 470)], EARTH)
    for row, (y, size) in enumerate(((370, 34), (440, 46))):
        for column in range(7):
            x = 270 + column * 110 if row == 0 else 200 + column * 133
            colour = LEAF if (row + column) % 3 else "#8a5a6b"
            for angle in range(180, 361, 30):
                c.disc(*around(x, y, size * 0.6, angle), size * 0.45, colour)
            c.disc(x, y - size * 0.2, size * 0.42, "#c3d79a" if colour == LEAF else "#a97688")
    for number in range(2):
        top = 470 + number * 66
        c.box(110, top, 1090, top + 62, WOOD, 4)
        c.box(110, top, 1090, top + 10, "#dcae78", 4)
        c.stroke([(180, top + 34), (420, top + 28), (640, top + 38)], "#b17c44", 4)
        c.stroke([(760, top + 40), (1000, top + 32)], "#b17c44", 4)
    for x in (104, 1056):
        c.box(x, 450, x + 40, 614, BARK, 4)
    return c


def decking() -> Canvas:
    """A deck half grey and half clean, with a brush."""
    c = Canvas(SKY)
    c.oval(200, 250, 320, 140, LEAF)
    c.oval(880, 240, 460, 160, "#8fae79")
    c.box(0, 250, 1200, 675, EARTH)
    for number in range(8):
        top = 250 + number * 54
        c.box(0, top, 1200, top + 50, "#a9a79f" if number % 2 else "#b5b3ab")
        edge = 640 + (number * 67) % 110
        c.box(0, top, edge, top + 50, "#c8935a" if number % 2 else "#d3a26c")
        c.stroke([(60, top + 24), (250, top + 18), (480, top + 28)], "#b17c44", 3)
        c.stroke([(860, top + 26), (1020, top + 20), (1160, top + 28)], "#98968e", 3)
    c.stroke([(760, 430), (1010, 90)], BARK, 20)
    c.shape(turned([(640, 420), (860, 420), (860, 464), (640, 464)], (750, 440), 14), CLAY)
    for step in range(11):
        x = 650 + step * 20
        c.stroke(turned([(x, 466), (x - 4, 504)], (750, 440), 14), BUTTER, 11)
    c.shape([(130, 420), (280, 420), (264, 560), (146, 560)], TEAL)
    c.oval(205, 420, 75, 18, LAGOON)
    c.oval(205, 424, 60, 11, WHITE)
    c.arc(205, 420, 84, (190, 350), INK, 6)
    return c
