"""What one of many clients does."""

import random
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostKind


def act(seed: float, done: "Synchronized[int]", ended: Event) -> None:
    """Vote, accept and take back, whatever comes to mind, until it has `ended`; each that went well is counted."""
    dice = random.Random(seed)
    people = list(User.objects.filter(username__startswith="person"))
    asker = User.objects.get(username="asker")
    answers = list(Post.objects.filter(kind=PostKind.ANSWER).select_related("topic"))
    while not ended.is_set():
        post = dice.choice(answers)
        if dice.random() < 0.7:
            vote_post(post, by=dice.choice(people), value=dice.choice((1, 1, 0, -1)))
        else:
            dice.choice((accept_answer, unaccept_answer))(post, by=asker)
        with done.get_lock():
            done.value += 1
