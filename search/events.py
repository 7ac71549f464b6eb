"""What happens between a question typed and a question asked."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AnswerConfirmed(Event):
    """Someone about to ask found that an existing answer was theirs. They may be a guest (`by_id` is None)."""

    topic_id: int
    post_id: int
    by_id: int | None
