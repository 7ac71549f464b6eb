"""How many posts each topic of the invented community gets; pure figures, no database."""

import random

FIRST_TOPIC, SECOND_TOPIC = 1_000, 12
NEEDLE_SHARE = 0.0049


def posts_of_topics(topics: int, posts: int, rng: random.Random) -> list[int]:
    """The number of posts of each topic, its opening included; they add up to `posts`.

    The first topic has 1,000 and the second 12; the others share what is left unevenly, one in eight
    having its opening alone. Raises ValueError when `posts` do not suffice.
    """
    rest = posts - FIRST_TOPIC - SECOND_TOPIC - (topics - 2)
    if topics < 3 or rest < 0:
        raise ValueError("There must be at least three topics, and posts for each beside the 1,000 and the 12.")
    weights = [0.0 if rng.random() < 0.125 else rng.gammavariate(0.9, 1.0) for _ in range(topics - 2)]
    total = sum(weights) or 1.0
    shares = [int(rest * weight / total) for weight in weights]
    # What rounding left over goes to topics that have answers anyway, in their order.
    left = rest - sum(shares)
    answered = [index for index, weight in enumerate(weights) if weight] or [0]
    for turn in range(left):
        shares[answered[turn % len(answered)]] += 1
    return [FIRST_TOPIC, SECOND_TOPIC, *(1 + share for share in shares)]


def needle_positions(posts: int, rng: random.Random) -> set[int]:
    """Which posts, numbered as they are written, hold the words that the benchmark searches for."""
    return set(rng.sample(range(posts), round(posts * NEEDLE_SHARE)))
