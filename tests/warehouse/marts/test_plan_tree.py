"""A plan is a tree in the order of the document, and no item falls out of it."""

from typing import Any

from tests.warehouse.marts.views import facts, views
from tests.warehouse.world import OTHER

A, B, C, D = (letter * 16 for letter in "abcd")


def tree(*changes: dict[str, Any], columns: str = "title, depth, path") -> list[tuple[Any, ...]]:
    """These columns of the tree of these items, in its order."""
    query = f"SELECT {columns} FROM marts.plan_tree ORDER BY doc_id, sort_key"
    return views(**facts("plan_items", *changes)).execute(query).fetchall()


def item(item_id: str, title: str, at: int, parent_id: str | None = None, **changes: Any) -> dict[str, Any]:
    """An item that stands at a position of the text."""
    words = {"title": title, "quote": title, "raw_start": at, "raw_end": at + len(title)}
    return {"item_id": item_id, "parent_id": parent_id, **words, **changes}


def test_items_stand_under_their_parents_in_the_order_of_the_document() -> None:
    found = tree(item(D, "乙", 30), item(C, "一", 20, B), item(B, "壹", 10, A), item(A, "甲", 1))
    assert found == [
        ("甲", 1, ["甲"]),
        ("壹", 2, ["甲", "壹"]),
        ("一", 3, ["甲", "壹", "一"]),
        ("乙", 1, ["乙"]),
    ]


def test_what_stands_under_an_item_follows_it_even_where_it_is_printed_elsewhere() -> None:
    found = tree(item(A, "甲", 50), item(B, "一", 10, A), item(C, "乙", 60), columns="title, sort_key")
    assert found == [("甲", [50]), ("一", [50, 10]), ("乙", [60])]


def test_children_are_counted_and_numbers_are_told_along_the_path() -> None:
    items = item(A, "甲", 1, number=None), item(B, "一", 2, A, number="1"), item(C, "二", 3, A, number="2")
    assert tree(*items, columns="n_children, path_numbers") == [(2, [""]), (0, ["", "1"]), (0, ["", "2"])]


def test_an_item_whose_parent_is_not_published_stands_at_the_top() -> None:
    found = tree(item(B, "一", 1, A), item(C, "二", 2, B), columns="title, depth, is_orphan")
    assert found == [("一", 1, True), ("二", 2, False)]


def test_a_circle_loses_no_item() -> None:
    found = tree(item(A, "甲", 1, B), item(B, "乙", 2, A), item(C, "丙", 3, B), columns="title, path, is_orphan")
    assert found == [("甲", ["甲"], True), ("乙", ["乙"], True), ("丙", ["丙"], True)]


def test_the_same_plan_in_two_documents_is_two_trees_with_their_place() -> None:
    found = tree(item(A, "甲", 1), item(B, "甲", 1, doc_id=OTHER), columns="doc_id[1], ref_area, depth")
    assert found == [("a", "320583", 1), ("b", "320583", 1)]
