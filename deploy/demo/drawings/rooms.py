"""Drawings about walls and floors: cracks, damp, partitions, paint, boards, tiles, sockets, lofts."""

import math

from deploy.demo.drawings.canvas import (
    BARK,
    BRICK,
    BUTTER,
    CLAY,
    CREAM,
    EARTH,
    INK,
    LAGOON,
    LEAF,
    MIST,
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


def wall_crack() -> Canvas:
    """A crack rising from the corner of a window."""
    c = Canvas("#efe3cf")
    c.box(0, 590, 1200, 675, WOOD)
    c.box(0, 560, 1200, 596, WHITE)
    c.box(120, 250, 560, 560, WHITE, 8)
    c.box(146, 276, 534, 534, SKY)
    c.shape([(146, 534), (146, 470), (240, 440), (390, 492), (534, 452), (534, 534)], LEAF)
    c.shape([(146, 534), (146, 514), (330, 486), (534, 512), (534, 534)], "#86a85f")
    c.box(146, 530, 534, 552, WHITE)
    c.box(332, 276, 348, 534, WHITE)
    c.box(146, 396, 534, 410, WHITE)
    c.box(96, 548, 584, 574, SAND, 6)
    path = [(560, 250), (622, 214), (640, 180), (724, 158), (752, 108), (842, 92), (872, 44), (960, 20)]
    c.stroke([(x + 3, y + 4) for x, y in path], "#dccdb3", 10)
    c.stroke(path, EARTH, 5)
    c.stroke([(724, 158), (772, 176), (790, 210)], EARTH, 4)
    c.stroke([(640, 180), (628, 132)], EARTH, 3)
    c.stroke([(676, 120), (716, 220)], TEAL, 5)
    c.box(850, 230, 1050, 330, WHITE, 10)
    for y in (258, 284, 308):
        c.box(874, y, 1026 if y < 300 else 960, y + 7, STONE, 3)
    blade = turned([(740, 470), (860, 470), (840, 560), (760, 560)], (800, 440), 24)
    c.shape(blade, SILVER)
    c.stroke(turned([(800, 470), (800, 340)], (800, 440), 24), CLAY, 38)
    return c


def damp_wall() -> Canvas:
    """The foot of a wall, darkened by water, with white salts."""
    c = Canvas("#efe6d4")
    tide = [(x, 344 + 22 * math.sin(x / 93) + 12 * math.sin(x / 41)) for x in range(0, 1201, 8)]
    c.shape([*tide, (1200, 675), (0, 675)], "#d8c7a8")
    c.shape([*((x, y + 54) for x, y in tide), (1200, 675), (0, 675)], "#cbb896")
    c.shape([*((x, y + 118) for x, y in tide), (1200, 675), (0, 675)], "#bca781")
    for x, y, size in ((180, 430, 26), (230, 452, 16), (470, 420, 30), (530, 440, 18), (800, 400, 32), (1040, 430, 22)):
        c.oval(x, y, size * 1.6, size * 0.7, WHITE)
        c.oval(x + size, y + 14, size, size * 0.4, CREAM)
    for x in (90, 360, 650, 900, 1120):
        c.drop(x, 500, 11, WATER)
    c.box(0, 548, 1200, 604, WHITE)
    c.box(0, 548, 1200, 556, SILVER)
    c.box(0, 604, 1200, 675, WOOD)
    for x in range(-40, 1200, 210):
        c.box(x, 604, x + 3, 675, BARK)
    c.box(500, 90, 700, 250, WHITE, 8)
    c.box(516, 106, 684, 234, MIST)
    c.shape([(516, 234), (580, 156), (624, 200), (650, 176), (684, 234)], LAGOON)
    c.disc(650, 136, 14, SUN)
    c.shape(turned([(930, 160), (1060, 160), (1060, 290), (930, 290)], (995, 225), 4), SILVER)
    for x, y in ((930, 160), (1060, 160), (930, 290), (1060, 290)):
        c.shape(turned([(x - 26, y - 10), (x + 26, y - 10), (x + 26, y + 10), (x - 26, y + 10)], (x, y), 40), BUTTER)
    return c


def plasterboard() -> Canvas:
    """A shelf with books on a partition whose studs show."""
    c = Canvas("#e9e4da")
    c.box(760, 0, 1200, 600, "#bfae95")
    for x in (800, 990, 1172):
        c.box(x, 0, x + 34, 600, SILVER)
        c.box(x, 0, x + 8, 600, STEEL)
    c.box(760, 560, 1200, 600, STEEL)
    c.shape([(760, 0), (800, 90), (772, 210), (812, 330), (780, 470), (806, 600), (720, 600), (720, 0)], WHITE)
    c.shape([(740, 0), (780, 90), (752, 210), (792, 330), (760, 470), (786, 600), (700, 600), (700, 0)], "#e9e4da")
    c.box(0, 590, 1200, 675, WOOD)
    c.box(0, 570, 740, 600, WHITE)
    c.box(150, 316, 650, 342, BARK, 6)
    for x in (230, 550):
        c.box(x, 342, x + 14, 440, INK, 4)
        c.shape([(x + 14, 342), (x + 74, 342), (x + 14, 412)], INK)
        c.shape([(x + 14, 356), (x + 50, 356), (x + 14, 396)], "#e9e4da")
        for y in (372, 420):
            c.disc(x + 7, y, 5, SUN)
    books = (
        (180, 40, 150, TEAL),
        (222, 34, 130, SUN),
        (258, 48, 164, CLAY),
        (308, 30, 140, NIGHT),
        (340, 44, 120, LEAF),
    )
    for x, width, height, colour in books:
        c.box(x, 316 - height, x + width, 316, colour, 4)
        c.box(x + 8, 316 - height + 22, x + width - 8, 316 - height + 30, CREAM)
    c.shape(turned([(394, 176), (430, 176), (430, 316), (394, 316)], (412, 316), 14), LAGOON)
    c.box(530, 262, 610, 316, CREAM, 12)
    for angle in (230, 260, 285, 315):
        c.stroke([(570, 264), around(570, 264, 84, angle)], "#6f8f52", 14)
    c.stroke([(860, 250), (960, 250)], STEEL, 16)
    c.shape([(856, 228), (856, 272), (836, 262), (836, 238)], INK)
    c.stroke([(960, 250), (934, 214)], SUN, 8)
    c.stroke([(960, 250), (934, 286)], SUN, 8)
    return c


def paint_roller() -> Canvas:
    """A roller leaving a wide painted stripe."""
    c = Canvas("#f1e7d6")
    c.box(90, 0, 400, 600, LAGOON)
    c.box(380, 0, 690, 470, "#6ab8b5")
    c.box(380, 0, 400, 470, "#55a3a1")
    c.box(0, 580, 1200, 675, WOOD)
    c.box(0, 560, 1200, 592, WHITE)
    c.box(372, 150, 698, 250, TEAL, 40)
    c.box(372, 150, 698, 184, "#2b8b8c", 30)
    c.stroke([(698, 200), (760, 200), (760, 320), (560, 320), (560, 400)], STEEL, 16)
    c.box(532, 396, 588, 560, CLAY, 22)
    c.box(544, 410, 556, 540, "#db9069", 6)
    c.shape([(840, 420), (1090, 420), (1070, 580), (860, 580)], WHITE)
    c.oval(965, 420, 125, 30, SILVER)
    c.oval(965, 422, 108, 22, LAGOON)
    c.shape([(858, 470), (1080, 470), (1074, 520), (864, 520)], MIST)
    c.arc(965, 420, 130, (185, 355), STEEL, 6)
    c.shape([(1030, 430), (1056, 430), (1052, 500), (1042, 520), (1034, 500)], LAGOON)
    return c


def floorboards() -> Canvas:
    """Boards from above, one row of screws and a screwdriver."""
    c = Canvas(WOOD)
    shades = ("#cf9b62", "#c18b50", "#d3a26c", "#bd874d", "#c9935a")
    for row in range(5):
        top = row * 135
        for column in range(-1, 4):
            left = column * 420 + (row * 173) % 420
            c.box(left + 3, top + 3, left + 417, top + 132, shades[(row * 2 + column) % 5], 4)
            c.stroke([(left + 50, top + 44), (left + 190, top + 38), (left + 350, top + 48)], "#b17c44", 3)
            c.stroke([(left + 80, top + 92), (left + 240, top + 100), (left + 370, top + 90)], "#b17c44", 3)
    c.oval(830, 200, 26, 14, BARK)
    c.oval(830, 200, 14, 7, EARTH)
    for row in range(5):
        for y in (row * 135 + 34, row * 135 + 100):
            c.disc(420, y, 13, "#8e979a")
            c.stroke([(413, y - 7), (427, y + 7)], INK, 4)
            c.stroke([(427, y - 7), (413, y + 7)], INK, 4)
    centre = (720, 420)
    c.stroke(turned([(560, 420), (760, 420)], centre, -24), SILVER, 16)
    c.stroke(turned([(790, 420), (960, 420)], centre, -24), CLAY, 56)
    c.stroke(turned([(800, 406), (950, 406)], centre, -24), "#db9069", 10)
    return c


def drill_tile() -> Canvas:
    """A drill facing tiles; one carries a cross of tape."""
    c = Canvas(SILVER)
    for row in range(4):
        for column in range(3):
            c.box(column * 190 + 4, row * 180 - 30, column * 190 + 184, row * 180 + 144, "#f3f0e8", 6)
            c.box(column * 190 + 16, row * 180 - 18, column * 190 + 172, row * 180 - 8, WHITE, 5)
    c.box(570, 0, 1200, 675, MIST)
    c.box(560, 0, 574, 675, STONE)
    for angle in (45, -45):
        c.shape(turned([(270, 316), (490, 316), (490, 352), (270, 352)], (380, 334), angle), BUTTER)
    c.disc(380, 334, 8, INK)
    c.stroke([(420, 334), (560, 334)], STEEL, 16)
    c.shape([(398, 334), (424, 316), (424, 352)], SUN)
    c.shape([(550, 304), (650, 286), (650, 382), (550, 364)], INK)
    c.box(640, 262, 960, 406, TEAL, 34)
    c.box(660, 278, 930, 300, LAGOON, 10)
    c.shape([(800, 390), (930, 390), (968, 590), (846, 590)], TEAL)
    c.box(820, 580, 1000, 650, INK, 16)
    c.box(776, 404, 810, 452, CLAY, 10)
    for x in (870, 894, 918):
        c.box(x, 320, x + 10, 380, NIGHT, 4)
    c.box(700, 322, 790, 352, CREAM, 10)
    return c


def socket() -> Canvas:
    """A pair of wall sockets, a plug and a two-probe tester."""
    c = Canvas("#e4ead9")
    c.box(0, 590, 1200, 675, WOOD)
    c.box(0, 556, 1200, 598, WHITE)
    c.box(186, 176, 694, 446, "#cdd5c2", 30)
    c.box(180, 166, 688, 436, WHITE, 30)
    for x in (310, 556):
        c.disc(x, 301, 94, SILVER)
        c.disc(x, 301, 84, CREAM)
        c.disc(x - 36, 301, 13, INK)
        c.disc(x + 36, 301, 13, INK)
        c.disc(x, 262, 9, STEEL)
    c.box(900, 200, 1020, 470, SUN, 24)
    c.box(922, 226, 998, 290, NIGHT, 8)
    for number, colour in enumerate((LEAF, LEAF, STEEL, STEEL)):
        c.box(930 + number * 17, 240, 941 + number * 17, 276, colour, 3)
    c.disc(960, 350, 34, CLAY)
    c.stroke([(960, 350), (960, 326)], CREAM, 8)
    for end, colour in ((790, CLAY), (850, INK)):
        c.stroke([(940 if colour == CLAY else 980, 470), (930, 540), (870, 540), (end, 470), (end, 380)], colour, 9)
        c.box(end - 14, 260, end + 14, 390, colour, 10)
        c.stroke([(end, 260), (end, 206)], STEEL, 8)
    return c


def loft() -> Canvas:
    """Rafters, a small window and rolls of wool between the joists."""
    c = Canvas("#b98f64")
    c.shape([(600, -60), (1200, 420), (1200, 675), (0, 675), (0, 420)], "#d9b98f")
    for x in (-120, 120, 360):
        c.stroke([(600 - x * 0.2, -40), (x - 40, 560)], BARK, 24)
        c.stroke([(600 + x * 0.2, -40), (1240 - x, 560)], BARK, 24)
    c.disc(600, 210, 84, BARK)
    c.disc(600, 210, 68, SKY)
    c.box(594, 142, 606, 278, BARK)
    c.box(532, 204, 668, 216, BARK)
    c.box(0, 470, 1200, 675, EARTH)
    for number in range(4):
        left = number * 300 + 34
        c.box(left, 446, left + 236, 660, BUTTER, 40)
        c.box(left, 560, left + 236, 675, BUTTER)
        for y in (490, 536, 582, 628):
            c.stroke([(left + 30, y), (left + 90, y - 12), (left + 150, y), (left + 206, y - 12)], SUN, 7)
    for x in (-26, 274, 574, 874, 1174):
        c.box(x, 440, x + 56, 675, WOOD)
        c.box(x, 440, x + 12, 675, "#dcae78")
    c.oval(960, 408, 150, 66, SUN)
    c.disc(840, 408, 66, BUTTER)
    c.ring(840, 408, 44, SUN, 8)
    c.ring(840, 408, 22, SUN, 8)
    c.box(60, 330, 210, 446, BRICK, 4)
    c.box(60, 374, 210, 384, SAND)
    return c
