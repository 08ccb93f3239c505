"""The data dictionary is that of the tables and views as they are."""

from warehouse.dictionary import PATH, page


def test_the_page_is_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == page(), "run `make docs` and commit docs/dictionary.md"
