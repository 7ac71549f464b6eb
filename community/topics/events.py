"""What happens in the forum. Every event holds ids only."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicEvent(Event):
    """Something that changes what a topic's page, its lists and its author's page show."""

    topic_id: int
    section_id: int
    by_id: int
    # When it was done (ISO 8601), if not now: what is brought from elsewhere keeps its dates.
    at: str = ""

    @property
    def touches(self) -> tuple[str, ...]:
        """The topic's own page, every list, and the page of whoever did it."""
        return (f"topic:{self.topic_id}", f"member:{self.by_id}", "lists")


@dataclass(frozen=True, kw_only=True)
class TopicAsked(TopicEvent):
    """A question was asked, or a discussion or how-to opened.

    `ask_session` is what the asker was shown before, `read` what they had read in the last day ("topic:12").
    """

    post_id: int
    mentioned_ids: tuple[int, ...] = ()
    ask_session: str = ""
    read: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostEvent(TopicEvent):
    """Something that happened to a post; its author's page shows it too."""

    post_id: int
    author_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """As a topic's event, and the author's page."""
        return (*super().touches, f"member:{self.author_id}")


@dataclass(frozen=True, kw_only=True)
class AnswerPosted(PostEvent):
    """Someone answered (in a discussion: replied)."""

    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentPosted(PostEvent):
    """Someone commented on an opening or an answer."""

    parent_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostEdited(PostEvent):
    """A post's text (for an opening also title and tags) changed; `untagged_ids` are the tags taken off."""

    newly_mentioned_ids: tuple[int, ...] = ()
    untagged_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditSuggested(PostEvent):
    """Someone suggested a better text for a post of another."""

    suggestion_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """Nothing: readers do not see it."""
        return ()


@dataclass(frozen=True, kw_only=True)
class SuggestionDecided(EditSuggested):
    """A suggestion of `suggester_id` was approved, and so is the text now, or declined."""

    suggester_id: int
    approved: bool


@dataclass(frozen=True, kw_only=True)
class PostDeleted(PostEvent):
    """A post was taken away; an opening takes its topic with it."""


@dataclass(frozen=True, kw_only=True)
class PostRestored(PostEvent):
    """A deleted post, or topic, is back."""


@dataclass(frozen=True, kw_only=True)
class PostVoted(PostEvent):
    """A member voted, changed the vote, or took it back: `previous` and `value` are 1, 0 or -1."""

    previous: int
    value: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(PostEvent):
    """An answer was accepted, by the asker, an expert, an ambassador or the team (`accepted_as`)."""

    accepted_as: str


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(PostEvent):
    """An acceptance was taken back."""


@dataclass(frozen=True, kw_only=True)
class AnswerConfirmed(Event):
    """Someone about to ask found that an existing answer was theirs. They may be a guest (`by_id` is None)."""

    topic_id: int
    post_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class TopicSolvedOtherwise(TopicEvent):
    """A question was settled without an answer, for a reason."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class TopicReopened(TopicEvent):
    """A settled question is open again."""


@dataclass(frozen=True, kw_only=True)
class TopicMoved(TopicEvent):
    """A topic went to another section."""

    from_section_id: int


@dataclass(frozen=True, kw_only=True)
class TopicClosed(TopicEvent):
    """A topic takes no new answers any more, or does again (`closed`)."""

    closed: bool


@dataclass(frozen=True, kw_only=True)
class TopicMerged(TopicEvent):
    """A topic was found to ask the same as `into_id`, to which what was joined with it (`repointed_ids`) leads too."""

    into_id: int
    author_id: int
    repointed_ids: tuple[int, ...] = ()

    @property
    def touches(self) -> tuple[str, ...]:
        """All topics whose pages point elsewhere now."""
        return (*super().touches, *(f"topic:{pk}" for pk in (self.into_id, *self.repointed_ids)))


@dataclass(frozen=True, kw_only=True)
class TopicUnmerged(TopicEvent):
    """A merge was taken back."""

    from_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """Both topics."""
        return (*super().touches, f"topic:{self.from_id}")


@dataclass(frozen=True, kw_only=True)
class ProblemShared(TopicEvent):
    """A member has the same problem, or took that back (`shared`)."""

    shared: bool


@dataclass(frozen=True, kw_only=True)
class TopicFollowed(Event):
    """A member follows a topic, or stopped (`followed`)."""

    topic_id: int
    by_id: int
    followed: bool


@dataclass(frozen=True, kw_only=True)
class SectionChanged(Event):
    """The brand changed a section."""

    section_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """Every page shows sections in its lists or navigation."""
        return ("site", "lists")


@dataclass(frozen=True, kw_only=True)
class BulkImported(Event):
    """Many topics were written at once, outside the actions: whatever is derived from them is to be rebuilt."""

    topic_ids: tuple[int, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """Everything may show them."""
        return ("site",)
