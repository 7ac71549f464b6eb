"""Drawings about water and heat: tap, cistern, shower, radiator, gauge."""

from deploy.demo.drawings.canvas import (
    BUTTER,
    CLAY,
    CREAM,
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
)


def tap() -> Canvas:
    """A mixer tap over a sink, one drop falling."""
    c = Canvas(MIST)
    for row in range(4):
        for column in range(-1, 8):
            left = column * 170 + (85 if row % 2 else 0)
            c.box(left + 4, row * 104 + 4, left + 166, row * 104 + 100, SKY, 6)
    c.box(0, 470, 1200, 675, WOOD)
    c.box(0, 470, 1200, 486, "#dcae78")
    c.box(470, 486, 1010, 675, "#b3c0c3", 26)
    c.box(490, 500, 990, 700, SILVER, 22)
    c.box(490, 640, 990, 700, "#aebbbe")
    c.box(330, 448, 450, 474, STEEL, 8)
    c.box(355, 250, 425, 455, STEEL, 8)
    c.box(355, 250, 375, 455, SILVER, 8)
    c.arc(555, 262, 193, (180, 360), STEEL, 56)
    c.arc(555, 262, 189, (186, 300), SILVER, 12)
    c.box(686, 258, 754, 296, INK, 8)
    c.stroke([(390, 330), (270, 296)], STEEL, 34)
    c.disc(262, 294, 24, CLAY)
    c.drop(720, 372, 22, WATER)
    c.oval(713, 378, 5, 9, WHITE)
    c.oval(720, 560, 62, 10, WATER)
    c.oval(720, 558, 34, 5, MIST)
    c.box(1050, 380, 1120, 474, LEAF, 14)
    c.box(1070, 352, 1100, 384, WHITE, 6)
    return c


def cistern() -> Canvas:
    """A toilet cistern cut open: float, overflow, flush valve."""
    c = Canvas(CREAM)
    c.box(0, 0, 1200, 330, "#e9efe6")
    c.box(0, 326, 1200, 336, SAND)
    c.box(0, 610, 1200, 675, STONE)
    c.box(330, 110, 870, 470, WHITE, 34)
    c.box(352, 150, 848, 448, SKY, 20)
    c.box(352, 232, 848, 448, "#9bcbe0", 20)
    c.box(352, 232, 848, 262, "#9bcbe0")
    c.box(352, 228, 848, 236, WATER)
    c.box(310, 92, 890, 132, WHITE, 18)
    c.box(310, 122, 890, 134, SILVER, 6)
    c.box(560, 76, 640, 96, STEEL, 8)
    c.box(570, 190, 630, 440, TEAL, 8)
    c.box(540, 390, 660, 448, NIGHT, 10)
    c.box(586, 134, 614, 200, STEEL)
    c.box(672, 208, 700, 440, LAGOON, 6)
    c.box(400, 180, 424, 448, STEEL, 4)
    c.stroke([(412, 200), (486, 232)], INK, 10)
    c.box(456, 206, 522, 284, CLAY, 16)
    c.box(456, 206, 472, 284, "#db9069", 12)
    for x, y in ((740, 300), (774, 350), (738, 400)):
        c.disc(x, y, 8, SKY)
    c.shape([(390, 470), (810, 470), (770, 560), (700, 624), (500, 624), (430, 560)], WHITE)
    c.box(370, 466, 830, 500, SILVER, 14)
    c.box(180, 412, 336, 428, STEEL, 6)
    c.disc(210, 420, 26, SUN)
    c.box(1000, 440, 1070, 610, LEAF, 20)
    c.box(980, 590, 1090, 614, NIGHT, 8)
    return c


def shower_silicone() -> Canvas:
    """A shower corner whose joint is spotted black."""
    c = Canvas(MIST)
    for row in range(5):
        for column in range(8):
            shade = SKY if (row + column) % 3 else "#c3dfdf"
            c.box(column * 152 + 4, row * 92 + 4, column * 152 + 148, row * 92 + 88, shade, 4)
    c.shape([(0, 470), (1200, 470), (1200, 675), (0, 675)], WHITE)
    c.box(0, 452, 1200, 486, "#efe9dd", 8)
    c.box(0, 486, 1200, 500, SILVER)
    spots = ((120, 9), (150, 6), (238, 12), (262, 7), (300, 10), (420, 6), (560, 11), (584, 8), (612, 13), (640, 6))
    for x, radius in (*spots, (770, 8), (905, 11), (930, 7), (1040, 9), (1066, 13), (1100, 6)):
        c.oval(x, 468, radius * 1.3, radius * 0.8, NIGHT)
    c.oval(600, 600, 90, 24, SILVER)
    c.oval(600, 600, 60, 14, STEEL)
    c.stroke([(960, 60), (960, 300)], STEEL, 18)
    c.stroke([(960, 60), (880, 40), (800, 60)], STEEL, 18)
    c.shape([(740, 104), (860, 104), (830, 62), (770, 62)], INK)
    for x in (756, 788, 820, 848):
        c.stroke([(x, 126), (x - 8, 190)], WATER, 5)
    c.disc(960, 300, 34, SILVER)
    c.disc(960, 300, 18, CLAY)
    return c


def radiator() -> Canvas:
    """A radiator under a window, with bleed key and cup."""
    c = Canvas("#f3e3cf")
    c.box(0, 560, 1200, 675, WOOD)
    c.box(0, 548, 1200, 566, WHITE)
    for x in range(0, 1200, 240):
        c.box(x, 560, x + 3, 675, "#b5834d")
    c.box(330, 0, 870, 130, WHITE)
    c.box(350, 0, 850, 108, SKY)
    c.box(594, 0, 606, 108, WHITE)
    c.box(310, 122, 890, 146, SAND, 6)
    c.box(270, 232, 960, 256, SILVER, 10)
    c.box(270, 480, 960, 504, SILVER, 10)
    for number in range(9):
        left = 282 + number * 75
        c.box(left, 205, left + 62, 530, WHITE, 28)
        c.box(left, 360, left + 62, 530, "#f0c3a4", 28)
        c.box(left, 360, left + 62, 400, "#f0c3a4")
        c.box(left, 352, left + 62, 366, "#f7dcc6")
        c.box(left + 10, 225, left + 18, 510, CREAM, 4)
    for x in (312, 930):
        c.box(x - 14, 526, x + 14, 562, STEEL, 4)
    c.stroke([(246, 492), (200, 492), (200, 556)], STEEL, 16)
    c.box(216, 460, 262, 524, CLAY, 14)
    c.box(956, 228, 990, 258, "#d7a944", 6)
    c.stroke([(990, 243), (1036, 243)], INK, 12)
    c.stroke([(1036, 216), (1036, 270)], INK, 16)
    c.shape([(1010, 420), (1100, 420), (1090, 500), (1020, 500)], SKY)
    c.shape([(1014, 452), (1096, 452), (1090, 500), (1020, 500)], "#6f8791")
    c.drop(1052, 372, 12, WATER)
    c.box(990, 500, 1140, 512, BUTTER, 4)
    c.box(1010, 512, 1020, 560, BUTTER)
    c.box(1110, 512, 1120, 560, BUTTER)
    return c


def boiler_gauge() -> Canvas:
    """A pressure gauge on copper pipes, needle below the green zone."""
    c = Canvas(CREAM)
    c.box(0, 0, 1200, 675, "#e7ece8")
    c.box(300, 0, 900, 96, WHITE, 0)
    c.box(300, 84, 900, 104, SILVER, 6)
    for x in (380, 500, 740, 840):
        c.box(x, 100, x + 34, 675, CLAY)
        c.box(x, 100, x + 10, 675, "#dd9470")
        c.box(x - 8, 150, x + 42, 186, "#b8643f", 6)
    c.disc(600, 372, 236, "#cfc9bd")
    c.disc(600, 366, 232, INK)
    c.disc(600, 366, 210, WHITE)
    c.arc(600, 366, 180, (135, 405), SILVER, 26)
    c.arc(600, 366, 180, (135, 192), CLAY, 26)
    c.arc(600, 366, 180, (215, 265), LEAF, 26)
    c.arc(600, 366, 180, (350, 405), CLAY, 26)
    for step in range(11):
        c.stroke([around(600, 366, 132, 135 + step * 27), around(600, 366, 148, 135 + step * 27)], INK, 6)
    c.stroke([around(600, 366, -36, 165), around(600, 366, 140, 165)], NIGHT, 14)
    c.disc(600, 366, 24, NIGHT)
    c.disc(600, 366, 9, SUN)
    c.box(545, 470, 655, 504, MIST, 8)
    return c
