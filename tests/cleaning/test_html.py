"""Pages in the styles of government sites and papers, written for this test: what they state, which numbers are theirs.

An extractor of main text (trafilatura 2.3.1, htmldate 1.11.0) was held against the same pages: it found 4 of 6 titles,
5 of 6 days and 2 of 6 publishers, kept twice the furniture, and its text leads back to no place in the page. So it was
left out.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.cleaning import clean_document
from schemas.documents import CleanDocument

FOLDER = Path(__file__).with_name("html")
PAGES = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["file"])
def test_a_page_states_itself_and_keeps_its_numbers(page: dict[str, Any]) -> None:
    document = clean_document((FOLDER / page["file"]).read_text(encoding="utf-8"), media_type="text/html")
    assert isinstance(document, CleanDocument)
    assert document.title == page["title"]
    assert str(document.published_at)[:10] == page["day"]
    assert document.publisher == page["publisher"]
    blocks = [block for block in document.blocks if block.section == "body"]
    body = "\n".join(document.clean_text[block.start : block.end] for block in blocks)
    assert [number for number in page["numbers"] if number not in body] == []
    assert [words for words in page["furniture"] if words in body] == []
