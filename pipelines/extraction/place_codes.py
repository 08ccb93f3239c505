"""Codes that places had at other times.

Here: the code of a place in a year. Not here: which place a name means (`places`).
"""

from collections.abc import Mapping
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from schemas.registry_places import Place


@lru_cache(maxsize=4096)
def code_in(code: str, year: int | None) -> str:
    """The code that a place had in a year.

    Args:
        code: A code of places.csv.
        year: The year of the document; None keeps the code.

    Examples:
        >>> code_in("410783", 2016), code_in("410783", 2020)  # 长垣县 became 长垣市 in 2019
        ('410728', '410783')
    """
    place = registry().places[code]
    if year is None or place.valid_from is None or int(place.valid_from[:4]) <= year:
        return code
    return next((before.code for before in _before().get(code, ()) if _is_same(before, place)), code)


def own_code(code: str | None, own: Mapping[str, str]) -> str | None:
    """The code of a name that the document's own place had at the time: 长垣 in a text about 长垣县.

    Args:
        code: The code that the name has today.
        own: The document's place by level.
    """
    if code is None or code not in _before():
        return code
    return next((before.code for before in _before()[code] if before.code in own.values()), code)


def _is_same(before: Place, place: Place) -> bool:
    return before.short_name == place.short_name and before.level == place.level


@lru_cache(maxsize=1)
def _before() -> dict[str, list[Place]]:
    """The places that each place took the area of."""
    found: dict[str, list[Place]] = {}
    for place in registry().places.values():
        for code in place.succeeded_by:
            found.setdefault(code, []).append(place)
    return found
