"""Places in a list, edition by edition."""

from typing import Any

from tests.validation.rows import row, typed
from tests.warehouse.marts.views import views
from tests.warehouse.world import OTHER


def ranked(*changes: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The history of these rankings."""
    rows = [
        row("rankings", **{"ranking_id": f"{number:016x}", "section": "body", **change})
        for number, change in enumerate(changes)
    ]
    query = """
        SELECT entity_name, edition, rank, previous_edition, previous_rank, change, within_top, n_ranks, n_sources
        FROM marts.ranking_history ORDER BY list_name, entity_name, edition NULLS LAST"""
    return views(rankings=typed("rankings", *rows)).execute(query).fetchall()


def test_a_rank_is_compared_with_the_edition_before() -> None:
    changes = [{"edition": "2020", "rank": 5}, {"edition": "2022", "rank": 3}, {"edition": "2023", "rank": 4}]
    assert [found[1:6] for found in ranked(*changes)] == [
        ("2020", 5, None, None, None),
        ("2022", 3, "2020", 5, 2),
        ("2023", 4, "2022", 3, -1),
    ]


def test_copies_are_one_row_and_differing_ranks_are_counted() -> None:
    same = [{}, {"doc_id": OTHER}, {"rank": 2, "section": "related"}]
    assert ranked(*same) == [("昆山市", "2023", 1, None, None, None, None, 2, 2)]


def test_the_text_of_the_page_counts_before_a_snippet() -> None:
    assert ranked({"rank": 1, "section": "related"}, {"rank": 2})[0][2] == 2


def test_a_group_without_a_rank_does_not_stand_between_two_ranks() -> None:
    group = {"edition": "2022", "rank": None, "within_top": 100}
    found = ranked({"edition": "2021", "rank": 9}, group, {"edition": "2023", "rank": 7})
    assert [entry[2:7] for entry in found] == [
        (9, None, None, None, None),
        (None, None, None, None, 100),
        (7, "2021", 9, 2, None),
    ]


def test_lists_entities_and_unknown_editions_are_kept_apart() -> None:
    found = ranked(
        {"rank": 1},
        {"rank": 2, "list_name": "千强镇"},
        {"rank": 3, "entity_name": "某公司", "entity_code": None},
        {"rank": 4, "edition": None},
        {"rank": 5, "nature": "target", "edition": "2025"},
    )
    assert sorted((entry[0], entry[1], entry[2]) for entry in found if entry[1]) == [
        ("昆山市", "2023", 1),
        ("昆山市", "2023", 2),
        ("某公司", "2023", 3),
    ]
    assert [entry[2:6] for entry in found if entry[1] is None] == [(4, None, None, None)]
