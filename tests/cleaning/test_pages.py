"""Whole pages, written for this test: what they state of themselves, and which lines are no part of the document."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.cleaning import clean_document
from schemas.documents import CleanDocument

PAGES = json.loads(Path(__file__).with_name("pages.json").read_text(encoding="utf-8"))


@pytest.fixture(params=PAGES, ids=lambda page: page["comment"])
def page(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


@pytest.fixture
def document(page: dict[str, Any]) -> CleanDocument:
    document = clean_document("\n".join(page["text"]), media_type=page["media_type"])
    assert isinstance(document, CleanDocument)
    return document


def test_a_page_states_what_it_states(page: dict[str, Any], document: CleanDocument) -> None:
    stated = {
        "title": document.title,
        "published": str(document.published_at) if document.published_at else None,
        "precision": document.published_precision,
        "basis": document.published_basis,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
    }
    assert {name: value for name, value in stated.items() if value} == page["stated"]


def test_the_lines_of_a_page_have_their_sections(page: dict[str, Any], document: CleanDocument) -> None:
    lines = [(block, document.clean_text[block.start : block.end]) for block in document.blocks]
    assert [line for block, line in lines if block.section == "boilerplate"] == page["boilerplate"]
    related = [
        [block.group, block.published and str(block.published), line]
        for block, line in lines
        if block.section == "related"
    ]
    assert related == page["related"]
    assert [line for block, line in lines if block.kind == "credit" and block.section == "body"] == page["credits"]
    assert all(block.group == 0 and block.published is None for block, _ in lines if block.section != "related")
    if page["media_type"] == "text/plain":
        # A title over two lines is two blocks.
        title = [page["stated"]["title"]] if "title" in page["stated"] else []
        assert [line for block, line in lines if block.kind == "title"] == page.get("title_lines", title)
