"""Which place a name means in its sentence.

Here: names that several places share, and names that are words as well, by what stands around them. Not here: finding
names (`places`), and which of several places a document is about (`gazetteer`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.extraction.gazetteer import NOT_A_PLACE_AFTER, Gazetteer, choose, is_clear
from pipelines.extraction.indicators import names_indicator
from pipelines.extraction.lexicon import registry

# 慈溪59家、余姚47家、象山21家: a short name that is a word as well, between a list mark and its value
VALUED = re.compile(r"^[、，,；;].+\d$")
# 昆山|2022年GDP达5006亿元, on the page of another county
FIGURES_BEHIND = re.compile(
    r"(?:(?:19|20)\d{2}年|去年|今年|上年|前三季度|上半年|[一二三四]季度)?的?(?:实现|完成)?(?:人均)?(?:GDP|地区生产总值|生产总值|一般公共预算收入|财政总?收入|常住人口|规上工业)"
)


def place_named(name: str, text: str, start: int, end: int, known: Gazetteer) -> str | None:
    """The place that a name means where it stands.

    Args:
        name: A name of the registry.
        text: The sentence.
        start: Where the name begins.
        end: Where it ends.
        known: The document's gazetteer.

    Returns:
        A code, None where the words are no place (江阴大桥) or nothing tells which of several is meant.
    """
    codes = registry().place_names[name]
    if NOT_A_PLACE_AFTER.match(text, end) and not (_in_full(name, codes) or names_indicator(text, end)):
        # 江阴大桥, 江阴高速; but 江阴|高速公路里程
        return None
    if len(codes) == 1:
        place = registry().places.get(codes[0])
        if place is None:
            return None
        if (
            not is_clear(place, name)
            and not known.codes.get(place.code)
            and not _below(place.code, text, start)
            and not (place.level == "county" and has_figures(text, end))
            and not (place.parent_code in known.own.values() and VALUED.search(text[start - 1 : end + 1]))
        ):
            return None
        return place.code
    own = [code for code in codes if registry().places[code].parent_code in known.own.values()]
    if len(own) == 1 and (name == registry().places[own[0]].name or VALUED.search(text[start - 1 : end + 1])):
        # 西湖区 in a text about Hangzhou
        return own[0]
    return choose(codes, known.codes)


def has_figures(text: str, end: int) -> bool:
    """Whether a name is followed by a figure that only places have, so that it is the name of one.

    Args:
        text: The sentence.
        end: Where the name ends.
    """
    return FIGURES_BEHIND.match(text, end) is not None


def _in_full(name: str, codes: Sequence[str]) -> bool:
    """Whether a name is the full name of a place."""
    return any(name == registry().places[code].name for code in codes)


def _below(code: str, text: str, start: int) -> bool:
    """陕西|神木: the name of what contains the place stands before it."""
    return text.endswith(_names_above(code), 0, start)


@lru_cache(maxsize=8192)
def _names_above(code: str) -> tuple[str, ...]:
    """The names of all places that contain a place."""
    above = [registry().places[other] for other in registry().ancestors(code)]
    return tuple(name for place in above for name in (place.name, place.short_name))
