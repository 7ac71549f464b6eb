"""`search_eval`: measures worked out by hand, on a collection of five documents."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search.evaluation import Measures, measure

pytestmark = pytest.mark.slow

DOCUMENTS = {
    "d1": "How do I descale a kettle?",
    "d2": "When do I sow carrots?",
    "d3": "Comment réparer un robinet ?",
    "d4": "Painting a damp ceiling",
    "d5": "Sharpening garden scissors",
}
QUERIES = [
    ("q1", "descaling kettles", "one", "d1"),
    ("q2", "reparer robinet", "two", "d3"),
    ("q3", "xyxyxyxy zqzqzqz", "two", "d4"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as lines:
        for name, title in DOCUMENTS.items():
            lines.write(json.dumps({"id": name, "title": title, "body": "", "lang": "en"}) + "\n")
    rows = [json.dumps({"id": name, "title": title, "task": task}) for name, title, task, _ in QUERIES]
    (tmp_path / "queries.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("".join(f"{name}\t{relevant}\t1\n" for name, _, _, relevant in QUERIES))
    return tmp_path


@pytest.mark.parametrize(
    ("ranked", "relevant", "measures"),
    [
        (["a", "b"], {"a"}, (1.0, 1.0, 1.0)),
        (["x", "a", "b"], {"a", "b"}, (1.0, 0.5, 1.0)),
        (["x", "y", "z", "v", "w", "a"], {"a"}, (0.0, 1 / 6, 0.0)),
        (["a"], set("abcdefg"), (0.2, 1.0, 1.0)),
        ([], {"a"}, (0.0, 0.0, 0.0)),
    ],
)
def test_measures_of_one_ranking(ranked: list[str], relevant: set[str], measures: tuple[float, ...]) -> None:
    assert measure(ranked, frozenset(relevant)) == Measures(*measures)


def test_the_command_ends_with_the_mean_of_the_tasks(folder: Path) -> None:
    run = folder / "run.txt"
    command = [sys.executable, "manage.py", "search_eval", str(folder), "--engine", "database", "--run", str(run)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "overall recall@5=75.0 MRR@10=75.0 success@5=75.0"
    assert [line.split()[:3] for line in run.read_text().splitlines()] == [["q1", "d1", "1"], ["q2", "d3", "1"]]


def test_a_folder_without_a_collection_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no search benchmark"):
        call_command("search_eval", str(tmp_path))
