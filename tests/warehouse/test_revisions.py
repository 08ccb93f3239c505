"""A document that is no longer there keeps its row, and says why; its facts are gone."""

from pathlib import Path

import polars as pl
import pytest

from schemas.tables import FACT_TABLES
from tests.validation.rows import DOC, row, typed
from tests.warehouse.world import OTHER, built, documents, rows_of

STATUS = "SELECT doc_id, status FROM documents ORDER BY doc_id"
EMPTY = {name: typed(name) for name in (*(table.name for table in FACT_TABLES), "number_ledger", "document_texts")}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "xianzhi.duckdb"


def replaced(target: Path, *paths: str, **changed: pl.DataFrame) -> None:
    """A build without the document of before, with another one at these paths."""
    other = typed("documents", row("documents", doc_id=OTHER, paths=list(paths), source_path=paths[0]))
    texts = typed("document_texts", row("document_texts", doc_id=OTHER))
    facts = typed("rankings", row("rankings", doc_id=OTHER))
    built(target, **EMPTY | {"documents": other, "document_texts": texts, "rankings": facts} | changed)


def test_a_document_whose_path_another_one_has_is_superseded(target: Path) -> None:
    built(target)
    replaced(target, "copy.txt", "news/a.txt")
    assert rows_of(target, STATUS) == [(DOC, "superseded"), (OTHER, "current")]
    assert rows_of(target, f"SELECT * FROM observations WHERE doc_id = '{DOC}'") == []


def test_a_document_whose_file_is_gone_is_withdrawn(target: Path) -> None:
    built(target)
    replaced(target, "news/b.txt")
    assert rows_of(target, STATUS) == [(DOC, "withdrawn"), (OTHER, "current")]


def test_a_document_that_comes_back_is_current_again(target: Path) -> None:
    built(target)
    replaced(target, "news/b.txt")
    built(target)
    assert rows_of(target, STATUS) == [(DOC, "current"), (OTHER, "withdrawn")]


def test_a_place_that_left_the_registry_is_forgotten(target: Path) -> None:
    built(target, **documents(DOC, ref_area="320500"))
    of_document = f"SELECT ref_area FROM documents WHERE doc_id = '{DOC}'"
    replaced(target, "news/b.txt")
    assert rows_of(target, of_document) == [("320500",)]
    elsewhere = typed("places", row("places", code="100000", name="全国", level="country", parent_code=None))
    other = typed("documents", row("documents", doc_id=OTHER, paths=["news/b.txt"], ref_area=None))
    facts = typed("rankings", row("rankings", doc_id=OTHER, entity_code=None))
    replaced(target, "news/b.txt", places=elsewhere, documents=other, rankings=facts)
    assert rows_of(target, of_document) == [(None,)]


@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_a_damaged_memory_is_made_good_from_the_published_file(target: Path, damage: str) -> None:
    built(target)
    replaced(target, "news/b.txt")
    for path in target.parent.glob("*_seen.parquet"):
        whole = path.read_bytes()
        path.unlink()
        if damage != "gone":
            path.write_bytes(whole[:-20] if damage == "cut" else b"something else")
    replaced(target, "news/b.txt")
    assert rows_of(target, STATUS) == [(DOC, "withdrawn"), (OTHER, "current")]
    replaced(target, "news/b.txt")
    assert rows_of(target, STATUS) == [(DOC, "withdrawn"), (OTHER, "current")]
