"""A tiny invented dump with every oddity that real ones have, and what an import made of it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from community.topics.models import ImportedRecord, Post, RecordKind

DATE = "2020-03-%02dT10:00:00.000"


def row(**columns: object) -> str:
    """One row of a dump."""
    escaped = {
        name: str(value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        for name, value in columns.items()
    }
    return f"  <row {' '.join(f'{name}={chr(34)}{value}{chr(34)}' for name, value in escaped.items())} />\n"


def file_of(root: str, *rows: str) -> str:
    """A file of a dump."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n{"".join(rows)}</{root}>\n'


def question(number: int, day: int, **columns: object) -> str:
    """A question that user 1 asked, unless told otherwise."""
    given = {"Id": number, "PostTypeId": 1, "CreationDate": DATE % day, "Score": 3, "OwnerUserId": 1}
    words = {"Title": f"How does number {number} work?", "Body": f"<p>Tell me <b>how</b> {number} works</p>"}
    return row(**(given | words | {"Tags": "<c#><c++>"} | columns))


def answer(number: int, parent: int, day: int, **columns: object) -> str:
    """An answer by user 2, unless told otherwise."""
    given = {"Id": number, "PostTypeId": 2, "ParentId": parent, "CreationDate": DATE % day, "Score": 1}
    return row(**(given | {"OwnerUserId": 2, "Body": f"<p>It works like {number}</p>"} | columns))


TINY = {
    "Users.xml": file_of(
        "users",
        row(Id=-1, DisplayName="Community", CreationDate=DATE % 1),
        row(
            Id=1,
            DisplayName="Rosa Kettle",
            CreationDate=DATE % 1,
            AboutMe="<p>I <b>like</b> tea</p>",
            Location="Lyon",
            Reputation=1234,
        ),
        row(Id=2, DisplayName="Rosa_Kettle", CreationDate=DATE % 2),
        row(Id=3, DisplayName="!?", CreationDate=DATE % 2),
        row(Id=4, DisplayName="Admin", CreationDate=DATE % 2),
    ),
    "Posts.xml": file_of(
        "posts",
        question(10, 1, AcceptedAnswerId=12, LastActivityDate=DATE % 9, ViewCount=5),
        answer(11, 10, 2, Score=-2),
        answer(12, 10, 3, OwnerUserId=77, LastEditDate=DATE % 4),
        # Merged elsewhere: an answer with a lower number than its question.
        answer(13, 14, 6),
        question(14, 5, ClosedDate=DATE % 6, Tags="|storage|", AcceptedAnswerId=999),
        answer(15, 998, 6),
        row(Id=16, PostTypeId=5, CreationDate=DATE % 6, Body="A tag"),
    ).replace(
        "</posts>",
        row(Id=17, PostTypeId=1, CreationDate=DATE % 7, Title="Who?", Body="", OwnerDisplayName="user 23")
        + answer(18, 17, 8, OwnerUserId="", OwnerDisplayName="user 23")
        + question(19, 8, Body="<p>Again number 10</p>")
        + "</posts>",
    ),
    "Comments.xml": file_of(
        "comments",
        row(Id=1, PostId=10, Score=4, Text="Which *one*?", CreationDate=DATE % 4, UserId=2),
        row(Id=2, PostId=12, Score=0, Text="Thanks a lot", CreationDate=DATE % 11, UserId=1),
        row(Id=3, PostId=998, Score=0, Text="Lost", CreationDate=DATE % 5, UserDisplayName="user 23"),
    ),
    "PostLinks.xml": file_of(
        "postlinks",
        row(Id=1, CreationDate=DATE % 9, PostId=19, RelatedPostId=10, LinkTypeId=3),
        row(Id=2, CreationDate=DATE % 9, PostId=10, RelatedPostId=19, LinkTypeId=3),
        row(Id=3, CreationDate=DATE % 9, PostId=14, RelatedPostId=10, LinkTypeId=1),
    ),
    "Votes.xml": file_of(
        "votes",
        row(Id=1, PostId=12, VoteTypeId=1, CreationDate="2020-03-05T00:00:00.000"),
        row(Id=2, PostId=11, VoteTypeId=2, CreationDate="2020-03-05T00:00:00.000"),
    ),
}

Import = Callable[..., str]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of the tiny dump."""
    folder = tmp_path / "tiny.dump"
    folder.mkdir()
    for name, content in TINY.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def run_import(db: None) -> Import:
    """Runs the command and returns what it says."""

    def run(folder: Path, **options: Any) -> str:
        said = StringIO()
        call_command("import_stackexchange", folder, stdout=said, **({"workers": 0} | options))
        return said.getvalue()

    return run


def post(number: int) -> Post:
    """The post that a row of Posts.xml became."""
    return Post.objects.get(
        pk=ImportedRecord.objects.get(kind=RecordKind.POST, origin_id=number, source__name="tiny-dump").target_id
    )
