"""The dump is read row by row; damage and hostility end in one sentence with file and line."""

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from django.utils import translation

from community.topics.imports import rows
from community.topics.imports.dump import DumpError

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<posts>\n'
ROW = '  <row Id="%d" PostTypeId="1" CreationDate="2020-01-02T03:04:05.678" Body="&lt;p&gt;a&#xA;é&lt;/p&gt;" />\n'

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(content: str | bytes, name: str = "Posts.xml") -> Path:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return tmp_path

    return put


@contextmanager
def peak_of_memory() -> Iterator[Callable[[], int]]:
    """Measures what is inside the block; call what it gives after the block for the peak in bytes."""
    peaks: list[int] = []
    tracemalloc.start()
    try:
        yield lambda: peaks[0]
    finally:
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


def test_a_row_gives_its_columns_typed(write: Write) -> None:
    folder = write(
        HEAD + '<row Id="7" PostTypeId="2" ParentId="3" CreationDate="2015-01-27T20:09:32.720" Score="-4" '
        'Body="b" OwnerDisplayName="user23" Tags="&lt;a-b&gt;&lt;c#&gt;" Colour="red" LastEditDate="" /></posts>'
    )
    [post] = rows.read_posts(folder)
    assert (post.id, post.type, post.parent_id, post.score) == (7, rows.PostType.ANSWER, 3, -4)
    assert post.created_at == datetime(2015, 1, 27, 20, 9, 32, 720000, tzinfo=UTC)
    assert (post.owner_id, post.owner_name, post.edited_at, post.title) == (None, "user23", None, "")
    assert post.tags == ("a-b", "c#")


def test_tags_are_read_in_both_styles_and_a_byte_order_mark_is_skipped(write: Write) -> None:
    row = '<row Id="1" PostTypeId="1" CreationDate="2020-01-02" Tags="|a|b|" /></posts>'
    [post] = rows.read_posts(write(b"\xef\xbb\xbf" + HEAD.encode() + row.encode()))
    assert post.tags == ("a", "b")


def test_file_names_are_found_in_any_case(write: Write) -> None:
    folder = write(HEAD + ROW % 1 + "</posts>", "posts.xml")
    assert [post.id for post in rows.read_posts(folder)] == [1]


def test_the_other_files_are_read_when_present_and_empty_when_absent(write: Write) -> None:
    date = "2020-01-02T03:04:05.678"
    write(f'<users><row Id="-1" DisplayName="Ann" CreationDate="{date}" /></users>', "Users.xml")
    write(f'<comments><row Id="1" PostId="2" Text="*a*" CreationDate="{date}" /></comments>', "Comments.xml")
    write(f'<votes><row Id="1" PostId="2" VoteTypeId="1" CreationDate="{date}" /></votes>', "Votes.xml")
    folder = write('<tags><row Id="1" TagName="tea" /></tags>', "Tags.xml")
    assert [user.id for user in rows.read_users(folder)] == [-1]
    assert [comment.text for comment in rows.read_comments(folder)] == ["*a*"]
    assert [vote.type for vote in rows.read_votes(folder)] == [rows.VoteType.ACCEPTED]
    assert [tag.name for tag in rows.read_tags(folder)] == ["tea"]
    assert list(rows.read_post_links(folder)) == []
    assert list(rows.read_badges(folder)) == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_reading_goes_on_from_any_row(write: Write, mark: bytes) -> None:
    folder = write(mark + (HEAD + "".join(ROW % number for number in range(1, 400)) + "</posts>").encode())
    posts = list(rows.read_posts(folder))
    assert [post.at.line for post in posts[:3]] == [3, 4, 5]
    for index in (0, 1, 57, 398):
        assert list(rows.read_posts(folder, posts[index].at)) == posts[index:]


def test_an_error_after_going_on_tells_the_line_of_the_whole_file(write: Write) -> None:
    folder = write(HEAD + ROW % 1 + ROW % 2 + '<row Id="x" /></posts>')
    second = list(islice(rows.read_posts(folder), 2))[1]
    with pytest.raises(DumpError, match="line 5"):
        list(rows.read_posts(folder, second.at))


HOSTILE = {
    "entities": ('<!DOCTYPE posts [<!ENTITY a "aaaa">]>\n<posts><row Id="&a;" /></posts>', 1, "DOCTYPE"),
    "external": ('<?xml version="1.0"?>\n<!DOCTYPE posts SYSTEM "file:///etc/passwd"><posts/>', 2, "DOCTYPE"),
    "unknown entity": (HEAD + '<row Id="&nbsp;" /></posts>', 3, "not valid XML"),
    "truncated in a row": (HEAD + ROW % 1 + '<row Id="2" Body="abc', 4, "ends too early"),
    "truncated between rows": (HEAD + ROW % 1, 4, "ends too early"),
    "truncated in a character": ((HEAD + '<row Id="2é').encode()[:-1], 3, "ends too early"),
    "empty": ("", 1, "ends too early"),
    "bad bytes": (HEAD.encode() + b'<row Id="1" Body="\xff\xfe" /></posts>', 3, "not valid XML"),
    "not XML": ("Id,Title\n1,a\n", 1, "not valid XML"),
    "another encoding": ('<?xml version="1.0" encoding="iso-8859-1"?><posts/>', 1, "only UTF-8"),
    "another file": ("<users></users>", 1, "“posts”"),
    "not a row": (HEAD + "<item /></posts>", 3, "not a row"),
    "row in a row": (HEAD + ROW[:-4] % 1 + "><row /></row></posts>", 3, "not a row"),
    "no Id": (HEAD + '<row PostTypeId="1" CreationDate="2020-01-02" /></posts>', 3, "“Id” is missing"),
    "no date": (HEAD + '<row Id="1" PostTypeId="1" /></posts>', 3, "“CreationDate” is missing"),
    "a word for a number": (HEAD + '<row Id="one" PostTypeId="1" /></posts>', 3, "whole number"),
    "a huge number": (HEAD + f'<row Id="{"9" * 5000}" PostTypeId="1" /></posts>', 3, "whole number"),
    "a wrong date": (HEAD + '<row Id="1" PostTypeId="1" CreationDate="2020-02-30" /></posts>', 3, "not a date"),
    "a far date": (HEAD + '<row Id="1" PostTypeId="1" CreationDate="9999-12-31" /></posts>', 3, "not a date"),
    "a huge attribute": (HEAD + f'<row Id="1" Body="{"a" * 1_000_001}" /></posts>', 3, "longer than"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "words"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_and_damaged_files_end_in_one_clear_sentence(
    write: Write, content: str | bytes, line: int, words: str
) -> None:
    with pytest.raises(DumpError) as caught:
        list(rows.read_posts(write(content)))
    assert str(caught.value).startswith(f"Posts.xml, line {line}: ")
    assert words in str(caught.value)


def test_rows_in_front_of_the_damage_are_read(write: Write) -> None:
    reading = rows.read_posts(write(HEAD + ROW % 1 + ROW % 2 + "<row "))
    assert [post.id for post in islice(reading, 2)] == [1, 2]
    with pytest.raises(DumpError):
        next(reading)


def test_an_endless_row_is_refused_before_it_fills_the_memory(write: Write) -> None:
    folder = write(HEAD + '<row Id="1" Body="' + "a" * 40_000_000)
    with peak_of_memory() as peak, pytest.raises(DumpError, match="larger than"):
        list(rows.read_posts(folder))
    assert peak() < 16_000_000


def test_a_folder_without_posts_and_no_folder_at_all_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match=r"no Posts\.xml"):
        list(rows.read_posts(tmp_path))
    with pytest.raises(DumpError, match="cannot be read"):
        list(rows.read_posts(tmp_path / "missing"))


@pytest.mark.slow
def test_memory_stays_constant_over_many_rows(write: Write) -> None:
    folder = write(HEAD + "".join(ROW % number for number in range(20_000)) + "</posts>")
    with peak_of_memory() as peak:
        assert sum(1 for _ in rows.read_posts(folder)) == 20_000
    assert peak() < 3_000_000


def test_errors_can_be_translated(write: Write) -> None:
    with translation.override("fr"), pytest.raises(DumpError) as caught:
        list(rows.read_posts(write("<users/>")))
    assert caught.value.file == "Posts.xml"
    assert caught.value.line == 1
