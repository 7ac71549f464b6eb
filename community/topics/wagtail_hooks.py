"""Sections and tags at the brand's desk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.signals import published, unpublished
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.accounts.models import Role, User
from community.core.page_cache import touch
from community.pages.desk import DeskItem, desk_panels
from community.topics.models import Section, Tag, Topic

# Twenty-four hours are what people put up with; less is better.
LATE = timedelta(hours=24)


class SectionForm(WagtailAdminModelForm):
    """A section; its experts are chosen among people who have that role, or speak for the brand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        experts = self.fields["experts"]
        chosen = self.instance.experts.all() if self.instance.pk else User.objects.none()
        experts.queryset = User.objects.filter(
            Q(is_active=True) & ~Q(role=Role.MEMBER) | Q(pk__in=[user.pk for user in chosen])
        ).order_by("username")


class SectionViewSet(SnippetViewSet):
    """Sections, in the order in which readers see them."""

    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    list_display = ["title_fr", "title_en", "slug", "position", "topic_count", "unanswered_count", "live"]
    ordering = ["position", "id"]
    search_fields = ["title_fr", "title_en", "slug"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("title_fr"), FieldPanel("title_en")]),
            FieldRowPanel([FieldPanel("purpose_fr"), FieldPanel("purpose_en")]),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
            FieldPanel("cover"),
            MultiFieldPanel(
                [
                    FieldPanel("experts", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("articles", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Experts and help articles"),
            ),
            PublishingPanel(),
        ],
        base_form_class=SectionForm,
    )


class TagForm(WagtailAdminModelForm):
    """A tag; a synonym leads straight to a tag that is none itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = Tag.objects.filter(synonym_of=None)
        self.fields["synonym_of"].queryset = targets.exclude(pk=self.instance.pk) if self.instance.pk else targets
        self.fields["synonym_of"].error_messages["invalid_choice"] = gettext(
            "Choose another tag that is not itself a synonym."
        )

    def clean_label(self) -> str:
        """Refuse a label that another tag has, whatever its case."""
        label: str = self.cleaned_data["label"].strip()
        if Tag.objects.filter(label__iexact=label).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("There is a tag with this label already."))
        return label

    def clean_synonym_of(self) -> Tag | None:
        """Refuse to make a synonym of a tag that others are synonyms of."""
        target: Tag | None = self.cleaned_data["synonym_of"]
        if target and self.instance.pk and self.instance.synonyms.exists():
            names = ", ".join(self.instance.synonyms.values_list("label", flat=True)[:5])
            raise ValidationError(
                gettext("Other tags are synonyms of this one: %(names)s. Give them another tag first.")
                % {"names": names}
            )
        return target


class TagViewSet(SnippetViewSet):
    """Tags and their synonyms."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_display = ["label", "slug", "synonym_of", "topic_count"]
    list_per_page = 50
    ordering = ["label"]
    search_fields = ["label", "slug"]
    edit_handler = ObjectList(
        [FieldPanel("label"), FieldPanel("slug"), FieldPanel("synonym_of")], base_form_class=TagForm
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the list shows."""
        return Tag.objects.select_related("synonym_of")


class ForumViewSetGroup(SnippetViewSetGroup):
    """The forum's place in the menu."""

    items = [SectionViewSet, TagViewSet]
    menu_label = _("Forum")
    menu_icon = "group"
    menu_order = 150


register_snippet(ForumViewSetGroup)


@desk_panels.register("unanswered")
def unanswered_for_a_day(request: HttpRequest) -> DeskItem:
    """Questions that nobody has answered in a day."""
    count = Topic.objects.listed().unanswered().filter(created_at__lt=timezone.now() - LATE).count()
    sentence = ngettext(
        "%(n)d question has waited for an answer for more than a day",
        "%(n)d questions have waited for an answer for more than a day",
        count,
    ) % {"n": count}
    return DeskItem(count, sentence, reverse("topics:list", args=["unanswered"]), icon="help")


@receiver([published, unpublished], sender=Section)
def drop_pages_that_show_sections(instance: Section, **_kwargs: Any) -> None:
    """A section's title stands on almost every page: all are rendered anew."""
    touch(["site"])


def drop_pages_that_show_tags(request: HttpRequest, instance: Any) -> None:
    """Tags stand beside every topic."""
    if isinstance(instance, Tag):
        touch(["site"])


def drop_pages_that_showed(request: HttpRequest, instances: list[Any]) -> None:
    """What was deleted is shown no longer."""
    if any(isinstance(instance, Section | Tag) for instance in instances):
        touch(["site"])


hooks.register("after_create_snippet", drop_pages_that_show_tags)
hooks.register("after_edit_snippet", drop_pages_that_show_tags)
hooks.register("after_delete_snippet", drop_pages_that_showed)
