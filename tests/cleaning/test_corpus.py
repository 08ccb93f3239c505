"""The real documents beside the repository: offsets, sections and what the pages state, against the annotations."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.cleaning import OffsetMap, clean_document
from pipelines.reading import Limits, read_file
from pipelines.settings import PROJECT_ROOT
from schemas.documents import CleanDocument, RawDocument
from tests.cleaning.offsets import assert_every_character_leads_back

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"
TEXTS = sorted(CORPUS.glob("*/texts/*.txt")) + sorted(CORPUS.glob("more/*.txt"))
GOLD = sorted(CORPUS.glob("*/gold/*.jsonl"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not TEXTS, reason=f"THE CORPUS IS MISSING: no documents in {CORPUS}, so nothing real was tested"
    ),
]


def read(path: Path) -> tuple[RawDocument, CleanDocument]:
    raw = read_file(path, path.name, Limits())
    assert isinstance(raw, RawDocument)
    document = clean_document(raw.raw_text, media_type=raw.media_type)
    assert isinstance(document, CleanDocument)
    return raw, document


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_character_of_real_documents_leads_back(path: Path) -> None:
    raw, document = read(path)
    assert_every_character_leads_back(raw.raw_text, raw.media_type)
    body = sum(block.end - block.start for block in document.blocks if block.section == "body")
    # Some of the pages carry long lists of other documents; none is mostly furniture.
    assert body > 0.5 * len(document.clean_text)


def gold(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], CleanDocument]:
    header, *records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return header, records, read(path.parents[1] / "texts" / f"{path.stem}.txt")[1]


def test_quotes_stand_in_the_section_that_the_annotators_gave_them() -> None:
    found: Counter[bool] = Counter()
    for path in GOLD:
        _, records, document = gold(path)
        offsets = OffsetMap(document.map_clean, document.map_raw, document.map_raw_end)
        spans = [(*offsets.span(block.start, block.end), block.section) for block in document.blocks]
        for record in records:
            start = document.raw_text.index(record["quote"])
            end = start + len(record["quote"])
            sections = {section for first, last, section in spans if first < end and last > start}
            # Credits are body here, so that they can be read; annotators are not of one mind about them.
            if record["kind"] != "person_role":
                found[sections == {record["section"]}] += 1
    assert found[True] > 700
    assert found[False] == 0


def test_what_pages_state_is_what_the_annotators_read() -> None:
    wrong = []
    for path in GOLD:
        header, _, document = gold(path)
        ours = {
            "published": str(document.published_at or ""),
            "publisher": document.publisher or "",
            "author": document.author or "",
        }
        for field, value in ours.items():
            # The collectors knew some dates from elsewhere: a page that states none must have none here.
            if field not in header or (field == "published" and document.published_basis == "unknown"):
                continue
            expected = header[field]
            if not (value.startswith(expected) if field == "published" and expected else value == expected):
                wrong.append((path.stem, field, expected, value))
    assert wrong == []
    stated = [path.stem for path in GOLD if gold(path)[2].published_basis == "stated"]
    assert len(stated) == 7
