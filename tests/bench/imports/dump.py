"""Writes a synthetic dump: as many posts as asked for, shaped like those of a lively question site."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

WORDS = (
    "the a of to and in is it for on with that as this be are was not you can when from at have if but an or by which "
    "water wall paint drill screw wood panel tile glue socket pipe valve heat floor damp light switch cable saw brush "
    "kitchen bathroom garden window door roof radiator thermostat pressure leak noise smell warm cold old new small "
    "better enough quickly slowly perhaps always never before after under above inside through between measure cut"
).split()
TAGS = [f"{first}-{second}" for first in WORDS[30:50] for second in WORDS[50:60]]
START = datetime(2015, 1, 1)  # noqa: DTZ001 - dumps are written without a zone


def write_dump(folder: Path, posts: int, *, comments: int | None = None, seed: int = 7) -> dict[str, int]:
    """Write a dump of `posts` questions and answers (1 to 2), `comments` (half as many unless told
    otherwise) and a tenth as many members.

    Returns how many rows of each kind there are.
    """
    chance = random.Random(seed)
    members, questions = max(1, posts // 10), max(1, posts // 3)
    comments = posts // 2 if comments is None else comments
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "users", _users(chance, members))
    _write(folder, "posts", _posts(chance, posts, questions, members))
    _write(folder, "comments", _comments(chance, comments, posts, members))
    _write(folder, "postlinks", _links(chance, posts, questions))
    return {"members": members, "questions": questions, "answers": posts - questions, "comments": comments}


def _write(folder: Path, root: str, rows: Iterator[dict[str, object]]) -> None:
    name = {"postlinks": "PostLinks"}.get(root, root.capitalize())
    with (folder / f"{name}.xml").open("w", encoding="utf-8") as file:
        file.write(f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n')
        for row in rows:
            columns = " ".join(f"{name}={_quoted(value)}" for name, value in row.items() if value is not None)
            file.write(f"  <row {columns} />\n")
        file.write(f"</{root}>\n")


def _quoted(value: object) -> str:
    return '"' + escape(str(value), {"\n": "&#xA;", '"': "&quot;"}) + '"'


def _users(chance: random.Random, members: int) -> Iterator[dict[str, object]]:
    for number in range(1, members + 1):
        about = f"<p>{_sentence(chance)}</p>" if chance.random() < 0.3 else None
        name = f"{chance.choice(WORDS)} {chance.choice(WORDS)}{chance.choice(['', number])}".title()
        yield {"Id": number, "DisplayName": name, "CreationDate": _date(number), "AboutMe": about, "Location": None}


def _posts(chance: random.Random, posts: int, questions: int, members: int) -> Iterator[dict[str, object]]:
    """Questions and answers mixed as they would come in; a question is accepted an answer in two cases of five."""
    asked: list[int] = []
    accepted = {}
    kinds = [1] + [1] * (questions - 1) + [2] * (posts - questions)
    rest = kinds[1:]
    chance.shuffle(rest)
    parents: dict[int, int] = {}
    for number, kind in enumerate([1, *rest], start=1):
        if kind == 1:
            asked.append(number)
        else:
            parent = parents[number] = chance.choice(asked[-2000:])
            if parent not in accepted and chance.random() < 0.4:
                accepted[parent] = number
    for number in range(1, posts + 1):
        owner = chance.randint(1, members) if chance.random() < 0.97 else None
        row: dict[str, object] = {"Id": number, "PostTypeId": 2 if number in parents else 1}
        if number in parents:
            row["ParentId"] = parents[number]
        else:
            row |= {"AcceptedAnswerId": accepted.get(number), "Title": _sentence(chance)[:120] + "?"}
            row["Tags"] = "".join(f"<{tag}>" for tag in chance.sample(TAGS, chance.randint(1, 4)))
        row |= {"CreationDate": _date(number), "Score": int(chance.gauss(3, 4)), "Body": _body(chance)}
        row |= {"OwnerUserId": owner, "OwnerDisplayName": None if owner else f"user{number % 5000}"}
        yield row


def _comments(chance: random.Random, comments: int, posts: int, members: int) -> Iterator[dict[str, object]]:
    for number in range(1, comments + 1):
        text = _sentence(chance) + (" See `code` and [this](https://example.org/)." if chance.random() < 0.3 else "")
        row = {"Id": number, "PostId": chance.randint(1, posts), "Score": chance.choice([0, 0, 0, 1, 5])}
        yield row | {"Text": text, "CreationDate": _date(number), "UserId": chance.randint(1, members)}


def _links(chance: random.Random, posts: int, questions: int) -> Iterator[dict[str, object]]:
    for number in range(1, questions // 50 + 1):
        ends = {"PostId": chance.randint(1, posts), "RelatedPostId": chance.randint(1, posts)}
        yield {"Id": number, "CreationDate": _date(number), "LinkTypeId": 3} | ends


def _body(chance: random.Random) -> str:
    """About 900 characters, as on the sites we measured: paragraphs, at times a list, a link, code or a quote."""
    parts = [f"<p>{_paragraph(chance)}</p>" for _ in range(chance.choice([1, 2, 2, 3, 3, 4]))]
    if chance.random() < 0.2:
        items = "".join(f"<li>{_sentence(chance)}</li>\n" for _ in range(4))
        parts.append(f"<ul>\n{items}</ul>")
    if chance.random() < 0.1:
        parts.append("<pre><code>for each in items:\n    print(each)\n</code></pre>")
    if chance.random() < 0.1:
        parts.append(f"<blockquote>\n  <p>{_sentence(chance)}</p>\n</blockquote>")
    return "\n\n".join(parts) + "\n"


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance) for _ in range(chance.randint(2, 6))]
    if chance.random() < 0.3:
        sentences.append('It is <a href="https://example.org/a_page?x=1" rel="nofollow">described here</a>.')
    if chance.random() < 0.3:
        sentences.append("That is <strong>not</strong> what <em>they</em> say &amp; do.")
    return " ".join(sentences)


def _sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(7, 18))
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def _date(number: int) -> str:
    return (START + timedelta(minutes=17 * number)).isoformat(timespec="milliseconds")
