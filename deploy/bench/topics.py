"""Topics of the invented community with their posts, made in memory with all their counts, then written in bulk."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from community.accounts.models import Role, User
from community.topics.excerpts import excerpt
from community.topics.helpfulness import helpfulness
from community.topics.models import Post, PostKind, Resolution, ResolutionKind, Section, Tag, Topic, TopicKind
from community.topics.models.resolutions import AcceptedAs
from deploy.bench.plan import FIRST_TOPIC, SECOND_TOPIC
from deploy.bench.sentences import GRAMMARS, NEEDLE, html_of

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)
SPAN = timedelta(days=880)
POST_LENGTH = 410


@dataclass
class Sketch:
    """One topic before it is written: comments name the index of their parent among `posts`."""

    topic: Topic
    posts: list[Post]
    comments: list[tuple[int, Post]] = field(default_factory=list)
    voters: list[tuple[Post, User, int]] = field(default_factory=list)
    sharers: list[User] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    resolution: Resolution | None = None


@dataclass(frozen=True)
class Cast:
    """Everything that topics refer to."""

    members: list[User]
    sections: list[Section]
    tags: list[Tag]


class Sketcher:
    """Invents topics, one after the other, from one source of chance."""

    def __init__(self, cast: Cast, needles: set[int], rng: random.Random) -> None:
        self.cast, self.needles, self.rng = cast, needles, rng
        self.staff = [member for member in cast.members if member.role == Role.STAFF]
        self.written = 0

    def sketches(self, sizes: list[int]) -> Iterator[Sketch]:
        """A sketch for each topic; the older a topic, the earlier it comes."""
        for index, size in enumerate(sizes):
            yield self.sketch(UNTIL - SPAN + SPAN * index / (len(sizes) + 1), size, special=index < 2)

    def sketch(self, asked_at: datetime, size: int, *, special: bool) -> Sketch:
        """One topic of `size` posts. The `special` ones are questions whose posts are all answers."""
        rng = self.rng
        lang = "en" if special else rng.choice(("fr", "en"))
        kind = TopicKind.QUESTION if special else rng.choices(list(TopicKind), (85, 10, 5))[0]
        author = rng.choice(self.cast.members)
        topic = Topic(
            kind=kind,
            section=self.cast.sections[0] if special else rng.choice(self.cast.sections),
            author=author,
            lang=lang,
            created_at=asked_at,
        )
        topic.retitle(GRAMMARS[lang].question(rng))
        made = Sketch(topic, [self.post(topic, PostKind.OPENING, author, asked_at)])
        self.add_replies(made, size - 1, comments=0.0 if special else 0.2)
        self.add_reactions(made)
        self.settle(made)
        count_up(made)
        return made

    def post(self, topic: Topic, kind: str, author: User, at: datetime) -> Post:
        """One post, perhaps with the words that the benchmark searches for."""
        text = GRAMMARS[topic.lang].text(self.rng, POST_LENGTH if kind != PostKind.COMMENT else 160)
        if self.written in self.needles:
            text += " " + NEEDLE[topic.lang]
        self.written += 1
        return Post(
            topic=topic,
            kind=kind,
            author=author,
            body=text,
            html=html_of(text),
            created_at=at,
            helpfulness=0.0 if kind == PostKind.COMMENT else helpfulness(0, 0, at),
        )

    def add_replies(self, made: Sketch, count: int, *, comments: float) -> None:
        """Answers, and comments on what is there, each some hours after the one before."""
        rng, at = self.rng, made.topic.created_at
        gap = min(timedelta(hours=30), (UNTIL - at) / (count + 1) * 0.9)
        for _ in range(count):
            at += gap * rng.uniform(0.1, 1.0)
            author = rng.choice(self.cast.members)
            if rng.random() < comments:
                parent = rng.randrange(len(made.posts))
                made.comments.append((parent, self.post(made.topic, PostKind.COMMENT, author, at)))
                made.posts[parent].comment_count += 1
            else:
                made.posts.append(self.post(made.topic, PostKind.ANSWER, author, at))

    def add_reactions(self, made: Sketch) -> None:
        """Votes, people with the same problem, and tags."""
        rng, members = self.rng, self.cast.members
        for post in made.posts:
            for voter in rng.sample(members, min(len(members), rng.choice((0, 0, 0, 1, 1, 2, 4)))):
                if voter.pk != post.author_id:
                    made.voters.append((post, voter, 1 if rng.random() < 0.93 else -1))
        if made.topic.kind == TopicKind.QUESTION and rng.random() < 0.3:
            chosen = rng.sample(members, min(len(members), rng.randint(1, 5)))
            made.sharers = [member for member in chosen if member.pk != made.topic.author_id]
        half = len(self.cast.tags) // 2
        words = self.cast.tags[:half] if made.topic.lang == "fr" else self.cast.tags[half:]
        made.tags = rng.sample(words, rng.randint(0, 3))

    def settle(self, made: Sketch) -> None:
        """Accept an answer of somewhat more than half of the questions that have one."""
        rng, answers = self.rng, made.posts[1:]
        by_size = len(made.posts) in {FIRST_TOPIC, SECOND_TOPIC}
        if made.topic.kind != TopicKind.QUESTION or not answers or (not by_size and rng.random() > 0.55):
            return
        answer = rng.choice(answers[:6])
        by_staff = bool(self.staff) and rng.random() < 0.15
        made.resolution = Resolution(
            topic=made.topic,
            kind=ResolutionKind.ANSWER,
            answer=answer,
            by=rng.choice(self.staff) if by_staff else made.topic.author,
            accepted_as=AcceptedAs.STAFF if by_staff else AcceptedAs.ASKER,
            created_at=answer.created_at + timedelta(hours=rng.uniform(1, 40)),
        )


def count_up(made: Sketch) -> None:
    """Write down the counts that follow from the rows of the sketch."""
    topic, posts = made.topic, [*made.posts, *(comment for _, comment in made.comments)]
    for post, _, value in made.voters:
        post.up_count += value == 1
        post.down_count += value == -1
    for post in made.posts:
        post.helpfulness = helpfulness(post.up_count, post.down_count, post.created_at)
    last = max(posts, key=lambda post: post.created_at)
    others = [post.created_at for post in made.posts[1:] if post.author_id != topic.author_id]
    topic.excerpt = excerpt(made.posts[0].html)
    topic.answer_count, topic.post_count = len(made.posts) - 1, len(posts)
    topic.activity_at, topic.last_author = last.created_at, last.author
    topic.first_answer_at = min(others, default=None)
    topic.same_problem_count = topic.follower_count = len(made.sharers)
    if made.resolution is not None and made.resolution.answer is not None:
        answer = made.resolution.answer
        answer.is_accepted, answer.accepted_as = True, made.resolution.accepted_as
        topic.answer_excerpt = excerpt(answer.html)
        topic.is_solved, topic.solved_at = True, made.resolution.created_at
