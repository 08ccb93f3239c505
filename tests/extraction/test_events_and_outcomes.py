"""What holds for events and outcomes beyond single sentences: their words, and the merging of tellings."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from pipelines.extraction import read_facts
from schemas.vocabulary import EventType, OutcomeType

REGISTRY = Path(__file__).parents[2] / "schemas" / "registry"
TYPED = {"event_words": ("noun", "noun_weak", "launch"), "outcome_words": ("noun",)}
TYPES = {"event_words": get_args(EventType), "outcome_words": get_args(OutcomeType)}


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a file of words."""
    with (REGISTRY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", sorted(TYPED))
def test_words_that_make_something_say_what(name: str) -> None:
    for row in rows(name):
        typed = row["kind"] in TYPED[name]
        assert (row["type"] in TYPES[name]) if typed else row["type"] == "", row


@pytest.mark.parametrize("name", sorted(TYPED))
def test_no_word_twice_in_a_kind(name: str) -> None:
    counts = Counter((row["kind"], row["text"]) for row in rows(name))
    assert [word for word, count in counts.items() if count > 1] == []


def test_later_sentences_add_to_the_event() -> None:
    text = (
        "第二届银杏论坛在郯城举行\n10月9日，第二届银杏论坛在郯城县举行。"
        "论坛由省林学会主办。\n本次论坛以“绿色共富”为主题。\n论坛气氛热烈。"
    )
    [event] = read_facts(text, date(2023, 10, 10), "371322").events
    assert (event["event_date"], event["organiser"], event["theme"]) == ("2023-10-09", "省林学会", "绿色共富")
    assert event["quote"] == "第二届银杏论坛在郯城县举行"


def test_quotes_are_where_they_say() -> None:
    text = "8月1日，滨江区招商推介会在杭州举行。\n会上，滨江区、萧山区签署《产业协作备忘录》，成立了三江创新联盟。"
    facts = read_facts(text, date(2024, 8, 2), "330108")
    found = [*facts.events, *facts.outcomes]
    assert len(found) == 3
    for row in found:
        assert text[row["raw_start"] : row["raw_end"]] == row["quote"]


def test_an_outcome_names_an_event_of_the_document() -> None:
    text = "8月1日，滨江区招商推介会在杭州举行。\n会上，滨江区、萧山区签署《产业协作备忘录》。"
    facts = read_facts(text, date(2024, 8, 2), "330108")
    assert [row["event"] for row in facts.outcomes] == [row["name"] for row in facts.events]


def test_a_stretch_without_a_mark_is_no_prose() -> None:
    """A thousand characters without a full stop are left alone, so that no page can hold up the reading."""
    facts = read_facts("在会上成立了论坛和大会" * 500 + "。", date(2024, 8, 2))
    assert (facts.events, facts.outcomes) == ([], [])
