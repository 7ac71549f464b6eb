"""The shapes of what the API takes and gives. None has room for a field that is not named here."""

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja.params.functions import Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from community.core.markdown import MAX_LENGTH
from community.tickets.models import SUBJECT_MAX
from community.tickets.writing import SUBJECT_MIN
from community.topics.writing import MAX_TAGS, TITLE_MAX, TITLE_MIN

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}$")]
Slug = Annotated[str, StringConstraints(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]
# PostgreSQL keeps no NUL, so nothing that holds one can be found.
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str, StringConstraints(max_length=500, pattern=r"^[-A-Za-z0-9_.]*$")]
Limit = Annotated[int, Field(ge=1, le=100)]
TicketKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{20,64}$")]
Language = Literal["fr", "en"]
Kind = Literal["question", "discussion", "howto"]
Place = Literal["opening", "answer", "comment"]
Capacity = Literal["", "asker", "expert", "ambassador", "member", "staff"]
# What people type is cleaned before it is measured, so the bounds here only keep out what can never fit.
Body = Annotated[str, StringConstraints(max_length=MAX_LENGTH)]
Key: Any = Header(
    None,
    alias="Idempotency-Key",
    min_length=1,
    max_length=255,
    description="Any text that is new for each thing to make: sent twice, it makes one.",
)


class Shape(BaseModel):
    """A JSON object with exactly the fields that it names."""

    model_config = ConfigDict(extra="forbid")


class Sent(Shape):
    """A body that is taken as it stands: the text "1" is no number, and neither is true."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Listing(Shape, Generic[T]):
    """One page of a list; `next` is the cursor of the page after it, null on the last one."""

    items: list[T]
    next: str | None


class Author(Shape):
    """Who wrote something."""

    username: str
    role: Literal["member", "expert", "staff"]
    is_ambassador: bool
    reputation: int
    trust_level: int
    rank: str
    url: str


class Badge(Shape):
    """A badge that a member holds, in the language of the request; `times` counts one earned again and again."""

    slug: str
    name: str
    description: str
    grade: Literal["bronze", "silver", "gold"]
    field: str = Field(description="The section or tag in which it was earned, if it is one of each.")
    times: int
    awarded_at: datetime
    url: str


class Member(Shape):
    """Someone with an account, as everyone sees them."""

    id: str
    username: str
    role: Literal["member", "expert", "staff"]
    is_ambassador: bool
    reputation: int
    trust_level: int
    rank: str
    badges: list[Badge] = Field(default_factory=list)
    rank_label: str = Field(description="The name of the rank in the reader's language; empty without one.")
    bio: str
    place: str
    joined_at: datetime
    url: str


class SectionOut(Shape):
    """A themed place that holds topics."""

    id: str
    slug: str
    title: str
    purpose: str
    topic_count: int
    unanswered_count: int
    answer_minutes: int | None
    url: str


class TagOut(Shape):
    """A word that groups topics."""

    slug: str
    label: str


class Post(Shape):
    """Any contribution to a topic; `body` is Markdown, `html` what it gives, sanitised."""

    id: str
    topic: str
    kind: Place
    parent: str | None
    author: Author
    body: str
    html: str
    created_at: datetime
    edited_at: datetime | None
    revision: int
    score: int
    accepted: bool
    accepted_as: Capacity
    my_vote: Literal[-1, 0, 1]
    comment_count: int
    url: str


class PostWithComments(Post):
    """An opening, an answer or a comment; comments are one level deep."""

    comments: list[Post]


class Topic(Shape):
    """A question, a discussion or a how-to, as in a list."""

    id: str
    kind: Kind
    title: str
    excerpt: str
    lang: Language
    section: str
    tags: list[TagOut]
    author: Author
    created_at: datetime
    activity_at: datetime
    answer_count: int
    same_problem_count: int
    follower_count: int
    solved: bool
    solved_at: datetime | None
    closed: bool
    url: str


class TopicWithPosts(Topic):
    """A topic and a page of its posts: the opening comes first on the first page, answers follow."""

    solved_how: str
    merged_into: str | None
    posts: Listing[PostWithComments]


class NewTopic(Sent):
    """What opens a topic."""

    section: Slug = Field(description="The section's `slug`.")
    title: str = Field(min_length=TITLE_MIN, max_length=TITLE_MAX)
    body: Body = Field("", description="Markdown. Only a question may do without.")
    kind: Kind = "question"
    lang: Language | None = Field(None, description="Told from the words when left out.")
    tags: list[Annotated[str, StringConstraints(max_length=50)]] = Field(default_factory=list, max_length=MAX_TAGS)


class NewPost(Sent):
    """An answer, or with `parent` (the id of the opening or of an answer) a comment."""

    body: Body = Field(min_length=2, description="Markdown.")
    parent: Id | None = None


class PostChange(Sent):
    """Another text for a post; `title` and `tags` are for openings."""

    body: Body
    base_revision: int = Field(ge=1, le=2**31 - 1, description="The `revision` that was read before the change.")
    title: str | None = Field(None, min_length=TITLE_MIN, max_length=TITLE_MAX)
    tags: list[Annotated[str, StringConstraints(max_length=50)]] | None = Field(None, max_length=MAX_TAGS)


class NewVote(Sent):
    """1 when a post helped, -1 when it misleads, 0 to take the vote back."""

    value: int = Field(ge=-1, le=1)


class Standing(Shape):
    """How the member of the token stands to a topic."""

    topic: str
    following: bool
    shares_problem: bool
    follower_count: int
    same_problem_count: int


class TicketMessage(Shape):
    """What the customer or support said in a ticket."""

    id: str
    author: Literal["customer", "support"]
    body: str
    html: str
    created_at: datetime


class Ticket(Shape):
    """A request to support, for the member who made it; `id` is the key of its private page."""

    id: str
    subject: str
    status: Literal["open", "waiting", "closed"]
    close_reason: str
    urgency: Literal["blocked", "hinders", "question"]
    section: str | None
    lang: Language
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    url: str
    messages: list[TicketMessage]


class NewTicket(Sent):
    """What support is asked."""

    subject: str = Field(min_length=SUBJECT_MIN, max_length=SUBJECT_MAX)
    body: Body = Field(min_length=2, description="Markdown.")
    section: Slug | None = Field(None, description="The section's `slug`, when it is about one.")
    urgency: Literal["blocked", "hinders", "question"] = "question"
    lang: Language | None = Field(None, description="Of the answers by e-mail; the member's own when left out.")
