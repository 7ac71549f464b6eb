"""Trust is earned by reading and taking part, shown with its figures, and lost only by the third level."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.models import User
from community.notifications.models import Notification
from community.pages.site_settings import of_default_site
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from rewards.models import RewardSettings
from rewards.trust.actions.set_level import set_level
from rewards.trust.criteria import FIXED, GRACE_DAYS, REGULAR, Criterion, Share
from rewards.trust.levels import consider, progress_of, review_regulars
from rewards.trust.models import MemberDay, TrustChange, TrustLock, Why
from rewards.trust.reading import record_reading
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.bulk]


@pytest.fixture(autouse=True)
def _grown_community(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is given a level for coming early."""
    monkeypatch.setattr("rewards.trust.levels.BOOTSTRAP_MEMBERS", 0)


@pytest.fixture
def newcomer() -> User:
    return make_user("newcomer", trust_level=0)


def read(member: User, *, days: int = 1, topics: int = 0, posts: int = 0, minutes: int = 0) -> None:
    """Days of reading that end today; the figures are sums."""
    today = timezone.now().date()
    rows = [MemberDay(member=member, day=today - timedelta(days=number), seconds=60) for number in range(days)]
    rows[0].topics_entered, rows[0].posts_read, rows[0].seconds = topics, posts, minutes * 60
    MemberDay.objects.bulk_create(rows)


def level(member: User) -> int:
    member.refresh_from_db()
    return member.trust_level


def test_reading_enough_earns_the_first_level_and_says_so(newcomer: User, asker: User, section: Section) -> None:
    read(newcomer, topics=2, posts=14, minutes=5)
    assert consider(newcomer.pk) == 0
    topic = make_topic(asker, section)
    record_reading(topic, by=newcomer, post_ids=[topic.posts.get().pk], seconds=10)
    assert level(newcomer) == 1
    change = TrustChange.objects.get()
    assert (change.before, change.after, change.why) == (0, 1, Why.EARNED)
    assert change.figures == {"topics_entered": [3, 3], "posts_read": [15, 15], "minutes": [5, 5]}
    assert Notification.objects.get(user=newcomer).data == {"level": 1}


def test_taking_part_earns_the_second(newcomer: User, answer: Post, section: Section) -> None:
    read(newcomer, days=8, topics=12, posts=60, minutes=30)
    assert consider(newcomer.pk) == 1
    for asker in ("one", "two", "three"):
        mine = make_answer(make_topic(make_user(asker), section), newcomer)
    assert consider(newcomer.pk) == 1
    vote_post(mine, by=make_user("fan"), value=1)
    vote_post(answer, by=newcomer, value=1)
    assert consider(newcomer.pk) == level(newcomer) == 2


def test_reading_counts_once(newcomer: User, answer: Post) -> None:
    topic, posts = answer.topic, [answer.pk, answer.topic.posts.get(kind="opening").pk, 10**9]
    for _ in range(3):
        record_reading(topic, by=newcomer, post_ids=posts, seconds=10_000)
    day = MemberDay.objects.get(member=newcomer)
    assert (day.topics_entered, day.posts_read) == (1, 2)
    assert day.seconds <= 70 + 2, "time that has not passed does not count"


def test_posts_that_nobody_may_read_do_not_count(newcomer: User, answer: Post, answerer: User) -> None:
    Post.objects.filter(pk=answer.pk).update(deleted_at=timezone.now())
    record_reading(answer.topic, by=newcomer, post_ids=[answer.pk], seconds=1)
    assert MemberDay.objects.get(member=newcomer).posts_read == 0


def test_the_browser_tells_what_was_read(newcomer: User, answer: Post, client: Client) -> None:
    client.force_login(newcomer)
    url = f"/en/me/reading/{answer.topic_id}/"
    assert url.encode() in client.get(answer.topic.get_absolute_url(), follow=True).content
    assert client.post(url, {"posts": f"{answer.pk},x,,-4", "seconds": "20"}).status_code == 204
    assert MemberDay.objects.get(member=newcomer).posts_read == 1
    for nonsense in ({}, {"posts": "9" * 40, "seconds": "-3"}, {"seconds": "٣"}):
        assert client.post(url, nonsense).status_code == 204


def test_in_a_community_that_begins_everybody_is_settled_in(newcomer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rewards.trust.levels.BOOTSTRAP_MEMBERS", 50)
    assert consider(newcomer.pk) == 1


def choose_preset(preset: str) -> None:
    settings = of_default_site(RewardSettings)
    settings.preset = preset
    settings.save()


def regular(member: User, section: Section, *, voters: int = 3) -> None:
    """Have `member` do all that the launch preset asks of level 3: many votes, of so many `voters`."""
    choose_preset("launch")
    MemberDay.objects.all().delete()
    read(member, days=10, topics=30, posts=100, minutes=90)
    fans = [make_user(f"fan{number}") for number in range(voters)]
    for number in range(5):
        topic = make_topic(make_user(f"asker{number}"), section)
        record_reading(topic, by=member, post_ids=[], seconds=1)
        mine = make_answer(topic, member)
        vote_post(mine, by=fans[number % voters], value=1)
        mine.votes.update(created_at=timezone.now() - timedelta(days=number % 3))
        vote_post(topic.posts.get(kind="opening"), by=member, value=1)


def test_the_third_level_comes_by_night(section: Section) -> None:
    member = make_user("regular", trust_level=2)
    regular(member, section)
    assert consider(member.pk) == 2
    step = progress_of(member, 3)
    assert step is not None
    assert step.is_met, step
    assert review_regulars() == 1
    assert level(member) == 3
    assert review_regulars() == 0


def test_votes_of_one_friend_do_not_make_a_regular(section: Section) -> None:
    member = make_user("regular", trust_level=2)
    regular(member, section, voters=1)
    assert review_regulars() == 0
    step = progress_of(member, 3)
    assert step is not None
    assert [one.name for one in step.criteria if not one.is_met] == ["voters"]


def test_the_third_level_is_lost_after_grace_when_far_below(section: Section) -> None:
    member = make_user("regular", trust_level=2)
    regular(member, section)
    review_regulars()
    MemberDay.objects.filter(member=member).filter(topics_entered=0).delete()
    assert review_regulars() == 0, "in the days of grace"
    TrustChange.objects.update(at=timezone.now() - timedelta(days=GRACE_DAYS, minutes=1))
    assert review_regulars() == 1
    assert level(member) == 2
    assert TrustChange.objects.order_by("-pk")[0].figures["days"] == [1, 10]


def test_a_little_less_than_it_takes_is_enough_to_stay(section: Section) -> None:
    member = make_user("regular", trust_level=2)
    regular(member, section)
    review_regulars()
    TrustChange.objects.update(at=timezone.now() - timedelta(days=GRACE_DAYS, minutes=1))
    MemberDay.objects.filter(member=member, topics_entered=0)[:1].get().delete()
    step = progress_of(member, 3)
    assert step is not None
    assert not step.is_met
    assert review_regulars() == 0


def test_the_team_keeps_a_level(section: Section, newcomer: User) -> None:
    moderator = make_user("warden", "moderator")
    assert set_level(newcomer, by=moderator, level=4, reason="Runs our workshop.", locked=True)
    assert not set_level(newcomer, by=moderator, level=4, reason="Runs our workshop.", locked=True)
    assert level(newcomer) == 4
    set_level(newcomer, by=moderator, level=0, reason="Sold links.", locked=True)
    read(newcomer, topics=50, posts=500, minutes=500)
    assert consider(newcomer.pk) == 0
    assert set_level(newcomer, by=moderator, level=0, reason="Said sorry.", locked=False)
    assert not TrustLock.objects.exists()
    assert consider(newcomer.pk) == 1


def test_only_moderators_set_levels_and_say_why(newcomer: User, asker: User) -> None:
    moderator = make_user("warden", "moderator")
    with pytest.raises(PermissionDenied):
        set_level(newcomer, by=asker, level=4, reason="A friend.", locked=False)
    with pytest.raises(PermissionDenied):
        set_level(moderator, by=moderator, level=4, reason="Me.", locked=False)
    for level_wanted, reason in ((5, "High."), (1, "  ")):
        with pytest.raises(ValidationError):
            set_level(newcomer, by=moderator, level=level_wanted, reason=reason, locked=False)
    assert level(newcomer) == 0


def test_a_member_reads_how_far_they_are(newcomer: User, client: Client) -> None:
    read(newcomer, topics=2, posts=14, minutes=5)
    client.force_login(newcomer)
    page = client.get("/en/me/trust/", follow=True).content.decode()
    assert all(words in page for words in ("2 / 3", "14 / 15", "5 / 5"))
    french = client.get("/fr/me/trust/", follow=True).content.decode()
    assert "Ce que je peux faire" in french


def test_levels_are_kept_apart_from_the_team(section: Section) -> None:
    agent = make_user("agent", "staff", trust_level=0)
    read(agent, topics=50, posts=500, minutes=500)
    assert consider(agent.pk) == 0


def test_each_preset_asks_for_more_than_the_one_before() -> None:
    presets = list(FIXED)
    for lower, higher in pairwise(presets):
        for each in FIXED[lower]:
            assert all(FIXED[higher][each][name] >= least for name, least in FIXED[lower][each].items())
        low, high = (REGULAR[preset].thresholds(1000, 5000) for preset in (lower, higher))
        assert all(high[name] >= least for name, least in low.items())


@given(percent=st.integers(1, 100), most=st.integers(0, 10**5), total=st.integers(0, 10**7))
def test_a_share_never_asks_for_more_than_there_is(percent: int, most: int, total: int) -> None:
    assert Share(percent, most).of(total) <= min(total, most)


@given(value=st.integers(0, 1000), threshold=st.integers(0, 1000), name=st.sampled_from(["days", "removals"]))
def test_what_is_met_is_kept(value: int, threshold: int, name: str) -> None:
    one = Criterion(name, value, threshold)
    assert one.is_kept or not one.is_met


def test_a_topic_page_costs_members_nothing_more(topic: Topic, client: Client) -> None:
    assert b"data-reading" not in client.get(topic.get_absolute_url(), follow=True).content
