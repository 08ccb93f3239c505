"""Corrections by people: the file says what it means, finds its row or tells that it does not, and breaks no rule."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.validation import validate
from pipelines.validation.corrections import DROPPED, Corrected, accept, correct, with_refusals
from schemas.corrections import Correction, CorrectionsError, Request, load_corrections, results
from tests.validation.rows import CONTEXT, DOC, QUOTE, frame, observation, row

ENTRY: dict[str, Any] = {
    "id": "one",
    "document": "a.txt",
    "quote": "5140",
    "action": "fix",
    "set": {"value": "5140.07"},
    "expect": {"value": "5140.06"},
    "reason": "a misprint",
    "by": "someone",
    "date": "2024-05-01",
}


def entry(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**ENTRY, **changes}.items() if value is not ...}


def corrected(table: str = "observations", *rows: dict[str, Any], **changes: Any) -> Corrected:
    correction = Correction.model_validate(entry(table=table, **changes))
    request = Request(correction, None if correction.fact else (DOC,))
    drop = [name for name in ("doubts", "correction") if name in row(table)]
    facts = frame(table, *(rows or (row(table),))).drop(drop)
    return correct(table, facts, [request], CONTEXT.reference)


def status(done: Corrected) -> str:
    correction = Correction.model_validate(entry())
    return str(results([correction], done.matches)["status"].item())


# The file -------------------------------------------------------------------------------------------------------------


def test_no_file_holds_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yaml") == ()


def test_values_are_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        "- {id: one, fact: 0123456789012345, action: fix, set: {value: 1.750, time_period: 2023, ref_area: null},\n"
        "   expect: {value: 1.751}, reason: r, by: b, date: 2024-05-01}\n",
        encoding="utf-8",
    )
    [correction] = load_corrections(path)
    assert correction.fact == "0123456789012345"
    assert correction.set == {"value": "1.750", "time_period": "2023", "ref_area": None}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document": ...}, "name either the fact, or the document and a quote"),
        ({"fact": "0123456789abcdef"}, "name either the fact, or the document and a quote"),
        ({"action": "accept"}, "accept and drop have none"),
        ({"set": {}}, "fix and reassign need set"),
        ({"set": {"obs_value": "1"}}, "set.obs_value: no column of observations that may be set"),
        ({"set": {"observation_id": "1"}}, "set.observation_id: no column"),
        ({"expect": {}}, "at least 1 item"),
        ({"expect": {"values": "1"}}, "expect.values: no column"),
        ({"action": "reassign"}, "reassign sets ref_area"),
        ({"table": "documents"}, "Input should be"),
        ({"reason": ...}, "Field required"),
        ({"colour": "red"}, "Extra inputs"),
        ({"table": "rankings", "set": {"rank": "first"}, "expect": {"rank": "1"}}, "a whole number is expected"),
        ({"table": "outcomes", "set": {"parties": "甲"}, "expect": {"name": "乙"}}, "a list is expected"),
    ],
)
def test_an_entry_that_says_too_little_or_too_much_is_named(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(json.dumps([entry(id="bad-one", **changes)], ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CorrectionsError, match="entry bad-one") as refused:
        load_corrections(path)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "is no YAML"),
        ("a: b", "is no list"),
        ("- 3", "entry 1: Input should be"),
        ("- {id: x}\n- {id: x}", "entry x.action: Field required"),
        # Which of the two is the value that somebody meant?
        ("- {id: x, set: {value: 33, value: 34}}", "value is there twice"),
        ("- {id: x, id: y}", "id is there twice"),
        ("[" * 5000, "too deep"),
    ],
)
def test_a_file_that_is_no_list_of_corrections_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsError, match=words):
        load_corrections(path)


def test_aliases_of_aliases_are_not_spelt_out(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    # Thirty lines that stand for a thousand million entries.
    lines = ["- &a0 [x, x]", *(f"- &a{line} [*a{line - 1}, *a{line - 1}]" for line in range(1, 30))]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CorrectionsError, match="entry 1: Input should be"):
        load_corrections(path)


def test_an_id_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(json.dumps([entry(), entry()]), encoding="utf-8")
    with pytest.raises(CorrectionsError, match="the ids one are there twice"):
        load_corrections(path)


# What they do ---------------------------------------------------------------------------------------------------------


def test_a_fix_changes_the_value_and_what_follows_from_it() -> None:
    done = corrected()
    valid, rejected = validate("observations", done.rows, CONTEXT)
    assert rejected.is_empty()
    assert valid.select("value", "obs_value", "correction").rows() == [
        (valid["value"][0], 100_000_000 * valid["value"][0], "one")
    ]
    assert str(valid["value"][0]) == "5140.070000"
    assert status(done) == "applied"


def test_a_fix_brings_a_refused_row_back() -> None:
    lost = {"indicator": "INCOME_RATIO", "indicator_name": "城乡居民收入比", "measure": "ratio", "unit": None}
    lost |= {"quote": "城乡居民收入比缩小至1.751", "value": "1.751", "obs_value": "1.751", "unit_measure": "RATIO"}
    refused = observation(**lost)
    assert validate("observations", frame("observations", refused), CONTEXT)[1]["rule"].to_list() == ["ratio_precision"]
    change = {"quote": "1.751", "set": {"value": "1.75"}, "expect": {"value": "1.751"}}
    valid, rejected = validate("observations", corrected("observations", refused, **change).rows, CONTEXT)
    assert rejected.is_empty()
    assert str(valid["obs_value"].item()) == "1.750000"


def test_a_correction_breaks_no_rule() -> None:
    wrong = {"set": {"value": "51400600"}}
    valid, rejected = validate("observations", corrected(**wrong).rows, CONTEXT)
    assert valid.is_empty()
    assert rejected["rule"].to_list() == ["hard_range"]


def test_a_row_goes_to_another_place_indicator_and_period() -> None:
    to = {"ref_area": "320500", "indicator": "AREA", "unit": "公顷", "time_period": "2022", "nature": "target"}
    [changed] = corrected(action="reassign", set=to).rows.to_dicts()
    assert changed["ref_area_name"] == "苏州市"
    assert changed["indicator_name"] == "面积"
    assert (changed["unit_measure"], changed["obs_value"]) == ("KM2", "51.40060000000000")
    assert (changed["period_basis"], changed["obs_status"]) == ("explicit", "F")


@pytest.mark.parametrize(("basis", "then"), [("unknown", "context"), ("document", "document")])
def test_a_row_that_had_no_place_is_given_one(basis: str, then: str) -> None:
    nowhere = observation(ref_area=None, ref_area_name=None, ref_area_text="某县", place_basis=basis)
    done = corrected("observations", nowhere, action="reassign", set={"ref_area": "320500"})
    assert done.rows.select("ref_area_name", "ref_area_text", "place_basis").rows() == [("苏州市", None, then)]


def test_a_dropped_row_is_refused_with_the_reason() -> None:
    done = corrected(action="drop", set=...)
    assert done.rows.is_empty()
    [refusal] = done.rejected.to_dicts()
    assert (refusal["rule"], refusal["doc_id"]) == (DROPPED, DOC)
    assert refusal["reason"] == "someone dropped it (one): a misprint"
    assert json.loads(refusal["record"])["value"] == "5140.06"


def test_an_accepted_row_loses_its_doubts() -> None:
    doubted = observation(value="20000", obs_value="2000000000000")
    change = {"action": "accept", "set": ..., "expect": {"value": "20000"}}
    done = corrected("observations", doubted, **change)
    valid, _ = validate("observations", done.rows, CONTEXT)
    assert valid.select("obs_status", "doubts").rows() == [("Q", "soft_range")]
    taken = accept(valid, done.accepted, "observation_id")
    assert taken.select("obs_status", "doubts", "correction").rows() == [("A", None, "one")]
    assert taken.columns == valid.columns


def plan_item(item_id: str, number: str, parent: str | None, parent_id: str | None) -> dict[str, Any]:
    return row("plan_items", item_id=item_id, number=number, parent=parent, parent_id=parent_id)


CHAPTER, SECOND, TASK = "a" * 16, "b" * 16, "c" * 16
PLAN = (
    plan_item(CHAPTER, "01", None, None),
    plan_item(SECOND, "02", None, None),
    plan_item(TASK, "1", "01", CHAPTER),
)


@pytest.mark.parametrize(("parent", "parent_id"), [("02", SECOND), ("09", None), (None, None)])
def test_an_item_of_a_plan_moves_under_its_new_parent(parent: str | None, parent_id: str | None) -> None:
    change = {"fact": TASK, "document": ..., "quote": ...}
    done = corrected("plan_items", *PLAN, **change, set={"parent": parent}, expect={"parent": "01"})
    moved = done.rows.filter(item_id=TASK)
    assert moved.select("parent", "parent_id").rows() == [(parent, parent_id)]


def test_what_stood_under_a_dropped_item_stands_where_it_stood() -> None:
    change = {"fact": CHAPTER, "document": ..., "quote": ..., "action": "drop", "set": ...}
    done = corrected("plan_items", *PLAN, **change, expect={"number": "01"})
    assert done.rows.sort("item_id").select("item_id", "parent", "parent_id").rows() == [
        (SECOND, None, None),
        (TASK, None, None),
    ]


def test_a_named_fact_of_another_table_is_fixed() -> None:
    change = {"fact": row("rankings")["ranking_id"], "document": ..., "quote": ...}
    done = corrected("rankings", **change, set={"rank": "2"}, expect={"rank": "1"})
    assert validate("rankings", done.rows, CONTEXT)[0]["rank"].to_list() == [2]


# What they do not find ------------------------------------------------------------------------------------------------


def test_a_quote_that_is_nowhere_is_told() -> None:
    done = corrected(quote="6000")
    assert status(done) == "no_match"
    assert done.rows["correction"].to_list() == [None]


def test_a_row_that_says_something_else_is_left_alone() -> None:
    done = corrected(expect={"value": "5140.06", "unit": "万元"})
    assert status(done) == "guard_failed"
    assert done.rows["value"].to_list() == ["5140.06"]


def test_two_rows_that_fit_are_both_left_alone() -> None:
    twins = (observation(), observation(observation_id="f" * 16))
    done = corrected("observations", *twins)
    assert status(done) == "ambiguous"
    assert done.rows["correction"].to_list() == [None, None]


def test_the_same_words_in_another_document_are_not_meant() -> None:
    done = corrected("observations", observation(doc_id="b" * 64))
    assert status(done) == "no_match"


def test_a_shard_without_corrections_keeps_its_order() -> None:
    rows = frame("observations", observation(observation_id="f" * 16), observation()).drop("doubts", "correction")
    done = correct("observations", rows, [], CONTEXT.reference)
    assert done.rows.drop("correction").equals(rows)
    assert done.matches.is_empty()
    assert isinstance(done.rows.schema["correction"], pl.String)
    assert QUOTE in done.rows["quote"].to_list()


# What it breaks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["51.40067", "-1", "many"])
def test_a_correction_that_breaks_a_rule_is_told_as_refused(value: str) -> None:
    done = corrected(set={"value": value, **({"unit": "%"} if value == "51.40067" else {})})
    valid, _ = validate("observations", done.rows, CONTEXT)
    assert valid.is_empty()
    told = Corrected(
        done.rows, done.rejected, with_refusals(done, valid["observation_id"]), done.accepted, done.dropped
    )
    assert status(told) == "refused"


def test_a_row_that_passes_or_is_dropped_is_not_told_as_refused() -> None:
    fixed, dropped = corrected(), corrected(action="drop", set=...)
    valid, _ = validate("observations", fixed.rows, CONTEXT)
    assert with_refusals(fixed, valid["observation_id"])["refused"].to_list() == [False]
    assert with_refusals(dropped, pl.Series(dtype=pl.String))["refused"].to_list() == [False]


def test_a_file_that_is_one_correction_instead_of_a_list_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text("id: one\naction: drop\n", encoding="utf-8")
    with pytest.raises(CorrectionsError, match=r"is no list.*begins with “- id:”"):
        load_corrections(path)
