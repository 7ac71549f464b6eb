"""What the forum's rows say that the ledger should hold: the claims about posts and topics, and whether each holds."""

from collections.abc import Collection, Iterable
from datetime import datetime

from community.topics.models import Post, PostVote, Resolution, Topic
from community.topics.models.resolutions import AcceptedAs
from rewards.ledger.settling import Claim
from rewards.models import Entry

# Acts that leave no row of their own: they hold as long as what they are about is there.
EVENT_ONLY = ("reader_helped", "edit")


def votes(
    *, post: tuple[int, int], author_id: int, by_id: int, value: int, at: datetime | None = None
) -> dict[Claim, bool]:
    """The claims of one member's vote (1, -1 or 0 for none) on a `post` (its id and its topic's) of `author_id`."""
    if by_id == author_id:
        return {}
    by, about, topic_id = str(by_id), ("post", post[0]), post[1]
    return {
        Claim("helpful_vote", author_id, by, about, topic_id, at): value > 0,
        Claim("downvoted", author_id, by, about, topic_id, at): value < 0,
        Claim("downvoting", by_id, by, about, topic_id, at): value < 0,
    }


def acceptances(post: Post, resolution: Resolution) -> dict[Claim, bool]:
    """The claims of an answer that is accepted: its author's, and that of the asker who said so."""
    by_id, about = resolution.by_id, ("post", post.pk)
    if by_id == post.author_id:
        return {}
    found = {Claim("accepted", post.author_id, str(by_id), about, post.topic_id, resolution.created_at): True}
    if resolution.accepted_as == AcceptedAs.ASKER:
        found[Claim("accepting", by_id, str(by_id), about, post.topic_id, resolution.created_at)] = True
    return found


def of_posts(post_ids: Collection[int]) -> dict[Claim, bool]:
    """Every claim about these posts: those that the ledger knows, and those that hold. Five queries."""
    posts = {post.pk: post for post in Post.objects.filter(pk__in=post_ids).select_related("topic")}
    found = known_about("post", post_ids)
    opened = _opened(post.author_id for post in posts.values())
    there = {pk for pk, post in posts.items() if not (post.is_deleted or post.topic.is_deleted)}
    for claim in found:
        found[claim] = claim.rule in EVENT_ONLY and claim.object[1] in there
    for vote in PostVote.objects.filter(post__in=there).order_by("created_at", "pk"):
        post = posts[vote.post_id]
        about = (post.pk, post.topic_id)
        found |= votes(post=about, author_id=post.author_id, by_id=vote.user_id, value=vote.value, at=vote.created_at)
    for resolution in Resolution.objects.filter(answer__in=there, revoked_at=None):
        post = posts[resolution.answer_id or 0]
        if post.author_id not in opened or resolution.created_at > opened[post.author_id]:
            found |= acceptances(post, resolution)
    for post in posts.values():
        if post.is_spam and post.deleted_by_id:
            by, removed = str(post.deleted_by_id), ("post", post.pk)
            found[Claim("spam", post.author_id, by, removed, post.topic_id, post.deleted_at)] = True
    return found


def _opened(member_ids: Iterable[int]) -> dict[int, datetime]:
    """When members came with what they had earned elsewhere: acts before that are in it. One query."""
    opening = Entry.objects.filter(rule="opening", member__in=set(member_ids))
    return dict(opening.values_list("member", "created_at"))


def of_topics(topic_ids: Collection[int]) -> dict[Claim, bool]:
    """The claims about these topics that the ledger knows: joining one holds as long as it is joined."""
    merged = set(Topic.objects.filter(pk__in=topic_ids).exclude(merged_into=None).values_list("pk", flat=True))
    return {claim: claim.object[1] in merged for claim in known_about("topic", topic_ids)}


def known_about(kind: str, ids: Collection[int]) -> dict[Claim, bool]:
    """What the ledger holds about these objects, each claim as it stands there."""
    found = {}
    for entry in Entry.objects.filter(object_kind=kind, object_id__in=ids).order_by("generation"):
        found[claim_of(entry)] = entry.pays
    return found


def claim_of(entry: Entry) -> Claim:
    """What `entry` is about."""
    about = (entry.object_kind, entry.object_id)
    return Claim(entry.rule, entry.member_id, entry.by_key, about, entry.topic_id)
