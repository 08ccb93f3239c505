import importlib
from pathlib import Path

import pytest

from pipelines.versions import code_version, combine


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tried_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("A = 1\n")
    (folder / "words.csv").write_text("县\n")
    (folder / "__pycache__").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    return folder


def fresh() -> str:
    code_version.cache_clear()
    return code_version("tried_package")


def test_source_and_its_tables_count_and_what_is_made_does_not(package: Path):
    first = fresh()
    assert len(first) == 12
    (package / "__pycache__" / "x.py").write_bytes(b"1")
    (package / "data").mkdir()
    (package / "data" / "made.csv").write_bytes(b"1")
    assert fresh() == first
    (package / "words.csv").write_text("市\n")
    changed = fresh()
    assert changed != first
    (package / "__init__.py").write_text("A = 2\n")
    assert fresh() not in (first, changed)


def test_a_file_that_is_renamed_counts(package: Path):
    first = fresh()
    (package / "words.csv").rename(package / "terms.csv")
    assert fresh() != first


def test_a_module_is_versioned_alone():
    assert code_version("pipelines.lake") != code_version("pipelines.versions")


def test_no_such_module():
    with pytest.raises(ModuleNotFoundError, match=r"pipelines\.nowhere"):
        code_version("pipelines.nowhere")


def test_combined_versions_differ_by_each_part():
    assert combine("a", "b") != combine("ab") != combine("b", "a")
