"""Ties between places and bodies: each is told by a document, and told once."""

from typing import Any

from tests.validation.rows import DOC
from tests.warehouse.marts.views import facts, views
from tests.warehouse.world import OTHER

EDGES = "source, target, kind, event, date"


def edges(columns: str = EDGES, **changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The network of these outcomes, events and organizations."""
    frames: dict[str, Any] = {}
    for table in ("outcomes", "events", "organizations"):
        frames |= facts(table, *changes.get(table, []))
    query = f"SELECT {columns} FROM marts.cooperation_network ORDER BY kind, source, target, date"
    return views(**frames).execute(query).fetchall()


def test_each_two_parties_of_an_outcome_are_an_edge() -> None:
    alliance = {"name": "乙盟", "type": "alliance", "parties": ["某大学", "某园区", "某银行", "某园区"]}
    found = edges(f"{EDGES}, directed, outcomes", outcomes=[alliance], events=[{}])
    pairs = [("某园区", "某大学"), ("某园区", "某银行"), ("某大学", "某银行")]
    assert sorted(found) == sorted((*sorted(pair), "alliance", "春会", "2024-03-01", False, ["乙盟"]) for pair in pairs)


def test_an_outcome_of_one_party_is_no_edge() -> None:
    assert edges(outcomes=[{"parties": ["某大学"]}, {"parties": []}], events=[{}]) == []


def test_a_name_of_one_place_is_told_in_full_with_its_code() -> None:
    told = [{"parties": ["某大学", "昆山"]}, {"parties": ["昆山市", "苏州市"]}, {"parties": ["苏州市", "昆山"]}]
    assert edges("source, source_code, target, target_code", outcomes=told) == [
        ("昆山市", "320583", "某大学", None),
        ("昆山市", "320583", "苏州市", "320500"),
    ]


def test_a_visit_goes_to_every_place_that_is_named() -> None:
    visit = {"name": "赴外考察", "type": "visit", "organiser": "昆山", "place": "甲市、乙市"}
    assert edges(f"{EDGES}, directed", events=[{**visit, "event_date": "2024-03", "date_precision": "month"}]) == [
        ("昆山市", "乙市", "visit", "赴外考察", "2024-03", True),
        ("昆山市", "甲市", "visit", "赴外考察", "2024-03", True),
    ]


def test_a_site_that_was_seen_is_tied_to_the_visitor() -> None:
    visit = {"name": "赴外考察", "type": "visit", "organiser": "昆山市", "place": None, "place_code": None}
    seen = {"name": "某公司", "relation": "visited", "event": "赴外考察"}
    other = {"name": "某企业", "relation": "honoured", "event": "赴外考察"}
    assert edges(events=[visit], organizations=[seen, other]) == [
        ("昆山市", "某公司", "site_visit", "赴外考察", "2024-03-01")
    ]


def test_without_a_visitor_or_at_home_there_is_no_visit() -> None:
    visits = [{"type": "visit", "organiser": None}, {"type": "visit", "organiser": "昆山", "place": "昆山市"}]
    seen = {"name": "某公司", "relation": "visited", "event": "别的考察"}
    assert edges(events=visits, organizations=[seen]) == []


def test_copies_are_one_source_and_the_most_exact_date_is_told() -> None:
    visit = {"name": "赴外考察", "type": "visit", "organiser": "昆山市", "place": "甲市"}
    month = {"event_date": "2024-03", "date_precision": "month"}
    told = [{**visit, "sentence": "一句"}, {**visit, **month, "sentence": "一句", "doc_id": OTHER}]
    assert edges("date, n_sources, doc_ids", events=told) == [("2024-03-01", 1, [DOC, OTHER])]
    told[1]["sentence"] = "又一句"
    assert edges("date, n_sources", events=told) == [("2024-03-01", 2)]


def test_an_event_of_the_same_name_in_another_year_is_another() -> None:
    visit = {"name": "赴外考察", "type": "visit", "organiser": "昆山市", "place": "甲市"}
    assert [found[-1] for found in edges(events=[visit, {**visit, "event_date": "2023-03-01", "doc_id": OTHER}])] == [
        "2023-03-01",
        "2024-03-01",
    ]
