"""One user model: who signs in, and what stands beside their words; the rest of a profile is a row of its own."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from community.accounts.names import skeleton, username_shape
from community.core.languages import in_reader_language


class Role(models.TextChoices):
    """What someone is here. Trust levels, ranks and ambassadors are other things."""

    MEMBER = "member", _("member")
    EXPERT = "expert", _("expert")
    STAFF = "staff", _("staff")
    MODERATOR = "moderator", _("moderator")
    BRAND = "brand", _("brand team")


# Who speaks for the brand, and who may act on what others wrote.
MODERATING_ROLES = (Role.MODERATOR, Role.BRAND)
TEAM_ROLES = (Role.STAFF, *MODERATING_ROLES)


class UserManager(BaseUserManager["User"]):
    """Makes users; `username_key` is always derived here or in `User.rename`."""

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Create a member and their profile. Without a password nobody can sign in as them.

        The e-mail is not confirmed by this, so nothing is sent to it: see `actions.emails.trust_email`.
        """
        user = self.model(
            username=username,
            username_key=skeleton(username),
            email=(email or "").lower() or None,
            **fields,
        )
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            Profile.objects.using(self._db).create(user=user)
        return user

    def create_superuser(self, username: str, email: str, password: str, **fields: Any) -> "User":
        """Create someone who may do everything."""
        return self.create_user(username, email, password, is_superuser=True, is_staff=True, role=Role.BRAND, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by the pseudonym, which is unique; an e-mail is so only once it is confirmed."""
        return self.get(username=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. The e-mail is a login and private; the username is a public pseudonym.

    Several accounts may name one e-mail until somebody confirms it (allauth keeps confirmed ones unique): otherwise
    signing up would tell who is a member, and typing another person's address would keep that person out.
    """

    # None, never an empty text: nobody may be found by having no e-mail.
    email = models.EmailField(_("e-mail address"), null=True, blank=True, db_index=True)  # noqa: DJ001
    username = models.CharField(
        _("pseudonym"),
        max_length=30,
        unique=True,
        validators=[username_shape],
        help_text=_("Shown beside what you write. It need not be your name."),
    )
    username_key = models.CharField(max_length=60, unique=True, editable=False)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    avatar = models.CharField(max_length=200, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the brand's desk"), default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    # Written by rewards/; shown beside names, so kept on the row that every list already reads.
    # The sum of the member's ledger, and what is shown of it: one more, and never less than one.
    ledger_total = models.IntegerField(default=0, editable=False)
    reputation = models.IntegerField(default=1, editable=False)
    trust_level = models.PositiveSmallIntegerField(default=0, editable=False)
    rank = models.CharField(max_length=40, blank=True, editable=False)
    is_ambassador = models.BooleanField(default=False, editable=False)
    # Written by notifications/; shown in every header.
    unread_notifications = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.username

    def get_absolute_url(self) -> str:
        """The member's public page."""
        return reverse("accounts:member", args=[self.username])

    @property
    def avatar_url(self) -> str:
        """Address of the avatar, empty when initials stand for it."""
        return f"{settings.MEDIA_URL}{self.avatar}" if self.avatar else ""

    @property
    def is_team(self) -> bool:
        """Whether this person speaks for the brand."""
        return self.role in TEAM_ROLES or self.is_superuser

    @property
    def can_moderate(self) -> bool:
        """Whether this person may act on what others wrote."""
        return self.role in MODERATING_ROLES or self.is_superuser

    def rename(self, username: str) -> None:
        """Take another pseudonym; the caller saves `username` and `username_key`."""
        self.username, self.username_key = username, skeleton(username)


class FormerName(models.Model):
    """A pseudonym that someone left: it leads to them for ever, and nobody else may take it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_names")
    username = models.CharField(max_length=30)
    username_key = models.CharField(max_length=60, unique=True)
    left_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.username


class PublishedContribution(models.Model):
    """That what a guest typed was published: written with it, so that a double click publishes once."""

    key = models.CharField(max_length=40, primary_key=True)
    url = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class Profile(models.Model):
    """What a member says of themselves, and which of it others see."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile", primary_key=True)
    bio = models.TextField(_("about you"), max_length=1000, blank=True)
    place = models.CharField(
        _("place"),
        max_length=80,
        blank=True,
        help_text=_("A town or a region is enough. Leave it empty if you like."),
    )
    traits = models.JSONField(default=dict, blank=True)
    show_bio = models.BooleanField(_("show what you say about yourself"), default=True)
    show_place = models.BooleanField(_("show your place"), default=False)
    show_traits = models.BooleanField(_("show your traits"), default=False)
    show_activity = models.BooleanField(_("list what you wrote on your page"), default=True)

    def __str__(self) -> str:
        return str(self.user)


class Trait(ClusterableModel):
    """A question the brand asks about people (skin type, housing…), so that they find people like them."""

    slug = models.SlugField(unique=True)
    label_fr = models.CharField(_("label in French"), max_length=80)
    label_en = models.CharField(_("label in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("trait")
        verbose_name_plural = _("traits")

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
        InlinePanel("choices", label=_("answer")),
    ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the reader's language calls it."""
        return in_reader_language(self.label_fr, self.label_en)


class TraitChoice(models.Model):
    """One of the answers to a trait's question."""

    trait = ParentalKey(Trait, on_delete=models.CASCADE, related_name="choices")
    slug = models.SlugField()
    label_fr = models.CharField(_("label in French"), max_length=80)
    label_en = models.CharField(_("label in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["trait", "slug"], name="trait_choice_once")]

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
    ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the reader's language calls it."""
        return in_reader_language(self.label_fr, self.label_en)
