"""Names of places as one document means them.

Here: the registry's names as an automaton, which of several places of one name a document means, and what 全市, 我县
and 全镇 are in it. Not here: the places that a sentence names (`places`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import registry, words
from pipelines.extraction.patterns import automaton, guarded
from schemas.registry import Place

# 和县 in 产城互动和县域经济, 成县 in 建成县级中心: a name of two characters whose rank belongs to the next word
SHORTEST = 2
# 兴县富民, 富县强村: what to do for a county, and no 山西兴县
SLOGAN = re.compile(r"[兴富强]县[富强兴惠利裕安][民村镇县市乡国农业企]")
LONGEST_BEHIND = 12
# what can stand right before the name of a county, besides the name of what it lies in
BEFORE_NAME = frozenset("省市州区盟旗县与和及在赴到至由从自是为对向比离距于给让使将叫某的之有如即称来往邻接涉除其等")
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
SEAT_BEHIND = re.compile(r"地处|位于|坐落于?|[县市区]?(?:委书记|人民政府)")
NOT_A_PLACE_AFTER = guarded(
    r"(?:路|街(?!道)|大道|大街|大厦|大学|学院|银行|证券|股份|集团|广场|山庄|大桥|火车站|高铁站|日报|晚报|发布|卫视|模式"
    r"|之路|[江河湖溪](?![\u4e00-\u9fff]?[市县区])|港(?![\u4e00-\u9fff]?[市县区])|运河|水库|大坝|保税区|海关|铁路|高铁|高速)"
)


@lru_cache(maxsize=1)
def _names() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    names = [name for name in registry().place_names if len(name) > 1]
    names += [word for word in words("group_place") if word not in registry().place_names]
    names += list(shields())
    names += [name for name in zone_names() if name not in registry().place_names]
    return automaton(names), names


@lru_cache(maxsize=1)
def zone_names() -> dict[str, str]:
    """Names of functional areas without a code of their own, to their full names."""
    found: dict[str, str] = {}
    for zone in registry().zones.values():
        for name in (zone.name, zone.short_name, *zone.aliases):
            if len(name) >= 4 and zone.place_code is None:
                found.setdefault(name, zone.name)
    return found


@lru_cache(maxsize=1)
def group_names() -> frozenset[str]:
    """Names of areas without a code (苏中地区, 长三角)."""
    return frozenset(words("group_place"))


@lru_cache(maxsize=1)
def shields() -> frozenset[str]:
    """Longer words that hold the name of a place and are none (上海合作组织)."""
    return frozenset(text for text, kind in registry().place_traps.items() if kind == "shield")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names that are read in one document: the registry's, resolved by what the document is about.

    Attributes:
        codes: Places that the document names in full or without ambiguity, with how often.
        towns: Names of the towns of the counties in `codes`.
        own: The document's place by level, for 全市 and 我县.
        town_names: The names of `towns` with their automaton, None where there are none.
        full: Codes of the places that are named in full somewhere.
        part: Code and name of the town or zone that the document is about, for 全镇 and 我区; empty where it is none.
        site: The zone, park or site that the paragraph told of last, for 园区 alone; empty where it is none.
        writer: Code of the place that wrote a page about a visit, for 我市 and 我县; empty for all other pages.
        locality: The village that the paragraph told of last, for 该村; empty where it is none.
    """

    codes: Counter[str]
    towns: dict[str, str]
    own: dict[str, str]
    town_names: tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]] | None = None
    full: frozenset[str] = frozenset()
    part: tuple[str, str] = ("", "")
    locality: str = ""
    site: str = ""
    writer: str = ""

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
        for name, start, end in raw_names(text):
            codes = registry().place_names.get(name, ())
            if not codes or name in shields() or NOT_A_PLACE_AFTER.match(text, end):
                continue
            places = [registry().places[code] for code in codes if code in registry().places]
            if len(places) == 1 and is_clear(places[0], name):
                counts[places[0].code] += weight
                if name == places[0].name:
                    full.add(places[0].code)
            elif places:
                ambiguous[name] += weight
                code = _meant(name, text, start, end, weight > 1)
                if code:
                    counts[code] += weight
    for name, weight in ambiguous.items():
        code = choose(registry().place_names[name], counts)
        if code and (counts[code] or name == registry().places[code].name):
            counts[code] += weight
    towns = _towns_of(code for code, _ in counts.most_common(12))
    return Gazetteer(counts, towns, {}, _any_of(tuple(towns)), frozenset(full))


def is_clear(place: Place, name: str) -> bool:
    """Whether a name of a place, if it is of no other, means it wherever it stands: 围场县 does, 围场 may be a word."""
    return not place.ambiguous or name == place.name or name != place.short_name


def _meant(name: str, text: str, start: int, end: int, heading: bool) -> str | None:
    """平江|地处湘鄂赣三省交界, 平江：老区新篇: the place that a name is where its neighbours leave no other meaning."""
    if not (SEAT_BEHIND.match(text, end) or (heading and not text[:start].strip() and text[end : end + 1] in "：:，,")):
        return None
    known = registry().places
    living = [code for code in registry().place_names[name] if known[code].valid_to is None]
    return living[0] if len(living) == 1 else None


def _towns_of(codes: Iterable[str]) -> dict[str, str]:
    """Names of the towns of the counties among the codes; the first county wins where two share a name."""
    towns: dict[str, str] = {}
    for code in codes:
        if registry().places[code].level == "county":
            for town, town_code in registry().towns(code).items():
                towns.setdefault(town, town_code)
    return towns


# a shard holds many documents of one county
@lru_cache(maxsize=256)
def _any_of(names: tuple[str, ...]) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]] | None:
    # few documents use it, so that it is not worth much building
    return (ahocorasick_rs.AhoCorasick(names, ahocorasick_rs.MatchKind.LeftmostLongest), names) if names else None


def choose(codes: tuple[str, ...], counts: Counter[str]) -> str | None:
    """The candidate that the document names otherwise, or whose parent it names."""
    best: tuple[int, str] | None = None
    for code in codes:
        place = registry().places.get(code)
        if place is None:
            continue
        score = (
            4 * counts.get(code, 0)
            + 2 * counts.get(place.parent_code or "", 0)
            + (1 if place.level in ("province", "prefecture") else 0)
        )
        grandparent = registry().places.get(place.parent_code or "")
        if grandparent:
            score += counts.get(grandparent.parent_code or "", 0)
        if best is None or score > best[0]:
            best = (score, code)
    return best[1] if best and best[0] > 0 else None


def raw_names(text: str) -> list[tuple[str, int, int]]:
    """Names of places, groups, zones and shields in a text, with their offsets, whatever they mean there.

    Args:
        text: Clean text.
    """
    automaton, names = _names()
    found: list[tuple[str, int, int]] = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        last = text[end - 1 : end + 1]
        if end - start == SHORTEST and (
            last in INSIDE_WORDS
            or (last[:1] == "县" and SLOGAN.match(text, start))
            or (last[:1] in "县区市旗" and _ends_word(text, start, found))
        ):
            continue
        if last in ("县域", "市场") and names[index][:-1] in registry().place_names:
            # 株洲|县域经济 is that of the city's counties, 义乌|市场 no city
            found.append((names[index][:-1], start, end - 1))
        elif text[start - 1 : start + 1] == "其中":
            # 其中|江苏22席: 中 belongs to the word before, so that the name begins behind it
            behind = automaton.find_matches_as_indexes(text[start + 1 : start + 1 + LONGEST_BEHIND])
            found += [(names[other], start + 1, start + 1 + stop) for other, begin, stop in behind[:1] if not begin]
        else:
            found.append((names[index], start, end))
    return found


def _ends_word(text: str, start: int, found: Sequence[tuple[str, int, int]]) -> bool:
    """开放|兴县, 强市|富县: whether a name of two characters is the end of other words, and no 山西|兴县."""
    before = text[start - 1 : start]
    if not "\u4e00" <= before <= "\u9fff" or before in BEFORE_NAME:
        return False
    return not (found and found[-1][2] == start)


def contains(outer: str, inner: str) -> bool:
    """Whether a place lies in another, by their codes.

    Args:
        outer: GB/T 2260 code.
        inner: Another one, or nine digits of a town.

    Examples:
        >>> contains("321000", "321081"), contains("321000", "321100"), contains("500000", "510100")
        (True, False, False)
    """
    if outer == "000000":
        return inner != outer
    stem = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") and len(outer) == 6 else outer
    return inner != outer and inner.startswith(stem)


@lru_cache(maxsize=8192)
def containers(code: str) -> frozenset[str]:
    """The codes of whatever contains a place: all codes for which `contains` holds.

    Examples:
        >>> sorted(containers("320583")), containers("000000")
        (['000000', '320000', '320500'], frozenset())
    """
    return frozenset(("000000", code[:2] + "0000", code[:4] + "00", code[:6])) - {code} if code else frozenset()


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
    if level_word == "县":
        # 我县 in an older page of what is a district or a city today
        former = (place.code for place in candidates if place.level == "county" and _was_county(place.code))
        return next(former, None)
    return None


@lru_cache(maxsize=512)
def _was_county(code: str) -> bool:
    return any(code in place.succeeded_by and place.name.endswith("县") for place in registry().places.values())


def with_own(known: Gazetteer, code: str | None) -> Gazetteer:
    """The gazetteer of a document about `code`: 全市, 全省 are its place and the places above it."""
    own: dict[str, str] = {}
    place = registry().places.get(code or "")
    while place is not None and place.level != "country":
        own.setdefault(place.level, place.code)
        place = registry().places.get(place.parent_code or "")
    towns, names = known.towns, known.town_names
    county = registry().places.get(code or "")
    if code and county is not None and county.level == "county" and not known.codes[code]:
        towns = {**_towns_of([code]), **towns}
        names = _any_of(tuple(towns))
    return Gazetteer(known.codes, towns, own, names, known.full)


def with_part(known: Gazetteer, code: str, name: str) -> Gazetteer:
    """The gazetteer of a document about a town or zone: 全镇 and 我区 are it.

    Args:
        known: The gazetteer, with the places above it.
        code: Nine digits of a town, "" for a zone.
        name: Its name.
    """
    return replace(known, part=(code, name))
