"""How helpful an answer is, in one number by which answers are ordered."""

from datetime import datetime
from math import log, sqrt

HALF_LIFE_DAYS = 365.0
EPOCH_DAY = 20_000  # an arbitrary origin (2024-10-04) that keeps the exponent small
Z = 1.281551565545  # 80 % two-sided normal quantile
PRIOR_UP, PRIOR_TOTAL = 1.0, 3.0


def wilson_lower_bound(up: float, total: float) -> float:
    """Lower bound of the share of helpful votes (E. B. Wilson, JASA 22, 1927), 0 when there is no vote.

    Few votes give a low bound, so that one enthusiastic vote does not beat forty of forty-two.
    """
    if total <= 0:
        return 0.0
    share = up / total
    margin = Z * sqrt((share * (1 - share) + Z * Z / (4 * total)) / total)
    return (share + Z * Z / (2 * total) - margin) / (1 + Z * Z / total)


def helpfulness(up: int, down: int, created_at: datetime) -> float:
    """Order of answers: the Wilson bound of the votes, decaying with a half-life of a year.

    Votes lose half their weight in 365 days (Stack Overflow's "trending" sort does the same). Decay multiplies all
    answers alike as time passes, so their order is kept by *growing* newer ones instead: log(bound) + age term, which
    needs no nightly rewrite.
    """
    bound = wilson_lower_bound(up + PRIOR_UP, up + down + PRIOR_TOTAL)
    days = created_at.timestamp() / 86_400 - EPOCH_DAY
    return round(log(max(bound, 1e-6)) + days * log(2) / HALF_LIFE_DAYS, 6)
