"""Small word lists of the registry: ranking lists, offices, words, and names that stand for an indicator.

Here are the soundness rules of ``ranking_lists.csv``, ``offices.csv``, ``words.csv`` and ``families.csv``. Their rows
stay plain dicts of text; what is done with them is ``pipelines.extraction``.
"""

from collections.abc import Container
from pathlib import Path

from schemas.registry_table import Row, read_rows

ENTITY_LEVELS = (
    "province", "prefecture", "city", "county", "district", "town", "village",
    "zone", "enterprise", "institution", "other",
)  # fmt: skip
OFFICE_KINDS = (
    "party", "government", "congress", "consultative", "judicial", "enterprise", "academic", "media", "other",
)  # fmt: skip

Table = list[dict[str, str]]


def load_ranking_lists(folder: Path) -> Table:
    """Read ``ranking_lists.csv``: name, aliases, publisher, entity_level, english. No name stands for two lists."""
    columns = ("name", "aliases", "publisher", "entity_level", "english")
    known: dict[str, str] = {}
    table: Table = []
    for row in read_rows(folder, "ranking_lists.csv", columns):
        row.one_of("entity_level", ENTITY_LEVELS)
        row.required("english")
        for name in (row.required("name"), *row.parts("aliases")):
            if name in known:
                raise row.error("list-names-disjoint", f"{name} is already a name of {known[name]}", "keep it once")
            known[name] = row.text("name")
        table.append(row.cells)
    return table


def load_offices(folder: Path) -> Table:
    """Read ``offices.csv``: title, kind, english, rank_order (a smaller number is a higher office of its kind)."""
    seen: set[str] = set()
    table: Table = []
    for row in read_rows(folder, "offices.csv", ("title", "kind", "english", "rank_order")):
        _once(row, "office-unique", row.required("title"), seen)
        row.one_of("kind", OFFICE_KINDS)
        row.required("english")
        order = row.text("rank_order")
        if order and not (order.isascii() and order.isdigit()):
            raise row.error("office-rank", f"rank_order {order!r} is not a whole number", "write digits or nothing")
        table.append(row.cells)
    return table


def load_words(folder: Path) -> dict[str, tuple[str, ...]]:
    """Read ``words.csv``: the words of each kind, in the order of the file."""
    words: dict[str, list[str]] = {}
    seen: set[str] = set()
    for row in read_rows(folder, "words.csv", ("kind", "text")):
        kind, text = row.required("kind"), row.required("text")
        _once(row, "word-unique", f"{kind}: {text}", seen)
        words.setdefault(kind, []).append(text)
    return {kind: tuple(texts) for kind, texts in words.items()}


def check_families(folder: Path, indicators: Container[str]) -> None:
    """Prove ``families.csv`` sound: a short name stands for one indicator, which exists."""
    seen: set[str] = set()
    for row in read_rows(folder, "families.csv", ("text", "indicator")):
        _once(row, "family-unique", row.required("text"), seen)
        if row.text("indicator") not in indicators:
            raise row.error("family-indicator", f"{row.text('indicator')} is no indicator", "add it or mend the code")


def _once(row: Row, rule: str, name: str, seen: set[str]) -> None:
    if name in seen:
        raise row.error(rule, f"{name} is there twice", "keep one of the rows")
    seen.add(name)
