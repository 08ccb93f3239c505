"""The site of the project's own documents, read as files: links, anchors, facts, and what a hostile document does."""

import csv
import re
from html import unescape

import duckdb
import pytest

from pipelines.atlas import addresses, is_atlas_of
from pipelines.atlas.facts import words_of
from pipelines.atlas.reader import KEYS, KINDS
from tests.atlas.conftest import Atlas
from tests.atlas.crawl import Read, clicks, read_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(atlas: Atlas) -> dict[str, Read]:
    return read_site(atlas.folder)


def facts_of(atlas: Atlas) -> list[tuple[str, str, str]]:
    query = " UNION ALL ".join(f"SELECT doc_id, {KEYS[kind]}, quote FROM {kind}" for kind in KINDS)
    with duckdb.connect(atlas.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_link_leads_somewhere(atlas: Atlas, pages: dict[str, Read]) -> None:
    for page in pages.values():
        for link in (*page.links, *page.loaded):
            target, _, anchor = link.partition("#")
            assert (atlas.folder / target).is_file(), (page.address, link)
            assert not anchor or anchor in pages[target].anchors, (page.address, link)


def test_anchors_are_unique(pages: dict[str, Read]) -> None:
    for page in pages.values():
        assert len(page.anchors) == len(set(page.anchors)), page.address


def test_every_page_and_fact_is_three_clicks_away_at_most(atlas: Atlas, pages: dict[str, Read]) -> None:
    distance = clicks(pages)
    assert distance.keys() == pages.keys()
    facts = facts_of(atlas)
    assert len(facts) > 400
    for doc_id, fact_id, _ in facts:
        # One more for the card on the page.
        assert distance[addresses.document(doc_id)] + 1 <= 3
        assert fact_id in pages[addresses.document(doc_id)].anchors


def test_every_fact_shows_its_words(atlas: Atlas) -> None:
    texts: dict[str, str] = {}
    for doc_id, fact_id, quote in facts_of(atlas):
        page = texts.setdefault(doc_id, (atlas.folder / addresses.document(doc_id)).read_text(encoding="utf-8"))
        [card] = re.findall(rf'id="{fact_id}".*?</li>', page, re.DOTALL)
        shown = re.search(r"<mark>(.*?)</mark>", card, re.DOTALL)
        assert shown, fact_id
        assert "⟨" in shown[1] or plain(words_of(quote)) == plain(unescape(shown[1]))


def plain(words: str) -> str:
    return re.sub(r"\s", "", words)


def test_a_hostile_document_is_words_and_nothing_else(atlas: Atlas, pages: dict[str, Read]) -> None:
    [name] = [path.name for path in atlas.folder.glob("documents/*.html") if "hijacked" in path.read_text("utf-8")]
    page = (atlas.folder / "documents" / name).read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in re.sub("<[^>]+>", "", page)
    assert "⟨200F⟩" in page
    assert "⟨0007⟩" in page
    for path in atlas.folder.rglob("*"):
        assert path.is_dir() or not re.search(
            "[\x00-\x08\u200e\u200f\u202a-\u202e]", path.read_text(encoding="utf-8")
        ), path
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", path.name), path
    for read in pages.values():
        assert read.handlers == []
        assert read.tags.count("script") == 1
        assert "img" not in read.tags


def test_a_table_for_spreadsheets_has_all_rows_and_no_formula(atlas: Atlas) -> None:
    with duckdb.connect(atlas.warehouse, read_only=True) as connection:
        counts = dict(connection.execute("SELECT indicator, count(*) FROM observations GROUP BY 1").fetchall())
    counts.pop(None, None)
    for code, count in counts.items():
        with (atlas.folder / addresses.table_of_indicator(code)).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == count
        for row in rows:
            words = [row[name] for name in ("indicator_name", "quote", "sentence", "ref_area_text")]
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in words)


def test_the_site_knows_what_it_was_made_of(atlas: Atlas) -> None:
    assert is_atlas_of(atlas.warehouse, atlas.folder)
    assert not is_atlas_of(atlas.folder / "index.html", atlas.folder)
