"""What people are told of the forum: the words and the link of each kind of notification."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification
from community.topics.excerpts import excerpt
from community.topics.models import Post

Sentence = Callable[[str, str], str]
EXCERPT_LENGTH = 160


def _told(notifications: Sequence[Notification], sentence: Sentence) -> Mapping[int, Told]:
    """`sentence` (of the actor's name and the topic's title) for each, about its post. Costs one query."""
    wanted = {notification.data.get("post_id") for notification in notifications}
    posts = {
        post.pk: post
        for post in Post.objects.filter(pk__in=wanted, deleted_at=None, topic__deleted_at=None).select_related("topic")
    }
    found = {}
    for notification in notifications:
        if post := posts.get(notification.data.get("post_id")):
            actor = notification.actor.username if notification.actor else _("Someone")
            words = sentence(actor, post.topic.title)
            found[notification.pk] = Told(words, post.get_absolute_url(), excerpt(post.html, EXCERPT_LENGTH))
    return found


@notification_kind("answer_to_my_question", label=gettext_lazy("someone answers my question"))
def describe_answer(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the asker."""
    return _told(
        notifications, lambda who, title: _("%(who)s answered your question “%(title)s”") % {"who": who, "title": title}
    )


@notification_kind("answer_in_followed_topic", label=gettext_lazy("someone answers in a topic that I follow"))
def describe_followed(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To those who follow."""
    return _told(notifications, lambda who, title: _("%(who)s answered in “%(title)s”") % {"who": who, "title": title})


@notification_kind("comment_on_my_post", label=gettext_lazy("someone comments on what I wrote"))
def describe_comment(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the author of what is commented on."""
    return _told(
        notifications,
        lambda who, title: _("%(who)s commented on what you wrote in “%(title)s”") % {"who": who, "title": title},
    )


@notification_kind("answer_accepted", label=gettext_lazy("my answer is accepted"))
def describe_accepted(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the author of the answer."""
    return _told(
        notifications,
        lambda who, title: _("%(who)s accepted your answer to “%(title)s”") % {"who": who, "title": title},
    )


@notification_kind("edit_suggested", label=gettext_lazy("someone suggests a better text for what I wrote"))
def describe_suggestion(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the author of the text; it leads to what waits for a decision."""
    told = _told(
        notifications,
        lambda who, title: (
            _("%(who)s suggests a better text for what you wrote in “%(title)s”") % {"who": who, "title": title}
        ),
    )
    return {pk: replace(one, url=reverse("topics:suggestions")) for pk, one in told.items()}


@notification_kind("edit_approved", label=gettext_lazy("what I suggested is taken over"), is_mailed=False)
def describe_approval(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To whoever suggested it."""
    return _told(
        notifications,
        lambda who, title: _("%(who)s took over what you suggested in “%(title)s”") % {"who": who, "title": title},
    )


@notification_kind("mention", label=gettext_lazy("someone mentions me"))
def describe_mention(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To those mentioned."""
    return _told(
        notifications, lambda who, title: _("%(who)s mentioned you in “%(title)s”") % {"who": who, "title": title}
    )


@notification_kind("thanked", label=gettext_lazy("my answer helped someone who was about to ask"))
def describe_thanks(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the author of an answer that spared someone the asking."""
    return _told(
        notifications,
        lambda who, title: _("Your answer to “%(title)s” just helped someone") % {"who": who, "title": title},
    )


@notification_kind("merged_question", label=gettext_lazy("my question is joined with one that asks the same"))
def describe_merge(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the asker of a question that was joined with another one."""
    return _told(
        notifications,
        lambda who, title: (
            _("Your question “%(title)s” was joined with one that asks the same. Does that solve yours?")
            % {"who": who, "title": title}
        ),
    )
