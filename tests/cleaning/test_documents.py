import json
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from pipelines.cleaning import clean, clean_document
from pipelines.cleaning.frames import CLEAN_DOCUMENTS
from pipelines.reading.files import RAW_DOCUMENTS, REJECTED
from schemas.documents import Block, CleanDocument

PROSE = "全县上下攻坚克难，地区生产总值完成512.6亿元，同比增长6.1%，主要指标好于预期。"
PAGE = f"某县概况\n发布时间：2024-05-06 来源：某报\n{PROSE}\nＧＤＰ增长6.1%\n相关阅读：\n邻县一季度增长5%\n2024-04-20"


def raw(*texts: str, media_type: str = "text/plain") -> pl.DataFrame:
    rows = [
        dict.fromkeys(RAW_DOCUMENTS, "")
        | {"doc_id": f"{n:064x}", "file_name": f"{n}.txt", "raw_text": text, "media_type": media_type}
        | {"byte_count": 1, "char_count": len(text), "ingested_at": datetime(2025, 1, 1)}
        for n, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=RAW_DOCUMENTS, orient="row")


def test_documents_become_rows_with_all_columns() -> None:
    tables = clean(raw(PAGE))
    frame = tables["clean_documents"]
    assert frame.schema == CLEAN_DOCUMENTS
    assert tables["rejected"].schema == REJECTED
    row = frame.row(0, named=True)
    assert (row["title"], row["publisher"], row["published_at"]) == ("某县概况", "某报", datetime(2024, 5, 6))
    assert row["repairs"] == [{"name": "fold_full_width", "count": 3}]
    assert row["blocks"][-1] == {
        "start": len(row["clean_text"]) - 10,
        "end": len(row["clean_text"]),
        "section": "related",
        "kind": "metadata",
        "published": date(2024, 4, 20),
        "group": 1,
    }
    assert row["map_clean"] == [0, len(row["clean_text"])]


def test_a_page_without_text_is_refused_and_the_others_go_on() -> None:
    tables = clean(raw("<script>1</script><p></p>", f"<p>{PROSE}</p>", media_type="text/html"))
    assert tables["clean_documents"]["doc_id"].to_list() == [f"{1:064x}"]
    rejected = tables["rejected"].row(0, named=True)
    assert (rejected["stage"], rejected["table_name"], rejected["rule"]) == ("cleaning", "clean_documents", "no_text")
    assert rejected["doc_id"] == f"{0:064x}"
    assert json.loads(rejected["record"])["file_name"] == "0.txt"


def test_no_documents_give_empty_tables_with_all_columns() -> None:
    tables = clean(raw())
    assert tables["clean_documents"].schema == CLEAN_DOCUMENTS
    assert tables["rejected"].schema == REJECTED


def test_cleaning_alone_or_together_gives_the_same() -> None:
    together = raw(PAGE, PROSE, f"某县{PAGE}")
    alone = pl.concat([clean(together[n])["clean_documents"] for n in range(3)])
    assert clean(together)["clean_documents"].equals(alone)


def test_a_frame_survives_parquet(tmp_path: Any) -> None:
    frame = clean(raw(PAGE, PROSE))["clean_documents"]
    frame.write_parquet(tmp_path / "clean.parquet")
    assert pl.read_parquet(tmp_path / "clean.parquet").equals(frame)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"published_basis": "unknown"}, "do not agree"),
        ({"published_at": None}, "do not agree"),
        ({"published_precision": "hour"}, "published_precision"),
        ({"blocks": [Block(1, 5)]}, "does not follow"),
        ({"blocks": [Block(0, 4), Block(4, 9)]}, "does not follow"),
        ({"blocks": [Block(0, 4)]}, "blocks end at"),
        ({"map_clean": [1, 9]}, "in order"),
        ({"map_clean": [0, 0]}, "in order"),
        ({"map_raw": [5, 2], "map_raw_end": [4, 4]}, "backwards"),
        ({"map_raw": [0, 2], "map_raw_end": [4, 4]}, "backwards"),
        ({"map_raw_end": [4]}, "differ in length"),
        ({"map_raw": [0, 9_999], "map_raw_end": [9_999, 9_999]}, "leaves the raw text"),
        ({"clean_text": ""}, "clean_text"),
        ({"title": 5}, "title"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_the_model_refuses_a_document_that_contradicts_itself(change: dict[str, Any], says: str) -> None:
    document = clean_document(PAGE)
    assert isinstance(document, CleanDocument)
    fields = {name: getattr(document, name) for name in CleanDocument.model_fields}
    CleanDocument(**fields)
    with pytest.raises(ValidationError, match=says):
        CleanDocument(**(fields | change))


def test_a_record_cannot_be_changed() -> None:
    document = clean_document(PAGE)
    with pytest.raises(ValidationError, match="frozen"):
        document.title = "另一个"  # type: ignore[union-attr, misc]
