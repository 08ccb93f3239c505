"""Places that a text names, and which place a document or a sentence is about.

Here: finding full and short names (昆山 but not 和平 in 和平发展), towns of a county, 全市/我县/该区 and groups
without a code (苏中地区). Not here: which number belongs to which place (`binding`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import alternation, registry, words
from pipelines.extraction.place_codes import own_code

LEVEL_WORDS = {
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "州": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
}
OWN = re.compile(
    r"(?:全|我|本|该|此)(?P<level>省|自治区|市|州|县|区|旗|镇|乡)(?![内外]?(?:场|民生活|长|委书记))(?!民|域经济网)"
)
NAME_TAIL = re.compile(r"(?:市|县|区|省|州|旗|盟|镇|乡)$")
LISTED_TOWN = re.compile(r"[、和与及](?P<name>[\u4e00-\u9fff]{2,4}?(?:镇|乡|街道))(?=[、和与及也均等都，,。])")
# 和县 in 产城互动和县域经济, 成县 in 建成县级中心: a name of two characters whose rank belongs to the next word
SHORTEST = 2
INSIDE_WORDS = frozenset(
    (
        "县域",
        "县城",
        "县级",
        "县乡",
        "县区",
        "县市",
        "县际",
        "区域",
        "区级",
        "区县",
        "市域",
        "市级",
        "市县",
        "市区",
        "市场",
    )
)
NOT_A_PLACE_AFTER = re.compile(
    r"(?:路|街(?!道)|大道|大街|大厦|大学|学院|银行|证券|股份|集团|广场|山庄|大桥|机场|火车站|高铁站|日报|晚报|发布|卫视|模式"
    r"|之路|[江河湖溪](?![\u4e00-\u9fff]?[市县区])|港(?![\u4e00-\u9fff]?[市县区])|运河|水库|大坝|保税区|海关|铁路|高铁|高速)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a text names it.

    Attributes:
        code: GB/T 2260 code (9 digits for a town), "" for a group or an area without a code.
        name: Full official name, or the words of a group.
        level: country, province, prefecture, county, town, zone or group.
        start: Offset of the first character.
        end: Offset behind the last.
        text: The words.
        own: Whether it is 全市, 我县, 该区: resolved to the document's place.
    """

    code: str
    name: str
    level: str
    start: int
    end: int
    text: str
    own: bool = False


@lru_cache(maxsize=1)
def _names() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    names = [name for name in registry().place_names if len(name) > 1]
    names += [word for word in words("group_place") if word not in registry().place_names]
    names += list(words("place_trap"))
    names += [name for name in _zones() if name not in registry().place_names]
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Names of functional areas without a code of their own, to their full names."""
    found: dict[str, str] = {}
    for zone in registry().zones.values():
        for name in (zone.name, zone.short_name, *zone.aliases):
            if len(name) >= 4 and zone.place_code is None:
                found.setdefault(name, zone.name)
    return found


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    return frozenset(words("group_place"))


@lru_cache(maxsize=1)
def _traps() -> frozenset[str]:
    return frozenset(words("place_trap"))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names that are read in one document: the registry's, resolved by what the document is about.

    Attributes:
        codes: Places that the document names in full or without ambiguity, with how often.
        towns: Names of the towns of the counties in `codes`.
        own: The document's place by level, for 全市 and 我县.
        town_pattern: The names of `towns` as one pattern, None where there are none.
        full: Codes of the places that are named in full somewhere.
    """

    codes: Counter[str]
    towns: dict[str, str]
    own: dict[str, str]
    town_pattern: re.Pattern[str] | None = None
    full: frozenset[str] = frozenset()

    @classmethod
    def empty(cls) -> "Gazetteer":
        """A gazetteer that knows nothing beyond the registry."""
        return cls(Counter(), {}, {})


def gazetteer(texts: Iterable[tuple[str, int]], hint: str = "") -> Gazetteer:
    """What a document's words say about which places it means.

    Args:
        texts: Its blocks with a weight each (a title counts more).
        hint: Further evidence such as the file name, of weight 1.

    Returns:
        The gazetteer of the document.
    """
    counts: Counter[str] = Counter()
    full: set[str] = set()
    ambiguous: Counter[str] = Counter()
    for text, weight in [*texts, (hint, 1)]:
        for name, start, end in _raw_names(text):
            codes = registry().place_names.get(name, ())
            if not codes or name in _traps() or NOT_A_PLACE_AFTER.match(text, end):
                continue
            places = [registry().places[code] for code in codes if code in registry().places]
            if len(places) == 1 and (not places[0].ambiguous or name == places[0].name):
                counts[places[0].code] += weight
                if name == places[0].name:
                    full.add(places[0].code)
            elif places:
                ambiguous[name] += weight
            del start
    for name, weight in ambiguous.items():
        code = _choose(registry().place_names[name], counts)
        if code and (counts[code] or name == registry().places[code].name):
            counts[code] += weight
    towns = _towns_of(code for code, _ in counts.most_common(12))
    return Gazetteer(counts, towns, {}, _any_of(towns), frozenset(full))


def _towns_of(codes: Iterable[str]) -> dict[str, str]:
    """Names of the towns of the counties among the codes; the first county wins where two share a name."""
    towns: dict[str, str] = {}
    for code in codes:
        if registry().places[code].level == "county":
            for town, town_code in registry().towns(code).items():
                towns.setdefault(town, town_code)
    return towns


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in ordered)) if ordered else None


def _choose(codes: tuple[str, ...], counts: Counter[str]) -> str | None:
    """The candidate that the document names otherwise, or whose parent it names."""
    best: tuple[int, str] | None = None
    for code in codes:
        place = registry().places.get(code)
        if place is None:
            continue
        score = (
            4 * counts[code]
            + 2 * counts.get(place.parent_code or "", 0)
            + (1 if place.level in ("province", "prefecture") else 0)
        )
        grandparent = registry().places.get(place.parent_code or "")
        if grandparent:
            score += counts.get(grandparent.parent_code or "", 0)
        if best is None or score > best[0]:
            best = (score, code)
    return best[1] if best and best[0] > 0 else None


def _raw_names(text: str) -> Iterator[tuple[str, int, int]]:
    automaton, names = _names()
    for index, start, end in automaton.find_matches_as_indexes(text):
        if end - start == SHORTEST and text[end - 1 : end + 1] in INSIDE_WORDS:
            continue
        yield names[index], start, end


def find_mentions(text: str, known: Gazetteer) -> list[Mention]:
    """Places named in a text.

    Args:
        text: Clean text of a block or sentence.
        known: The document's gazetteer.

    Returns:
        Mentions in the order of the text; an ambiguous name that the document does not resolve is not a place.
    """
    found: list[Mention] = []
    for name, start, end in _raw_names(text):
        if name in _traps():
            continue
        if name in _groups():
            if not NOT_A_PLACE_AFTER.match(text, end):
                found.append(Mention("", name, "group", start, end, name))
            continue
        if name in _zones() and name not in registry().place_names:
            found.append(Mention("", _zones()[name], "zone", start, end, name))
            continue
        code = own_code(_resolve(name, text, start, end, known), known.own)
        if code:
            place = registry().places[code]
            found.append(Mention(code, place.name, place.level, start, end, name))
    for match in known.town_pattern.finditer(text) if known.town_pattern else ():
        town = match.group()
        if not any(
            mention.start < match.end() and match.start() < mention.end and len(mention.text) >= len(town)
            for mention in found
        ):
            found = [mention for mention in found if not (mention.start < match.end() and match.start() < mention.end)]
            found.append(Mention(known.towns[town], town, "town", match.start(), match.end(), town))
    found += _listed_towns(text, found)
    for match in OWN.finditer(text):
        code = own_place(match["level"], known)
        if code:
            place = registry().places[code]
            found.append(Mention(code, place.name, place.level, match.start(), match.end(), match.group(), own=True))
        else:
            found.append(
                Mention(
                    "", match.group(), LEVEL_WORDS[match["level"]], match.start(), match.end(), match.group(), own=True
                )
            )
    found.sort(key=lambda mention: mention.start)
    return [mention for index, mention in enumerate(found) if not _foreign(mention, index, found, text, known)]


def _listed_towns(text: str, found: list[Mention]) -> list[Mention]:
    """淀山湖镇 in a list with towns that the registry knows: a town all the same, without a code."""
    known = [mention for mention in found if mention.level == "town"]
    listed: list[Mention] = []
    for match in LISTED_TOWN.finditer(text):
        start, end = match.span("name")
        beside = any(mention.end == match.start() or mention.start == end + 1 for mention in [*known, *listed])
        if beside and not any(mention.start < end and start < mention.end for mention in found):
            listed.append(Mention("", match["name"], "town", start, end, match["name"]))
    return listed


def _foreign(mention: Mention, index: int, found: list[Mention], text: str, known: Gazetteer) -> bool:
    """A county's short name that nothing else supports (宝丰 of a firm in a report of another province)."""
    if mention.level != "county" or mention.own or mention.text == mention.name or not known.own:
        return False
    provinces = {code[:2] for code in known.own.values()}
    if mention.code[:2] in provinces or known.codes[mention.code] >= 3 or mention.code in known.full:
        return False
    neighbours = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
    joined = any(
        other.level == "county"
        and re.fullmatch(r"[、和与及]|以及|", text[min(other.end, mention.end) : max(other.start, mention.start)])
        for other in neighbours
    )
    above = any(
        other.code and mention.code.startswith(other.code.rstrip("0")) and other.end == mention.start
        for other in neighbours
    )
    return not joined and not above


def _resolve(name: str, text: str, start: int, end: int, known: Gazetteer) -> str | None:
    codes = registry().place_names[name]
    if NOT_A_PLACE_AFTER.match(text, end) and not NAME_TAIL.search(name):
        return None
    if len(codes) == 1:
        place = registry().places.get(codes[0])
        if place is None:
            return None
        if (
            place.ambiguous
            and name != place.name
            and not known.codes[place.code]
            and not _below(place.code, text, start)
        ):
            return None
        return place.code
    return _choose(codes, known.codes)


def _below(code: str, text: str, start: int) -> bool:
    """陕西|神木: the name of what contains the place stands before it."""
    above = [registry().places[other] for other in registry().ancestors(code)]
    return any(text.endswith((place.name, place.short_name), 0, start) for place in above)


def own_place(level_word: str, known: Gazetteer) -> str | None:
    """The place that 全市 or 我县 means in a document about the places of `known.own`.

    Args:
        level_word: 省, 市, 县, 区 …
        known: The document's gazetteer.

    Returns:
        A code, or None when the document does not say.
    """
    own = known.own
    if not own:
        return None
    candidates = [registry().places[code] for code in own.values()]
    if level_word in ("区",):
        for place in candidates:
            if place.name.endswith("自治区") or place.name.endswith("区"):
                return place.code
        return None
    for place in sorted(candidates, key=lambda place: -len(place.code.rstrip("0"))):
        if place.name.endswith(level_word):
            return place.code
    return None


def with_own(known: Gazetteer, code: str | None) -> Gazetteer:
    """The gazetteer of a document about `code`: 全市, 全省 are its place and the places above it."""
    own: dict[str, str] = {}
    place = registry().places.get(code or "")
    while place is not None and place.level != "country":
        own.setdefault(place.level, place.code)
        place = registry().places.get(place.parent_code or "")
    towns, pattern = known.towns, known.town_pattern
    county = registry().places.get(code or "")
    if code and county is not None and county.level == "county" and not known.codes[code]:
        towns = {**_towns_of([code]), **towns}
        pattern = _any_of(towns)
    return Gazetteer(known.codes, towns, own, pattern, known.full)


@lru_cache(maxsize=1)
def scope_before() -> re.Pattern[str]:
    """Words before a place that make it a yardstick or a destination, not the subject (高于全省, 居全国, 落户河北)."""
    return re.compile(alternation("place_scope") + r"(?:的|了|在|同期)?$")
