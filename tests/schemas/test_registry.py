"""The registry as a whole: it loads, is kept, has a version, and its parts fit together."""

from pathlib import Path

import pytest

from schemas.registry import FOLDER, Registry, load_registry
from tests.schemas.registry_sample import write_sample


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def test_it_is_loaded_once(registry: Registry) -> None:
    assert load_registry() is registry
    assert load_registry(FOLDER) is registry


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second", "third")]
    for folder in folders:
        folder.mkdir()
    first = load_registry(write_sample(folders[0])).version
    second = load_registry(write_sample(folders[1])).version
    third = load_registry(write_sample(folders[2], "words.csv", "力争", "争取")).version
    assert first == second
    assert first != third
    assert len(first) == 12
    assert int(first, 16) >= 0


def test_small_files_come_as_they_are(tmp_path: Path) -> None:
    registry = load_registry(write_sample(tmp_path))
    assert registry.table("look_alikes") == [{"found": "蕞", "meant": "最"}]


def test_every_file_of_the_registry_is_well_formed(registry: Registry) -> None:
    for file in FOLDER.glob("*.csv"):
        assert registry.table(file.stem), file.name


def test_an_indicator_is_found_by_every_name(registry: Registry) -> None:
    assert registry.indicator_aliases["GDP"] == "GDP"
    assert registry.indicators["GDP"].name_zh == "地区生产总值"
    for code, indicator in registry.indicators.items():
        for name in (indicator.name_zh, *indicator.aliases):
            assert registry.indicator_aliases[name] == code


def test_ranges_are_in_the_base_unit(registry: Registry) -> None:
    product = registry.indicators["GDP"]
    assert product.unit_measure == "CNY"
    low, high = product.soft["county"]
    # 昆山 has about 5e11, the smallest counties about 5e8
    assert low < 5 * 10**8 < 5 * 10**11 < high


def test_lists_and_offices(registry: Registry) -> None:
    lists = {row["name"]: row for row in registry.ranking_lists}
    assert len(lists) >= 30
    assert {"全国综合实力百强县市", "全国综合实力百强区", "全国综合实力千强镇", "中国民营企业500强"} <= lists.keys()
    offices = {row["title"]: row["kind"] for row in registry.offices}
    assert len(offices) >= 150
    assert (offices["市委书记"], offices["县长"], offices["记者"]) == ("party", "government", "media")
