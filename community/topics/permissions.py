"""Who may do what in the forum: each check raises PermissionDenied with one sentence, each `can_` is the bool of it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import Role, User
from community.accounts.permissions import check_is_open
from community.topics.models import EditSuggestion, Post, PostKind, Section, Topic
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
    check_is_open(by)


def check_can_add_pictures(by: User) -> None:
    """Pictures are for everybody, unless the brand asks for some experience first."""
    check_can_take_part(by)
    if not by.has_perm("community.images"):
        raise PermissionDenied(_("You can add pictures once you have taken part a little. Use words for now."))


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


def check_is_there(post: Post) -> None:
    """What is deleted, by itself or with its topic, is not changed."""
    if post.is_deleted or post.topic.is_deleted:
        raise PermissionDenied(_("This post was deleted. It can no longer be changed."))


def check_can_edit(by: User, post: Post) -> None:
    """Authors edit their own posts; moderators and members who have earned it edit all."""
    check_can_take_part(by)
    if by.can_moderate:
        return
    if post.author_id != by.pk and not by.has_perm("community.edit_others", post):
        raise PermissionDenied(_("Only the person who wrote this can change it."))
    check_is_there(post)


def check_can_suggest(by: User, post: Post) -> None:
    """Members suggest how to improve what others wrote."""
    check_can_take_part(by)
    check_can_see(by, post.topic)
    if post.is_deleted:
        raise PermissionDenied(_("This post was deleted. It can no longer be changed."))
    if post.author_id == by.pk:
        raise PermissionDenied(_("You wrote this: you can change it yourself."))
    if not by.has_perm("community.suggest_edits", post):
        raise PermissionDenied(
            _("Members who have taken part for a while can suggest a better text. Say in a comment what to change.")
        )


def check_can_review(by: User, suggestion: EditSuggestion) -> None:
    """The author of a text decides on suggestions, and members who have earned it; never on their own."""
    check_can_take_part(by)
    post = suggestion.post
    if suggestion.by_id == by.pk:
        raise PermissionDenied(_("Somebody else decides on what you suggested."))
    if post.author_id != by.pk and not by.has_perm("community.review", post):
        raise PermissionDenied(_("Only the person who wrote this, moderators and experienced members decide on it."))
    check_is_there(post)


def check_can_delete(by: User, post: Post) -> None:
    """Authors delete their own posts, but not a question that others have answered; moderators delete all.

    Deleting once more what one deleted oneself is harmless.
    """
    check_can_take_part(by)
    if by.can_moderate or (post.is_deleted and post.deleted_by_id == by.pk):
        return
    if post.author_id != by.pk:
        raise PermissionDenied(_("Only the person who wrote this can delete it."))
    check_is_there(post)
    if post.kind == PostKind.OPENING and post.topic.answer_count:
        raise PermissionDenied(
            _("People have answered, so this question stays for those who come next. You can still edit it.")
        )


def check_can_remove_as_spam(by: User, post: Post) -> None:
    """Moderators say that what someone of the public wrote is advertising that nobody asked for."""
    check_can_take_part(by)
    if not by.can_moderate:
        raise PermissionDenied(_("Only a moderator can remove this as spam."))
    if post.author_id == by.pk or post.author.is_team:
        raise PermissionDenied(_("What you or the team wrote is not spam. Delete it instead."))


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


def check_can_vote_down(by: User, post: Post) -> None:
    """Saying that a text misleads takes some experience."""
    check_can_vote(by, post)
    if not by.has_perm("community.vote_down", post):
        raise PermissionDenied(
            _("Members who have taken part for a while can say that a text misleads. Tell what is wrong in a comment.")
        )


def capacity_to_settle(by: User, topic: Topic) -> AcceptedAs:
    """As what `by` settles questions of `topic`: asker, team, expert, ambassador, or member at home in its section.

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
    if by.has_perm("community.accept_in_field", topic):
        return AcceptedAs.MEMBER
    raise PermissionDenied(_("Only the person who asked, an expert or the team can say what solved this question."))


def takes_back(capacity: str, accepted_as: str) -> bool:
    """Whether who settles questions as `capacity` may take back what was `accepted_as`."""
    return capacity in {AcceptedAs.STAFF, AcceptedAs.EXPERT, AcceptedAs.AMBASSADOR} or capacity == accepted_as


def check_can_move(by: User, topic: Topic) -> None:
    """Moving topics to another section is for moderators and for members who have earned it."""
    check_can_take_part(by)
    check_can_see(by, topic)
    if not by.has_perm("community.move", topic):
        raise PermissionDenied(_("Only moderators and experienced members can move topics."))


def check_can_close(by: User, topic: Topic) -> None:
    """So is closing them to new answers, and opening them again."""
    check_can_take_part(by)
    check_can_see(by, topic)
    if not by.has_perm("community.close", topic):
        raise PermissionDenied(_("Only moderators and experienced members can close topics."))


def check_can_merge(by: User, topic: Topic) -> None:
    """Moderators, experts and members who have earned it join questions; so does the asker for their own."""
    check_can_take_part(by)
    check_can_see(by, topic)
    if topic.author_id != by.pk and not by.has_perm("community.merge", topic):
        raise PermissionDenied(_("Only a moderator, an expert or the person who asked can join two questions."))
