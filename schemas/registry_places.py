"""Places: GB/T 2260 codes from the country to counties, their towns, and zones that have no code.

Here are the records and the soundness rules of ``places.csv``, ``towns.csv``, ``zones.csv`` and
``place_traps.csv``. The first two are made by ``schemas/sources/build_places.py``. Deciding which place a
text means is ``pipelines.extraction``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from schemas.registry_table import RegistryError, Row, read_frame, read_rows

COUNTRY = "000000"
SHIELD = "shield"
LEVELS = ("country", "province", "prefecture", "county")
ABOVE = dict(zip(LEVELS[1:], LEVELS[:-1], strict=True))
COLUMNS = (
    "code", "name", "short_name", "level", "parent_code", "aliases",
    "pinyin", "valid_from", "valid_to", "succeeded_by",
)  # fmt: skip
CODE = re.compile(r"[0-9]{6}")
TOWN_COLUMNS = ("code", "name", "parent_code", "last_year")
TOWN_CODE = "^[0-9]{9}$"
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
PINYIN = re.compile(r"[a-z]+")
# Beijing, Tianjin, Shanghai, Chongqing: districts directly under a province-level city. Hong Kong, Macao: as well.
WITHOUT_PREFECTURES = ("11", "12", "31", "50", "81", "82")


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a GB/T 2260 code.

    Attributes:
        code: Six digits; 000000 is the country.
        name: Official full name.
        short_name: The name without its rank where that is how people write it (昆山, 长沙县, 赵县).
        level: ``country``, ``province``, ``prefecture`` or ``county``.
        parent_code: Code of the place one level up; a county that is governed by a province directly
            (仙桃市, the districts of 上海市) has the province; None for the country.
        aliases: Other names (北川县 for 北川羌族自治县).
        ambiguous: The short name is also a name of another place, or an ordinary word (和平, 平安).
        pinyin: Of the short name, lower case, no spaces.
        valid_from: ISO date, as precise as is known (2021, 2021-04); None when it is older than the data.
        valid_to: Likewise the end; None while it is valid.
        succeeded_by: Codes of the places that took its area when the code was given up.
    """

    code: str
    name: str
    short_name: str
    level: str
    parent_code: str | None
    aliases: tuple[str, ...]
    ambiguous: bool
    pinyin: str
    valid_from: str | None
    valid_to: str | None
    succeeded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional area that reports on itself but has no GB/T 2260 code (雄安新区, 苏州工业园区).

    Attributes:
        name: Official full name.
        short_name: Name in running text.
        kind: One of ``ZONE_KINDS``.
        parent_code: Code of the place that it lies in (the common ancestor when it lies in several).
        aliases: Other names.
        place_code: Code of the administrative place that is the same area (浦东新区 310115), or None.
        statistics_code: Code in the statistical bureau's division codes, which is not GB/T 2260, or None.
    """

    name: str
    short_name: str
    kind: str
    parent_code: str
    aliases: tuple[str, ...]
    place_code: str | None
    statistics_code: str | None


ZONE_KINDS = (
    "national_new_area",
    "cooperation_zone",
    "free_trade",
    "economic_zone",
    "high_tech_zone",
    "comprehensive_zone",
    "management_area",
    "other",
)


def load_traps(folder: Path) -> dict[str, str]:
    """Read ``place_traps.csv``: place names that are found in texts with another meaning.

    Returns:
        The name -> why: ``word`` (an ordinary word: 振兴), ``name`` (another name holds it: 黄浦江 holds 浦江),
        ``boundary`` (two words meet in it: 科技创新和产业创新 holds 新和). A ``shield`` is no place name itself:
        it is never a place, and what it holds is none (上海合作组织, 南京大学).
    """
    traps: dict[str, str] = {}
    for row in read_rows(folder, "place_traps.csv", ("text", "kind", "example")):
        text = row.required("text")
        if text in traps:
            raise row.error("trap-unique", f"{text} is there twice", "keep one of the rows")
        if text not in row.text("example") or text == row.text("example"):
            raise row.error("trap-example", f"the example must hold {text} and more", "write the words it is found in")
        traps[text] = row.one_of("kind", ("word", "name", "boundary", SHIELD))
    return traps


def load_places(folder: Path, traps: Mapping[str, str]) -> tuple[dict[str, Place], dict[str, tuple[str, ...]]]:
    """Read ``places.csv`` and prove it sound.

    Returns:
        The places by code, and every full name, short name and alias with the codes that it can mean,
        higher levels first. A place that was given up does not answer to a name that its successor carries.
    """
    places: dict[str, Place] = {}
    rows: list[Row] = []
    for row in read_rows(folder, "places.csv", COLUMNS):
        place = _place(row)
        if place.code in places:
            raise row.error("place-code-unique", f"{place.code} is there twice", "keep one of the rows")
        places[place.code] = place
        rows.append(row)
    for row in rows:
        _check_relations(row, places[row.cells["code"]], places)
    names = _names(places.values(), places)
    ambiguous = {trap for trap, kind in traps.items() if kind != SHIELD}
    for trap in ambiguous:
        if trap not in names:
            raise RegistryError("trap-known", "place_traps.csv", None, f"{trap} is not a place name", "remove the row")
    for code, place in places.items():
        if place.short_name in ambiguous or len(names.get(place.short_name, ())) > 1:
            places[code] = replace(place, ambiguous=True)
    return places, names


def _place(row: Row) -> Place:
    """Read one row and check it by itself; whether its name is ambiguous only all rows together tell."""
    cells = row.cells
    code, level, pinyin = cells["code"], cells["level"], cells["pinyin"]
    if not CODE.fullmatch(code):
        raise row.error("place-code", f"the code {code!r} is not six digits", "write the GB/T 2260 code")
    if level != (expected := _level_of(code)):
        raise row.error("place-level", f"the level of code {code} is {expected}, not {level!r}", "mend level or code")
    start, end = cells["valid_from"], cells["valid_to"]
    for column, value in (("valid_from", start), ("valid_to", end)):
        if value and not DATE.fullmatch(value):
            raise row.error("place-date", f"{column} {value!r} is no date", "write 2021, 2021-04 or 2021-04-09")
    if start and end and start > end:
        raise row.error("place-valid-ordered", "valid_from is after valid_to", "mend one of them")
    if not PINYIN.fullmatch(pinyin):
        raise row.error("place-pinyin", f"pinyin {pinyin!r} is not lower case letters", "mend pinyin")
    return Place(
        code,
        row.required("name"),
        row.required("short_name"),
        level,
        cells["parent_code"] or None,
        row.parts("aliases"),
        False,
        pinyin,
        start or None,
        end or None,
        row.parts("succeeded_by"),
    )


def _level_of(code: str) -> str:
    """Level of a GB/T 2260 code by its zeros."""
    if code.endswith("0000"):
        return "country" if code == COUNTRY else "province"
    return "prefecture" if code.endswith("00") else "county"


def _check_relations(row: Row, place: Place, places: Mapping[str, Place]) -> None:
    """Check a place against its parent and its successors."""
    if place.level == "country":
        if place.parent_code:
            raise row.error("place-parent", "the country has no parent", "empty parent_code")
    else:
        parent = places.get(place.parent_code or "")
        if parent is None:
            raise row.error("place-parent", f"parent_code {place.parent_code!r} is no place", "add it or mend it")
        above = ABOVE[place.level]
        if place.level == "county" and (place.code[:2] in WITHOUT_PREFECTURES or place.code[2:4] == "90"):
            above = "province"
        if parent.level != above:
            raise row.error("place-parent-level", f"the parent of {place.code} must be a {above}", "mend parent_code")
        if above != "country" and parent.code[:2] != place.code[:2]:
            raise row.error(
                "place-parent-province", f"{place.code} and its parent lie in two provinces", "mend parent_code"
            )
    for successor in place.succeeded_by:
        if place.valid_to is None or successor == place.code or successor not in places:
            raise row.error(
                "place-successor",
                f"succeeded_by {successor} needs a valid_to and must be another place",
                "mend the row",
            )


def _names(ordered: Iterable[Place], places: Mapping[str, Place]) -> dict[str, tuple[str, ...]]:
    """Index the names; see ``load_places`` for the order and for places that were given up."""
    index: dict[str, list[str]] = {}
    for place in sorted(ordered, key=lambda one: (LEVELS.index(one.level), one.code)):
        inherited = {name for successor in place.succeeded_by for name in _own_names(places[successor])}
        for name in _own_names(place):
            if name not in inherited:
                index.setdefault(name, []).append(place.code)
    return {name: tuple(codes) for name, codes in index.items()}


def _own_names(place: Place) -> Iterable[str]:
    return dict.fromkeys((place.name, place.short_name, *place.aliases))


def load_towns(folder: Path, places: Mapping[str, Place]) -> dict[str, dict[str, str]]:
    """Read ``towns.csv`` and prove it sound: parent code -> town name -> nine-digit code.

    Towns with a ``last_year`` are those that newer editions of the codes do not list; documents still name them.
    """
    # Column by column: 48,000 rows are too many to look at one by one in every process that reads a document.
    frame = read_frame(folder, "towns.csv", TOWN_COLUMNS)
    code, name, parent, last_year = (pl.col(column) for column in TOWN_COLUMNS)
    rules: tuple[tuple[str, pl.Expr, str, str], ...] = (
        ("cell-required", (code == "") | (name == "") | (parent == ""), "a cell is empty", "fill it in"),
        ("town-code", ~code.str.contains(TOWN_CODE), "the code is not nine digits", "write the nine-digit code"),
        ("town-code-unique", code.is_duplicated(), "the code is there twice", "keep one of the rows"),
        ("town-parent", ~parent.is_in(list(places)), "parent_code is no place", "mend parent_code"),
        ("town-last-year", ~last_year.str.contains("^([0-9]{4})?$"), "last_year is no year", "write 2020 or nothing"),
        (
            "town-name-unique",
            pl.struct("parent_code", "name").is_duplicated(),
            "the parent has two towns of this name",
            "keep one of the rows",
        ),
    )
    for rule, broken, expected, advice in rules:
        for number, *cells in frame.with_row_index(offset=2).filter(broken).head(1).iter_rows():
            raise RegistryError(rule, "towns.csv", number, f"{expected}: {', '.join(cells)}", advice)
    towns: dict[str, dict[str, str]] = {}
    for town_code, town_name, parent_code, _ in frame.iter_rows():
        towns.setdefault(parent_code, {})[town_name] = town_code
    return towns


def load_zones(folder: Path, places: Mapping[str, Place]) -> dict[str, Zone]:
    """Read ``zones.csv`` and prove it sound: the zones by full name."""
    zones: dict[str, Zone] = {}
    named: dict[str, str] = {}
    columns = ("name", "short_name", "kind", "parent_code", "aliases", "place_code", "statistics_code")
    for row in read_rows(folder, "zones.csv", columns):
        zone = Zone(
            row.required("name"),
            row.required("short_name"),
            row.one_of("kind", ZONE_KINDS),
            row.required("parent_code"),
            row.parts("aliases"),
            row.text("place_code") or None,
            row.text("statistics_code") or None,
        )
        for code in (zone.parent_code, zone.place_code):
            if code is not None and code not in places:
                raise row.error("zone-place", f"{code} is no place", "mend parent_code or place_code")
        if zone.statistics_code in places:
            raise row.error("zone-code", f"{zone.statistics_code} is a GB/T 2260 code", "make it the place_code")
        for name in dict.fromkeys((zone.name, zone.short_name, *zone.aliases)):
            if name in named:
                raise row.error("zone-names-disjoint", f"{name} is already a name of {named[name]}", "keep it once")
            named[name] = zone.name
        zones[zone.name] = zone
    return zones
