"""Sentences and what they state: loading the case files and holding a reading against them.

Here: `tests/cases/*.json` as typed cases, and the comparison of what was read with what the sentence says. Not here:
the tests themselves (`test_cases`) and the reading (`pipelines.extraction`).

A case names only the fields that matter to it; a field that is left out is not compared. Two things are always
compared: how many observations there are (unless the case is `open`), and `value_high`, which a plain number must not
have. Rankings and the tables of what is named (people, organizations, events, outcomes, plan items, programmes) are
compared, number and all, where the case has the key; an `open` case may state more of each.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.cleaning import clean
from pipelines.extraction import Facts, extract, read_facts
from schemas.registry import load_registry
from schemas.tables import TABLES

CASES = Path(__file__).resolve().parents[1] / "cases"
KNOWN_FAILURES = "known-failures.json"
DRESSING = re.compile(r"[\s\u3000“”\"‘’'「」《》]")
HIDDEN = {"doc_id", "section", "quote", "raw_start", "raw_end", "sentence", "rule", "code_version"}
PERSONS = frozenset(("人", "名", "位"))
Expected = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the facts that it states.

    Attributes:
        file: Name of the case file.
        number: Its place in the file, from 1.
        text: The text, one paragraph a line.
        published: Publication date or None.
        ref_area: GB/T 2260 code of the place that the document is about, or None.
        comment: Why the case is there.
        observations: Expected observations, None where they are not compared.
        rankings: Expected rankings, None where they are not compared.
        named: Expected rows of the tables of what is named, by table; only those that are compared.
        open: Whether more rows than those may be read.
        why: For a known failure: what the reader gets wrong.
        theme: For a known failure: the file that it goes to when the reader has learned it.
        media_type: For a page or a Markdown text, which is cleaned first: what it is.
    """

    file: str
    number: int
    text: str
    published: date | None
    ref_area: str | None
    comment: str
    observations: tuple[Expected, ...] | None
    rankings: tuple[Expected, ...] | None
    named: Mapping[str, tuple[Expected, ...]]
    open: bool
    why: str
    theme: str
    media_type: str | None

    @property
    def label(self) -> str:
        """Name of the test: file, number and how the text begins."""
        return f"{Path(self.file).stem}-{self.number:03d}-{self.text[:24]!s}"


# How the rows of a table of what is named are told apart.
NAMED = {
    "person_roles": "person",
    "organizations": "name",
    "events": "name",
    "outcomes": "name",
    "plan_items": "title",
    "programmes": "name",
}
CASE_KEYS = frozenset(Case.__annotations__) - {"file", "number", "named"} | NAMED.keys()
OBSERVATION_KEYS = frozenset(
    ("name", "value", "value_high", "unit", "measure", "bound", "nature", "period", "period_basis", "breakdown")
) | {"place", "place_name", "place_text"}
RANKING_KEYS = frozenset(("list", "entity", "entity_code", "rank", "within", "streak", "edition", "nature"))


def load_cases(file: str) -> list[Case]:
    """Cases of one file.

    Args:
        file: Its name in `tests/cases`.

    Raises:
        ValueError: A case has a key that nothing compares, or no text or comment.
    """
    return [_case(file, number, entry) for number, entry in enumerate(json.loads((CASES / file).read_text("utf-8")), 1)]


def case_files() -> list[str]:
    """Names of the case files that must be read rightly."""
    return sorted(path.name for path in CASES.glob("*.json") if path.name != KNOWN_FAILURES)


def _case(file: str, number: int, entry: Mapping[str, Any]) -> Case:
    where = f"{file} case {number}"
    if unknown := set(entry) - CASE_KEYS:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(CASE_KEYS)}")
    for kind, known in (("observations", OBSERVATION_KEYS), ("rankings", RANKING_KEYS)):
        for fact in entry.get(kind) or ():
            if unknown := set(fact) - known:
                raise ValueError(f"{where}: unknown keys {sorted(unknown)} in {kind}; known are {sorted(known)}")
    for table in NAMED.keys() & entry.keys():
        for fact in entry[table]:
            if unknown := set(fact) - set(TABLES[table].column_names):
                raise ValueError(f"{where}: {table} has no columns {sorted(unknown)}")
    if not entry.get("text") or not entry.get("comment"):
        raise ValueError(f"{where}: a case needs a text and a comment that says why it is there")
    observations, rankings = entry.get("observations"), entry.get("rankings")
    return Case(
        file,
        number,
        entry["text"],
        date.fromisoformat(entry["published"]) if entry.get("published") else None,
        entry.get("ref_area"),
        entry["comment"],
        None if observations is None else tuple(observations),
        None if rankings is None else tuple(rankings),
        {table: tuple(entry[table]) for table in NAMED if table in entry},
        bool(entry.get("open", False)),
        entry.get("why", ""),
        entry.get("theme", ""),
        entry.get("media_type"),
    )


def differences(case: Case) -> list[str]:
    """What the reader gets wrong in a case, a line each; empty where all is right.

    Args:
        case: The case.
    """
    facts = _read_page(case) if case.media_type else read_facts(case.text, case.published, case.ref_area)
    lines: list[str] = []
    if case.observations is not None:
        lines += _compare(case.observations, facts.observations, _wrong_in_observation, _show_observation, case.open)
    if case.rankings is not None:
        lines += _compare(case.rankings, facts.rankings, _wrong_in_ranking, _show_ranking, False)
    for table, expected in case.named.items():
        lines += _compare(expected, getattr(facts, table), _wrong_in_named, _show_named, case.open)
    return lines


def _read_page(case: Case) -> Facts:
    """Facts of a page or a Markdown text, cleaned as in the pipeline; place and date are those that it states."""
    page = {"doc_id": "0" * 64, "file_name": "", "source_path": "", "media_type": case.media_type}
    found = extract(clean(pl.DataFrame([page | {"raw_text": case.text}]))["clean_documents"])
    return Facts.of({table: frame.to_dicts() for table, frame in found.items()})


def explain(case: Case, lines: Sequence[str]) -> str:
    """The failure message of a case: the text, what it is about and the differences."""
    head = f"{case.text}\n  published {case.published}, place {case.ref_area}  ({case.comment})"
    return "\n".join([head, *(f"  {line}" for line in lines)])


def _compare(
    expected: Sequence[Expected], found: Sequence[Row], wrong: Any, show: Any, more_allowed: bool
) -> list[str]:
    """Pair what is expected with what was found, the best fitting first, and tell what is left."""
    pairs = sorted(
        (len(wrong(want, row)), abs(index - position), index, position)
        for index, want in enumerate(expected)
        for position, row in enumerate(found)
        if _same_number(want, row)
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, index, position in pairs:
        if index not in taken and position not in used:
            taken[index] = position
            used.add(position)
    lines = []
    for index, want in enumerate(expected):
        if index not in taken:
            lines.append(f"missing     {_show_expected(want)}")
            continue
        row = found[taken[index]]
        for field, is_value in wrong(want, row):
            lines.append(f"wrong       {field}: expected {want.get(field)!r}, read {is_value!r}   in {show(row)}")
    if not more_allowed:
        lines += [f"not stated  {show(row)}" for position, row in enumerate(found) if position not in used]
    return lines


def _same_number(want: Expected, row: Row) -> bool:
    """Whether a row could be the expected fact at all: the same amount, or the same entity of a ranking."""
    if "value" in want:
        return _amount(want["value"], want.get("unit", row["unit"])) == _amount(row["value"], row["unit"])
    if "entity_name" in row:
        return _plain(want.get("entity")) == _plain(row["entity_name"])
    name = next(column for column in ("person", "title", "name") if column in row)
    return _plain(want[name]) == _plain(row[name])


def _amount(value: Any, unit: str | None) -> tuple[Decimal, str]:
    """Value without the scale of its unit, so that 1.28 万家 and 12800 家 are one amount."""
    number, known = Decimal(str(value)), load_registry().units.get(unit or "")
    if known is None:
        return number.normalize(), _unit(unit)
    return (number * known.scale).normalize(), _unit(known.simple)


def _unit(text: str | None) -> str:
    """The usual form of a unit; a person is a person by every measure word."""
    known = load_registry().units.get(text or "")
    name = known.canonical if known else text or ""
    return "人" if name in PERSONS else name


def _scaled_otherwise(want: Expected, row: Row) -> bool:
    """Whether a number in digits was given another scale than the text has (counts may be: 1.28万家 is 12800 家)."""
    known = load_registry().units.get(row["unit"])
    if "unit" not in want or known is None or known.dimension == "count" or want["value"] not in row["quote"]:
        return False
    return Decimal(want["value"]) != Decimal(row["value"])


def _wrong_in_observation(want: Expected, row: Row) -> list[tuple[str, Any]]:
    wrong: list[tuple[str, Any]] = []
    high = None if row["value_high"] is None else _amount(row["value_high"], row["unit"])
    if (None if "value_high" not in want else _amount(want["value_high"], want.get("unit", row["unit"]))) != high:
        wrong.append(("value_high", row["value_high"]))
    if _scaled_otherwise(want, row):
        wrong.append(("value", f"{Decimal(row['value']).normalize():f} {row['unit']}"))
    plain = ("measure", "bound", "nature", "period_basis")
    wrong += [(field, row[field]) for field in plain if field in want and want[field] != row[field]]
    if "name" in want and not any(same_indicator(name, row) for name in _alternatives(want["name"])):
        wrong.append(("name", row["indicator_name"]))
    if "period" in want and same_period(want["period"]) != same_period(row["time_period"]):
        wrong.append(("period", row["time_period"]))
    if "place" in want and want["place"] != row["ref_area"]:
        wrong.append(("place", row["ref_area"] or row["ref_area_text"]))
    if "place_text" in want and _plain(want["place_text"]) != _plain(row["ref_area_text"]):
        wrong.append(("place_text", row["ref_area_text"]))
    if "place_name" in want and not (row["ref_area_name"] or "").endswith(want["place_name"]):
        wrong.append(("place_name", row["ref_area_name"]))
    breakdown = json.loads(row["breakdown"])
    if any(_plain(breakdown.get(key)) != _plain(value) for key, value in (want.get("breakdown") or {}).items()):
        wrong.append(("breakdown", breakdown))
    return wrong


def _wrong_in_ranking(want: Expected, row: Row) -> list[tuple[str, Any]]:
    wrong: list[tuple[str, Any]] = []
    if "list" in want and not any(same_list(name, row["list_name"]) for name in _alternatives(want["list"])):
        wrong.append(("list", row["list_name"]))
    columns = {field: field for field in ("rank", "entity_code", "edition", "nature")}
    columns |= {"within": "within_top", "streak": "streak_years"}
    wrong += [(field, row[column]) for field, column in columns.items() if field in want and want[field] != row[column]]
    return wrong


def _wrong_in_named(want: Expected, row: Row) -> list[tuple[str, Any]]:
    return [(column, row[column]) for column, value in want.items() if not _same_value(value, row[column])]


def _same_value(want: Any, found: Any) -> bool:
    if isinstance(want, list):
        return [_plain(value) for value in want] == [_plain(value) for value in found]
    return want == found or (isinstance(want, str) and isinstance(found, str) and _plain(want) == _plain(found))


def same_indicator(name: str, row: Row) -> bool:
    """Whether a row is about the indicator: the registry resolves both to one code, or the names are equal."""
    code = load_registry().indicator_aliases.get(name)
    return (code is not None and code == row["indicator"]) or _plain(name) == _plain(row["indicator_name"])


def same_list(name: str, other: str | None) -> bool:
    """Whether two names are of one list: equal, or names of one row of the registry."""
    return _plain(name) == _plain(other) or _list_of(name) == _list_of(other or "") != ""


def _list_of(name: str) -> str:
    return _lists().get(_plain(name), "")


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    rows = load_registry().ranking_lists
    return {_plain(name): row["name"] for row in rows for name in (row["name"], *row["aliases"].split("|")) if name}


def same_period(text: str | None) -> str:
    """One spelling for one period: a whole year of months is the year."""
    text = text or ""
    match = re.fullmatch(r"(\d{4})-01/(\d{4})-12", text)
    return match[1] if match and match[1] == match[2] else text


def _plain(text: Any) -> str:
    """A name without quotes and spaces, its brackets full-width."""
    return DRESSING.sub("", str(text or "")).replace("(", "（").replace(")", "）")


def _alternatives(name: str | Sequence[str]) -> Sequence[str]:
    return (name,) if isinstance(name, str) else name


def _show_expected(want: Expected) -> str:
    return " ".join(str(value) for value in want.values() if value is not None)


def _show_observation(row: Row) -> str:
    high = "" if row["value_high"] is None else f"~{Decimal(row['value_high']).normalize():f}"
    parts = (
        f"[{row['indicator_name']}] {Decimal(row['value']).normalize():f}{high} {row['unit']}",
        *(row["measure"], row["bound"], row["nature"], row["time_period"], row["ref_area"] or row["ref_area_text"]),
        "" if row["breakdown"] == "{}" else row["breakdown"],
    )
    return " ".join(str(part) for part in parts if part) + f"   by {row['rule']}"


def _show_ranking(row: Row) -> str:
    words = f"{row['entity_name']} rank {row['rank']} within {row['within_top']} streak {row['streak_years']}"
    return f"[{row['list_name']}] {words}   by {row['rule']}"


def _show_named(row: Row) -> str:
    shown = {key: value for key, value in row.items() if key not in HIDDEN and value not in (None, [])}
    return " ".join(f"{key}={value}" for key, value in shown.items()) + f"   by {row['rule']}"
