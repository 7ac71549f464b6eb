"""Drawings of tools and the covers of the sections."""

from deploy.demo.drawings.canvas import (
    BARK,
    BRICK,
    BUTTER,
    CLAY,
    CREAM,
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
    WATER,
    WHITE,
    WOOD,
    Canvas,
    around,
    turned,
)


def _spiral(c: Canvas, x: float, top: float, bottom: float, width: float) -> None:
    """A drill bit's fluted body."""
    c.box(x - width, top, x + width, bottom, STEEL, 4)
    for y in range(int(top) + 10, int(bottom) - 30, 44):
        c.stroke([(x - width + 4, y + 34), (x + width - 4, y)], SILVER, 9)


def drill_bits() -> Canvas:
    """Five bits side by side, each with another tip."""
    c = Canvas("#efe6d6")
    c.box(90, 470, 1110, 610, WOOD, 16)
    c.box(90, 470, 1110, 490, "#dcae78", 10)
    for number, x in enumerate((200, 400, 600, 800, 1000)):
        c.oval(x, 486, 44, 10, BARK)
        if number == 1:
            c.box(x - 7, 200, x + 7, 486, STEEL)
            c.shape([(x - 50, 130), (x + 50, 130), (x + 50, 216), (x - 50, 216)], STEEL)
            c.shape([(x - 50, 130), (x - 12, 130), (x, 76), (x + 12, 130), (x + 50, 130), (x, 150)], SILVER)
        elif number == 4:
            c.box(x - 9, 190, x + 9, 486, STEEL)
            c.shape([(x, 92), (x + 34, 176), (x + 10, 200), (x - 10, 200), (x - 34, 176)], SUN)
            c.stroke([(x, 112), (x, 188)], BUTTER, 5)
        else:
            _spiral(c, x, 170, 486, 18 if number != 3 else 24)
    c.shape([(182, 170), (182, 138), (192, 156), (200, 112), (208, 156), (218, 138), (218, 170)], SILVER)
    c.shape([(582, 172), (600, 128), (618, 172)], SILVER)
    c.shape([(764, 172), (764, 150), (800, 118), (836, 150), (836, 172)], CLAY)
    for x, colour in ((200, LEAF), (400, LEAF), (600, TEAL), (800, CLAY), (1000, SUN)):
        c.box(x - 46, 536, x + 46, 568, colour, 16)
    return c


def cover_plumbing() -> Canvas:
    """Copper pipes, bends and a red valve wheel."""
    c = Canvas(MIST)
    c.disc(760, 330, 300, SKY)
    for points in (
        [(-40, 200), (420, 200), (420, 470), (1260, 470)],
        [(-40, 520), (240, 520), (240, 720)],
        [(820, -40), (820, 240), (1260, 240)],
    ):
        c.stroke(points, "#b8643f", 74)
        c.stroke(points, CLAY, 62)
        c.stroke([(x, y - 14) for x, y in points], "#dd9470", 12)
    for x, y in ((330, 200), (560, 470), (1040, 470), (960, 240), (120, 520)):
        c.box(x - 24, y - 48, x + 24, y + 48, "#a9553a", 10)
    c.box(700, 416, 860, 524, "#d7a944", 18)
    c.box(762, 350, 798, 420, "#b98d2f", 6)
    c.ring(780, 330, 74, BRICK, 20)
    for angle in (20, 92, 164, 236, 308):
        c.stroke([(780, 330), around(780, 330, 62, angle)], BRICK, 14)
    c.disc(780, 330, 22, INK)
    c.drop(420, 590, 24, WATER)
    c.oval(412, 596, 5, 10, WHITE)
    return c


def cover_electricity() -> Canvas:
    """A lit bulb on its cord and a switch."""
    c = Canvas(NIGHT)
    c.disc(520, 330, 300, "#2b4e59")
    c.disc(520, 330, 226, "#3a6069")
    c.stroke([(520, -20), (520, 150)], INK, 14)
    c.box(476, 130, 564, 216, STEEL, 12)
    for y in (150, 174, 198):
        c.box(470, y, 570, y + 9, SILVER, 4)
    c.shape([(478, 214), (562, 214), (590, 270), (450, 270)], SUN)
    c.disc(520, 342, 116, SUN)
    c.disc(520, 342, 90, BUTTER)
    c.stroke([(490, 240), (490, 330), (505, 300), (520, 330), (535, 300), (550, 330), (550, 240)], CLAY, 6)
    for angle in range(0, 360, 45):
        if angle != 270:
            c.stroke([around(520, 342, 160, angle), around(520, 342, 204, angle)], SUN, 12)
    c.box(860, 250, 1030, 430, CREAM, 20)
    c.box(900, 284, 990, 396, WHITE, 12)
    c.shape([(900, 340), (990, 340), (982, 396), (908, 396)], SILVER)
    c.disc(945, 312, 8, LEAF)
    c.box(0, 600, 1200, 675, "#1b343d")
    return c


def cover_walls() -> Canvas:
    """Three paint pots, a brush and samples of colour."""
    c = Canvas("#f3e6d3")
    for number, colour in enumerate((TEAL, LAGOON, "#9fcfca", MIST, BUTTER, SUN, CLAY)):
        c.box(120 + number * 140, 70, 240 + number * 140, 230, colour, 12)
        c.box(120 + number * 140, 190, 240 + number * 140, 230, WHITE, 12)
        c.box(140 + number * 140, 206, 200 + number * 140, 214, STONE, 4)
    c.box(0, 570, 1200, 675, SAND)
    for left, colour, light in ((150, TEAL, LAGOON), (420, CLAY, "#db9069"), (690, SUN, BUTTER)):
        c.box(left, 350, left + 220, 590, SILVER, 14)
        c.box(left, 410, left + 220, 530, colour)
        c.box(left, 410, left + 40, 530, light)
        c.oval(left + 110, 352, 110, 28, STEEL)
        c.oval(left + 110, 350, 94, 20, colour)
        c.shape([(left + 150, 356), (left + 182, 356), (left + 176, 440), (left + 158, 440)], colour)
    brush = (1010, 430)
    c.stroke(turned([(1010, 470), (1010, 590)], brush, 18), BARK, 34)
    c.shape(turned([(966, 400), (1054, 400), (1040, 476), (980, 476)], brush, 18), STEEL)
    c.shape(turned([(962, 300), (1058, 300), (1054, 404), (966, 404)], brush, 18), BUTTER)
    c.shape(turned([(962, 276), (1010, 262), (1058, 276), (1057, 330), (963, 330)], brush, 18), TEAL)
    return c


def cover_floors() -> Canvas:
    """Patterned tiles, one still to lay, and a trowel."""
    c = Canvas(STONE)
    for row in range(4):
        for column in range(7):
            x, y = column * 180, row * 180 - 20
            if (row, column) == (2, 4):
                c.box(x + 4, y + 4, x + 176, y + 176, "#a99c8a")
                for step in range(5):
                    c.stroke([(x + 20, y + 30 + step * 30), (x + 160, y + 30 + step * 30)], "#bdb1a0", 9)
                continue
            c.box(x + 4, y + 4, x + 176, y + 176, CREAM if (row + column) % 2 else MIST, 4)
            ink = TEAL if (row + column) % 2 else CLAY
            for corner in ((x + 4, y + 4), (x + 176, y + 4), (x + 4, y + 176), (x + 176, y + 176)):
                across = 1 if corner[0] == x + 4 else -1
                down = 1 if corner[1] == y + 4 else -1
                c.shape([corner, (corner[0] + 52 * across, corner[1]), (corner[0], corner[1] + 52 * down)], ink)
            c.shape([(x + 90, y + 40), (x + 140, y + 90), (x + 90, y + 140), (x + 40, y + 90)], ink)
            c.disc(x + 90, y + 90, 18, CREAM)
    middle = (520, 430)
    c.shape(turned([(420, 350), (640, 350), (640, 510), (420, 510)], middle, -16), STEEL)
    c.shape(turned([(420, 350), (640, 350), (640, 374), (420, 374)], middle, -16), SILVER)
    c.stroke(turned([(470, 436), (590, 436)], middle, -16), BARK, 44)
    return c


def cover_heating() -> Canvas:
    """A warm house in the cold and a dial."""
    c = Canvas("#cfe0e6")
    for x, y in (
        (90, 90),
        (250, 190),
        (420, 70),
        (180, 380),
        (640, 120),
        (800, 60),
        (1120, 80),
        (60, 520),
        (1000, 200),
    ):
        c.disc(x, y, 9, WHITE)
    c.oval(600, 690, 800, 140, WHITE)
    c.box(230, 320, 640, 600, CREAM)
    c.shape([(190, 330), (435, 130), (680, 330)], BRICK)
    c.box(540, 150, 590, 270, BRICK)
    c.box(530, 140, 600, 164, INK, 4)
    for x, y, size in ((572, 104, 22), (600, 66, 28), (644, 30, 34)):
        c.disc(x, y, size, WHITE)
    for x in (280, 480):
        c.box(x, 380, x + 110, 480, SUN, 6)
        c.box(x + 51, 380, x + 59, 480, CREAM)
        c.box(x, 426, x + 110, 434, CREAM)
    c.box(400, 470, 470, 600, TEAL, 6)
    c.disc(456, 540, 6, SUN)
    c.disc(900, 330, 190, WHITE)
    c.arc(900, 330, 160, (140, 400), SILVER, 26)
    c.arc(900, 330, 160, (140, 300), CLAY, 26)
    c.disc(900, 330, 112, CREAM)
    c.stroke([around(900, 330, 60, 300), around(900, 330, 96, 300)], CLAY, 14)
    c.box(876, 270, 908, 360, MIST, 16)
    c.box(882, 302, 902, 370, CLAY, 10)
    c.disc(892, 374, 26, CLAY)
    return c


def cover_windows() -> Canvas:
    """A front door, a window and its two shutters."""
    c = Canvas("#efe0c9")
    c.box(0, 600, 1200, 675, STONE)
    c.box(180, 140, 480, 610, WHITE, 10)
    c.box(206, 166, 454, 610, TEAL, 6)
    for top, bottom in ((190, 300), (330, 440), (470, 580)):
        c.box(232, top, 428, bottom, "#2b8b8c", 6)
    c.box(232, 190, 428, 300, SKY, 6)
    c.box(326, 190, 334, 300, TEAL)
    c.disc(424, 400, 14, SUN)
    c.box(150, 600, 510, 630, SAND, 4)
    c.box(700, 180, 960, 520, WHITE, 8)
    c.box(722, 202, 938, 498, SKY)
    c.shape([(722, 498), (722, 440), (800, 400), (880, 446), (938, 416), (938, 498)], LEAF)
    c.box(824, 202, 836, 498, WHITE)
    c.box(722, 340, 938, 352, WHITE)
    for left in (576, 964):
        c.box(left, 180, left + 120, 520, LAGOON, 6)
        for number in range(12):
            c.box(left + 14, 200 + number * 26, left + 106, 214 + number * 26, "#4c9a98", 4)
    c.box(680, 514, 980, 546, CREAM, 6)
    for x, colour in ((730, CLAY), (790, SUN), (850, CLAY), (910, SUN)):
        c.disc(x, 508, 24, MOSS)
        c.disc(x, 492, 15, colour)
    c.box(700, 516, 950, 560, BRICK, 8)
    return c


def cover_garden() -> Canvas:
    """A watering can, flowers and a shed."""
    c = Canvas(SKY)
    c.disc(190, 130, 66, SUN)
    c.oval(300, 440, 480, 170, "#b3cc8f")
    c.oval(1000, 430, 460, 180, LEAF)
    c.box(0, 450, 1200, 675, MOSS)
    c.box(800, 270, 1060, 480, WOOD)
    c.shape([(776, 280), (930, 160), (1084, 280)], BRICK)
    for x in range(830, 1060, 44):
        c.box(x, 284, x + 4, 480, BARK)
    c.box(890, 340, 970, 480, BARK, 4)
    c.disc(956, 412, 6, SUN)
    c.box(360, 370, 570, 580, TEAL, 26)
    c.oval(465, 374, 105, 24, "#2b8b8c")
    c.stroke([(370, 530), (260, 450), (200, 380)], TEAL, 36)
    c.shape(turned([(160, 350), (240, 350), (222, 392), (178, 392)], (200, 372), -42), NIGHT)
    c.arc(570, 470, 92, (-90, 90), TEAL, 24)
    for x, y in ((140, 430), (110, 480), (160, 500), (124, 540)):
        c.drop(x, y, 8, WATER)
    for x, y, colour in (
        (90, 580, CLAY),
        (170, 600, SUN),
        (250, 590, WHITE),
        (650, 560, SUN),
        (730, 600, CLAY),
        (1120, 570, WHITE),
    ):
        c.stroke([(x, y + 70), (x, y)], FOREST, 8)
        for angle in range(0, 360, 60):
            c.disc(*around(x, y, 18, angle), 13, colour)
        c.disc(x, y, 12, BUTTER if colour != SUN else BRICK)
    return c


def cover_tools() -> Canvas:
    """A hammer, a screwdriver and a spanner on a pegboard."""
    c = Canvas("#e2cfb0")
    for row in range(12):
        for column in range(21):
            c.disc(30 + column * 57, 30 + row * 57, 6, "#cdb792")
    c.box(320, 220, 366, 590, WOOD, 18)
    c.box(320, 430, 366, 590, CLAY, 18)
    c.box(250, 130, 400, 226, INK, 12)
    c.shape([(392, 140), (500, 120), (520, 190), (486, 170), (392, 216)], INK)
    c.box(232, 142, 262, 214, STEEL, 6)
    c.box(590, 330, 610, 600, STEEL, 4)
    c.shape([(584, 592), (616, 592), (606, 626), (594, 626)], STEEL)
    c.box(556, 110, 644, 344, TEAL, 36)
    for x in (576, 596, 616):
        c.box(x, 140, x + 8, 310, LAGOON, 4)
    c.box(830, 200, 890, 500, STEEL, 10)
    c.box(848, 240, 872, 460, SILVER, 10)
    c.disc(860, 170, 86, STEEL)
    c.shape([(824, 60), (896, 60), (896, 176), (860, 206), (824, 176)], "#e2cfb0")
    c.disc(860, 540, 70, STEEL)
    hexagon = [around(860, 540, 38, angle) for angle in range(0, 360, 60)]
    c.shape(hexagon, "#e2cfb0")
    for x in (343, 600, 860):
        c.disc(x, 96 if x != 860 else 250, 10, SUN)
    return c


def home() -> Canvas:
    """A house being mended: ladder, half-painted front, tree."""
    c = Canvas(SKY)
    c.disc(1030, 130, 70, SUN)
    c.oval(250, 640, 560, 160, LEAF)
    c.oval(1000, 660, 520, 150, "#b3cc8f")
    c.box(0, 600, 1200, 675, MOSS)
    c.box(360, 280, 840, 610, CREAM)
    c.shape([(360, 280), (600, 280), (580, 360), (612, 440), (584, 530), (604, 610), (360, 610)], LAGOON)
    c.shape([(310, 292), (600, 90), (890, 292)], BRICK)
    c.box(700, 110, 756, 230, CLAY)
    c.box(690, 100, 766, 124, INK, 4)
    for x in (410, 690):
        c.box(x, 340, x + 110, 450, WHITE, 6)
        c.box(x + 12, 352, x + 98, 438, MIST)
        c.box(x + 51, 352, x + 59, 438, WHITE)
        c.box(x + 12, 391, x + 98, 399, WHITE)
    c.box(556, 440, 646, 610, TEAL, 6)
    c.disc(628, 530, 8, SUN)
    c.disc(600, 210, 34, WHITE)
    c.disc(600, 210, 24, MIST)
    for x in (820, 890):
        c.stroke([(x + 60, 612), (x, 220)], WOOD, 14)
    for step in range(7):
        c.stroke([(829 + step * 8, 280 + step * 50), (899 + step * 8, 280 + step * 50)], BARK, 11)
    c.box(180, 420, 214, 610, BARK)
    for x, y, size in ((196, 340, 104), (130, 400, 70), (266, 400, 74)):
        c.disc(x, y, size, FOREST if size > 80 else "#4a7051")
    c.shape([(980, 540), (1060, 540), (1050, 612), (990, 612)], SILVER)
    c.oval(1020, 540, 40, 10, LAGOON)
    return c
