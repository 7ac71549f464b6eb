"""Topics of the demo community, told through the same actions as everyone's."""

from datetime import datetime
from zlib import crc32

from community.accounts.models import User
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.ask import ask_question
from community.topics.actions.follow import share_problem
from community.topics.actions.merge import merge_topic
from community.topics.actions.resolve import accept_answer, solve_otherwise
from community.topics.actions.suggest_edit import suggest_edit
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostKind, ResolutionKind, Section, Topic
from deploy.demo import content, pictures
from deploy.demo.content import Clock, Entry

# Who joins questions that ask the same.
MODERATOR = {"fr": "marc", "en": "rowan_moderates"}


class Storyteller:
    """Writes topics as if they had happened on their days."""

    def __init__(self, people: dict[str, User], sections: dict[str, Section], clock: Clock) -> None:
        self.people, self.sections, self.clock = people, sections, clock

    def tell(self, entry: Entry) -> Topic:
        """One topic with its answers, comments, votes, and how it was settled."""
        asked_at = self.clock.ago(entry["days_ago"], entry["key"])
        author = self.people[entry["author"]]
        body = entry["body"]
        if drawing := entry.get("image"):
            upload = pictures.upload(drawing, author)
            body += f"\n\n![{content.alternative_text(drawing, entry['lang'])}](/media/{upload.name})"
        topic = ask_question(
            by=author,
            section=self.sections[entry["section"]],
            title=entry["title"],
            body=body,
            lang=entry["lang"],
            kind=entry["kind"],
            tags=entry["tags"],
            at=asked_at,
        )
        opening = Post.objects.get(topic=topic, kind=PostKind.OPENING)
        self.vote(opening, entry, asked_at)
        self.comment(opening, entry, asked_at)
        for answer in entry.get("answer", []):
            self.answer(topic, answer, asked_at)
        for name in entry.get("same_problem", []):
            share_problem(topic, by=self.people[name], at=self.some_time_after(asked_at, name))
        self.settle_otherwise(topic, entry, asked_at)
        return topic

    def answer(self, topic: Topic, entry: Entry, asked_at: datetime) -> None:
        """One answer with what was said under it, and whether it was accepted."""
        at = self.clock.after(asked_at, entry["days_after"])
        post = post_answer(topic, by=self.people[entry["author"]], body=entry["body"], at=at)
        comments = self.comment(post, entry, at)
        for better in entry.get("suggestion", []):
            by = self.people[better["author"]]
            suggest_edit(post, by=by, body=better["body"], base_revision=post.revision, note=better["note"])
        self.vote(post, entry, at)
        if entry.get("accepted"):
            thanked = [comment.created_at for comment in comments if comment.author_id == topic.author_id]
            accepted_at = min(thanked, default=self.clock.after(at, 0.7))
            accept_answer(post, by=self.people[entry["accepted_by"]], at=accepted_at)

    def comment(self, post: Post, entry: Entry, at: datetime) -> list[Post]:
        """The comments under a post, each dated from that post."""
        return [
            post_comment(
                post,
                by=self.people[comment["author"]],
                body=comment["body"],
                at=self.clock.after(at, comment["days_after"]),
            )
            for comment in entry.get("comment", [])
        ]

    def vote(self, post: Post, entry: Entry, at: datetime) -> None:
        """Who found it helpful, and who misleading."""
        for names, value in ((entry.get("votes", []), 1), (entry.get("downvotes", []), -1)):
            for name in names:
                vote_post(post, by=self.people[name], value=value, at=self.some_time_after(at, name))

    def settle_otherwise(self, topic: Topic, entry: Entry, asked_at: datetime) -> None:
        """A question that was solved without an answer."""
        if (kind := entry.get("solved_otherwise")) is None:
            return
        # The forum knows no reason of its own for "a tradesman came": the asker found help elsewhere.
        known = kind if kind in ResolutionKind.values else ResolutionKind.FOUND_ELSEWHERE
        at = self.clock.after(asked_at, entry["solved_otherwise_days_after"])
        note = entry.get("solved_otherwise_note", "")
        solve_otherwise(topic, by=topic.author, kind=known, note=note, at=at)

    def join(self, topic: Topic, into: Topic) -> None:
        """Say that two questions ask the same."""
        merge_topic(topic, into=into, by=self.people[MODERATOR[topic.lang]])

    def some_time_after(self, at: datetime, name: str) -> datetime:
        """A moment in the fortnight after `at`, another one for each person."""
        return self.clock.after(at, 0.05 + crc32(name.encode()) % 140 / 10)
