"""The numbers of one place about one thing, over time: what charts are drawn of.

Belongs here: grouping the best values and the targets. Does not belong here: which value is the best
(`warehouse/marts/indicator_series.sql`), or drawing (`charts.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.atlas.amounts import Scale, scale_of, whole_year
from pipelines.atlas.breakdowns import told
from pipelines.atlas.reader import Row, Snapshot

Key = tuple[str | None, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one indicator, part and kind of number, of whole years.

    Attributes:
        indicator: code; None where the registry has none.
        name: its name.
        part: the part of it in words; empty for the whole.
        measure: level, growth, …
        scale: the unit that the values are shown in.
        actual: the best value of each year.
        targets: the targets as they were stated last, by their year.
    """

    indicator: str | None
    name: str
    part: str
    measure: str
    scale: Scale
    actual: tuple[Row, ...]
    targets: tuple[Row, ...]

    @property
    def years(self) -> list[int]:
        """The years that it has a value for."""
        return sorted({year for row in (*self.actual, *self.targets) if (year := whole_year(row["time_period"]))})


def scale_for(rows: Iterable[Row], unit_measure: str, snapshot: Snapshot) -> Scale:
    """The unit that rows of one base unit are shown in."""
    name = snapshot.unit_measures.get(unit_measure, {}).get("name_zh", unit_measure)
    return scale_of(rows, snapshot.factors, name)


def series_of_places(snapshot: Snapshot) -> dict[str, list[Series]]:
    """The series of each place that tell of two years or more, in the order of the registry."""
    actual: dict[tuple[str, Key], list[Row]] = defaultdict(list)
    targets: dict[tuple[str, Key], dict[int, Row]] = defaultdict(dict)
    for row in snapshot.marts["indicator_series"]:
        if whole_year(row["time_period"]):
            actual[row["ref_area"], _key(row)].append(row)
    for progress in sorted(snapshot.marts["target_progress"], key=lambda row: str(row["target_stated_at"] or "")):
        row = snapshot.observations_by_id[progress["target_observation_id"]]
        if year := whole_year(row["time_period"]):
            # Of several statements about one year, the one that was made last is drawn.
            targets[row["ref_area"], _key(row)][year] = row
    order = {code: number for number, code in enumerate(snapshot.indicators)}
    found: dict[str, list[Series]] = defaultdict(list)
    for place, series in _series(actual, targets, snapshot):
        if len(series.years) > 1:
            found[place].append(series)
    for several in found.values():
        several.sort(key=lambda one: (order.get(one.indicator or "", len(order)), one.name, one.part, one.measure))
    return found


def _key(row: Row) -> Key:
    return row["indicator"], row["indicator_name"], row["breakdown"], row["measure"], row["unit_measure"]


def _series(
    actual: dict[tuple[str, Key], list[Row]], targets: dict[tuple[str, Key], dict[int, Row]], snapshot: Snapshot
) -> Iterator[tuple[str, Series]]:
    for place, key in dict.fromkeys([*actual, *targets]):
        indicator, name, breakdown, measure, unit_measure = key
        values, aims = actual.get((place, key), []), list(targets.get((place, key), {}).values())
        yield (
            place,
            Series(
                indicator=indicator,
                name=name,
                part=told(breakdown),
                measure=measure,
                scale=scale_for([*values, *aims], unit_measure, snapshot),
                actual=tuple(sorted(values, key=lambda row: row["time_period"])),
                targets=tuple(sorted(aims, key=lambda row: row["time_period"])),
            ),
        )
