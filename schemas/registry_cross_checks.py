"""Cross-checks: what several numbers of the registry's indicators must say together.

Here are the record and the soundness rules of ``cross_checks.csv``. How a kind of check is computed is a file in
``warehouse/cross_checks``; rules about one row by itself are ``pipelines/validation/rules.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from schemas.registry_indicators import Indicator
from schemas.registry_table import Row, read_rows

COLUMNS = ("name", "kind", "whole", "parts", "note_above", "doubt_above", "description")
ALL = "*"
"""In ``parts``: every indicator."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of check needs.

    Attributes:
        whole: Whether it has a whole.
        parts: How many parts it takes at least and at most.
        all_parts: Whether it may be about every indicator.
        same_unit: Whether whole and parts are added or compared, and so need one base unit.
        deviation: What its tolerances are measured in.
    """

    whole: bool
    parts: tuple[int, int]
    all_parts: bool
    same_unit: bool
    deviation: str


SHARE = "share of what is expected"
LARGER = "share by which the larger exceeds the smaller"
MANY = (1, 999)
KINDS = {
    "sum_of_parts": Kind(True, (2, 999), False, True, SHARE),
    "parts_to_hundred": Kind(False, (2, 999), False, True, "percentage points"),
    "product": Kind(True, (2, 2), False, False, LARGER),
    "quotient": Kind(True, (2, 2), False, False, LARGER),
    "percentage": Kind(True, (2, 2), False, False, LARGER),
    "part_at_most_whole": Kind(True, MANY, False, True, "share of the whole by which a part is larger"),
    "inner_at_most_outer": Kind(False, MANY, False, False, "share of the outer place by which the inner is larger"),
    "growth_of_levels": Kind(False, MANY, False, False, "percentage points"),
    "yearly_jump": Kind(False, MANY, True, False, "times that the larger value exceeds the smaller"),
    "target_against_actual": Kind(False, MANY, True, False, "times that the larger value exceeds the smaller"),
    "agreement": Kind(False, MANY, True, False, "share of the larger value"),
}


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """One cross-check.

    Attributes:
        name: What findings show.
        kind: How it is computed: a key of `KINDS`.
        whole: Code of the indicator that the parts are held against, None for kinds without one.
        parts: Codes of indicators; `ALL` alone for every one.
        note_above: A deviation above this is listed.
        doubt_above: A deviation above this makes the numbers suspect.
        description: What holds, in words.
    """

    name: str
    kind: str
    whole: str | None
    parts: tuple[str, ...]
    note_above: Decimal
    doubt_above: Decimal
    description: str


def load_cross_checks(folder: Path, indicators: Mapping[str, Indicator]) -> tuple[CrossCheck, ...]:
    """Read ``cross_checks.csv`` and prove it sound against the indicators."""
    checks: list[CrossCheck] = []
    for row in read_rows(folder, "cross_checks.csv", COLUMNS):
        check = _cross_check(row, indicators)
        if any(check.name == other.name for other in checks):
            raise row.error("cross-check-unique", f"{check.name} is there twice", "keep one of the rows")
        checks.append(check)
    return tuple(checks)


def _cross_check(row: Row, indicators: Mapping[str, Indicator]) -> CrossCheck:
    kind = KINDS[row.one_of("kind", tuple(KINDS))]
    whole, parts = row.text("whole") or None, row.parts("parts")
    if (whole is not None) != kind.whole:
        raise row.error("cross-check-whole", f"whole is {whole!r}", "a whole stands where the kind has one, only there")
    if parts == (ALL,):
        if not kind.all_parts:
            raise row.error("cross-check-parts", f"{row.text('kind')} is not about all indicators", "name its parts")
    elif not kind.parts[0] <= len(parts) <= kind.parts[1]:
        raise row.error("cross-check-parts", f"it has {len(parts)} parts", f"name {kind.parts[0]} to {kind.parts[1]}")
    named = [code for code in (whole, *parts) if code not in (None, ALL)]
    for code in named:
        if code not in indicators:
            raise row.error("cross-check-indicator", f"{code} is no indicator", "add it or mend the code")
    if kind.same_unit and len({indicators[str(code)].unit_measure for code in named}) > 1:
        raise row.error("cross-check-unit", "whole and parts have several base units", "only one unit can be added")
    note, doubt = row.decimal("note_above"), row.decimal("doubt_above")
    if note is None or doubt is None or not 0 <= note < doubt:
        raise row.error("cross-check-tolerance", f"tolerances are {note} and {doubt}", "the larger one is doubt_above")
    return CrossCheck(row.required("name"), row.text("kind"), whole, parts, note, doubt, row.required("description"))
