"""Flat drawings of the demo community, made at load time so that no picture file is shipped."""

from collections.abc import Callable

from deploy.demo.drawings import outdoors, rooms, tools, water
from deploy.demo.drawings.canvas import Canvas

DRAWINGS: dict[str, Callable[[], Canvas]] = {
    "home": tools.home,
    "tap": water.tap,
    "cistern": water.cistern,
    "shower-silicone": water.shower_silicone,
    "radiator": water.radiator,
    "boiler-gauge": water.boiler_gauge,
    "loft": rooms.loft,
    "wall-crack": rooms.wall_crack,
    "damp-wall": rooms.damp_wall,
    "plasterboard": rooms.plasterboard,
    "paint-roller": rooms.paint_roller,
    "floorboards": rooms.floorboards,
    "drill-tile": rooms.drill_tile,
    "socket": rooms.socket,
    "window": outdoors.window,
    "shutter": outdoors.shutter,
    "mosquito-net": outdoors.mosquito_net,
    "lawn": outdoors.lawn,
    "compost": outdoors.compost,
    "raised-bed": outdoors.raised_bed,
    "decking": outdoors.decking,
    "drill-bits": tools.drill_bits,
    "cover-plumbing": tools.cover_plumbing,
    "cover-electricity": tools.cover_electricity,
    "cover-walls": tools.cover_walls,
    "cover-floors": tools.cover_floors,
    "cover-heating": tools.cover_heating,
    "cover-windows": tools.cover_windows,
    "cover-garden": tools.cover_garden,
    "cover-tools": tools.cover_tools,
}


def draw(name: str) -> bytes:
    """The drawing called `name` as a PNG of 1200 by 675; KeyError when there is none of that name."""
    return DRAWINGS[name]().png()
