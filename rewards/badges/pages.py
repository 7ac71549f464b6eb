"""What the pages of badges show: gathered first, so that the templates ask for nothing."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.functional import Promise
from wagtail.images import get_image_model

from community.accounts.models import User
from community.core.pagination import Page, paginate
from rewards.badges.models import Award, Badge, Grade
from rewards.badges.progress import progress_of
from rewards.badges.showing import ShownAward, with_reasons, with_titles

PICTURE = "fill-160x160|format-webp"
PAGE_SIZE, ALMOST, SHOWN_ON_PROFILE, MOST_READ = 30, 3, 24, 500


@dataclass(frozen=True)
class ListedBadge:
    """A badge as its reader stands to it: how often they hold it, and how far they are on the way to the next one."""

    badge: Badge
    times: int = 0
    counted: int | None = None

    @property
    def is_on_the_way(self) -> bool:
        """Whether there is a progress worth showing: something is done, and more than one is needed."""
        repeated = self.badge.is_repeated or not self.times
        return bool(self.counted and self.done) and repeated and self.badge.threshold > 1

    @property
    def done(self) -> int:
        """What is done of the next one."""
        counted, threshold = self.counted or 0, self.badge.threshold
        return counted % threshold if self.badge.is_repeated else min(counted, threshold)


@dataclass(frozen=True)
class GradeOfBadges:
    """The badges of a grade."""

    label: str | Promise
    badges: list[ListedBadge]


@dataclass(frozen=True)
class BadgeList:
    """All badges by grade, how many of them the reader has, and those that they have almost reached."""

    grades: list[GradeOfBadges]
    held_count: int
    almost: list[ListedBadge]


def with_pictures(badges: QuerySet[Badge]) -> QuerySet[Badge]:
    """`badges` with the files of their pictures."""
    pictures = get_image_model().objects.prefetch_renditions(PICTURE)
    return badges.prefetch_related(Prefetch("picture", pictures))


def badge_list(reader: User | None) -> BadgeList:
    """All badges that are shown, as `reader` (None: a guest) stands to them. Five queries at most."""
    badges = list(with_pictures(Badge.objects.shown()).order_by("id"))
    times: dict[int, int] = {}
    counted: dict[int, int] = {}
    if reader:
        for badge_id in Award.objects.in_force().filter(member=reader).values_list("badge", flat=True):
            times[badge_id] = times.get(badge_id, 0) + 1
        counted = progress_of(reader, badges)
    listed = [
        ListedBadge(badge, times.get(badge.pk, 0), counted.get(badge.pk, 0) if reader and badge.is_automatic else None)
        for badge in badges
    ]
    grades = [
        GradeOfBadges(grade.label, [one for one in listed if one.badge.grade == grade])
        for grade in (Grade.BRONZE, Grade.SILVER, Grade.GOLD)
    ]
    begun = [one for one in listed if one.is_on_the_way and one.done < one.badge.threshold]
    begun.sort(key=lambda one: (-one.done / one.badge.threshold, one.badge.pk))
    return BadgeList([one for one in grades if one.badges], sum(1 for one in listed if one.times), begun[:ALMOST])


@dataclass(frozen=True)
class Holding:
    """That a member holds a badge: one of their awards, and how often they earned it."""

    shown: ShownAward
    times: int


@dataclass(frozen=True)
class Holders:
    """A page of those who have a badge, and their awards in words."""

    page: Page[Award]
    rows: list[Holding]


def holders_of(badge: Badge, cursor: str) -> Holders:
    """Who has `badge`, the latest first, without those who asked to be left out of lists. Four queries at most.

    Whoever earned it again and again stands where they earned it first. Raises Http404 for a cursor that no page gave.
    """
    rows = Award.objects.listed().filter(badge=badge, number=1).select_related("member", "badge")
    page = paginate(rows, ["-awarded_at", "-id"], cursor, PAGE_SIZE)
    times: dict[tuple[int, str], int] = {}
    if badge.is_repeated:
        held = Award.objects.in_force().filter(badge=badge, member__in=[award.member_id for award in page.items])
        counted = held.order_by().values_list("member", "scope").annotate(times=Count("pk"))
        times = {(member_id, scope): count for member_id, scope, count in counted}
    shown = with_titles(page.items)
    return Holders(page, [Holding(one, times.get((one.award.member_id, one.award.scope), 1)) for one in shown])


def standing_to(badge: Badge, reader: User) -> tuple[ListedBadge, list[ShownAward]]:
    """How `reader` stands to `badge`, and their own awards of it. Three queries at most."""
    own = list(Award.objects.in_force().filter(member=reader, badge=badge).select_related("badge").order_by("pk"))
    counted = progress_of(reader, [badge]).get(badge.pk, 0) if badge.is_automatic and badge.is_live else None
    return ListedBadge(badge, len(own), counted), with_reasons(own[-ALMOST:])


@dataclass(frozen=True)
class OwnAwards:
    """A page of a member's own awards, in words."""

    page: Page[Award]
    rows: list[ShownAward]


def awards_of(member: User, cursor: str) -> OwnAwards:
    """All that `member` ever got, what they lost again included. Five queries at most; Http404 as above."""
    rows = Award.objects.filter(member=member).select_related("member").prefetch_related(_badges())
    page = paginate(rows, ["-awarded_at", "-id"], cursor, PAGE_SIZE)
    return OwnAwards(page, with_reasons(page.items))


def on_profile(member: User) -> tuple[list[Holding], int]:
    """The badges of `member`, the rarest grade first, and how many there are besides. Six queries at most."""
    rows = Award.objects.in_force().filter(member=member).prefetch_related(_badges())
    latest: dict[tuple[int, str], Award] = {}
    times: dict[tuple[int, str], int] = {}
    for award in rows.order_by("-awarded_at", "-id")[:MOST_READ]:
        key = (award.badge_id, award.scope)
        latest.setdefault(key, award)
        times[key] = times.get(key, 0) + 1
    order = [Grade.GOLD, Grade.SILVER, Grade.BRONZE]
    awards = sorted(latest.values(), key=lambda award: order.index(Grade(award.badge.grade)))
    shown = with_reasons(awards[:SHOWN_ON_PROFILE])
    found = [Holding(one, times[one.award.badge_id, one.award.scope]) for one in shown]
    return found, len(awards) - len(found)


def _badges() -> Prefetch[str]:
    return Prefetch("badge", with_pictures(Badge.objects.all()))
