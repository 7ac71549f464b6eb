"""Where a member stands in the programme, as they read it themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.accounts.models import User
from rewards.ambassadors.lifecycle import OUTSIDE, State, Who, may
from rewards.ambassadors.mailing import is_heard
from rewards.ambassadors.models import Ambassadorship, CharterAcceptance, CharterVersion, Step, charter_in_force
from rewards.ambassadors.models.settings import programme_settings
from rewards.ambassadors.wording import Words, words_for

# After a no, so that applying again has something new to say.
WAIT = timedelta(days=90)


@dataclass(frozen=True)
class ShownStep:
    """A step with its words."""

    step: Step
    words: Words


@dataclass(frozen=True)
class Standing:
    """All of it. `state` is empty for who never was in the programme, or does not know that they are a candidate."""

    state: str
    ambassadorship: Ambassadorship | None
    steps: list[ShownStep]
    charter: CharterVersion | None
    agreed: bool
    can_apply: bool
    apply_after: datetime | None


def standing_of(member: User, brand: str, now: datetime) -> Standing:
    """Where `member` stands. Six queries at most."""
    row = Ambassadorship.objects.filter(member=member).first()
    state = row.state if row else ""
    taken = Step.objects.filter(ambassadorship=row).select_related("by", "ambassadorship").order_by("-id")
    steps = [
        ShownStep(step, words_for(step, brand)) for step in (taken if row else ()) if is_heard(step.before, step.after)
    ]
    charter = charter_in_force()
    agreed = charter is not None and CharterAcceptance.objects.filter(member=member, charter=charter).exists()
    wait = apply_after(row, steps, member)
    open_to_all = not member.is_team and may(Who.SELF, state, State.APPLIED) and programme_settings().takes_applications
    return Standing(
        state="" if state == State.CANDIDATE else state,
        ambassadorship=row,
        steps=steps,
        charter=charter,
        agreed=agreed,
        can_apply=open_to_all and (wait is None or wait <= now),
        apply_after=wait if wait and wait > now else None,
    )


def apply_after(row: Ambassadorship | None, steps: list[ShownStep], member: User) -> datetime | None:
    """When somebody whom the team declined may apply again; None when nothing keeps them."""
    if row is None or row.state not in OUTSIDE or not steps:
        return None
    last = steps[0].step
    return last.at + WAIT if row.state == State.DECLINED and last.by_id != member.pk else None
