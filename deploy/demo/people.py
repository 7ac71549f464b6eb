"""The people of the demo community, with what they say of themselves."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.accounts.actions.desk_groups import GROUP_OF_ROLE, join_desk_group
from community.accounts.models import Profile, Role, Trait, TraitChoice, User
from community.accounts.names import skeleton
from deploy.demo import content
from deploy.demo.content import Clock, Entry

TRAITS = {
    "housing": ("Logement", "Housing", {"flat": ("Appartement", "Flat"), "house": ("Maison", "House")}),
    "skill": (
        "Niveau en bricolage",
        "DIY skill",
        {
            "beginner": ("Débutant", "Beginner"),
            "intermediate": ("Intermédiaire", "Intermediate"),
            "advanced": ("Confirmé", "Advanced"),
            "professional": ("Du métier", "Professional"),
        },
    ),
    "garden": (
        "Jardin",
        "Garden",
        {"none": ("Aucun", "None"), "small": ("Petit", "Small"), "large": ("Grand", "Large")},
    ),
}


def make_traits() -> None:
    """What the brand asks of people, unless it is there."""
    for position, (slug, (french, english, choices)) in enumerate(TRAITS.items()):
        labels = {"label_fr": french, "label_en": english, "position": position}
        trait, _ = Trait.objects.get_or_create(slug=slug, defaults=labels)
        for place, (choice, (in_french, in_english)) in enumerate(choices.items()):
            TraitChoice.objects.get_or_create(
                trait=trait, slug=choice, defaults={"label_fr": in_french, "label_en": in_english, "position": place}
            )


def make_people(password: str, clock: Clock) -> dict[str, User]:
    """Everyone by username, those who are missing made; all of them share one password."""
    entries = content.read("people")["person"]
    people = {user.username: user for user in User.objects.filter(username__in=[e["username"] for e in entries])}
    hashed = make_password(password)
    for entry in entries:
        if entry["username"] not in people:
            people[entry["username"]] = make_person(entry, hashed, clock)
    return people


def make_person(entry: Entry, hashed: str, clock: Clock) -> User:
    """One person, whose e-mail address is confirmed, and who asked to be sent nothing."""
    name, role = entry["username"], entry["role"]
    is_admin = role == "admin"
    user = User.objects.create(
        username=name,
        username_key=skeleton(name),
        email=f"{name}@example.org",
        password=hashed,
        role=Role.BRAND if is_admin else role,
        language=entry["language"],
        is_staff=is_admin,
        is_superuser=is_admin,
        date_joined=clock.ago(entry["joined_days_ago"], name),
        trust_level=2 if entry["joined_days_ago"] > 90 else 1,
    )
    EmailAddress.objects.create(user=user, email=f"{name}@example.org", verified=True, primary=True)
    shown = entry["public"]
    Profile.objects.update_or_create(
        user=user,
        defaults={
            "bio": entry["bio"],
            "place": entry["place"],
            "traits": entry["traits"],
            "show_bio": shown["bio"],
            "show_place": shown["place"],
            "show_traits": shown["traits"],
        },
    )
    if role in GROUP_OF_ROLE:
        join_desk_group(user)
    return user
