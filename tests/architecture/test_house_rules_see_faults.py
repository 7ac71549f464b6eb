"""The measuring script itself finds what it is meant to find."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import house
from tests.architecture.house import Module

Rule = Callable[[Module], list[str]]

FAULTS: list[tuple[Rule, str]] = [
    (house.missing_return_types, "def f():\n    pass\n"),
    (house.hidden_imports, "def f() -> None:\n    import os\n"),
    (house.broad_excepts, "try:\n    pass\nexcept (ValueError, Exception):\n    pass\n"),
    (house.broad_excepts, "try:\n    pass\nexcept:\n    pass\n"),
    (house.save_signals, "from django.db.models.signals import post_save\n"),
    (house.too_long_functions, "def f() -> None:\n" + "    pass\n" * 60),
    (house.missing_opening, "x = 1\n"),
    (house.borrowed_types, "if TYPE_CHECKING:\n    from community.topics.models import Topic\n"),
]
HARMLESS = (
    '"""A module."""\n\nimport os\n\n\ndef f() -> str:\n'
    '    try:\n        return os.sep\n    except OSError:\n        return ""\n'
)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Module]:
    """Make a module of the given source."""
    monkeypatch.setattr(house, "ROOT", tmp_path)

    def write(source: str, name: str = "example.py") -> Module:
        path = tmp_path / name
        path.write_text(source, encoding="utf-8")
        return Module(path)

    return write


@pytest.mark.parametrize(("rule", "source"), FAULTS)
def test_a_fault_is_found(module: Callable[[str], Module], rule: Rule, source: str) -> None:
    assert len(rule(module(source))) == 1


@pytest.mark.parametrize("rule", dict(FAULTS))
def test_harmless_source_has_no_fault(module: Callable[[str], Module], rule: Rule) -> None:
    assert rule(module(HARMLESS)) == []


def test_ready_of_an_app_may_import(module: Callable[..., Module]) -> None:
    source = '"""App."""\n\n\nclass A:\n    def ready(self) -> None:\n        import os\n'
    assert house.hidden_imports(module(source, "apps.py")) == []
    assert len(house.hidden_imports(module(source, "other.py"))) == 1
