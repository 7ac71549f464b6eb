"""Sections, tags and members of the invented community."""

import random
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from community.accounts.models import Role, User
from community.accounts.names import skeleton
from community.topics.models import Section, Tag

MEMBER_PASSWORD = "bench-only-password"  # noqa: S105
THEMES = (
    ("toitures", "Toitures", "Roofs"),
    ("salles-d-eau", "Salles d’eau", "Bathrooms"),
    ("cuisines", "Cuisines", "Kitchens"),
    ("eclairages", "Éclairages", "Lighting"),
    ("boiseries", "Boiseries", "Woodwork"),
    ("carrelages", "Carrelages", "Tiling"),
    ("enduits", "Enduits", "Plaster"),
    ("chaudieres", "Chaudières", "Boilers"),
    ("serrures", "Serrures", "Locks"),
    ("volets", "Volets", "Shutters"),
    ("terrasses", "Terrasses", "Decking"),
    ("potagers", "Potagers", "Vegetable beds"),
    ("clotures", "Clôtures", "Fences"),
    ("cheminees", "Cheminées", "Fireplaces"),
    ("caves", "Caves", "Cellars"),
    ("combles", "Combles", "Lofts"),
    ("parquets", "Parquets", "Wooden floors"),
    ("peintures", "Peintures", "Paints"),
    ("machines", "Machines", "Power tools"),
    ("rangements", "Rangements", "Storage"),
)
LABELS = (
    "bois métal béton plâtre brique pierre verre vis colle joint pompe vanne câble fusible prise ampoule porte "
    "fenêtre mur plafond wood metal concrete plaster brick stone glass screw glue seal pump valve cable fuse "
    "socket bulb door window wall ceiling"
).split()


def make_sections() -> list[Section]:
    """The twenty sections."""
    return Section.objects.bulk_create(
        [
            Section(
                slug=slug,
                title_fr=french,
                title_en=english,
                purpose_fr=f"Questions et réponses : {french.lower()}.",
                purpose_en=f"Questions and answers: {english.lower()}.",
                position=position,
            )
            for position, (slug, french, english) in enumerate(THEMES)
        ]
    )


def make_tags() -> list[Tag]:
    """Forty tags, French ones first."""
    return Tag.objects.bulk_create([Tag(slug=f"b-{label}", label=label) for label in LABELS])


def make_members(count: int, rng: random.Random, until: datetime) -> list[User]:
    """`count` members, of whom one in a hundred is an expert and one in two hundred is staff.

    They share one password, so that a benchmark can sign in as any of them.
    """
    password = make_password(MEMBER_PASSWORD)
    users = []
    for number in range(1, count + 1):
        name = f"member_{number:05}"
        users.append(
            User(
                username=name,
                username_key=skeleton(name),
                email=f"{name}@example.org",
                password=password,
                role=Role.STAFF if number % 200 == 0 else Role.EXPERT if number % 100 == 0 else Role.MEMBER,
                language=rng.choice(("fr", "en")),
                date_joined=until - timedelta(days=rng.uniform(900, 1400)),
                trust_level=rng.choice((0, 1, 1, 2)),
            )
        )
    return User.objects.bulk_create(users, batch_size=1_000)
