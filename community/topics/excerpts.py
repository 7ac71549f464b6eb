"""The first words of posts, for lists, suggestions and social cards."""

from community.core.markdown import plain_text
from community.topics.models import Post, PostKind, Topic

LENGTH = 220


def excerpt(html: str, length: int = LENGTH) -> str:
    """The first words of rendered HTML on one line, cut at a word with an ellipsis, at most `length` characters."""
    words = " ".join(plain_text(html).split())
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.!?") + "…"


def accepted_excerpt(topic: Topic) -> str:
    """The first words of the most helpful accepted answer of `topic`, empty when none is accepted."""
    accepted = Post.objects.filter(topic=topic, is_accepted=True, deleted_at=None).order_by("-helpfulness", "id")
    html = accepted.values_list("html", flat=True).first()
    return excerpt(html) if html else ""


def opening_excerpt(topic: Topic) -> str:
    """The first words of the opening of `topic`."""
    html = Post.objects.filter(topic=topic, kind=PostKind.OPENING).values_list("html", flat=True).first()
    return excerpt(html) if html else ""
