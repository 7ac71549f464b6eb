"""Sections and tags of the demo community."""

from community.accounts.models import User
from community.core.slugs import readable_slug
from community.pages.models import HelpArticlePage
from community.topics.models import Section, Tag
from deploy.demo import content, pictures


def make_sections(people: dict[str, User]) -> dict[str, Section]:
    """The sections by slug, those that are missing made."""
    sections = {section.slug: section for section in Section.objects.all()}
    for position, entry in enumerate(content.read("sections")["section"]):
        if entry["slug"] in sections:
            continue
        texts = {name: entry[name] for name in ("slug", "title_fr", "title_en", "purpose_fr", "purpose_en")}
        section = Section.objects.create(**texts, position=position, cover=pictures.image(entry["cover"]))
        section.experts = [people[name] for name in entry["experts"]]
        section.save()
        sections[section.slug] = section
    return sections


def link_articles(sections: dict[str, Section], articles: dict[str, HelpArticlePage]) -> None:
    """Show the articles of each section beside its topics, and put the sections live as the desk would."""
    for entry in content.read("sections")["section"]:
        section = sections[entry["slug"]]
        section.articles = [articles[key] for key in entry["articles"] if key in articles]
        section.save_revision().publish()


def make_tags() -> None:
    """The tags and their synonyms, those that are missing."""
    for entry in content.read("tags")["tag"]:
        tag, _ = Tag.objects.get_or_create(slug=entry["slug"], defaults={"label": entry["label"]})
        for synonym in entry["synonyms"]:
            slug = readable_slug(synonym, 50)
            Tag.objects.get_or_create(slug=slug, defaults={"label": synonym, "synonym_of": tag})
