"""How a member stands to a topic: following it, having the same problem."""

from collections.abc import Callable

from django.http import HttpRequest
from ninja import Router

from community.api import reading, schemas
from community.api.auth import WRITES, member
from community.core import ratelimits
from community.topics.actions.follow import follow_topic, share_problem, unfollow_topic, unshare_problem
from community.topics.models import Follow, SameProblem

router = Router()


@router.post("topics/{topic_id}/follow", auth=WRITES, response=schemas.Standing, operation_id="followTopic")
def follow(request: HttpRequest, topic_id: schemas.Id) -> schemas.Standing:
    """Hear of new answers."""
    return _after(request, topic_id, follow_topic)


@router.delete("topics/{topic_id}/follow", auth=WRITES, response=schemas.Standing, operation_id="unfollowTopic")
def unfollow(request: HttpRequest, topic_id: schemas.Id) -> schemas.Standing:
    """Hear no more of a topic."""
    return _after(request, topic_id, unfollow_topic)


@router.post("topics/{topic_id}/same-problem", auth=WRITES, response=schemas.Standing, operation_id="shareProblem")
def share(request: HttpRequest, topic_id: schemas.Id) -> schemas.Standing:
    """Have the same problem, and follow the topic. The asker has it already and is not counted."""
    return _after(request, topic_id, share_problem)


@router.delete("topics/{topic_id}/same-problem", auth=WRITES, response=schemas.Standing, operation_id="unshareProblem")
def unshare(request: HttpRequest, topic_id: schemas.Id) -> schemas.Standing:
    """Have the problem no more."""
    return _after(request, topic_id, unshare_problem)


def _after(request: HttpRequest, topic_id: str, action: Callable[..., bool]) -> schemas.Standing:
    by, topic = member(request), reading.public_topic(topic_id)
    ratelimits.spend(ratelimits.VOTE, str(by.pk))
    action(topic, by=by)
    topic.refresh_from_db(fields=["follower_count", "same_problem_count"])
    return schemas.Standing(
        topic=str(topic.pk),
        following=Follow.objects.filter(topic=topic, user=by).exists(),
        shares_problem=SameProblem.objects.filter(topic=topic, user=by).exists(),
        follower_count=topic.follower_count,
        same_problem_count=topic.same_problem_count,
    )
