"""The bars of the house style that a script can measure."""

from collections.abc import Callable

import pytest

from tests.architecture import house
from tests.architecture.house import Module

RULES = [
    house.too_long_functions,
    house.missing_return_types,
    house.hidden_imports,
    house.broad_excepts,
    house.save_signals,
    house.borrowed_types,
    house.missing_opening,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: Callable[[Module], list[str]]) -> None:
    assert [fault for module in house.product() for fault in rule(module)] == []


def test_no_file_is_too_long() -> None:
    assert house.too_long_files(house.product(), house.FILE_LINES) == []


def test_no_test_file_is_too_long() -> None:
    assert house.too_long_files(house.modules("tests"), house.TEST_LINES) == []


def test_nine_files_in_ten_are_short() -> None:
    lengths = sorted(module.length for module in house.product() if module.length)
    assert lengths[int(len(lengths) * 0.9)] < house.FILE_LINES // 2


def test_no_module_has_a_vague_name() -> None:
    named = [module.name for module in house.product() if module.path.stem in house.VAGUE_NAMES]
    folders = {module.name for module in house.product() if house.VAGUE_NAMES & set(module.path.parts[-3:-1])}
    assert [*named, *folders] == []
