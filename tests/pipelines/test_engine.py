"""The engine with functions of its own: this file is imported by the processes that it starts."""

import json
import re
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines.cleaning import clean
from pipelines.cleaning.documents import clean_document
from pipelines.cleaning.frames import clean_frame
from pipelines.engine import Outcome, Task, run
from pipelines.extraction import extract
from pipelines.lake import Address, Lake
from pipelines.patience import Bounds, TooSlow, each, patience
from pipelines.processes import Processes
from schemas.documents import CleanDocument

REJECTED = {"stage": pl.Utf8, "table_name": pl.Utf8, "rule": pl.Utf8, "reason": pl.Utf8, "record": pl.Utf8}
REJECTED |= {"doc_id": pl.Utf8, "raw_start": pl.Int64, "raw_end": pl.Int64, "suggestion": pl.Utf8}
FUNCTIONS = "tests.pipelines.test_engine"


def double(inputs: dict[str, pl.DataFrame], poison: str = "") -> dict[str, pl.DataFrame]:
    """Doubles the value of each document; chokes on a shard that holds the poison."""
    frame = inputs["raw"]
    if poison and poison in "".join(frame["doc_id"]):
        raise ValueError(f"choked on {poison}")
    doubled = frame.with_columns(pl.col("value") * 2)
    return {"facts": doubled, "rejected": pl.DataFrame(schema=REJECTED)}


def broken(inputs: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    raise RuntimeError("a fault of the program")


def lonely(inputs: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Fails on several documents together, on none of them alone."""
    if inputs["raw"].height > 1:
        raise ValueError("too many")
    return double(inputs)


def slow(inputs: dict[str, pl.DataFrame], poison: str) -> dict[str, pl.DataFrame]:
    """A pattern that goes back and forth for ever over one document."""
    for row in each(inputs["raw"].iter_rows(named=True)):
        if row["doc_id"] == poison:
            re.fullmatch("(a+)+", "a" * 64 + "b")
    return double(inputs)


def greedy(inputs: dict[str, pl.DataFrame], poison: str) -> dict[str, pl.DataFrame]:
    """Holds more and more over one document."""
    for row in each(inputs["raw"].iter_rows(named=True)):
        held = []
        while row["doc_id"] == poison and len(held) < 500:
            held.append(bytearray(1 << 20))
            time.sleep(0.005)
    return double(inputs)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    for number in range(3):
        doc_ids = [f"{number}{letter}" for letter in "abcde"]
        rows = {"doc_id": doc_ids, "source_path": [f"县/{doc_id}.txt" for doc_id in doc_ids], "value": range(5)}
        lake.write("raw", str(number), {"raw": pl.DataFrame(rows)})
    return lake


def task(key: str, function: str = "double", **arguments: str) -> Task:
    return Task("facts", key, f"{FUNCTIONS}:{function}", {"raw": Address("raw", key, "raw")}, arguments=arguments)


def shards(lake: Lake) -> dict[tuple[str, str], list[dict]]:
    return {(k, t): lake.read("facts", k, t).to_dicts() for k in lake.keys("facts") for t in ("facts", "rejected")}


def figures(outcomes: list[Outcome]) -> list[tuple]:
    return [(outcome.stage, outcome.key, outcome.rows, outcome.failed) for outcome in outcomes]


def test_inline_and_processes_make_the_same_shards(lake: Lake, tmp_path: Path):
    other = Lake(tmp_path / "other")
    shutil.copytree(lake.root, other.root)
    tasks = [task(key, poison="1c") for key in "012"]
    inline = run(tasks, lake)
    with Processes(2) as crew:
        spread = run(tasks, other, crew)
    assert figures(inline) == figures(spread)
    assert shards(lake) == shards(other)
    assert [outcome.failed for outcome in inline] == [(), ("1c",), ()]


def test_a_document_that_fails_does_not_sink_the_others(lake: Lake):
    run([task("0", poison="0c")], lake)
    assert lake.read("facts", "0", "facts")["doc_id"].to_list() == ["0a", "0b", "0d", "0e"]
    (row,) = lake.read("facts", "0", "rejected").to_dicts()
    assert row["rule"] == "stage_failure"
    assert row["doc_id"] == "0c"
    assert json.loads(row["record"]) == {"doc_id": "0c", "source_path": "县/0c.txt"}
    assert row["reason"] == "the stage facts failed on this document: ValueError: choked on 0c"


def test_a_document_over_its_time_is_refused_and_the_others_go_on(lake: Lake):
    too_slow = replace(task("0", "slow", poison="0c"), bounds=Bounds(1))
    (outcome,) = run([too_slow], lake)
    assert outcome.failed == ("0c",)
    assert lake.read("facts", "0", "facts")["doc_id"].to_list() == ["0a", "0b", "0d", "0e"]
    (row,) = lake.read("facts", "0", "rejected").to_dicts()
    assert (row["stage"], row["rule"]) == ("extraction", "too_slow")
    assert row["doc_id"] == "0c"
    assert row["reason"].endswith("Split it, or raise XIANZHI_MAX_READ_SECONDS.")
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL, "nothing rings afterwards"


def test_a_document_over_its_memory_is_refused_and_the_others_go_on(lake: Lake, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipelines.patience.LOADED_ONCE", 0)
    too_large = replace(task("0", "greedy", poison="0c"), bounds=Bounds(60, 64 << 20))
    (outcome,) = run([too_large], lake)
    assert outcome.failed == ("0c",)
    assert lake.read("facts", "0", "facts")["doc_id"].to_list() == ["0a", "0b", "0d", "0e"]
    (row,) = lake.read("facts", "0", "rejected").to_dicts()
    assert (row["stage"], row["rule"], row["doc_id"]) == ("extraction", "too_much_memory", "0c")
    assert row["reason"] == (
        "It takes the stage facts more than 67,108,864 bytes of memory. Split it, or raise XIANZHI_MAX_READ_MEMORY."
    )


def test_cleaning_and_extraction_go_document_by_document(monkeypatch: pytest.MonkeyPatch):
    """Their alarm rings within the document that takes too long, and says which."""
    document = clean_document("今年，全县生产总值5亿元。")
    assert isinstance(document, CleanDocument)
    cleaned = clean_frame([document])
    monkeypatch.setattr("pipelines.cleaning.documents.clean_document", lambda *_: time.sleep(20))
    monkeypatch.setattr("pipelines.extraction.read_document", lambda *_: time.sleep(20))
    rows = [{"doc_id": "a", "raw_text": "1", "file_name": "", "source_path": "", "media_type": "text/plain"}]
    for work, documents in ((clean, pl.DataFrame(rows)), (extract, cleaned)):
        with pytest.raises(TooSlow) as caught, patience(Bounds(0.1)):
            work(documents)
        assert caught.value.doc_id == documents["doc_id"][0]


def test_documents_that_only_fail_together_all_pass(lake: Lake):
    (outcome,) = run([task("0", "lonely")], lake)
    assert outcome.rows == {"facts": 5, "rejected": 0}
    assert outcome.failed == ()


def test_a_fault_on_every_document_is_the_programs(lake: Lake):
    with pytest.raises(RuntimeError, match="a fault of the program"):
        run([task("0"), task("1", "broken")], lake)
    assert lake.keys("facts") == ["0"], "what was done before stays"


def test_a_single_document_may_fail(lake: Lake):
    lake.write("raw", "9", {"raw": pl.DataFrame({"doc_id": ["9a"], "value": [1]})})
    (outcome,) = run([task("9", poison="9a")], lake)
    assert outcome.rows == {"facts": 0, "rejected": 1}
    assert lake.read("facts", "9", "facts").schema == lake.read("raw", "9", "raw").schema
