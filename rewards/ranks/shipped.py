"""The ladder that an installation starts with; from then on it is the brand's.

The first three are reached in days, the last two in years; each asks for about twice the points of the one before.
"""

from rewards.ranks.ladder import Rung


def _helper(answers: int, accepted: int = 0, people: int = 0) -> tuple[tuple[str, int], ...]:
    asked = {"answers": answers, "accepted": accepted, "people_helped": people}
    return tuple((name, least) for name, least in asked.items() if least)


SHIPPED = (
    Rung("new-face", "Nouvelle tête", "New face", "rank-1", "soft", is_marked=False),
    Rung("familiar-face", "Tête connue", "Familiar face", "rank-2", "soft", 15, 1, _helper(1)),
    Rung("helping-hand", "Coup de main", "Helping hand", "rank-3", "soft", 50, 3, _helper(3, 1)),
    Rung("sound-advice", "De bon conseil", "Sound advice", "rank-4", "accent", 120, 30, _helper(10, 3)),
    Rung("safe-hands", "Valeur sûre", "Safe hands", "rank-5", "accent", 300, 90, _helper(25, 8, 5)),
    Rung("point-of-reference", "Référence", "Point of reference", "rank-6", "accent", 700, 180, _helper(50, 20, 12),
         is_mailed=True),
    Rung("pillar", "Pilier", "Pillar", "rank-7", "bright", 1500, 365, _helper(100, 45, 30), is_mailed=True),
    Rung("living-memory", "Mémoire vivante", "Living memory", "rank-8", "bright", 3000, 730, _helper(200, 100, 60),
         is_mailed=True),
)  # fmt: skip
