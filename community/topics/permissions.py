"""Who may do what in the forum: each check raises PermissionDenied with one sentence, each `can_` is the bool of it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import Role, User
from community.topics.models import Post, PostKind, Section, Topic
from community.topics.models.resolutions import AcceptedAs


def allowed(check: Callable[..., object], *arguments: object) -> bool:
    """Whether `check(*arguments)` lets the person through."""
    try:
        check(*arguments)
    except PermissionDenied:
        return False
    return True


def check_can_take_part(by: User) -> None:
    """An active account is all it takes to ask, answer and vote."""
    if not by.is_active:
        raise PermissionDenied(_("This account is closed. Write to the support team if that is a mistake."))


def check_can_see(by: User, topic: Topic) -> None:
    """Deleted topics are for moderators only."""
    if topic.is_deleted and not by.can_moderate:
        raise PermissionDenied(_("This topic was deleted."))


def check_can_ask(by: User, section: Section) -> None:
    """Any member asks in any section that is open to the public."""
    check_can_take_part(by)
    if not section.live and not by.can_moderate:
        raise PermissionDenied(_("This section is not open. Choose another one."))


def check_takes_answers(topic: Topic, *, closed_too: bool = False) -> None:
    """Answers go to open topics; `closed_too` lets them through to closed ones."""
    if topic.merged_into_id:
        raise PermissionDenied(_("This question was joined with another one. Answer there."))
    if topic.is_closed and not closed_too:
        raise PermissionDenied(_("This topic is closed to new answers. You can ask a question of your own."))


def check_can_answer(by: User, topic: Topic) -> None:
    """Any member answers, unless the topic is closed, merged or deleted."""
    check_can_take_part(by)
    check_can_see(by, topic)
    check_takes_answers(topic, closed_too=by.can_moderate)


def check_can_edit(by: User, post: Post) -> None:
    """Authors edit their own posts, moderators edit all."""
    check_can_take_part(by)
    if by.can_moderate:
        return
    if post.author_id != by.pk:
        raise PermissionDenied(_("Only the person who wrote this can change it."))
    if post.is_deleted or post.topic.is_deleted:
        raise PermissionDenied(_("This post was deleted. It can no longer be changed."))


def check_can_delete(by: User, post: Post) -> None:
    """Authors delete their own posts, but not a question that others have answered; moderators delete all.

    Deleting once more what one deleted oneself is harmless.
    """
    if post.is_deleted and post.deleted_by_id == by.pk:
        check_can_take_part(by)
        return
    check_can_edit(by, post)
    if not by.can_moderate and post.kind == PostKind.OPENING and post.topic.answer_count:
        raise PermissionDenied(
            _("People have answered, so this question stays for those who come next. You can still edit it.")
        )


def check_can_restore(by: User, post: Post) -> None:
    """Authors bring back what they deleted themselves, moderators all; what is there already does no harm."""
    check_can_take_part(by)
    own = post.author_id == by.pk and (not post.is_deleted or post.deleted_by_id == by.pk)
    if not by.can_moderate and not own:
        raise PermissionDenied(_("Only a moderator can bring this back."))


def check_can_vote(by: User, post: Post) -> None:
    """Nobody votes on their own words."""
    check_can_take_part(by)
    check_can_see(by, post.topic)
    if post.is_deleted:
        raise PermissionDenied(_("This post was deleted."))
    if post.author_id == by.pk:
        raise PermissionDenied(_("You cannot vote on what you wrote."))


def capacity_to_settle(by: User, topic: Topic) -> AcceptedAs:
    """As what `by` settles questions of `topic`: its asker, an expert, an ambassador, or the team.

    Raises PermissionDenied for anyone else.
    """
    check_can_take_part(by)
    check_can_see(by, topic)
    if not topic.is_question:
        raise PermissionDenied(_("Only a question can be solved."))
    if topic.author_id == by.pk:
        return AcceptedAs.ASKER
    if by.is_team:
        return AcceptedAs.STAFF
    if by.role == Role.EXPERT:
        return AcceptedAs.EXPERT
    if by.is_ambassador:
        return AcceptedAs.AMBASSADOR
    raise PermissionDenied(_("Only the person who asked, an expert or the team can say what solved this question."))


def check_can_moderate(by: User) -> None:
    """Moving, merging and closing are for moderators and the brand team."""
    check_can_take_part(by)
    if not by.can_moderate:
        raise PermissionDenied(_("Only a moderator can do this."))


def check_can_merge(by: User, topic: Topic) -> None:
    """Moderators and experts join questions that ask the same; so does the asker for their own."""
    check_can_take_part(by)
    if not (by.can_moderate or by.role == Role.EXPERT or topic.author_id == by.pk):
        raise PermissionDenied(_("Only a moderator, an expert or the person who asked can join two questions."))
