"""Help articles of the demo community, published through Wagtail."""

import json
import uuid
from typing import Any

from wagtail.models import Page

from community.core.markdown import render_markdown
from community.pages.models import HelpArticlePage, HelpIndexPage
from deploy.demo import content, pictures
from deploy.demo.content import Clock, Entry


def make_articles(indexes: dict[str, HelpIndexPage], clock: Clock) -> dict[str, HelpArticlePage]:
    """Every article by its key, published on its day; one whose address exists is left as it is."""
    made = {}
    for entry in content.articles():
        index = indexes[entry["lang"]]
        existing = HelpArticlePage.objects.child_of(index).filter(slug=entry["slug"]).first()
        made[entry["key"]] = existing or make_article(index, entry, clock)
    return made


def make_article(index: HelpIndexPage, entry: Entry, clock: Clock) -> HelpArticlePage:
    """One article."""
    page = HelpArticlePage(
        title=entry["title"],
        slug=entry["slug"],
        locale=index.locale,
        summary=entry["summary"],
        cover=pictures.image(entry["cover"]),
        body=json.dumps([block(each) for each in entry["block"]]),
    )
    Page.objects.get(pk=index.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    at = clock.ago(entry["days_ago"], entry["key"])
    Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at, latest_revision_created_at=at)
    return page


def block(entry: Entry) -> dict[str, Any]:
    """A block as Wagtail stores it."""
    return {"type": entry["type"], "value": VALUES[entry["type"]](entry)}


def rich(text: str) -> str:
    """Markdown as the rich text of Wagtail's editor."""
    html = str(render_markdown(text))
    for ours, theirs in (("strong>", "b>"), ("em>", "i>")):
        html = html.replace(f"<{ours}", f"<{theirs}").replace(f"</{ours}", f"</{theirs}")
    return html


def steps(entry: Entry) -> list[dict[str, Any]]:
    """A list of things to do. Without an id, Wagtail would take an item for one of an older format, and lose it."""
    return [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"text": rich(item), "picture": None}}
        for item in entry["items"]
    ]


def picture(entry: Entry) -> dict[str, Any]:
    """A drawing, with the words that stand for it."""
    image = pictures.image(entry["drawing"])
    return {"picture": {"image": image.pk, "alt_text": entry["alt"], "decorative": False}, "caption": ""}


def table(entry: Entry) -> dict[str, Any]:
    """A table whose first row is its head."""
    head, *rows = entry["rows"]
    return {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }


VALUES = {
    "heading": lambda entry: entry["text"],
    "paragraph": lambda entry: rich(entry["text"]),
    "tip": lambda entry: rich(entry["text"]),
    "warning": lambda entry: rich(entry["text"]),
    "steps": steps,
    "image": picture,
    "table": table,
}
