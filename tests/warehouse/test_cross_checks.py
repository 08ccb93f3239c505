"""Every cross-check of the registry sees numbers that do not go together, and leaves alone numbers that do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.validation.reference import reference_tables
from schemas.projections import create_table
from schemas.registry import load_registry
from schemas.registry_cross_checks import ALL, KINDS, CrossCheck
from schemas.tables import OBSERVATIONS, TABLES
from tests.validation.rows import DOC, observation, row, typed
from warehouse.cross_checks import cross_check

CHECKS = {check.name: check for check in load_registry().cross_checks}
OTHER = "b" * 64
COUNTY, CITY = "320583", "320500"


@dataclass(frozen=True)
class Said:
    """One number that a document states, in the base unit of its indicator."""

    indicator: str
    amount: float
    place: str = COUNTY
    period: str = "2023"
    measure: str = "level"
    nature: str = "actual"
    doc_id: str = DOC
    doubts: str | None = None

    def row(self, number: int) -> dict[str, Any]:
        registry = load_registry()
        unit = "PERCENT" if self.measure == "growth" else registry.indicators[self.indicator].unit_measure
        return observation(
            observation_id=f"{number:016x}",
            doc_id=self.doc_id,
            ref_area=self.place,
            ref_area_name=registry.places[self.place].name if self.place in registry.places else "某镇",
            indicator=self.indicator,
            indicator_name=registry.indicators[self.indicator].name_zh,
            measure=self.measure,
            value=f"{self.amount:.6f}",
            obs_value=f"{self.amount:.6f}",
            unit=None,
            unit_measure=unit,
            nature=self.nature,
            obs_status="Q" if self.doubts else "F" if self.nature == "target" else "A",
            doubts=self.doubts,
            time_period=self.period,
        )


def first_part(check: CrossCheck) -> str:
    return "GDP" if check.parts == (ALL,) else check.parts[0]


def numbers(check: CrossCheck, off: float) -> list[Said]:
    """What a document says that is off by a deviation, in what the check measures it in."""
    part = first_part(check)
    match check.kind:
        case "sum_of_parts":
            return [Said(str(check.whole), 1000 * len(check.parts)), *(Said(p, 1000 * (1 + off)) for p in check.parts)]
        case "parts_to_hundred":
            return [Said(p, 100 / len(check.parts), measure="share") for p in check.parts[1:]] + [
                Said(part, 100 / len(check.parts) + off, measure="share")
            ]
        case "product":
            return [Said(str(check.whole), 5000 * (1 + off)), Said(check.parts[0], 100), Said(check.parts[1], 50)]
        case "quotient" | "percentage":
            expected = 0.5 if check.kind == "quotient" else 50
            measure = "ratio" if check.kind == "quotient" else "share"
            stated = Said(str(check.whole), expected * (1 + off), measure=measure)
            return [stated, Said(check.parts[0], 500), Said(check.parts[1], 1000)]
        case "part_at_most_whole":
            return [Said(str(check.whole), 1000), Said(part, 1000 * (1 + off))]
        case "inner_at_most_outer":
            return [Said(part, 1000, CITY), Said(part, 1000 * (1 + off), COUNTY)]
        case "growth_of_levels":
            levels = [Said(part, 1000, period="2022"), Said(part, 1050)]
            return [*levels, Said(part, 5 + off, measure="growth")]
        case "yearly_jump":
            return [Said(part, 1000, period="2022"), Said(part, 1000 * (1 + off))]
        case "target_against_actual":
            return [Said(part, 1000), Said(part, 1000 * (1 + off), period="2025", nature="target")]
        case "agreement":
            return [Said(part, 100000 * (1 - off)), Said(part, 100000, doc_id=OTHER)]
        case _:
            raise AssertionError(f"{check.kind}: say here what breaks a check of this kind")


@pytest.fixture(scope="module")
def reference() -> Iterator[duckdb.DuckDBPyConnection]:
    """A file with the real registry and two documents, still without observations."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA quality; CREATE SCHEMA marts")
    # A check sees the levels of an indicator, which are written in base units here; no unit is needed.
    frames = reference_tables() | {
        "documents": typed("documents", row("documents"), row("documents", doc_id=OTHER)),
    }
    frames["places"] = frames["places"].filter(
        (pl.col("code").str.len_chars() == 6) | (pl.col("parent_code") == COUNTY)
    )
    for name, table in TABLES.items():
        connection.execute(create_table(table))
        if name in frames:
            connection.register("frame", frames[name])
            connection.execute(f"INSERT INTO {name} SELECT * FROM frame")
    yield connection
    connection.close()


def checked(reference: duckdb.DuckDBPyConnection, said: list[Said]) -> dict[str, list[tuple[Any, ...]]]:
    """Findings, conflicts and suspect rows that the numbers give."""
    reference.execute("BEGIN")
    try:
        frame = typed("observations", *(number.row(index) for index, number in enumerate(said)))
        reference.register("frame", frame)
        reference.execute(f"INSERT INTO observations SELECT {', '.join(OBSERVATIONS.column_names)} FROM frame")
        results = cross_check(reference)
        assert results["check_name"].to_list() == [f"cross:{name}" for name in sorted(CHECKS)]
        queries = {
            "findings": "SELECT check_name, effect, deviation, reason FROM quality.findings",
            "conflicts": "SELECT verdict, difference FROM quality.conflicts",
            "suspect": "SELECT doubts FROM observations WHERE obs_status = 'Q'",
        }
        found = {name: reference.execute(query).fetchall() for name, query in queries.items()}
        failed = results.filter(~pl.col("passed"))["check_name"].to_list()
        assert failed == sorted({f"cross:{f[0]}" for f in found["findings"] if f[1] == "doubt"})
        return found
    finally:
        reference.execute("ROLLBACK")


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_numbers_that_go_together_are_left_alone(reference: duckdb.DuckDBPyConnection, check: CrossCheck) -> None:
    off = float(check.note_above) / 2 if check.kind != "agreement" else 0
    found = checked(reference, numbers(check, off))
    assert [finding for finding in found["findings"] if finding[0] == check.name] == []
    assert found["suspect"] == []


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_a_small_deviation_is_noted(reference: duckdb.DuckDBPyConnection, check: CrossCheck) -> None:
    off = float(check.note_above + (check.doubt_above - check.note_above) / 10)
    found = checked(reference, numbers(check, off))
    assert [finding[1] for finding in found["findings"] if finding[0] == check.name] == ["note"]
    assert not any(check.name in doubts for (doubts,) in found["suspect"])


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_a_large_deviation_makes_all_its_numbers_suspect(
    reference: duckdb.DuckDBPyConnection, check: CrossCheck
) -> None:
    said = numbers(check, float(check.doubt_above) * (1.5 if check.kind != "agreement" else 1.2))
    found = checked(reference, said)
    [(_, effect, deviation, reason)] = [finding for finding in found["findings"] if finding[0] == check.name]
    assert effect == "doubt"
    assert deviation > check.doubt_above
    assert load_registry().indicators[said[0].indicator].name_zh in reason or check.kind == "parts_to_hundred"
    assert len([doubts for (doubts,) in found["suspect"] if check.name in doubts.split("|")]) == len(said)


def doubted(reference: duckdb.DuckDBPyConnection, *said: Said) -> set[str]:
    """Names of the checks that cast a doubt on numbers that no rule doubts by itself."""
    rows = checked(reference, list(said))["suspect"]
    return {name for (doubts,) in rows for name in doubts.split("|") if name in CHECKS}


@pytest.mark.parametrize(
    "neighbours",
    [
        [Said("GDP", 100), Said("GDP", 9000, doubts="soft_range")],
        [Said("GDP", 100), Said("GDP", 9000, doc_id=OTHER, doubts="soft_range")],
        [Said("GDP", 100, period="2022"), Said("GDP", 9000, doubts="soft_range")],
        [Said("GDP", 1, CITY, doubts="soft_range"), Said("GDP", 100)],
        [Said("GDP", 100), Said("GDP", 9000, period="2025", nature="target", doubts="soft_range")],
    ],
)
def test_a_number_that_is_doubted_by_itself_casts_no_doubt_on_others(
    reference: duckdb.DuckDBPyConnection, neighbours: list[Said]
) -> None:
    assert doubted(reference, *neighbours) == set()
    assert doubted(reference, *(replace(one, doubts=None) for one in neighbours)) != set()


def test_a_doubt_falls_on_all_that_say_the_same_and_on_nothing_else(reference: duckdb.DuckDBPyConnection) -> None:
    wrong = [Said("GDP", 9000), Said("GDP", 9000), Said("GDP", 100, period="2022")]
    others = [Said("GDP", 9000, period="2020"), Said("GDP", 9000, period="2025", nature="target")]
    assert len(checked(reference, wrong)["suspect"]) == 3
    assert len(checked(reference, wrong + others)["suspect"]) == 3


def test_a_town_is_held_against_its_county(reference: duckdb.DuckDBPyConnection) -> None:
    [(town,)] = reference.execute("SELECT min(code) FROM places WHERE parent_code = ?", [COUNTY]).fetchall()
    assert len(town) > 6
    assert doubted(reference, Said("GDP", 1000), Said("GDP", 900, town)) == set()
    assert doubted(reference, Said("GDP", 1000), Said("GDP", 1100, town)) == {"inner_place_within_outer"}


@pytest.mark.parametrize("per_head", [50, 200])
def test_a_figure_per_head_that_is_twice_or_half_of_what_it_should_be_is_doubted(
    reference: duckdb.DuckDBPyConnection, per_head: float
) -> None:
    said = [Said("GDP", 5000), Said("GDP_PER_CAPITA", per_head), Said("RESIDENT_POPULATION", 50)]
    assert doubted(reference, *said) == {"gdp_is_per_head_times_population"}


def test_every_kind_has_a_check() -> None:
    assert {check.kind for check in CHECKS.values()} == set(KINDS)


@pytest.mark.parametrize(
    ("changes", "other", "verdict"),
    [
        ({"value": "5140.1", "obs_value": "514010000000"}, {}, "rounding"),
        ({"value": "5000", "obs_value": "500000000000", "bound": "at_least"}, {}, "bound"),
        ({"value": "5200", "obs_value": "520000000000", "bound": "approx"}, {}, "bound"),
        ({"value": "5200", "obs_value": "520000000000", "bound": "at_least"}, {}, "contradiction"),
        ({"unit": "亿美元", "unit_measure": "USD"}, {}, "definition"),
        ({"value": "5066", "obs_value": "506600000000"}, {"published_at": "2025-03-01T00:00:00"}, "revision"),
        ({"value": "5066", "obs_value": "506600000000"}, {}, "contradiction"),
        ({"value": "2066", "obs_value": "206600000000"}, {"published_at": "2025-03-01T00:00:00"}, "contradiction"),
    ],
)
def test_verdicts(
    reference: duckdb.DuckDBPyConnection, changes: dict[str, Any], other: dict[str, Any], verdict: str
) -> None:
    reference.execute("BEGIN")
    try:
        for column, value in other.items():
            reference.execute(f"UPDATE documents SET {column} = ? WHERE doc_id = ?", [value, OTHER])
        frame = typed("observations", observation(), observation(observation_id="1" * 16, doc_id=OTHER, **changes))
        reference.register("frame", frame)
        reference.execute(f"INSERT INTO observations SELECT {', '.join(OBSERVATIONS.column_names)} FROM frame")
        cross_check(reference)
        assert reference.execute("SELECT verdict FROM quality.conflicts").fetchall() == [(verdict,)]
    finally:
        reference.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("该县财政收入增长9%，名义增长12%。", "definition"),
        ("该县财政收入增长9%，扣除价格因素，实际增长12%。", "definition"),
        ("该县财政收入实际增长9%，去掉物价，名义增长12%。", "definition"),
        ("该县财政收入增长9%，又一处说增长12%。", "contradiction"),
        ("该县财政收入实际增长9%，又一处说实际增长12%。", "contradiction"),
    ],
)
def test_growths_at_different_prices_do_not_contradict(
    reference: duckdb.DuckDBPyConnection, words: str, verdict: str
) -> None:
    reference.execute("BEGIN")
    try:
        text = pl.DataFrame({"doc_id": [DOC], "raw_text": [words]})
        reference.register("frame", typed("document_texts", row("document_texts") | text.row(0, named=True)))
        reference.execute("INSERT INTO document_texts SELECT * FROM frame")
        growths = []
        for index, amount in enumerate((9, 12)):
            start = words.index(f"增长{amount}%")
            place = {"quote": f"增长{amount}%", "raw_start": start, "raw_end": start + len(f"增长{amount}%")}
            growths.append(Said("GDP", amount, measure="growth").row(index) | place)
        reference.register("frame", typed("observations", *growths))
        reference.execute(f"INSERT INTO observations SELECT {', '.join(OBSERVATIONS.column_names)} FROM frame")
        cross_check(reference)
        assert reference.execute("SELECT verdict FROM quality.conflicts").fetchall() == [(verdict,)]
    finally:
        reference.execute("ROLLBACK")


def test_other_indicators_are_no_conflict(reference: duckdb.DuckDBPyConnection) -> None:
    found = checked(reference, [Said("INDUSTRY_OUTPUT", 6e11), Said("INDUSTRY_SCALE", 8e11, doc_id=OTHER)])
    assert found["conflicts"] == []
