"""Free pseudonyms: whether one is, and a few that are."""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import FormerName, User
from community.accounts.names import check_username, skeleton

# Short words of both languages, to start from when nothing better is known of someone.
PLAIN_WORDS = "olive menthe saffron tilleul maple coral lilas basil cobalt mirabelle juniper ambre clover sapin".split()
ENDINGS = ("-{}", "_{}", ".{}", "{}")


def taken(keys: set[str]) -> set[str]:
    """Which of these skeletons belong to someone, now or formerly. Two queries."""
    now = User.objects.filter(username_key__in=keys).values_list("username_key", flat=True)
    formerly = FormerName.objects.filter(username_key__in=keys).values_list("username_key", flat=True)
    return {*now, *formerly}


def check_free(username: str, *, but_for: User | None = None) -> None:
    """Raise ValidationError, with free pseudonyms, when another person has `username` or one that looks like it.

    What `but_for` has, or had, does not count.
    """
    key = skeleton(username)
    others, former = User.objects.filter(username_key=key), FormerName.objects.filter(username_key=key)
    if but_for:
        others, former = others.exclude(pk=but_for.pk), former.exclude(user=but_for)
    if others.exists() or former.exists():
        raise ValidationError(
            _("Someone has this pseudonym, or one that looks like it. These are free: %(names)s."),
            code="taken",
            params={"names": ", ".join(suggest_usernames(username))},
        )


def suggest_usernames(wanted: str = "", count: int = 3) -> list[str]:
    """Up to `count` free pseudonyms, near `wanted` when that can be made into one, else from plain words."""
    base = as_username(wanted)
    candidates = [base] if base else []
    for index in range(count * 4):
        root = base[:24] if base else secrets.choice(PLAIN_WORDS)
        candidates.append(root.rstrip("._-") + ENDINGS[index % len(ENDINGS)].format(secrets.randbelow(9000) + 100))
    known = taken({skeleton(name) for name in candidates})
    found: dict[str, str] = {}
    for name in candidates:
        if skeleton(name) not in known and is_wellformed(name):
            found.setdefault(skeleton(name), name)
    return list(found.values())[:count]


def as_username(text: str) -> str:
    """`text` with what a pseudonym cannot hold left out; empty when no pseudonym is left."""
    plain = unicodedata.normalize("NFKC", text).partition("@")[0].replace(" ", "_")
    kept = "".join(letter for letter in plain if letter.isalnum() or letter in "._-")[:30].strip("._-")
    return kept if is_wellformed(kept) else ""


def is_wellformed(username: str) -> bool:
    """Whether `username` could be a pseudonym, were it free."""
    try:
        check_username(username)
    except ValidationError:
        return False
    return True
