"""The registry: reference data that every stage reads, one row one truth, proved sound when it is loaded.

This module puts the parts together; the rules of each part are in ``registry_units``, ``registry_indicators``,
``registry_cross_checks``, ``registry_places`` and ``registry_lists``, and how a file is read in ``registry_table``. The
data is ``schemas/registry/*.csv``; where it comes from is told in ``schemas/registry/sources.md``.

    from schemas.registry import load_registry

    registry = load_registry()
    registry.units["万亿元"].factor         # Decimal("1000000000000")
    registry.place_names["昆山"]            # ("320583",)
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from schemas.registry_cross_checks import CrossCheck, load_cross_checks
from schemas.registry_indicators import Indicator, load_indicators
from schemas.registry_lists import check_families, load_offices, load_ranking_lists, load_words
from schemas.registry_places import Place, Zone, load_places, load_towns, load_traps, load_zones
from schemas.registry_table import RegistryError, read_rows
from schemas.registry_units import Unit, UnitMeasure, load_scale_words, load_unit_measures, load_units

__all__ = ["Indicator", "Place", "Registry", "RegistryError", "Unit", "UnitMeasure", "Zone", "load_registry"]

FOLDER = Path(__file__).with_name("registry")


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that is known before a document is read. Treat it as read-only: it is shared.

    Attributes:
        folder: Where it was read from.
        version: First 12 hex digits of the SHA-256 over all its files; it changes when any of them does.
        unit_measures: Base units by code.
        units: Units by the form in a text, compound forms (万亿元) included.
        indicators: Indicators by code.
        indicator_aliases: Every name of an indicator with its code.
        cross_checks: What several numbers must say together.
        places: Places by GB/T 2260 code, from the country to counties.
        place_names: Every name of a place with the codes that it can mean, higher levels first.
        place_traps: Place names that texts hold with another meaning as well, and why (word, name, boundary), and
            longer words that are no place (shield).
        zones: Functional areas without a code of their own, by full name.
        ranking_lists: Rows of ``ranking_lists.csv``: name, aliases, publisher, entity_level, english.
        offices: Rows of ``offices.csv``: title, kind, english, rank_order.
    """

    folder: Path
    version: str
    unit_measures: dict[str, UnitMeasure]
    units: dict[str, Unit]
    indicators: dict[str, Indicator]
    indicator_aliases: dict[str, str]
    cross_checks: tuple[CrossCheck, ...]
    places: dict[str, Place]
    place_names: dict[str, tuple[str, ...]]
    place_traps: dict[str, str]
    zones: dict[str, Zone]
    ranking_lists: list[dict[str, str]]
    offices: list[dict[str, str]]
    _words: dict[str, tuple[str, ...]] = field(repr=False)
    _tables: dict[str, list[dict[str, str]]] = field(default_factory=dict, repr=False, compare=False)
    _towns: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> list[dict[str, str]]:
        """Return a small file of the registry as it is: one dict a row, all cells text.

        Args:
            name: File name without ``.csv``: ``furniture``, ``look_alikes``, ``breakdowns`` …

        Raises:
            RegistryError: If there is no such file, or it is not well formed.
        """
        if name not in self._tables:
            self._tables[name] = [row.cells for row in read_rows(self.folder, f"{name}.csv")]
        return self._tables[name]

    def words(self, kind: str) -> tuple[str, ...]:
        """Return the words of one kind from ``words.csv``, in the order of the file.

        Raises:
            RegistryError: If there is no word of that kind.
        """
        if kind in self._words:
            return self._words[kind]
        known = ", ".join(sorted(self._words))
        raise RegistryError("words-kind", "words.csv", None, f"there is no kind {kind!r}", f"use one of {known}")

    def towns(self, parent_code: str) -> dict[str, str]:
        """Return the towns of a place: name -> nine-digit code; empty where the data has none.

        Former towns are there too. The file of 48,000 towns is read at the first call.
        """
        if not self._towns:
            self._towns.update(load_towns(self.folder, self.places))
        return self._towns.get(parent_code, {})

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above a place, the nearest first, without the country."""
        above: list[str] = []
        parent = self.places[code].parent_code
        while parent is not None and self.places[parent].level != "country":
            above.append(parent)
            parent = self.places[parent].parent_code
        return tuple(above)


def load_registry(folder: Path | None = None) -> Registry:
    """Read the registry, prove it sound, and keep it.

    Args:
        folder: Another registry folder, for tests; the project's own by default.

    Raises:
        RegistryError: If a row is not sound. The message names file, line, expectation and remedy.
    """
    return _load(FOLDER if folder is None else folder.resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Registry:
    measures = load_unit_measures(folder)
    units = load_units(folder, measures, load_scale_words(folder))
    indicators, indicator_aliases = load_indicators(folder, measures)
    check_families(folder, indicators)
    traps = load_traps(folder)
    places, place_names = load_places(folder, traps)
    return Registry(
        folder,
        _version(sorted(folder.glob("*.csv"))),
        measures,
        units,
        indicators,
        indicator_aliases,
        load_cross_checks(folder, indicators),
        places,
        place_names,
        traps,
        load_zones(folder, places),
        load_ranking_lists(folder),
        load_offices(folder),
        load_words(folder),
    )


def _version(files: Sequence[Path]) -> str:
    """Hash names and bytes, so that a renamed file changes the version too."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
