"""Damaged documents: nothing breaks, no row is published that breaks a rule, and no number is lost.

Every mutation is a real kind of damage: a digit misread, a unit swapped, a line cut or repeated, characters lost or
moved. The pages are windows of the project's sample documents.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.reading import Limits, read_file
from pipelines.reading.files import RAW_DOCUMENTS
from pipelines.shard_functions import clean_documents, documents, fact_table, facts, number_ledger
from pipelines.stages import KINDS
from pipelines.validation import reference_tables
from schemas.documents import RawDocument
from tests.extraction.test_properties import ARABIC, COUNTED

DOCUMENTS = 5000
SHARD = 500
UNITS = (
    "亿元",
    "万元",
    "元",
    "万亿元",
    "亿美元",
    "%",
    "个百分点",
    "倍",
    "家",
    "万人",
    "人",
    "亩",
    "平方公里",
    "公里",
    "‰",
    "：1",
)
NOISE = "0123456789.,，%％亿万千百十两几年月日第、。；：（）“”个家 \u3000\u200b\u202e\ufeff<>&|\x00一二三·—~～:"
Mutation = Callable[[str, random.Random], str]


def digit(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r"\d", text))
    if not found:
        return text
    at = chance.choice(found).start()
    return text[:at] + chance.choice("0123456789.,") + text[at + 1 :]


def unit(text: str, chance: random.Random) -> str:
    found = [match for one in UNITS for match in re.finditer(re.escape(one), text)]
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.start()] + chance.choice(UNITS) + text[match.end() :]


def lost(text: str, chance: random.Random) -> str:
    at, length = chance.randrange(len(text) + 1), chance.choice((1, 1, 2, 5, 30))
    return text[:at] + text[at + length :]


def noise(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + "".join(chance.choices(NOISE, k=chance.choice((1, 1, 2, 4)))) + text[at:]


def moved(text: str, chance: random.Random) -> str:
    at, to, length = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1), chance.choice((1, 4, 12))
    rest = text[:at] + text[at + length :]
    return rest[:to] + text[at : at + length] + rest[to:]


def lines(text: str, chance: random.Random) -> str:
    parts = text.split("\n")
    at = chance.randrange(len(parts))
    match chance.randrange(3):
        case 0:
            parts[at] = parts[at][: chance.randrange(len(parts[at]) + 1)]
        case 1:
            parts.insert(at, chance.choice(parts))
        case _:
            chance.shuffle(parts)
    return "\n".join(parts)


MUTATIONS: tuple[Mutation, ...] = (digit, digit, unit, unit, lost, noise, moved, lines)


def damaged(pages: list[str], chance: random.Random) -> str:
    """A window of a page with one to six mutations."""
    page = chance.choice(pages)
    start = chance.randrange(max(1, len(page) - 200))
    text = page[start : start + chance.randint(100, 900)]
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(MUTATIONS)(text, chance) or "1"
    return text


@pytest.fixture(scope="module")
def pages(project_seeds: Path) -> list[str]:
    read = (read_file(path, path.name, Limits()) for path in sorted(project_seeds.iterdir()) if path.suffix != ".py")
    return [page.raw_text for page in read if isinstance(page, RawDocument)]


@pytest.fixture(scope="module")
def reference() -> dict[str, pl.DataFrame]:
    return dict(reference_tables())


def raw(texts: list[str]) -> pl.DataFrame:
    rows = [
        {
            "doc_id": hashlib.sha256(f"{number}\x1f{text}".encode()).hexdigest(),
            "file_name": f"{number}.txt",
            "source_path": f"{number}.txt",
            "media_type": "text/plain",
            "encoding": "utf-8",
            "byte_count": len(text.encode()),
            "char_count": len(text),
            "raw_text": text,
            "reader": "test",
            "batch": "b",
            "ingested_at": datetime(2024, 1, 1),
        }
        for number, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=RAW_DOCUMENTS, orient="row")


def published(
    documents_read: pl.DataFrame, reference: dict[str, pl.DataFrame]
) -> Iterator[tuple[str, dict[str, pl.DataFrame]]]:
    """The tables of the validated stages, each with the counts of its checks."""
    tables = {"raw_documents": documents_read} | clean_documents({"raw_documents": documents_read})
    stated = facts(tables)
    known = {"raw_documents": documents_read, "document_profiles": stated["document_profiles"]}
    kinds = {kind: fact_table(known | {kind: stated[kind]}, reference, ()) for kind in KINDS}
    yield from kinds.items()
    valid = {kind: done[kind] for kind, done in kinds.items()}
    yield "number_ledger", number_ledger(known | valid | {"number_ledger": stated["number_ledger"]}, reference)
    yield "documents", documents(tables | stated, reference)


def lost_numbers(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [
        number.group()
        for pattern in (ARABIC, COUNTED)
        for number in pattern.finditer(text)
        if not any(start < number.end() and number.start() < end for start, end in spans)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(DOCUMENTS // SHARD))
def test_damaged_documents(shard: int, pages: list[str], reference: dict[str, pl.DataFrame]) -> None:
    chance = random.Random(f"shard {shard}")
    documents_read = raw([damaged(pages, chance) for _ in range(SHARD)])
    for table, done in published(documents_read, reference):
        broken = done["checks"].filter(pl.col("severity") == "error", ~pl.col("passed"))
        assert broken.select("check_name", "failed_count").rows() == [], table
        if table == "number_ledger":
            assert done["rejected"].rows() == []
            spans = {doc_id: [] for doc_id in documents_read["doc_id"]}
            for doc_id, start, end in done[table].select("doc_id", "raw_start", "raw_end").iter_rows():
                spans[doc_id].append((start, end))
            for doc_id, text in documents_read.select("doc_id", "raw_text").iter_rows():
                assert lost_numbers(text, spans[doc_id]) == [], text
        if table == "observations":
            assert done[table].height > SHARD, "nothing is read, so nothing is tested"
