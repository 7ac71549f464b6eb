"""What a customer read in the last day, as the browser remembers it and the server believes it."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from community.pages.brand import brand_of
from community.pages.models import HelpArticlePage
from community.topics.models import Topic

NAME = re.compile(r"^(topic|article):([1-9][0-9]{0,17})$")
MOST = 20
LONGEST = 2_000


@dataclass(frozen=True)
class Read:
    """Something public that was read: its kind, its title and where it is."""

    name: str
    kind: str
    title: str
    url: str
    lang: str
    is_solved: bool = False


def names_in(sent: str) -> list[str]:
    """The names in what a form sent (a JSON list), each once; whatever else it says is left out. Never fails."""
    if len(sent) > LONGEST:
        return []
    try:
        said = json.loads(sent or "[]")
    except (ValueError, RecursionError):
        return []
    listed = said if isinstance(said, list) else []
    return list(dict.fromkeys(name for name in listed if isinstance(name, str) and NAME.match(name)))[:MOST]


def existing(names: Iterable[str]) -> list[str]:
    """Those of `names` that everyone may read. Two queries at most."""
    return [read.name for read in described(list(names))]


def described(names: Sequence[str]) -> list[Read]:
    """What stands behind `names`, in their order; what is gone is left out. Two queries at most."""
    wanted: dict[str, list[int]] = {"topic": [], "article": []}
    for name in names:
        if found := NAME.match(name):
            wanted[found[1]].append(int(found[2]))
    known: dict[str, Read] = {}
    if wanted["topic"]:
        for topic in Topic.objects.visible_to(AnonymousUser()).filter(pk__in=wanted["topic"]):
            url = topic.get_absolute_url()
            known[f"topic:{topic.pk}"] = Read(
                f"topic:{topic.pk}", "topic", topic.title, url, topic.lang, topic.is_solved
            )
    if wanted["article"]:
        brand = brand_of("")
        articles = HelpArticlePage.objects.live().filter(pk__in=wanted["article"])
        rows = articles.values_list("pk", "title", "url_path", "locale__language_code")
        for pk, title, path, lang in rows:
            known[f"article:{pk}"] = Read(f"article:{pk}", "article", title, brand.address_of(path), lang)
    return [known[name] for name in names if name in known]
