"""What each step of the way is called, to the member who reads of it: on the site and by mail."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Step


@dataclass(frozen=True)
class Words:
    """A step in a sentence, and what it means for the member."""

    sentence: str
    meaning: str


def words_for(step: Step, brand: str) -> Words:
    """The words for `step`, in the active language; `brand` is who invites."""
    own = step.by_id is not None and step.by_id == step.ambassadorship.member_id
    said = {
        State.CANDIDATE: _candidate,
        State.APPLIED: _applied,
        State.INVITED: _invited,
        State.ACTIVE: _active,
        State.ON_LEAVE: _on_leave,
        State.REVIEW_DUE: _review_due,
        State.EMERITUS: _emeritus,
        State.ENDED: _ended,
        State.DECLINED: _declined,
    }[State(step.after)]
    sentence, meaning = said(step, own)
    return Words(sentence % {"brand": brand}, meaning % {"brand": brand})


def _candidate(step: Step, own: bool) -> tuple[str, str]:
    return _("Found among those who help most"), ""


def _applied(step: Step, own: bool) -> tuple[str, str]:
    return _("You applied to be an ambassador of %(brand)s"), _("The team reads every application and answers it.")


def _invited(step: Step, own: bool) -> tuple[str, str]:
    return (
        _("%(brand)s invites you to be an ambassador"),
        _("Read the charter, and say whether you would like to. You are free to say no, and nothing changes."),
    )


def _active(step: Step, own: bool) -> tuple[str, str]:
    if step.before == State.ON_LEAVE:
        return _("Welcome back"), _("Your review waited as long as you were away.")
    if step.before == State.REVIEW_DUE:
        return _("You stay an ambassador of %(brand)s for another year"), _("Thank you for all that you gave.")
    return (
        _("You are an ambassador of %(brand)s"),
        _("Your desk shows the questions that suit you. Say there in what you want to help, when, and how much."),
    )


def _on_leave(step: Step, own: bool) -> tuple[str, str]:
    return (
        _("You are on leave as an ambassador"),
        _("Nobody expects anything of you, and no review falls due meanwhile. Come back whenever you like."),
    )


def _review_due(step: Step, own: bool) -> tuple[str, str]:
    return (
        _("A year as an ambassador is over"),
        _("The team looks back on it with you: go on for another year, rest, or stop. Nothing ends by itself."),
    )


def _emeritus(step: Step, own: bool) -> tuple[str, str]:
    return (
        _("You are an ambassador emeritus of %(brand)s"),
        _("What you gave stays. If you miss it one day, apply: you are welcome."),
    )


def _ended(step: Step, own: bool) -> tuple[str, str]:
    return (
        _("You are no longer an ambassador"),
        _("Your account, your answers and your reputation stay as they are. Thank you for your time."),
    )


def _declined(step: Step, own: bool) -> tuple[str, str]:
    if own and step.before == State.APPLIED:
        return _("You took your application back"), _("You can apply again whenever you like.")
    if own:
        return _("You declined the invitation"), _("That is fine. You can apply whenever you like.")
    if step.before == State.INVITED:
        return _("The invitation to be an ambassador was taken back"), ""
    return (
        _("Not yet an ambassador of %(brand)s"),
        _("Thank you for offering your time: it says a lot. You can apply again in three months."),
    )
