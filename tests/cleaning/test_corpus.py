"""The real documents beside the repository: offsets, sections and what the pages state, against the annotations."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.cleaning import OffsetMap, clean_document
from pipelines.cleaning.frames import clean_frame
from pipelines.extraction import extract
from pipelines.reading import Limits, read_file
from pipelines.settings import PROJECT_ROOT
from schemas.documents import CleanDocument, RawDocument
from schemas.registry import load_registry
from tests.cleaning.offsets import assert_every_character_leads_back

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"
TEXTS = sorted(CORPUS.glob("*/texts/*.txt")) + sorted(CORPUS.glob("more/*.txt"))
# Pages without a title of their own, or of two documents: those who collected them gave them one.
TITLED_BY_COLLECTORS = {"kangbao_shangyi_2023_profile", "tianshui_2015_table"}
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
            "title": document.title or "",
            "published": str(document.published_at or ""),
            "publisher": document.publisher or "",
            "author": document.author or "",
        }
        for field, value in ours.items():
            # The collectors knew some dates from elsewhere: a page that states none must have none here.
            if field not in header or (field == "title" and path.stem in TITLED_BY_COLLECTORS):
                continue
            if field == "published" and document.published_basis == "unknown":
                continue
            expected = header[field]
            if not (value.startswith(expected) if field == "published" and expected else value == expected):
                wrong.append((path.stem, field, expected, value))
    assert wrong == []
    stated = [path.stem for path in GOLD if gold(path)[2].published_basis == "stated"]
    assert len(stated) == 7


def test_conclusions_about_whole_documents_are_those_of_the_annotators() -> None:
    wrong = []
    for path in GOLD:
        header, _, document = gold(path)
        profile = extract(clean_frame([document.model_copy(update={"source_path": path.name})]))[
            "document_profiles"
        ].row(0, named=True)
        # A description of a place is `news` for annotators of some pages, `profile` for those of others.
        kind = "profile" if header["title"].endswith(("简介", "基本情况")) else header["doc_type"]
        if (profile["ref_area"] or "", profile["doc_type"]) != (header["place_code"], kind):
            wrong.append((path.stem, header["place_code"], kind, profile))
    assert wrong == []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("more/*.txt")), ids=lambda path: path.stem)
def test_reports_are_about_the_place_that_their_file_names(path: Path) -> None:
    _, document = read(path)
    profile = extract(clean_frame([document]))["document_profiles"].row(0, named=True)
    assert profile["doc_type"] == "work_report"
    assert load_registry().places[profile["ref_area"]].name == path.stem.partition("_")[0]
    assert (document.title or "").endswith("政府工作报告")
    assert document.published_at is not None
    assert document.published_at.year == 2026
